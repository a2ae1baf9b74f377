"""Clusters within reach."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.middleware import PortalRequest
from clusters import rules, selectors
from clusters.filters import ClusterFilter
from clusters.selectors.doors import clusters_closed
from clusters.selectors.sizes import size_band
from clusters.tables.clusters import ClusterTable
from shared.tables import listed

FEW = 5  # up to so many rows nobody needs a search


@require_safe
def cluster_list(request: PortalRequest) -> HttpResponse:
    """Every open cluster that the reader reaches, or the closed ones; an empty list says what that means."""
    closed = request.GET.get("state") == "closed"
    within = clusters_closed(request.reach) if closed else selectors.clusters_within(request.reach)
    found = ClusterFilter(request.GET, queryset=within, request=request)
    summaries = selectors.cluster_summaries(found.qs, on=request.reach.day)
    narrowed = found.is_narrowed
    can_keep = rules.can_keep_registry(request.reach)
    table = ClusterTable(summaries, kept=rules.registry_kept(request.reach), exclude=() if can_keep else ("change",))
    context = {
        "filter": found,
        "narrowed": narrowed,
        "searchable": narrowed or len(summaries) > FEW,
        "table": listed(request, table),
        "can_keep": can_keep,
        "band": size_band(),
    }
    return render(request, "clusters/cluster_list.html", context)
