"""Control limits of XmR, p and u charts: three sigma of what common causes make.

Points are compared with limits in whole numbers: where a limit is a square root, its square is compared. Only the
limits that are drawn are floats.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from itertools import pairwise, repeat
from math import sqrt
from operator import sub

from measures.analysis.anhoej import Crossings, crossings_of
from measures.analysis.exact import Number, floor_and_ceiling, whole_numbers
from measures.analysis.phases import Phase, phases_of, there
from measures.analysis.signs import sides_of

D2 = (1128, 1000)  # a mean moving range of two is 1.128 sigmas (Montgomery, Statistical Quality Control)
SCREEN = (3267, 1000)  # moving ranges of 3.267 means or more are themselves special (Nelson 1982)
Share = tuple[int, int]  # top and bottom
Line = tuple[float | None, ...]


class Kind(StrEnum):
    """What the figures are: single values, proportions of a denominator, or rates over one."""

    VALUE = "i"
    PROPORTION = "p"
    RATE = "u"


@dataclass(frozen=True)
class Limits:
    """One phase: its centre, and for each of its rows the limits at two and at three sigma; None where unknown.

    `shares` are top and bottom of what each row shows, a gap None in either way. `outside` are the 0-based rows
    strictly beyond three sigma.
    """

    runs: Crossings
    shares: tuple[tuple[int | None, int] | None, ...]
    lower: Line
    upper: Line
    lower_warning: Line
    upper_warning: Line
    outside: tuple[int, ...]

    @cached_property
    def plotted(self) -> tuple[Fraction | None, ...]:
        """What each row shows."""
        return tuple(None if s is None or s[0] is None else Fraction(s[0], s[1]) for s in self.shares)

    @property
    def centre(self) -> Fraction | None:
        """The mean, weighted by the denominators where there are any."""
        return self.runs.centre


def limits_of_values(
    values: Sequence[Number | None],
    *,
    splits: Collection[int] = (),
    frozen: int | None = None,
    excluded: Collection[int] = (),
    screened: bool = True,
) -> tuple[Limits, ...]:
    """An XmR chart. `screened` leaves out moving ranges that are themselves special, once.

    Without a moving range that counts, such as in a series that never changes, there are no limits.
    The other arguments are those of `phases_of`.
    """
    figures, scale = whole_numbers(values)
    return tuple(
        _of_values(phase, figures, scale, screened=screened)
        for phase in phases_of(len(figures), splits=splits, frozen=frozen, excluded=excluded)
    )


def limits_of_shares(
    numerators: Sequence[Number | None],
    denominators: Sequence[Number | None],
    *,
    kind: Kind,
    splits: Collection[int] = (),
    frozen: int | None = None,
    excluded: Collection[int] = (),
) -> tuple[Limits, ...]:
    """A p chart (`kind` PROPORTION) or a u chart (RATE): limits widen where the denominator is small.

    Rows without a numerator, without a denominator or with one of 0 show nothing. Raises ValueError when the two
    differ in length.
    """
    figures, scale = whole_numbers([*numerators, *denominators])
    counts, bases = figures[: len(numerators)], figures[len(numerators) :]
    shares = [(c, b) if c is not None and b else None for c, b in zip(counts, bases, strict=True)]
    return tuple(
        _of_shares(phase, shares, bases, scale, kind)
        for phase in phases_of(len(shares), splits=splits, frozen=frozen, excluded=excluded)
    )


def moving_ranges(figures: Sequence[int | None], *, screened: bool) -> tuple[int, int] | None:
    """The sum and the number of the steps from a figure to the next; a gap has no step. None when no step counts."""
    if None in figures:
        steps = [abs(now - before) for before, now in pairwise(figures) if before is not None and now is not None]
    else:
        steps = list(map(abs, map(sub, figures[1:], figures)))
    if steps and screened:
        _, special = floor_and_ceiling(SCREEN[0] * sum(steps), SCREEN[1] * len(steps))
        if max(steps) >= special:
            steps = [step for step in steps if step < special]
    return (sum(steps), len(steps)) if steps else None


def _of_values(phase: Phase, figures: Sequence[int | None], scale: int, *, screened: bool) -> Limits:
    baseline, here = there(figures, phase.baseline), phase.of(figures)
    total, count = sum(baseline), len(baseline)
    moving = moving_ranges([figures[row] for row in phase.baseline], screened=screened)
    centre = Fraction(total, count * scale) if count else None
    variance, outside = None, tuple[int, ...]()
    if moving is not None:
        sigma = moving[0] * D2[1], moving[1] * D2[0]
        variance = sigma[0] ** 2, (sigma[1] * scale) ** 2
        outside = _outside(here, total * sigma[1], 3 * sigma[0] * count, count * sigma[1], phase.first)
    lower, upper, lower_warning, upper_warning = _lines(centre, [variance])
    rows = len(here)
    return Limits(
        runs=crossings_of(phase, sides_of(there(figures, phase.counted), total, count) if count else "", centre=centre),
        shares=tuple(zip(here, repeat(scale))),
        # Every row has the same limits: they are worked out once.
        lower=lower * rows,
        upper=upper * rows,
        lower_warning=lower_warning * rows,
        upper_warning=upper_warning * rows,
        outside=outside,
    )


def _outside(figures: Sequence[int | None], centre: int, reach: int, bottom: int, first: int) -> tuple[int, ...]:
    """Rows, counted from `first`, of the figures that lie more than reach / bottom from centre / bottom."""
    floor, _ = floor_and_ceiling(centre + reach, bottom)
    _, ceiling = floor_and_ceiling(centre - reach, bottom)
    return tuple([row for row, y in enumerate(figures, first) if y is not None and (y > floor or y < ceiling)])


def _of_shares(
    phase: Phase, shares: Sequence[Share | None], bases: Sequence[int | None], scale: int, kind: Kind
) -> Limits:
    known, here = there(shares, phase.baseline), phase.of(shares)
    count, base = sum(c for c, _ in known), sum(b for _, b in known)
    centre = Fraction(count, base) if base else None
    # The variance of a row is `spread` / (`base` squared × its own denominator), all in whole numbers.
    spread = scale * spread_of(count, base, kind)
    lines = _lines(
        centre,
        [(spread, base * base * b) if b and base else None for b in phase.of(bases)],
        floor=0.0,
        ceiling=1.0 if kind is Kind.PROPORTION else None,
    )
    # How far each row lies from the centre, times both denominators: where these are below nought, it is turned over.
    apart = [None if share is None else share[0] * base - share[1] * count for share in here]
    turned = [
        None if share is None or far is None else -far if share[1] * base < 0 else far
        for share, far in zip(here, apart, strict=True)
    ]
    sides = sides_of([turned[row - phase.first] for row in phase.counted], 0, 1) if base else ""
    # A limit that is held at 0 or 1 has nothing beyond it, so the square alone decides. There is none where the
    # spread is below nought: a mean share above 1, which is no proportion.
    far_out = 9 * spread
    outside = [
        row
        for row, (share, far) in enumerate(zip(here, apart, strict=True), phase.first)
        if base and share is not None and far is not None and 0 <= far_out * share[1] < far * far
    ]
    return Limits(crossings_of(phase, sides, centre=centre), tuple(here), *lines, tuple(outside))


def spread_of(count: int, base: int, kind: Kind) -> int:
    """Around a mean of `count` out of `base`: divided by `base` squared and by the denominator of a share, it is the
    variance of that share. Below nought where the mean is no proportion.
    """
    return count * (base - count if kind is Kind.PROPORTION else base)


def _lines(
    centre: Fraction | None,
    variances: Sequence[Share | None],
    *,
    floor: float | None = None,
    ceiling: float | None = None,
) -> tuple[Line, Line, Line, Line]:
    """Limits for each variance: at three sigma below and above, then at two. None beyond what can be drawn."""
    middle, sigmas = drawn(centre), [_sigma(variance) for variance in variances]

    def line(times: int) -> Line:
        if middle is None:
            return (None,) * len(sigmas)
        heights = [None if sigma is None else middle + times * sigma for sigma in sigmas]
        if floor is not None:
            heights = [floor if height is not None and height < floor else height for height in heights]
        if ceiling is not None:
            heights = [ceiling if height is not None and height > ceiling else height for height in heights]
        return tuple(heights)

    return line(-3), line(3), line(-2), line(2)


def drawn(centre: Fraction | None) -> float | None:
    """The height of a line; None where there is none, or it is too high to draw."""
    try:
        return None if centre is None else float(centre)
    except OverflowError:
        return None


def _sigma(variance: Share | None) -> float | None:
    if variance is None or variance[0] * variance[1] < 0:
        return None
    try:
        return sqrt(variance[0] / variance[1])
    except OverflowError:
        return None
