"""Whose roles reach a cluster on a day: from inside, from above, or as its HSCP is served by another."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Q, QuerySet

from accounts.roles import HELD_AT, Place, Role
from clusters.models import Cluster, Hosting, Membership, RoleAssignment
from practices.models import Practice


def roles_reaching(cluster: Cluster, *, on: date) -> Iterator[tuple[RoleAssignment, str, str]]:
    """Each such role with its person, the place above the cluster ("" inside), and why it reaches from elsewhere."""
    own, hostings = _own_hscps(cluster, on), _hostings(cluster, on)
    for row in _rows(cluster, on, [*own, *hostings]):
        yield row, _where(row), "" if row.hscp_id in own else hostings.get(row.hscp_id, "")


def _where(row: RoleAssignment) -> str:
    """The place of a role that is held above the cluster; inside only where the role is held at both kinds of place."""
    if row.practice_id or row.cluster_id:
        both = {Place.PRACTICE, Place.CLUSTER} <= HELD_AT[Role(row.role)]
        return "at a practice" if both and row.practice_id else ""
    return str(row.locality or row.hscp or row.board or "all of Scotland")


def _members(cluster: Cluster, on: date) -> QuerySet[Practice]:
    rows = Membership.objects.on(on).filter(cluster=cluster).values("practice")
    return Practice.objects.filter(pk__in=rows).order_by()


def _own_hscps(cluster: Cluster, on: date) -> set[int]:
    """The HSCP that leads the cluster, and those that its practices lie in."""
    return {cluster.lead_hscp_id, *_members(cluster, on).values_list("hscp", flat=True)}


def _hostings(cluster: Cluster, on: date) -> dict[int | None, str]:
    """HSCPs that act for one of the cluster's own today, each with the reason in words."""
    served = Q(served=cluster.lead_hscp_id) | Q(served__in=_members(cluster, on).values("hscp"))
    rows = Hosting.objects.on(on).filter(served).select_related("host", "served")
    return {row.host_id: f"{row.host} acts for {row.served}: {row.service}" for row in rows}


def _rows(cluster: Cluster, on: date, hscps: Iterable[int | None]) -> Iterable[RoleAssignment]:
    members = _members(cluster, on)
    everywhere = Q(practice=None, cluster=None, locality=None, hscp=None, board=None)
    return (
        RoleAssignment.objects.on(on)
        .filter(
            everywhere
            | Q(cluster=cluster)
            | Q(practice__in=members)
            | Q(locality__in=members.values("locality"))
            | Q(locality=cluster.locality_id, locality__isnull=False)
            | Q(hscp__in=hscps)
            | Q(board__in=members.values("hscp__board"))
            | Q(board=cluster.lead_hscp.board_id),
            person__is_active=True,
        )
        .select_related("person", "locality", "hscp", "board")
        .order_by("person__full_name", "pk")
    )
