"""Who gains and who loses sight of what when practices move."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from accounts.models import User
from accounts.roles import PERMITS, Place, Right, Role
from clusters.models import Cluster, RoleAssignment

READING = tuple(role for role in Role if PERMITS[role] & {Right.SEE_INSIDE, Right.OVERSEE})

Row = dict[str, Any]  # of one member: its HSCP, board, locality and patients
Members = dict[int, dict[int, Row]]  # by cluster and practice
Places = set[tuple[Place, int]]


@dataclass(frozen=True)
class Sight:
    """A person who through one role no longer reads some clusters from that day, and reads others."""

    person: User
    role: str
    where: str
    loses: tuple[Cluster, ...]
    gains: tuple[Cluster, ...]


def _places(cluster: Cluster, members: dict[int, Row]) -> Places:
    """Every place from which a role reaches the cluster, its own apart."""
    found: Places = {(Place.PRACTICE, pk) for pk in members}
    found |= {(Place.HSCP, cluster.lead_hscp_id), (Place.BOARD, cluster.lead_hscp.board_id)}
    found |= {(Place.LOCALITY, cluster.locality_id)} if cluster.locality_id else set()
    for row in members.values():
        found |= {(Place.HSCP, row["hscp"]), (Place.BOARD, row["board"])}
        found |= {(Place.LOCALITY, row["locality"])} if row["locality"] else set()
    return found


def sights_of(
    clusters: dict[int, Cluster],
    before: Members,
    after: Members,
    on: date,
    closing: set[int],
) -> Iterable[Sight]:
    """Who loses and who gains sight. What a closing cluster logged stays open to those who could read it."""
    loses: dict[tuple[Place, int], list[Cluster]] = defaultdict(list)
    gains: dict[tuple[Place, int], list[Cluster]] = defaultdict(list)
    for pk, cluster in clusters.items():
        was, will_be = _places(cluster, before[pk]), _places(cluster, after[pk])
        for place in was - will_be if pk not in closing else set():
            loses[place].append(cluster)
        for place in will_be - was:
            gains[place].append(cluster)
    for held in _held_at({*loses, *gains}, on):
        place = (held.place[0], held.place[1] or 0)
        yield Sight(
            person=held.person,
            role=Role(held.role).label,
            where=str(held.where),
            loses=tuple(loses[place]),
            gains=tuple(gains[place]),
        )


def _held_at(places: Places, on: date) -> Iterable[RoleAssignment]:
    by_kind: dict[Place, list[int]] = defaultdict(list)
    for kind, pk in sorted(places):
        by_kind[kind].append(pk)
    if not by_kind:
        return []
    wanted = Q(*((f"{kind.value}__in", pks) for kind, pks in by_kind.items()), _connector=Q.OR)
    held = RoleAssignment.objects.on(on).filter(wanted, role__in=READING, person__is_active=True)
    return held.select_related("person", "practice", "locality", "hscp", "board").order_by(
        "practice__name", "person__full_name", "pk"
    )
