"""Shifts and trends as Public Health Scotland's own code reads them, for comparison with its charts.

Stricter than the rules as taught: a point on the median breaks a shift, a repeat breaks a trend, and so does a gap.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from measures.analysis.exact import Number, twice_the_median, whole_numbers
from measures.analysis.run_chart import Signal
from measures.analysis.signs import sides_of, steps_of, stretches

SHIFT = 6  # points in a row strictly on one side of the median
TREND = 5  # points in a row strictly rising or falling


@dataclass(frozen=True)
class Flags:
    """What the code flags: each shift and trend by itself, or all the 0-based rows that are part of one."""

    median: Fraction | None
    shifts: tuple[Signal, ...]
    trends: tuple[Signal, ...]

    @property
    def shift(self) -> tuple[int, ...]:
        """Rows that are part of a shift."""
        return _rows(self.shifts)

    @property
    def trend(self) -> tuple[int, ...]:
        """Rows that are part of a trend; where two meet, the row is given once."""
        return _rows(self.trends)


def flags_of(values: Sequence[Number | None], *, median_from_first: int | None = None) -> Flags:
    """Flag a series. `median_from_first` freezes the median on the first so many rows."""
    figures, scale = whole_numbers(values)
    twice = twice_the_median([figure for figure in figures[:median_from_first] if figure is not None])
    sides = "" if twice is None else sides_of(figures, twice, 2)
    return Flags(
        median=None if twice is None else Fraction(twice, 2 * scale),
        shifts=_signals(sides, SHIFT, ("above", "below"), reach=0),
        trends=_signals(steps_of(figures), TREND - 1, ("up", "down"), reach=1),
    )


def _signals(signs: str, enough: int, ways: tuple[str, str], *, reach: int) -> tuple[Signal, ...]:
    """Stretches of the same sign; `reach` is how many rows beyond the last sign belong to one."""
    return tuple(
        [
            Signal(ways[sign == "-"], tuple(range(start, after + reach)))
            for sign, start, after in stretches(signs, enough)
        ]
    )


def _rows(signals: Sequence[Signal]) -> tuple[int, ...]:
    return tuple(sorted({row for signal in signals for row in signal.points}))
