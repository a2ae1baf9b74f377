"""What a file of data zones changes in the localities of an HSCP, as frozen values: the preview shows what is done."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True)
class ZonedPractice:
    """An open practice of the HSCP: its data zone ("" when not known) and the locality it lies in ("" for none)."""

    pk: int
    code: str
    name: str
    data_zone: str
    locality: str


@dataclass(frozen=True)
class PlacedCluster:
    """An open cluster that the HSCP leads: the locality it lies in ("" for none) and its practices."""

    pk: int
    name: str
    locality: str
    practices: tuple[int, ...]


@dataclass(frozen=True)
class Placing:
    """A practice that gets a locality, or another one (`before` is "" for none)."""

    practice: ZonedPractice
    before: str
    after: str


@dataclass(frozen=True)
class Suggestion:
    """A cluster most of whose practices lie in another locality than it does: `inside` of `practices`."""

    cluster: PlacedCluster
    after: str
    inside: int
    practices: int


@dataclass(frozen=True)
class LocalityPlan:
    """All that the file would change, and what it says nothing about."""

    new: tuple[str, ...]
    placings: tuple[Placing, ...]
    unchanged: int
    zones: int
    zones_without_practice: int
    not_in_file: tuple[ZonedPractice, ...]
    without_zone: tuple[ZonedPractice, ...]
    suggestions: tuple[Suggestion, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.new or self.placings or self.suggestions)

    @property
    def fingerprint(self) -> str:
        """Stands for the plan: another one means that somebody changed the registry since it was shown."""
        told = repr((self.new, self.placings, self.not_in_file, self.without_zone, self.suggestions))
        return sha256(told.encode()).hexdigest()[:16]


def plan_of(
    zones: Mapping[str, str],
    *,
    localities: Iterable[str],
    practices: Iterable[ZonedPractice],
    clusters: Iterable[PlacedCluster],
) -> LocalityPlan:
    """The plan for data zones with the names of their localities. A name that exists is kept as it is spelt there."""
    known = {name.casefold(): name for name in localities}
    named = {zone: known.get(name.casefold(), name) for zone, name in zones.items()}
    everybody = list(practices)
    after = {p.pk: named.get(p.data_zone, p.locality) for p in everybody}
    in_file = [p for p in everybody if p.data_zone in named]
    return LocalityPlan(
        new=tuple(sorted({name for name in named.values() if name.casefold() not in known})),
        placings=tuple(Placing(p, p.locality, after[p.pk]) for p in in_file if p.locality != after[p.pk]),
        unchanged=sum(p.locality == after[p.pk] for p in in_file),
        zones=len(named),
        zones_without_practice=len(named.keys() - {p.data_zone for p in everybody}),
        not_in_file=tuple(p for p in everybody if p.data_zone and p.data_zone not in named),
        without_zone=tuple(p for p in everybody if not p.data_zone),
        suggestions=tuple(_suggestions(clusters, after)),
    )


def _suggestions(clusters: Iterable[PlacedCluster], after: Mapping[int, str]) -> Iterable[Suggestion]:
    """Where more practices of a cluster lie in one locality than in any other, and the cluster does not."""
    for cluster in clusters:
        counts = Counter(name for pk in cluster.practices if (name := after.get(pk, "")))
        if not counts:
            continue
        (most, inside), *others = counts.most_common(2)
        is_tied = bool(others) and others[0][1] == inside
        if not is_tied and most != cluster.locality:
            yield Suggestion(cluster, most, inside, len(cluster.practices))
