"""The registry's first page and its list of practices."""

from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.middleware import PortalRequest
from clusters import rules, selectors
from clusters.filters import PracticeFilter
from clusters.tables import RegistryPracticeTable
from practices.models import Practice
from shared.exports import as_csv, as_excel
from shared.tables import listed


@require_safe
def registry(request: PortalRequest) -> HttpResponse:
    """How much there is, what needs a decision, and where to go on."""
    selectors.registry_door(request.reach)
    context = {
        "counts": selectors.registry_counts(on=request.reach.day),
        "can_keep": rules.can_keep_registry(request.reach),
    }
    return render(request, "clusters/registry.html", context)


def _filtered(request: PortalRequest) -> PracticeFilter:
    selectors.registry_door(request.reach)
    practices = selectors.registry_practices(on=request.reach.day)
    return PracticeFilter(request.GET, queryset=practices, request=request)


@require_safe
def registry_practices(request: PortalRequest) -> HttpResponse:
    """Every practice, searched and narrowed."""
    found = _filtered(request)
    table = listed(request, RegistryPracticeTable(found.qs))
    shown = [row.record for row in table.page.object_list]
    table.can_keep = rules.can_keep_registry(request.reach)
    table.pqls = selectors.quality_leads_of(shown, on=request.reach.day)
    context = {
        "filter": found,
        "narrowed": any(request.GET.get(name) for name in found.filters),
        "table": table,
        "total": table.paginator.count,
        "query": request.GET.urlencode(),
    }
    return render(request, "clusters/registry_practices.html", context)


def _lines(request: PortalRequest) -> list[tuple[object, ...]]:
    practices: QuerySet[Practice] = _filtered(request).qs
    return selectors.practice_lines(practices, on=request.reach.day)


@require_safe
def registry_practices_csv(request: PortalRequest) -> StreamingHttpResponse:
    """The same practices as the list shows with these filters, all pages."""
    return as_csv("practices", selectors.PRACTICE_HEADINGS, _lines(request))


@require_safe
def registry_practices_excel(request: PortalRequest) -> HttpResponse:
    """The same, for Excel."""
    return as_excel("practices", selectors.PRACTICE_HEADINGS, _lines(request))
