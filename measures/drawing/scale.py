"""Where things go: round axis figures, room for labels, lines of text that fit."""

from decimal import Decimal
from itertools import pairwise
from math import ceil

CHARACTER = 7.4  # width of one character at 13 px, on the generous side


def width_of(text: str) -> float:
    """About how wide a text is drawn."""
    return len(text) * CHARACTER


def round_ticks(low: Decimal | int, high: Decimal | int, *, at_most: int = 6) -> list[Decimal]:
    """Round figures that enclose low and high: a step of 1, 2, 2.5 or 5 times a power of ten."""
    low, high = Decimal(low), Decimal(high)
    if low == high:
        low, high = (low, high + 1) if low == 0 else (low - abs(low) / 10, high + abs(high) / 10)
    step = _step((high - low) / at_most)
    first = (low / step).to_integral_value(rounding="ROUND_FLOOR") * step
    ticks = [first]
    while ticks[-1] < high:
        ticks.append(ticks[-1] + step)
    return ticks


def _step(rough: Decimal) -> Decimal:
    power = Decimal(10) ** rough.adjusted()
    return next(
        power * m for m in (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10)) if power * m >= rough
    )


def every(labels: list[str], spacing: float) -> int:
    """Write each how-many-th label so that none touches the next."""
    widest = max((width_of(label) for label in labels), default=0)
    return max(1, ceil((widest + 10) / spacing))


def wrapped(text: str, room: float, *, lines: int = 2) -> list[str]:
    """The text broken at spaces into at most so many lines of that width; what is left over ends in an ellipsis."""
    fits, done = max(8, int(room / CHARACTER)), [""]
    for word in text.split():
        piece = word if len(word) <= fits else word[: fits - 1] + "…"
        joined = f"{done[-1]} {piece}".strip()
        if len(joined) <= fits:
            done[-1] = joined
        elif len(done) == lines:
            done[-1] = done[-1][: fits - 1].rstrip() + "…"
            break
        else:
            done.append(piece)
    return done


def parted(wanted: list[float], gap: float, *, low: float = float("-inf"), high: float = float("inf")) -> list[float]:
    """Heights moved just enough that labels wanted at them lie at least `gap` apart, between `low` and `high` where
    there is room; order is kept.
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    placed = [min(max(height, low), high) for height in wanted]
    for before, now in pairwise(order):
        placed[now] = max(placed[now], placed[before] + gap)
    ceiling = high
    for now in reversed(order):
        placed[now] = min(placed[now], ceiling)
        ceiling = placed[now] - gap
    return placed
