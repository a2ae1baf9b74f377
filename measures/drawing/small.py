"""Small multiples: a small chart for each line, all on one scale, so that shapes are compared and nothing is ranked."""

from collections.abc import Sequence

from measures.drawing.drawn import FAINT, FONT, INK, LINE, Height, Look, Mark, Plane, as_decimal
from measures.drawing.points import line_through
from measures.drawing.scale import round_ticks, width_of
from measures.drawing.svg import Svg, element

WIDE, HIGH, TOP, FOOT, RIGHT = 240, 120, 12, 104, 6


def draw_small(
    values: Sequence[Height | None],
    *,
    label: str,
    scale: tuple[Height, Height],
    ends: tuple[str, str],
    centre: Height | None = None,
) -> Svg:
    """The line of the figures between the lowest and the highest value of `scale`, which all small charts share.

    `ends` are these two in words. The words stand beside the picture too; `label` says them to who doesn't see it.
    """
    ticks = round_ticks(as_decimal(scale[0]), as_decimal(scale[1]))
    low_words, high_words = ends
    left = max(width_of(low_words), width_of(high_words)) + 8
    plane = Plane(left, RIGHT, TOP, FOOT, ticks, max(len(values), 1), wide=WIDE)
    edge = plane.edge
    parts = [
        element("line", x1=left, x2=edge, y1=y, y2=y, stroke=FAINT) for y in (plane.y(ticks[0]), plane.y(ticks[-1]))
    ]
    parts += [
        element("text", words, x=left - 4, y=y + 4, text_anchor="end")
        for words, y in ((low_words, plane.y(ticks[0])), (high_words, plane.y(ticks[-1])))
    ]
    if centre is not None:
        y = plane.y(centre)
        parts.append(element("line", x1=left, x2=edge, y1=y, y2=y, stroke=INK))
    marks = [Mark("", value, Look.PLAIN) for value in values]
    parts += line_through(marks, plane)
    parts += [
        element("circle", cx=plane.x(n), cy=plane.y(value), r=1.8, fill=LINE)
        for n, value in enumerate(values)
        if value is not None
    ]
    return element(
        "svg",
        *parts,
        viewBox=f"0 0 {WIDE} {HIGH}",
        width=WIDE,
        height=HIGH,
        role="img",
        aria_label=label,
        font_family=FONT,
        font_size=12,
        fill=INK,
    )


def ends_of(values: Sequence[Height]) -> tuple[Height, Height]:
    """The round figures between which all values lie."""
    ticks = round_ticks(as_decimal(min(values)), as_decimal(max(values)))
    return ticks[0], ticks[-1]
