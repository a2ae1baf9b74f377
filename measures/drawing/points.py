"""The points of a chart, each by its shape, the line between them, and what the shapes mean."""

from collections.abc import Callable, Sequence

from measures.drawing.drawn import FOOT, GREY, HIGH, INK, LEGEND_ROW, LINE, WIDE, Drawn, Look, Mark, Plane
from measures.drawing.scale import width_of
from measures.drawing.svg import Svg, element, together

NOTES_TOLD = "1, 2, 3: see the notes in the table"


def line_through(marks: Sequence[Mark], plane: Plane) -> list[Svg]:
    """One stroke for each stretch without a gap: a missing figure is never bridged, nor one that is left out."""
    stretches: list[list[str]] = [[]]
    for place, mark in enumerate(marks):
        if mark.value is None or mark.look is Look.LEFT_OUT:
            stretches.append([])
        else:
            stretches[-1].append(f"{plane.x(place)},{plane.y(mark.value)}")
    return [
        element("polyline", points=" ".join(s), fill="none", stroke=LINE, stroke_width=2)
        for s in stretches
        if len(s) > 1
    ]


def points(drawn: Drawn, plane: Plane) -> list[Svg]:
    """Every figure, with its words for who points at it."""
    size = 4 if plane.spacing >= 9 else 2.5
    parts = []
    for place, mark in enumerate(drawn.marks):
        if mark.value is not None:
            said = f"{mark.label}: {drawn.write(mark.value, 4)}" + (f", {mark.said}" if mark.said else "")
            parts.append(point(mark.look, plane.x(place), plane.y(mark.value), size, said))
    return parts


def point(look: Look, x: float, y: float, size: float, said: str = "") -> Svg:
    """A dot, or the shape of what it is part of: no meaning is in the colour alone."""
    title = together([element("title", said)] if said else [])
    if look is Look.PLAIN:
        return element("circle", title, cx=x, cy=y, r=size, fill=LINE, stroke="#ffffff")
    if look is Look.LEFT_OUT:
        return element("path", title, d=_cross(x, y, size), fill="none", stroke=GREY, stroke_width=2)
    if look is Look.STANDS_OUT:
        return element("path", title, d=_star(x, y, size + 3), fill=INK, stroke="#ffffff")
    return element("path", title, d=OUTLINES[look](x, y, size), fill="#ffffff", stroke=LINE, stroke_width=2)


def legend_rows(drawn: Drawn, left: float) -> list[list[tuple[Look | None, str, float]]]:
    """What the legend says, in rows that fit: the shape (None for words alone), its words, and where it begins."""
    looks = {mark.look for mark in drawn.marks if mark.value is not None}
    told: list[tuple[Look | None, str]] = [
        (look, look.value) for look in Look if look in looks and look is not Look.PLAIN
    ]
    if any(mark.note for mark in drawn.marks):
        told.append((None, NOTES_TOLD))
    rows: list[list[tuple[Look | None, str, float]]] = []
    x = float("inf")
    for look, words in told:
        wide = width_of(words) + (18 if look else 0)
        if x + wide > WIDE:
            rows.append([])
            x = left
        rows[-1].append((look, words, x))
        x += wide + 26
    return rows


def legend(drawn: Drawn, plane: Plane) -> list[Svg]:
    """Below the picture: each shape that stands in it, and its words."""
    rows, parts = legend_rows(drawn, plane.left), []
    for n, row in enumerate(rows):
        y = HIGH - FOOT - LEGEND_ROW * len(rows) + 50 + LEGEND_ROW * n
        for look, words, x in row:
            if look:
                parts.append(point(look, x + 6, y - 4, 4))
            parts.append(element("text", words, x=x + (18 if look else 0), y=y))
    return parts


def _square(x: float, y: float, size: float) -> str:
    side = 2 * size + 1
    return f"M{x - side / 2:.1f} {y - side / 2:.1f}h{side:.1f}v{side:.1f}h{-side:.1f}z"


def _triangle(x: float, y: float, size: float) -> str:
    return f"M{x:.1f} {y - size - 2:.1f}l{size + 2:.1f} {2 * size + 2:.1f}h{-2 * size - 4:.1f}z"


def _turned(x: float, y: float, size: float) -> str:
    return f"M{x:.1f} {y + size + 2:.1f}l{size + 2:.1f} {-2 * size - 2:.1f}h{-2 * size - 4:.1f}z"


def _diamond(x: float, y: float, size: float) -> str:
    half = size + 2.5
    return f"M{x:.1f} {y - half:.1f}l{half:.1f} {half:.1f}l{-half:.1f} {half:.1f}l{-half:.1f} {-half:.1f}z"


def _cross(x: float, y: float, size: float) -> str:
    return (
        f"M{x - size:.1f} {y - size:.1f}l{2 * size:.1f} {2 * size:.1f}m0 {-2 * size:.1f}l{-2 * size:.1f} {2 * size:.1f}"
    )


def _star(x: float, y: float, size: float) -> str:
    """Four spikes: a short way in between each two."""
    near = size * 0.3
    d = f"M{x:.1f} {y - size:.1f}"
    for to_x, to_y in ((near, -near), (size, 0), (near, near), (0, size), (-near, near), (-size, 0), (-near, -near)):
        d += f"L{x + to_x:.1f} {y + to_y:.1f}"
    return d + "z"


OUTLINES: dict[Look, Callable[[float, float, float], str]] = {
    Look.SHIFT: _square,
    Look.TREND: _triangle,
    Look.OUTSIDE: _diamond,
    Look.NEAR: _turned,
}
