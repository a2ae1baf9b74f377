"""XmR charts by the rules of NHS England's Making Data Count: variation, and assurance against a target.

Limits are the mean plus and minus 2.66 mean moving ranges. Gaps are left out before anything is counted.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from measures.analysis.exact import Number, exact, floor_and_ceiling, whole_numbers
from measures.analysis.limits import moving_ranges
from measures.analysis.phases import phases_of
from measures.analysis.signs import steps_of, stretches

SHIFT = TREND = 7
REACH = (266, 100)  # from the mean to a limit, in mean moving ranges: 2.66
FEW = 13  # points below which the limits of a phase are not to be relied on


class Cause(StrEnum):
    """Why a point is special. When several reasons hold, the first of this order is given."""

    ABOVE_LIMIT = "above the upper limit"
    BELOW_LIMIT = "below the lower limit"
    RISING = "part of seven rising"
    FALLING = "part of seven falling"
    NEAR_UPPER = "two of three near the upper limit"
    NEAR_LOWER = "two of three near the lower limit"
    SHIFT_ABOVE = "part of seven above the mean"
    SHIFT_BELOW = "part of seven below the mean"

    @property
    def is_high(self) -> bool:
        """Whether it speaks for higher figures."""
        return self in (Cause.ABOVE_LIMIT, Cause.RISING, Cause.NEAR_UPPER, Cause.SHIFT_ABOVE)


class Assurance(StrEnum):
    """Whether the process will meet a target if nothing about it changes."""

    MET = "met"
    MISSED = "missed"
    HIT_OR_MISS = "hit or miss"


@dataclass(frozen=True)
class PhaseLimits:
    """Rows `first` to `last` (0-based) with `count` figures; the limits are None when no moving range counts."""

    first: int
    last: int
    count: int
    mean: Fraction
    lower: Fraction | None
    upper: Fraction | None


class Zone(NamedTuple):
    """Where a figure lies: its side of the mean (1 above, -1 below, 0 on it), and how far out.

    Beyond is strictly outside the limits; near is inside them, but beyond two thirds of the way from the mean.
    Without limits nothing is beyond or near: None.
    """

    side: int
    is_beyond: bool | None
    is_near: bool | None


# Each zone has a letter, so that a series is a word of them; from the lowest figures to the highest.
ZONES = {
    "L": Zone(-1, True, False),
    "l": Zone(-1, False, True),
    "b": Zone(-1, False, False),
    "m": Zone(0, False, False),
    "a": Zone(1, False, False),
    "u": Zone(1, False, True),
    "U": Zone(1, True, False),
}
WITHOUT_LIMITS = {"-": Zone(-1, None, None), "0": Zone(0, None, None), "+": Zone(1, None, None)}
SIDES = str.maketrans("LlbmauU", "---0+++")
LETTERS, SIGNS = "".join(ZONES), "".join(WITHOUT_LIMITS)
ALL_ZONES = ZONES | WITHOUT_LIMITS
NEAR, BEYOND = re.compile("[lu]"), re.compile("[LU]")


class Point(NamedTuple):
    """One figure of the chart; `cause` is None for common cause variation. The rest is explained at `Zone`."""

    row: int
    side: int
    is_beyond: bool | None
    is_near: bool | None
    cause: Cause | None


@dataclass(frozen=True)
class Reading:
    """The chart: its phases, and of each figure, without the gaps, its row, the letter of its zone and its cause."""

    phases: tuple[PhaseLimits, ...]
    rows: tuple[int, ...]
    zones: str
    causes: tuple[Cause | None, ...]

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """The figures one by one."""
        each = zip(self.rows, self.zones, self.causes, strict=True)
        return tuple(Point(row, *ALL_ZONES[letter], cause) for row, letter, cause in each)

    @property
    def has_short_phase(self) -> bool:
        """Whether a phase has so few points that its limits are not to be relied on."""
        return any(phase.count < FEW for phase in self.phases)

    @property
    def latest(self) -> Cause | None:
        """What the last point says: the variation icon. It says nothing of signals before."""
        return self.causes[-1] if self.causes else None

    def assurance(self, target: Number, *, higher_is_better: bool) -> Assurance | None:
        """A target against the limits of the last phase; one that lies on a limit is hit or miss.

        None without a target that is a number. Without limits every target is hit or miss.
        """
        aim, last = exact(target), self.phases[-1] if self.phases else None
        if aim is None or last is None:
            return None
        if last.upper is not None and aim > last.upper:
            return Assurance.MISSED if higher_is_better else Assurance.MET
        if last.lower is not None and aim < last.lower:
            return Assurance.MET if higher_is_better else Assurance.MISSED
        return Assurance.HIT_OR_MISS


def read(
    values: Sequence[Number | None],
    *,
    splits: Collection[int] = (),
    frozen: int | None = None,
    screened: bool = True,
) -> Reading:
    """Read a series. The arguments are those of `phases_of`; `screened` as in `mean_moving_range`.

    NHS England's Excel tool does not screen, its R package does.
    """
    figures, scale = whole_numbers(values)
    rows = [row for row, figure in enumerate(figures) if figure is not None]
    there = [figure for figure in figures if figure is not None]
    phases = []
    causes: list[Cause | None] = []
    zones = ""
    for phase in phases_of(len(there), splits={bisect_left(rows, split) for split in splits}, frozen=frozen):
        here = phase.of(there)
        lines = _lines_of(here[: len(phase.baseline)], screened=screened)
        phases.append(_limits(lines, scale, first=rows[phase.first], last=rows[phase.last], count=len(here)))
        where = _zones(here, lines)
        zones += where
        causes += causes_of(here, where)
    return Reading(tuple(phases), tuple(rows), zones, tuple(causes))


def causes_of(figures: Sequence[int], zones: str) -> list[Cause | None]:
    """Why each point is special: `figures` without gaps, and the letter of each one's zone."""
    causes: list[Cause | None] = [None] * len(figures)
    for cause, places in specials_of(figures, zones):
        for place in places:
            causes[place] = cause
    return causes


def specials_of(figures: Sequence[int], zones: str) -> Iterator[tuple[Cause, Sequence[int]]]:
    """Every time that a rule fires, and the places of the points it fires on; the arguments are those of `causes_of`.

    What comes first among the causes comes last here, so that it marks a point over the others.
    """
    sides = zones.translate(SIDES)
    for side, start, after in stretches(sides, SHIFT):
        yield Cause.SHIFT_ABOVE if side == "+" else Cause.SHIFT_BELOW, range(start, after)
    for pair in _near_pairs(sides, [found.start() for found in NEAR.finditer(zones)]):
        yield Cause.NEAR_UPPER if sides[pair[0]] == "+" else Cause.NEAR_LOWER, pair
    # A repeat breaks a trend. Where one ends and the next begins, the point belongs to the one that it begins.
    for way, start, after in stretches(steps_of(figures), TREND - 1):
        yield Cause.RISING if way == "+" else Cause.FALLING, range(start, after + 1)
    for found in BEYOND.finditer(zones):
        yield Cause.ABOVE_LIMIT if found[0] == "U" else Cause.BELOW_LIMIT, (found.start(),)


class _Lines(NamedTuple):
    """The mean and the reach from it to a limit, both over `bottom`; without a moving range no reach."""

    mean: int
    reach: int | None
    bottom: int


def _lines_of(baseline: Sequence[int], *, screened: bool) -> _Lines:
    count, moving = len(baseline) or 1, moving_ranges(baseline, screened=screened)
    if moving is None:
        return _Lines(sum(baseline), None, count)
    total, steps = moving
    return _Lines(sum(baseline) * REACH[1] * steps, REACH[0] * total * count, REACH[1] * steps * count)


def _limits(lines: _Lines, scale: int, *, first: int, last: int, count: int) -> PhaseLimits:
    mean, reach, bottom = lines.mean, lines.reach, lines.bottom * scale
    return PhaseLimits(
        first=first,
        last=last,
        count=count,
        mean=Fraction(mean, bottom),
        lower=None if reach is None else Fraction(mean - reach, bottom),
        upper=None if reach is None else Fraction(mean + reach, bottom),
    )


def _zones(figures: Sequence[int], lines: _Lines) -> str:
    """The zone of each figure: between which two edges it lies."""
    mean, reach, bottom = lines
    on_mean, above_mean = _edges(mean, bottom)
    if reach is None:
        return "".join([SIGNS[bisect_right((on_mean, above_mean), figure)] for figure in figures])
    edges = (
        _edges(mean - reach, bottom)[0],
        _edges(3 * mean - 2 * reach, 3 * bottom)[0],
        on_mean,
        above_mean,
        _edges(3 * mean + 2 * reach, 3 * bottom)[1],
        _edges(mean + reach, bottom)[1],
    )
    return "".join([LETTERS[bisect_right(edges, figure)] for figure in figures])


def _edges(top: int, bottom: int) -> tuple[int, int]:
    """The least whole number that is not below top / bottom, and the least above it."""
    floor, ceiling = floor_and_ceiling(top, bottom)
    return ceiling, floor + 1


def _near_pairs(sides: str, near: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Of the places `near` a limit those that are two of one three, with all three on that side."""
    for one, other in pairwise(near):
        threes = range(max(0, other - 2), min(one, len(sides) - 3) + 1)
        if any(sides[start : start + 3] in ("+++", "---") for start in threes):
            yield one, other
