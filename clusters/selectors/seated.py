"""In which forums somebody sits: by a role, as the kind of forum says, or by name. What `reach` asks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from accounts.roles import Place, Role
from clusters.models import Forum, ForumMember
from clusters.selectors.around import around_clusters
from clusters.selectors.seats import BY_ROLE
from practices.models import HSCP, Locality

Row = dict[str, Any]
KINDS = tuple(BY_ROLE)


@dataclass(frozen=True)
class Sitting:
    """A role of one person, with the places for which it counts."""

    person_id: int
    role: Role
    localities: frozenset[int] = frozenset()
    hscps: frozenset[int] = frozenset()
    boards: frozenset[int] = frozenset()

    def counts_in(self, row: Row) -> bool:
        """Whether the role gives a seat in the forum of the row."""
        if self.role not in BY_ROLE.get(row["kind"], ()):
            return False
        if row["forum_locality"]:
            return row["forum_locality"] in self.localities
        return row["forum_hscp"] in self.hscps if row["forum_hscp"] else row["forum_board"] in self.boards


def seats_near(places: Mapping[Place, frozenset[int]], people: Iterable[int], *, on: date) -> Q:
    """A filter on forums: those in which one of these people is named, or a role at these places may give a seat."""
    localities, hscps, boards = (places.get(p, frozenset()) for p in (Place.LOCALITY, Place.HSCP, Place.BOARD))
    near = Q(locality__in=localities) | Q(hscp__in=hscps) | Q(board__in=boards)
    if localities:
        lying = Locality.objects.filter(pk__in=localities).order_by()
        near |= Q(hscp__in=lying.values("hscp")) | Q(board__in=lying.values("hscp__board"))
    if hscps:
        near |= Q(board__in=HSCP.objects.filter(pk__in=hscps).order_by().values("board"))
    if clusters := places.get(Place.CLUSTER):
        near |= around_clusters(clusters, on=on)
    named = ForumMember.objects.on(on).filter(person__in=list(people)).order_by()
    return near & Q(kind__in=KINDS) | ~Q(kind=Forum.Kind.CLUSTER) & Q(pk__in=named.values("forum"))


def of_cluster(person_id: int, role: Role, rows: list[Row]) -> Sitting:
    """A role at a cluster counts as far as its practices lie."""
    return Sitting(
        person_id,
        role,
        localities=known(r[c] for r in rows for c in ("cluster_locality", "practice_locality")),
        hscps=known(r[c] for r in rows for c in ("lead_hscp", "practice_hscp")),
        boards=known(r[c] for r in rows for c in ("lead_board", "practice_board")),
    )


def seats_in(sitting: Sitting, ground: Iterable[Row]) -> set[int]:
    """Ids of the forums in which the person sits by this role, or is named."""
    return {row["forum"] for row in ground if row["sitter"] == sitting.person_id or sitting.counts_in(row)}


def known(ids: Iterable[int | None]) -> frozenset[int]:
    """The ids without None."""
    return frozenset(pk for pk in ids if pk is not None)
