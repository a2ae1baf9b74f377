"""The organisation as a tree, as far as the reader reaches: Scotland, health boards and HSCPs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Subquery

from accounts.reach import Reach
from accounts.roles import PERMITS, Place, Right
from clusters.models import Hosting, Membership
from clusters.selectors import clusters_within, practices_within
from clusters.selectors.forums import hscps_within
from clusters.selectors.hostings import hostings_around
from clusters.selectors.summaries import latest_list_size
from practices.models import HSCP, HealthBoard, Locality, Practice
from practices.models import PracticeQuerySet as Practices

WHOLE = (Right.OVERSEE, Right.SEE_REGISTRY)
ABOVE = (Place.HSCP, Place.BOARD)


@dataclass(frozen=True)
class Counts:
    """How much of a place the reader reaches. `patients` adds up the latest list sizes known today."""

    localities: int
    clusters: int
    practices: int
    patients: int


@dataclass(frozen=True)
class HscpLine:
    """One HSCP in the tree, with what is worth knowing about it in words."""

    hscp: HSCP
    counts: Counts
    notes: tuple[str, ...]


@dataclass(frozen=True)
class BoardGroup:
    """One health board and its HSCPs."""

    board: HealthBoard
    counts: Counts
    hscps: tuple[HscpLine, ...]


@dataclass(frozen=True)
class PlacesPage:
    """All that the reader reaches, from the top."""

    counts: Counts
    boards: tuple[BoardGroup, ...]


@dataclass(frozen=True)
class _Found:
    """Ids within reach, each kind as pairs with the HSCP that it counts for."""

    practices: dict[int, set[int]]
    patients: dict[int, int]
    clusters: dict[int, set[int]]
    localities: dict[int, set[int]]

    def counts(self, hscps: Iterable[int]) -> Counts:
        """Of several HSCPs together: a cluster that crosses them counts once."""
        wanted = list(hscps)
        return Counts(
            localities=len(set().union(*(self.localities[h] for h in wanted))),
            clusters=len(set().union(*(self.clusters[h] for h in wanted))),
            practices=sum(len(self.practices[h]) for h in wanted),
            patients=sum(self.patients[h] for h in wanted),
        )


def reaches_wholly(reach: Reach, hscp: HSCP) -> bool:
    """Whether a role held at the HSCP or above covers it, and not just a cluster or a practice of it."""
    if reach.everywhere(Right.SEE_REGISTRY):
        return True
    covering = (h for h in reach.holdings if h.place in ABOVE and PERMITS[h.role].intersection(WHOLE))
    return any(hscp.pk in h.hscps for h in covering)


def open_practices(practices: QuerySet[Practice], on: date) -> QuerySet[Practice]:
    """Those of `practices` that had not closed by a day."""
    return practices.filter(pk__in=Practices(Practice).open_on(on).order_by().values("pk"))


def places_page(reach: Reach) -> PlacesPage:
    """The tree down to the HSCPs. The same number of queries for one cluster and for all of Scotland."""
    hscps = list(hscps_within(reach).order_by("board__name", "name"))
    found = _found(reach, hscps)
    notes = _notes(hscps, reach.day)
    by_board: dict[HealthBoard, list[HSCP]] = defaultdict(list)
    for hscp in hscps:
        by_board[hscp.board].append(hscp)
    boards = tuple(
        BoardGroup(
            board,
            found.counts(h.pk for h in inside),
            tuple(HscpLine(h, found.counts([h.pk]), tuple(notes[h.pk])) for h in inside),
        )
        for board, inside in by_board.items()
    )
    return PlacesPage(found.counts(h.pk for h in hscps), boards)


def _found(reach: Reach, hscps: list[HSCP]) -> _Found:
    found = _Found(defaultdict(set), defaultdict(int), defaultdict(set), defaultdict(set))
    sized = open_practices(practices_within(reach), reach.day).annotate(
        newest=Subquery(latest_list_size("pk", on=reach.day).values("patients"))
    )
    for pk, hscp, locality, patients in sized.order_by().values_list("pk", "hscp", "locality", "newest"):
        found.practices[hscp].add(pk)
        found.patients[hscp] += patients or 0
        if locality:
            found.localities[hscp].add(locality)
    for cluster, hscp in _clusters_by_hscp(reach):
        found.clusters[hscp].add(cluster)
    whole = [h.pk for h in hscps if reaches_wholly(reach, h)]
    for locality, hscp in Locality.objects.filter(hscp__in=whole).order_by().values_list("pk", "hscp"):
        found.localities[hscp].add(locality)
    return found


def _clusters_by_hscp(reach: Reach) -> Iterator[tuple[int, int]]:
    """Each cluster with the HSCP that leads it, and with each HSCP that a practice of it lies in."""
    clusters = clusters_within(reach).order_by()
    yield from clusters.values_list("pk", "lead_hscp")
    rows = Membership.objects.on(reach.day).filter(cluster__in=clusters.values("pk")).order_by()
    yield from rows.values_list("cluster", "practice__hscp").distinct()


def _notes(hscps: list[HSCP], on: date) -> dict[int, list[str]]:
    notes: dict[int, list[str]] = defaultdict(list)
    for row in hostings_around([h.pk for h in hscps], on=on):
        notes[row.served_id].append(said_of_served(row))
        notes[row.host_id].append(f"acts for {row.served}: {row.service}")
    return notes


def said_of_served(row: Hosting) -> str:
    """What is said of an HSCP for which another acts."""
    return f"{row.host} acts for it: {row.service}"
