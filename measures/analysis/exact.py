"""Figures without binary rounding: what a person typed, as whole numbers over one common denominator.

(87.1 + 87.3) / 2 is 87.2, so a point that lies on the median or on a limit does lie on it. Whole numbers are compared
with a ratio by its floor and its ceiling, worked out once: that is as exact as fractions, and many times faster.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import isfinite, lcm

Number = int | float | Decimal | Fraction
DECIMALS: frozenset[type] = frozenset({Decimal, type(None)})
NEVER_ROUNDED: frozenset[type] = DECIMALS | {int, Fraction}


def ratio(value: Number | None) -> tuple[int, int] | None:
    """Top and bottom of the ratio that `value` is; None when there is no figure, or one that is not finite."""
    if value is None:
        return None
    if isinstance(value, float):
        # The shortest decimal that a person would write for it, not its binary neighbour.
        return Decimal(repr(value)).as_integer_ratio() if isfinite(value) else None
    if isinstance(value, Decimal) and not value.is_finite():
        return None
    return value.as_integer_ratio()


def exact(value: Number | None) -> Fraction | None:
    """The figure as a fraction; None as in `ratio`."""
    parts = ratio(value)
    return None if parts is None else Fraction(*parts)


def whole_numbers(values: Sequence[Number | None]) -> tuple[list[int | None], int]:
    """Every figure times the same scale, so that all are whole, and that scale; None as in `ratio`."""
    kinds = set(map(type, values))
    if Decimal in kinds and kinds <= DECIMALS and (found := _without_the_point(values)):
        return found
    ratios = _ratios(values, kinds)
    scale = lcm(*{parts[1] for parts in ratios if parts is not None})
    return [None if parts is None else parts[0] * (scale // parts[1]) for parts in ratios], scale


def twice_the_median(figures: Sequence[int]) -> int | None:
    """Twice the middle figure, or the sum of the two in the middle: whole either way. None of nothing."""
    if not figures:
        return None
    ordered, middle = sorted(figures), len(figures) // 2
    return 2 * ordered[middle] if len(ordered) % 2 else ordered[middle - 1] + ordered[middle]


def floor_and_ceiling(top: int, bottom: int) -> tuple[int, int]:
    """What a whole number must pass to lie above top / bottom, and below it. `bottom` is above nought."""
    return top // bottom, -(-top // bottom)


def _ratios(values: Sequence[Number | None], kinds: set[type]) -> list[tuple[int, int] | None]:
    if kinds <= NEVER_ROUNDED:
        try:
            return [None if value is None else value.as_integer_ratio() for value in values]
        except (ValueError, OverflowError):  # a Decimal that is no number, or is infinite
            pass
    return [ratio(value) for value in values]


def _without_the_point(values: Sequence[Number | None]) -> tuple[list[int | None], int] | None:
    """Decimals written to the same number of places, as a database gives them: the point is taken out.

    This is the quick way for what charts are made of. None where the Decimals are written otherwise.
    """
    there = [value for value in values if isinstance(value, Decimal)]
    first = there[0]
    if not first.is_finite() or not all(map(first.same_quantum, there)):
        return None
    text = " ".join(map(str, there))
    if "E" in text:
        return None
    figures, scale = map(int, text.replace(".", "").split()), 10 ** len(str(first).partition(".")[2])
    if len(there) == len(values):
        return list(figures), scale
    return [None if value is None else next(figures) for value in values], scale
