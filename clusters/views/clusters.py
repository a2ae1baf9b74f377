"""Clusters within reach, and who is who in them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.middleware import PortalRequest
from clusters import rules, selectors
from clusters.filters import ClusterFilter, PeopleFilter
from clusters.tables import ClusterTable, PeopleTable
from shared.tables import listed

FEW = 5  # up to so many rows nobody needs a search


@require_safe
def cluster_list(request: PortalRequest) -> HttpResponse:
    """Every cluster that the reader reaches; an empty list says what that means."""
    found = ClusterFilter(request.GET, queryset=selectors.clusters_within(request.reach), request=request)
    summaries = selectors.cluster_summaries(found.qs, on=request.reach.day)
    narrowed = any(request.GET.get(name) for name in found.filters)
    can_keep = rules.can_keep_registry(request.reach)
    table = ClusterTable(summaries, exclude=() if can_keep else ("change",))
    context = {
        "filter": found,
        "narrowed": narrowed,
        "searchable": narrowed or len(summaries) > FEW,
        "table": listed(request, table),
        "can_keep": can_keep,
    }
    return render(request, "clusters/cluster_list.html", context)


@require_safe
def people(request: PortalRequest) -> HttpResponse:
    """Who holds which role today, as far as the reader reaches."""
    found = PeopleFilter(request.GET, queryset=selectors.people_within(request.reach), request=request)
    context = {
        "filter": found,
        "narrowed": any(request.GET.get(name) for name in found.filters),
        "table": listed(request, PeopleTable(found.qs)),
    }
    return render(request, "clusters/people.html", context)
