"""The map of the system as a picture: practices at the bottom, the health board on top, other forums beside.

The list on the same page says the same in words. Colours and fonts come from the style sheet, by class.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from measures.drawing.scale import wrapped
from measures.drawing.svg import Svg, element

WIDE, MAIN, SIDE, GAP = 900, 560, 280, 34
PAD, TITLE, LINE = 14, 24, 20


@dataclass(frozen=True)
class Box:
    """One stage: its label, what stands in it, and whether it is missing here or is where the reader is."""

    label: str
    lines: Sequence[str]
    is_missing: bool = False
    is_here: bool = False


@dataclass(frozen=True)
class Drawn:
    """What a map is drawn from: the way up (lowest first), the forums beside it, and what it says in one text."""

    key: str
    name: str
    summary: str
    way_up: Sequence[Box]
    beside: Sequence[Box]


@dataclass(frozen=True)
class _Placed:
    """A box with its corner and width, and the lines that fit into it."""

    box: Box
    left: int
    top: int
    wide: int

    @property
    def labels(self) -> list[str]:
        return wrapped(self.box.label, (self.wide - 2 * PAD) * 0.78)

    @property
    def lines(self) -> list[str]:
        return [line for text in self.box.lines for line in wrapped(text, (self.wide - 2 * PAD) * 0.95)]

    @property
    def high(self) -> int:
        return PAD + TITLE * len(self.labels) + LINE * len(self.lines) + PAD // 2

    @property
    def bottom(self) -> int:
        return self.top + self.high


def draw_system_map(drawn: Drawn) -> Svg:
    """The picture, 900 wide and as high as its boxes."""
    column, aside = WIDE - SIDE - 4, list(drawn.beside)
    way_up = _placed(list(reversed(drawn.way_up)), 4, MAIN, top=4, gap=GAP)
    beside = _placed(aside, column, SIDE, top=26, gap=12)
    title, told = f"{drawn.key}-title", f"{drawn.key}-told"
    parts = [element("title", drawn.name, id=title), element("desc", drawn.summary, id=told)]
    for placed in [*way_up, *beside]:
        parts += _box(placed)
    for placed in way_up[:-1]:
        parts += _arrows(placed.bottom)
    if beside:
        parts.append(element("text", "Beside the way up", x=column, y=18, **{"class": "portal-map__label"}))
    high = max(placed.bottom for placed in [*way_up, *beside]) + 4
    wide = WIDE if beside else MAIN + 8
    names = {"class": "portal-map__picture", "viewBox": f"0 0 {wide} {high}", "aria-labelledby": f"{title} {told}"}
    return element("svg", *parts, xmlns="http://www.w3.org/2000/svg", role="img", **names)


def _placed(boxes: list[Box], left: int, wide: int, *, top: int, gap: int) -> list[_Placed]:
    """The boxes below each other."""
    placed: list[_Placed] = []
    for box in boxes:
        placed.append(_Placed(box, left, top, wide))
        top = placed[-1].bottom + gap
    return placed


def _box(placed: _Placed) -> list[Svg]:
    kinds = ["portal-map__box"]
    kinds += ["portal-map__box--missing"] if placed.box.is_missing else []
    kinds += ["portal-map__box--here"] if placed.box.is_here else []
    x, y = placed.left + PAD, placed.top + PAD + 12
    frame = {"x": placed.left, "y": placed.top, "width": placed.wide, "height": placed.high, "class": " ".join(kinds)}
    below = y + TITLE * len(placed.labels) - 2
    return [
        element("rect", rx=4, **frame),
        *_written(placed.labels, x, y, TITLE, "portal-map__label"),
        *_written(placed.lines, x, below, LINE, "portal-map__line"),
    ]


def _written(lines: list[str], x: int, y: int, step: int, kind: str) -> list[Svg]:
    return [element("text", line, x=x, y=y + step * n, **{"class": kind}) for n, line in enumerate(lines)]


def _arrows(top: int) -> list[Svg]:
    """Between two boxes: one arrow up, one back down, each with its word."""
    bottom, up, down = top + GAP - 4, 40, 300
    return [
        element("line", x1=up, x2=up, y1=bottom, y2=top + 12, **{"class": "portal-map__up"}),
        _tip(up, top + 4, 10),
        element("text", "goes up", x=up + 14, y=top + 23, **{"class": "portal-map__word"}),
        element("line", x1=down, x2=down, y1=top + 4, y2=bottom - 8, **{"class": "portal-map__back"}),
        _tip(down, bottom, -10),
        element("text", "comes back", x=down + 14, y=top + 23, **{"class": "portal-map__word"}),
    ]


def _tip(x: int, y: int, length: int) -> Svg:
    return element(
        "polygon", points=f"{x},{y} {x - 6},{y + length} {x + 6},{y + length}", **{"class": "portal-map__tip"}
    )
