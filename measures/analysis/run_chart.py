"""Run chart analysis by the rules of Perla, Provost and Murray (BMJ Quality & Safety 2011), exact.

Values are turned into whole numbers over one denominator before anything is compared, so that
(87.1 + 87.3) / 2 is 87.2 and a point that lies on the median does lie on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from math import isfinite, lcm

from measures.analysis.runs_table import balanced_limits, limits

Number = int | float | Decimal | Fraction
ENOUGH = 10  # useful points (off the median) below which no rule is applied
SHIFT = 6  # points in a row on one side of the median
TREND = 5  # points in a row that all rise or all fall


class Verdict(StrEnum):
    """What the number of runs says."""

    NOT_ENOUGH = "not_enough_data"
    TOO_FEW = "too_few"
    TOO_MANY = "too_many"
    AS_EXPECTED = "as_expected"


@dataclass(frozen=True)
class Signal:
    """A stretch of points that a rule flags: `way` is above, below, up or down; `points` are 0-based indexes."""

    way: str
    points: tuple[int, ...]


@dataclass(frozen=True)
class RunChart:
    """What the rules find. The bare statistics stand even when there is not enough data to say anything."""

    median: Fraction | None
    useful: int
    above: int
    below: int
    runs: int
    longest_run: int
    shifts: tuple[Signal, ...]
    trends: tuple[Signal, ...]
    expected_runs: tuple[int, int] | None
    expected_runs_balanced: tuple[int, int] | None

    @property
    def has_enough(self) -> bool:
        """Whether there are enough useful points to say anything to a reader."""
        return self.useful >= ENOUGH

    @property
    def runs_verdict(self) -> Verdict:
        """The number of runs against what chance gives for this split of points."""
        return self._verdict(self.expected_runs)

    @property
    def runs_verdict_balanced(self) -> Verdict:
        """The same against the printed table, which knows even splits only."""
        return self._verdict(self.expected_runs_balanced)

    @property
    def has_signal(self) -> bool:
        """Whether a reader is shown a signal at all."""
        odd_runs = self.runs_verdict in (Verdict.TOO_FEW, Verdict.TOO_MANY)
        return self.has_enough and bool(self.shifts or self.trends or odd_runs)

    def _verdict(self, expected: tuple[int, int] | None) -> Verdict:
        if not self.has_enough or expected is None:
            return Verdict.NOT_ENOUGH
        if self.runs < expected[0]:
            return Verdict.TOO_FEW
        return Verdict.TOO_MANY if self.runs > expected[1] else Verdict.AS_EXPECTED


def analyse(values: Sequence[Number | None], *, median_from_first: int | None = None) -> RunChart:
    """Read a series. `None` is a missing figure; `median_from_first` freezes the median on the first so many rows."""
    points, scale = _whole_numbers(values)
    twice = _twice_the_median([v for i, v in points if median_from_first is None or i < median_from_first])
    sides = [(i, 1 if 2 * v > twice else -1) for i, v in points if 2 * v != twice] if twice is not None else []
    stretches = _stretches(sides)
    above = sum(1 for _, side in sides if side > 0)
    below = len(sides) - above
    # With all points on one side there is no second side for runs to change to: nothing to expect.
    split = above > 0 and below > 0
    return RunChart(
        median=None if twice is None else Fraction(twice, 2 * scale),
        useful=len(sides),
        above=above,
        below=below,
        runs=len(stretches),
        longest_run=max((len(s.points) for s in stretches), default=0),
        shifts=tuple(s for s in stretches if len(s.points) >= SHIFT),
        trends=_trends(points),
        expected_runs=limits(above, below) if split else None,
        expected_runs_balanced=balanced_limits(len(sides)) if split else None,
    )


def _whole_numbers(values: Sequence[Number | None]) -> tuple[list[tuple[int, int]], int]:
    """Index and value of every figure that is there, as whole numbers over one common denominator."""
    ratios = [(i, ratio) for i, v in enumerate(values) if (ratio := _ratio(v)) is not None]
    scale = lcm(*(bottom for _, (_, bottom) in ratios))
    return [(i, top * (scale // bottom)) for i, (top, bottom) in ratios], scale


def _ratio(value: Number | None) -> tuple[int, int] | None:
    if value is None:
        return None
    if isinstance(value, float):
        # The shortest decimal that a person would write for it, not its binary neighbour.
        return Decimal(repr(value)).as_integer_ratio() if isfinite(value) else None
    if isinstance(value, Decimal) and not value.is_finite():
        return None
    return value.as_integer_ratio()


def _twice_the_median(values: list[int]) -> int | None:
    if not values:
        return None
    ordered, middle = sorted(values), len(values) // 2
    return 2 * ordered[middle] if len(ordered) % 2 else ordered[middle - 1] + ordered[middle]


def _stretches(sides: list[tuple[int, int]]) -> list[Signal]:
    """Runs: useful points that follow one another on the same side; points on the median are skipped."""
    found: list[tuple[int, list[int]]] = []
    for index, side in sides:
        if found and found[-1][0] == side:
            found[-1][1].append(index)
        else:
            found.append((side, [index]))
    return [Signal("above" if side > 0 else "below", tuple(indexes)) for side, indexes in found]


def _trends(points: list[tuple[int, int]]) -> tuple[Signal, ...]:
    """Stretches of five or more that all rise or all fall. A repeat of the point before it is ignored."""
    moving = [p for n, p in enumerate(points) if n == 0 or p[1] != points[n - 1][1]]
    found: list[tuple[int, list[int]]] = []
    for (before, was), (index, now) in pairwise(moving):
        way = 1 if now > was else -1
        if found and found[-1][0] == way:
            found[-1][1].append(index)
        else:
            found.append((way, [before, index]))
    return tuple(Signal("up" if way > 0 else "down", tuple(s)) for way, s in found if len(s) >= TREND)
