"""The registry's first page and its list of practices."""

from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.middleware import PortalRequest
from clusters import rules, selectors
from clusters.filters import PracticeFilter
from clusters.selectors.invitations import invitations_to_look_at
from clusters.selectors.scopes import practices_in
from clusters.tables import RegistryPracticeTable
from practices.models import Practice
from shared.exports import as_csv, as_excel
from shared.forms import day_asked
from shared.tables import listed

STATES = ("open", "closed", "all")


@require_safe
def registry(request: PortalRequest) -> HttpResponse:
    """How much there is, what needs a decision, and where to go on."""
    scope = selectors.registry_door(request.reach)
    context = {
        "counts": selectors.registry_counts(scope, on=request.reach.day),
        "invited": invitations_to_look_at(scope, now=timezone.now()),
        "can_keep": rules.can_keep_registry(request.reach),
        "can_keep_whole": rules.can_keep_whole_registry(request.reach),
    }
    return render(request, "clusters/registry.html", context)


def _filtered(request: PortalRequest) -> PracticeFilter:
    """Open practices unless asked otherwise; as of another day with `?on=`."""
    scope = selectors.registry_door(request.reach)
    asked = request.GET.copy()
    if asked.get("state") not in STATES:
        asked["state"] = "open"
    day = day_asked(request.GET.get("on", "")) or request.reach.day
    practices = practices_in(scope, selectors.registry_practices(on=day))
    return PracticeFilter(asked, queryset=practices, request=request, day=day)


@require_safe
def registry_practices(request: PortalRequest) -> HttpResponse:
    """Every practice, searched and narrowed."""
    found = _filtered(request)
    can_keep = rules.can_keep_registry(request.reach)
    table = listed(request, RegistryPracticeTable(found.qs))
    shown = [row.record for row in table.page.object_list]
    table.kept = rules.registry_kept(request.reach)
    table.pqls = selectors.quality_leads_of(shown, on=found.day)
    context = {
        "filter": found,
        "narrowed": found.is_narrowed,
        "table": table,
        "total": table.paginator.count,
        "query": request.GET.urlencode(),
        "day": found.day if found.day != request.reach.day else None,
        "can_keep": can_keep,
    }
    return render(request, "clusters/registry_practices.html", context)


def _lines(request: PortalRequest) -> list[tuple[object, ...]]:
    found = _filtered(request)
    practices: QuerySet[Practice] = found.qs
    return selectors.practice_lines(practices, on=found.day)


@require_safe
def registry_practices_csv(request: PortalRequest) -> StreamingHttpResponse:
    """The same practices as the list shows with these filters, all pages."""
    return as_csv("practices", selectors.PRACTICE_HEADINGS, _lines(request))


@require_safe
def registry_practices_excel(request: PortalRequest) -> HttpResponse:
    """The same, for Excel."""
    return as_excel("practices", selectors.PRACTICE_HEADINGS, _lines(request))
