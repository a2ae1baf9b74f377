"""The library of measures."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.middleware import PortalRequest
from measures import rules, selectors, services
from measures.filters import LibraryFilter
from measures.forms import UseForm
from measures.models import Measure
from measures.tables import LibraryTable
from office.forms import Asking
from shared.tables import listed


@require_safe
def library(request: PortalRequest) -> HttpResponse:
    """Every definition that the reader may read, narrowed by words, kind and unit."""
    found = LibraryFilter(request.GET, queryset=selectors.library(request.reach), request=request)
    may_use = rules.can_define_somewhere(request.reach)
    table = listed(request, LibraryTable(found.qs, may_use=may_use))
    table.opened = selectors.opened_among(request.reach, [row.record.pk for row in table.page.object_list])
    context = {"filter": found, "narrowed": found.is_narrowed, "table": table}
    return render(request, "measures/library.html", context)


@require_http_methods(["GET", "POST"])
def measure_use(request: PortalRequest, pk: int) -> HttpResponse:
    """Count the same in a cluster of one's own: the definition is copied, and may be fitted first."""
    of = selectors.definition_for(request.reach, pk)
    clusters = selectors.clusters_to_define_in(request.reach)
    asking = Asking(request, "measures/measure_use.html", f"measures:measure_use:{pk}", {"measure": of})
    if request.method != "POST":
        return asking.first(UseForm, initial=_copied(of), clusters=clusters)
    form = UseForm(request.POST, clusters=clusters)
    if not form.is_valid():
        return asking.again(form)
    cluster = form.cleaned_data["cluster"]
    try:
        services.define_measure(by=request.user, cluster=cluster, **form.values(*UseForm.FIELDS))
    except services.NameTaken as taken:
        form.name_is_taken(taken.measure)
        return asking.again(form)
    asking.done()
    messages.success(request, f"The measure is saved in {cluster}.")
    return redirect("measures:data", cluster.forum.slug)


def _copied(of: Measure) -> dict[str, object]:
    """What the form starts from: all but the goal, which is each cluster's own."""
    return {name: getattr(of, name) for name in UseForm.FIELDS if name not in ("goal", "is_offered")}
