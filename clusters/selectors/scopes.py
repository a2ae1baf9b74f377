"""The registry as far as somebody looks after it: lists narrowed to a `rules.Scope`, and doors to one thing of them."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from accounts.reach import Reach
from clusters.models import Cluster, ClusterQuerySet, RoleAssignment
from clusters.rules import WHO_KEEPS_ROLE, Scope, may_keep_role, registry_kept
from practices.models import HSCP, Locality, Practice
from shared.dates import in_words
from shared.doors import open_door


def practices_in(scope: Scope, practices: QuerySet[Practice]) -> QuerySet[Practice]:
    """Those of `practices` that lie in the part."""
    return practices if scope.everything else practices.filter(hscp__in=scope.hscps)


def clusters_in(scope: Scope, clusters: ClusterQuerySet) -> ClusterQuerySet:
    """Those of `clusters` that an HSCP of the part leads."""
    return clusters if scope.everything else clusters.filter(lead_hscp__in=scope.hscps)


def hscps_in(scope: Scope) -> QuerySet[HSCP]:
    """The HSCPs of the part, with their health boards."""
    every = HSCP.objects.select_related("board")
    return every if scope.everything else every.filter(pk__in=scope.hscps)


def localities_in(scope: Scope, localities: QuerySet[Locality]) -> QuerySet[Locality]:
    """Those of `localities` that lie in the part."""
    return localities if scope.everything else localities.filter(hscp__in=scope.hscps)


def assignments_in(scope: Scope, held: QuerySet[RoleAssignment]) -> QuerySet[RoleAssignment]:
    """Those of `held` whose place lies in the part: none that is held at a health board or everywhere."""
    if scope.everything:
        return held
    return held.filter(
        Q(practice__hscp__in=scope.hscps)
        | Q(cluster__lead_hscp__in=scope.hscps)
        | Q(locality__hscp__in=scope.hscps)
        | Q(hscp__in=scope.hscps)
    )


def practice_in(scope: Scope, code: str) -> Practice:
    """The practice with this code, open or closed (404 when it lies outside the part)."""
    return open_door(practices_in(scope, Practice.objects.select_related("hscp__board", "locality")), code=code)


def cluster_in(scope: Scope, slug: str) -> Cluster:
    """The cluster at this address, open or closed (404 when another HSCP leads it)."""
    every = Cluster.objects.select_related("forum", "lead_hscp__board", "locality")
    return open_door(clusters_in(scope, every), forum__slug=slug)


def open_cluster_in(scope: Scope, slug: str, *, on: date) -> Cluster:
    """The same, to change it (403 with a sentence when it has closed by that day)."""
    cluster = cluster_in(scope, slug)
    if cluster.closed_on and cluster.closed_on <= on:
        raise PermissionDenied(f"{cluster} closed on {in_words(cluster.closed_on)}. What was logged stays as it is.")
    return cluster


def hscp_in(scope: Scope, code: str) -> HSCP:
    """The HSCP with this code (404 when it lies outside the part)."""
    return open_door(hscps_in(scope), code=code)


def locality_in(scope: Scope, pk: int) -> Locality:
    """The locality with its HSCP (404 when it lies outside the part)."""
    return open_door(localities_in(scope, Locality.objects.select_related("hscp")), pk=pk)


def assignment_to_change(reach: Reach, pk: int) -> RoleAssignment:
    """One assignment that the reader may change, end or withdraw (404 outside their part, 403 for administrators)."""
    return open_door(_whole(registry_kept(reach)), may=may_keep_role, reach=reach, sentence=WHO_KEEPS_ROLE, pk=pk)


def _whole(scope: Scope) -> QuerySet[RoleAssignment]:
    every = RoleAssignment.objects.select_related(
        "person", "practice", "cluster__forum", "locality__hscp", "hscp", "board", "withdrawn_by"
    )
    return assignments_in(scope, every)
