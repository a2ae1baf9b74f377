"""How far a role reaches, in words: by the place at which it is held, and through an HSCP that acts for others."""

from collections.abc import Iterable
from datetime import date

from accounts.reach import Reach
from accounts.roles import PERMITS, Place, Right, Role
from clusters.models import Hosting, RoleAssignment

AT = {
    Place.PRACTICE: "{where}, and the cluster that it belongs to",
    Place.CLUSTER: "{where} and its practices",
    Place.LOCALITY: "the clusters of {where}, and every cluster with a practice there",
    Place.HSCP: "the clusters that {where} leads, and every cluster with a practice there",
    Place.BOARD: "the clusters of the HSCPs of {where}, and every cluster with a practice there",
}
REGISTRY_ONLY = "who and where, never minutes or plans"


def reach_in_words(held: RoleAssignment, reach: Reach, hostings: Iterable[Hosting]) -> str:
    """What a role reaches today: "the clusters that Strath HSCP leads, and …. Today 12 clusters."

    `hostings` are those of the day in which an HSCP acts for another.
    """
    place, where = held.place[0], held.where
    if place is Place.EVERYWHERE:
        return f"all of Scotland: {REGISTRY_ONLY}" if Right.SEE_REGISTRY in PERMITS[Role(held.role)] else "no cluster"
    said = AT[place].format(where=where)
    said += "".join(
        f"; and the same of {row.served}, for which it acts ({row.service})"
        for row in hostings
        if place is Place.HSCP and row.host_id == held.hscp_id
    )
    only = f": {REGISTRY_ONLY}" if Right.SEE_REGISTRY in PERMITS[Role(held.role)] else ""
    return f"{said}{only}. {_today(held, reach)}"


def _today(held: RoleAssignment, reach: Reach) -> str:
    kind, at = held.place
    covered = (h.clusters for h in reach.holdings if (h.role, h.place, h.place_id) == (held.role, kind, at))
    many = len(frozenset().union(*covered))
    return f"Today {many} cluster{'' if many == 1 else 's'}"


def hostings_of(held: Iterable[RoleAssignment], *, on: date) -> list[Hosting]:
    """For whom the HSCPs of these roles act on a day. One query; none without a role at an HSCP."""
    hosts = {row.hscp_id for row in held if row.hscp_id}
    rows = Hosting.objects.on(on).filter(host__in=hosts).select_related("served")
    return list(rows) if hosts else []
