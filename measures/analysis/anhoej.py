"""Runs and crossings by the rules of Anhøj and Olesen (PLoS ONE 2014): the fewest false alarms.

A run longer than chance gives, or fewer crossings of the centre line than chance gives, is a signal.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import comb, log2

from measures.analysis import signs
from measures.analysis.exact import Number, twice_the_median, whole_numbers
from measures.analysis.phases import Phase, phases_of, there


@dataclass(frozen=True)
class Crossings:
    """What is found in one phase. The counts and limits are None when no point lies off the centre line."""

    first: int
    last: int
    counted: int
    useful: int
    centre: Fraction | None
    longest_run: int | None
    longest_run_expected: int | None
    crossings: int | None
    crossings_expected: int | None

    @property
    def has_signal(self) -> bool:
        """Whether one of the two rules fires, however few points there are."""
        if self.longest_run is None or self.longest_run_expected is None:
            return False
        if self.crossings is None or self.crossings_expected is None:
            return False
        return self.longest_run > self.longest_run_expected or self.crossings < self.crossings_expected


def crossings_by_phase(
    values: Sequence[Number | None],
    *,
    splits: Collection[int] = (),
    frozen: int | None = None,
    excluded: Collection[int] = (),
) -> tuple[Crossings, ...]:
    """Each phase of a run chart against its median; the arguments are those of `phases_of`."""
    figures, scale = whole_numbers(values)
    found = []
    for phase in phases_of(len(figures), splits=splits, frozen=frozen, excluded=excluded):
        twice = twice_the_median(there(figures, phase.baseline))
        counted = there(figures, phase.counted)
        found.append(
            crossings_of(phase, "", centre=None)
            if twice is None
            else crossings_of(phase, signs.sides_of(counted, twice, 2), centre=Fraction(twice, 2 * scale))
        )
    return tuple(found)


def crossings_of(phase: Phase, sides: str, *, centre: Fraction | None) -> Crossings:
    """The counted points of a phase, by the side of any centre line that each lies on; points on it are skipped."""
    useful = sides.replace("0", "")
    return Crossings(
        first=phase.first,
        last=phase.last,
        counted=len(phase.counted),
        useful=len(useful),
        centre=centre,
        longest_run=signs.longest_stretch(useful) if useful else None,
        longest_run_expected=longest_run_expected(len(useful)) if useful else None,
        crossings=signs.crossings(useful) if useful else None,
        crossings_expected=crossings_expected(len(useful)) if useful else None,
    )


@lru_cache(maxsize=1024)
def longest_run_expected(useful: int) -> int:
    """The longest run that chance is expected to give (Schilling 2012): round(log2 n) + 3. `useful` is above 0."""
    return round(log2(useful)) + 3


@lru_cache(maxsize=1024)
def crossings_expected(useful: int) -> int:
    """The fewest crossings expected by chance: the 5th percentile of n - 1 tosses of a coin (Chen 2010)."""
    tosses, crossings, seen = useful - 1, 0, 1
    while 20 * seen < 2**tosses:
        crossings += 1
        seen += comb(tosses, crossings)
    return crossings
