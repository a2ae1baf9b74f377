"""The lines of a chart that are no figures: its centre phase by phase, its limits, its goal, and their names."""

from collections.abc import Sequence
from itertools import groupby

from measures.drawing.drawn import GOAL, INK, LIMIT, WIDE, Drawn, Height, Plane
from measures.drawing.scale import CHARACTER, parted, width_of
from measures.drawing.svg import Svg, element

LOWER, UPPER = "Lower limit", "Upper limit"


def level_texts(drawn: Drawn) -> list[tuple[str, Height, str]]:
    """Name, height and colour of the lines that are named at the right edge, by where they end."""
    found: list[tuple[str, Height, str]] = []
    if drawn.centre is not None:
        found.append((f"{drawn.centre_name} {drawn.write_rounded(drawn.centre)}", drawn.centre, INK))
    if drawn.goal is not None:
        found.append((f"Goal {drawn.write(drawn.goal, 4)}", drawn.goal, GOAL))
    for name, line in ((UPPER, drawn.upper), (LOWER, drawn.lower)):
        height = next((height for height in reversed(line) if height is not None), None)
        if height is not None:
            found.append((f"{name} {drawn.write_rounded(height)}", height, LIMIT))
    return found


def levels(drawn: Drawn, plane: Plane) -> list[Svg]:
    """All lines and the names beside them, moved apart where they would touch."""
    parts = [*_limits(drawn.lower, plane), *_limits(drawn.upper, plane), *_centres(drawn, plane)]
    if drawn.goal is not None:
        y = plane.y(drawn.goal)
        parts.append(_flat(plane.left, plane.edge, y, stroke=GOAL, stroke_dasharray="7 4"))
    named = level_texts(drawn)
    heights = parted([plane.y(value) for _, value, _ in named], 17, low=plane.top, high=plane.floor)
    for (text, _, colour), y in zip(named, heights, strict=True):
        parts.append(element("text", text, x=plane.edge + 6, y=y + 4, fill=colour))
    return parts


def phases(drawn: Drawn, plane: Plane, y: float) -> list[Svg]:
    """Where a new phase begins: an upright line, and as much of its name as there is room for."""
    parts, later = [], list(drawn.stretches[1:])
    for n, stretch in enumerate(later):
        x = plane.x(stretch.first - 0.5)
        until = plane.x(later[n + 1].first - 0.5) if n + 1 < len(later) else WIDE
        parts.append(element("line", x1=x, x2=x, y1=y - 12, y2=plane.floor, stroke=INK, stroke_dasharray="2 3"))
        if text := fitted(stretch.name, until - x - 8):
            parts.append(element("text", text, x=x + 4, y=y))
    return parts


def fitted(text: str, room: float) -> str:
    """The text, or as much of it as fits and an ellipsis; nothing where not even three letters fit."""
    if width_of(text) <= room:
        return text
    fits = int(room / CHARACTER) - 1
    return text[:fits].rstrip() + "…" if fits >= 3 else ""


def _centres(drawn: Drawn, plane: Plane) -> list[Svg]:
    return [
        _flat(plane.x(s.first - 0.5), plane.x(s.last + 0.5), plane.y(s.centre), stroke=INK)
        for s in drawn.stretches
        if s.centre is not None
    ]


def _limits(line: Sequence[float | None], plane: Plane) -> list[Svg]:
    """A limit, as steps where it hangs on the denominator of each point."""
    parts = []
    for is_known, group in groupby(enumerate(line), key=lambda at: at[1] is not None):
        if is_known:
            steps = [(place, height) for place, height in group if height is not None]
            path = [f"{plane.x(place + end)},{plane.y(height)}" for place, height in steps for end in (-0.5, 0.5)]
            parts.append(
                element(
                    "polyline",
                    points=" ".join(path),
                    fill="none",
                    stroke=LIMIT,
                    stroke_dasharray="2 4",
                    stroke_width=1.5,
                )
            )
    return parts


def _flat(x1: float, x2: float, y: float, **look: str) -> Svg:
    return element("line", x1=x1, x2=x2, y1=y, y2=y, stroke_width=1.5, **look)
