"""The localities of an HSCP as a file of data zones meets them."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from clusters.analysis.localities import LocalityPlan, PlacedCluster, ZonedPractice, plan_of
from clusters.models import Cluster, Membership
from practices.models import HSCP, Locality, Practice


def locality_plan(hscp: HSCP, zones: Mapping[str, str], *, on: date) -> LocalityPlan:
    """What a file with these data zones would change in the localities of `hscp` today. Four queries."""
    practices = Practice.objects.open_on(on).filter(hscp=hscp).select_related("locality")
    return plan_of(
        zones,
        localities=Locality.objects.filter(hscp=hscp).values_list("name", flat=True),
        practices=[ZonedPractice(p.pk, p.code, p.name, p.data_zone, str(p.locality or "")) for p in practices],
        clusters=_clusters(hscp, on),
    )


def _clusters(hscp: HSCP, on: date) -> list[PlacedCluster]:
    members: dict[int, list[int]] = defaultdict(list)
    rows = Membership.objects.on(on).filter(cluster__lead_hscp=hscp).order_by("practice")
    for cluster, practice in rows.values_list("cluster", "practice"):
        members[cluster].append(practice)
    found = Cluster.objects.open_on(on).filter(lead_hscp=hscp).select_related("forum", "locality")
    return [PlacedCluster(c.pk, c.forum.name, str(c.locality or ""), tuple(members[c.pk])) for c in found]
