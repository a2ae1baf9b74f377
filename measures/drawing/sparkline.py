"""A word-sized chart for lists. It carries its meaning as a label, for those who don't see it."""

from collections.abc import Sequence
from decimal import Decimal

from measures.drawing.drawn import LINE
from measures.drawing.svg import Svg, element

WIDE, HIGH, EDGE = 120, 28, 4


def draw_sparkline(values: Sequence[Decimal | None], *, label: str) -> Svg:
    """The line of the figures with a dot on the last one; gaps stay gaps. Fewer than two figures draw nothing."""
    there = [(i, v) for i, v in enumerate(values) if v is not None]
    if len(there) < 2:
        return Svg("")
    low, high = min(v for _, v in there), max(v for _, v in there)

    def at(place: int, value: Decimal) -> tuple[float, float]:
        share = float((value - low) / (high - low)) if high > low else 0.5
        return EDGE + (WIDE - 2 * EDGE) * place / (len(values) - 1), EDGE + (HIGH - 2 * EDGE) * (1 - share)

    stretches: list[list[str]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            stretches.append([])
        else:
            stretches[-1].append("{:.1f},{:.1f}".format(*at(place, value)))
    lines = [
        element("polyline", points=" ".join(s), fill="none", stroke=LINE, stroke_width=1.5)
        for s in stretches
        if len(s) > 1
    ]
    x, y = at(*there[-1])
    return element(
        "svg",
        *lines,
        element("circle", cx=x, cy=y, r=3, fill=LINE),
        viewBox=f"0 0 {WIDE} {HIGH}",
        width=WIDE,
        height=HIGH,
        role="img",
        aria_label=label,
    )
