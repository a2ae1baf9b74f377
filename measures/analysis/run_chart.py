"""Run chart analysis by the rules of Perla, Provost and Murray (BMJ Quality & Safety 2011), exact.

Values are turned into whole numbers over one denominator before anything is compared, so that
(87.1 + 87.3) / 2 is 87.2 and a point that lies on the median does lie on it.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from measures.analysis import signs
from measures.analysis.exact import Number, twice_the_median, whole_numbers
from measures.analysis.phases import there
from measures.analysis.runs_table import balanced_limits, limits

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
    figures, scale = whole_numbers(values)
    rows = [row for row, figure in enumerate(figures) if figure is not None]
    points = there(figures, rows)
    baseline = points if median_from_first is None else points[: bisect_left(rows, median_from_first)]
    twice = twice_the_median(baseline)
    sides = "" if twice is None else signs.sides_of(points, twice, 2)
    useful = sides.replace("0", "")
    above, below = useful.count("+"), useful.count("-")
    # With all points on one side there is no second side for runs to change to: nothing to expect.
    split = above > 0 and below > 0
    return RunChart(
        median=None if twice is None else Fraction(twice, 2 * scale),
        useful=len(useful),
        above=above,
        below=below,
        runs=signs.crossings(useful) + 1 if useful else 0,
        longest_run=signs.longest_stretch(useful),
        shifts=_shifts(rows, sides),
        trends=_trends(rows, points),
        expected_runs=limits(above, below) if split else None,
        expected_runs_balanced=balanced_limits(len(useful)) if split else None,
    )


def _shifts(rows: Sequence[int], sides: str) -> tuple[Signal, ...]:
    """Stretches of six or more useful points on the same side; points on the median are skipped."""
    off = rows if "0" not in sides else [row for row, side in zip(rows, sides, strict=True) if side != "0"]
    return tuple(
        [
            Signal("above" if side == "+" else "below", tuple(off[start:after]))
            for side, start, after in signs.stretches(sides.replace("0", ""), SHIFT)
        ]
    )


def _trends(rows: Sequence[int], points: Sequence[int]) -> tuple[Signal, ...]:
    """Stretches of five or more that all rise or all fall. A repeat of the point before it is ignored."""
    steps = signs.steps_of(points)
    moving = rows
    if "0" in steps:
        moving = [rows[0], *(row for row, step in zip(rows[1:], steps, strict=True) if step != "0")]
    return tuple(
        [
            Signal("up" if way == "+" else "down", tuple(moving[start : after + 1]))
            for way, start, after in signs.stretches(steps.replace("0", ""), TREND - 1)
        ]
    )
