"""How far up a project is read, and as whom. Plain Python."""

from __future__ import annotations

from accounts.reach import Reach
from accounts.roles import PERMITS, Place, Right
from meetings.models import Audience
from qiplans.models import Project

Level = Project.ShareLevel
# What each level opens to above the cluster. Scotland reads title, aim and a role to ask, on a page of its own.
OPENS_TO: dict[str, frozenset[Audience]] = {
    Level.CLUSTER: frozenset(),
    Level.HSCP: frozenset({Audience.HSCP}),
    Level.BOARD: frozenset({Audience.HSCP, Audience.BOARD}),
    Level.SCOTLAND: frozenset({Audience.HSCP, Audience.BOARD}),
}


def clusters_seen_from(reach: Reach, audience: Audience) -> frozenset[int]:
    """Ids of clusters that the reader oversees as `audience`: from the HSCP and its localities, or from the board."""
    above = (h for h in reach.holdings if Right.OVERSEE in PERMITS[h.role] and _stands(h.place) is audience)
    return frozenset().union(*(h.clusters | h.past_clusters for h in above))


def levels_open_to(audience: Audience) -> list[str]:
    """The levels at which a project is read as `audience`."""
    return [level for level, opens_to in OPENS_TO.items() if audience in opens_to]


def is_open_above(reach: Reach, cluster: int, level: str) -> bool:
    """Whether a project of that cluster, shared that far, is read by someone who oversees the cluster so."""
    return any(
        cluster in h.clusters or cluster in h.past_clusters
        for h in reach.holdings
        if Right.OVERSEE in PERMITS[h.role] and _stands(h.place) in OPENS_TO[level]
    )


def _stands(place: Place) -> Audience:
    return Audience.BOARD if place is Place.BOARD else Audience.HSCP
