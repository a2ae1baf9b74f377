"""How far practices let their figures be seen in a period, and which practices a cluster had on a day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from accounts.reach import Ids, Reach
from accounts.roles import Right
from clusters.models import Membership
from measures.analysis.periods import following
from measures.models import Consent, DataPoint, Measure
from measures.rules import CAREFUL, PRACTICE_PEOPLE


@dataclass(frozen=True)
class Levels:
    """Consents of practices to some clusters, asked by period."""

    consents: Mapping[tuple[int, int], list[Consent]]

    def on(self, cluster: int, practice: int, first: date, frequency: str, *, inside: bool) -> str:
        """What the practice consented to for the period that began on `first`.

        Where it changed its mind within the period, the more careful of the two counts: wider from the next period on,
        narrower at once.
        """
        after = following(first, frequency)
        then = [
            c
            for c in self.consents.get((cluster, practice), ())
            if c.starts_on < after and (c.ends_on is None or (c.ends_on > first and c.ends_on > c.starts_on))
        ]
        said = [consent.inside if inside else consent.above for consent in then]
        if not any(consent.starts_on <= first for consent in then):
            said.append(Consent.Level.AGGREGATE)
        return min(said, key=CAREFUL.index)


@dataclass(frozen=True)
class Reader:
    """Whose figures somebody reads as they were entered, and could take from a total; without anything, nobody's.

    `own` are practices that they speak for; in clusters that they write up, it is also what practices did not enter
    themselves (`rules.can_see_entry`).
    """

    own: Ids = frozenset()
    writes_up: Ids = frozenset()

    def knows(self, measure: Measure, point: DataPoint) -> bool:
        return point.practice_id in self.own or (measure.cluster_id in self.writes_up and not point.is_from_practice)


@dataclass(frozen=True)
class Members:
    """Which practices some clusters had, asked by day."""

    memberships: Mapping[int, list[Membership]]

    def on(self, cluster: int, day: date) -> Ids:
        """Practices that belonged to the cluster on a day."""
        held = self.memberships.get(cluster, ())
        return frozenset(
            row.practice_id for row in held if row.starts_on <= day and (row.ends_on is None or day < row.ends_on)
        )


def reader_of(reach: Reach | None) -> Reader:
    """What the holder of a reach knows; None is a reader who knows no figures."""
    if reach is None:
        return Reader()
    return Reader(reach.practices_held(*PRACTICE_PEOPLE), reach.clusters(Right.WRITE_UP))


def levels_in(clusters: Iterable[int]) -> Levels:
    """Consents of all practices to these clusters, by their ids; in one query."""
    consents: dict[tuple[int, int], list[Consent]] = defaultdict(list)
    for consent in Consent.objects.filter(cluster__in=list(clusters)):
        consents[consent.cluster_id, consent.practice_id].append(consent)
    return Levels(consents)


def members_in(clusters: Iterable[int]) -> Members:
    """All members that these clusters ever had, by their ids; in one query."""
    memberships: dict[int, list[Membership]] = defaultdict(list)
    for row in Membership.objects.filter(cluster__in=list(clusters)):
        memberships[row.cluster_id].append(row)
    return Members(memberships)
