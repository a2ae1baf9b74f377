"""A SWOT: four lists in a square, inside above and outside below, what helps at the left."""

from collections.abc import Sequence

from measures.drawing.svg import Svg, element
from qiplans.drawing.parts import GREY, LINE, PAD, PALE, ROW, filled, framed, written

WIDE, GAP = 960, 16
SIDE = (WIDE - 20 - GAP) / 2


def draw_swot(subject: str, lists: Sequence[tuple[str, Sequence[str]]], *, key: str, told: str) -> Svg:
    """`lists` are the four names with their lines: strengths, weaknesses, opportunities, threats."""
    parts: list[Svg] = []
    top = 10.0
    for row in (lists[:2], lists[2:]):
        high = max(_high(lines) for _, lines in row)
        for n, (name, lines) in enumerate(row):
            parts += _list(name, lines, 10 + n * (SIDE + GAP), top, high)
        top += high + GAP
    return framed(parts, key=key, name=f"SWOT: {subject}", told=told, wide=WIDE, high=round(top - GAP + 10))


def _set(lines: Sequence[str]) -> list[list[str]]:
    return [filled(line, SIDE - 2 * PAD - 14) for line in lines]


def _high(lines: Sequence[str]) -> float:
    return 44 + sum(ROW * len(said) + 5 for said in _set(lines or ["Nothing yet"])) + PAD


def _list(name: str, lines: Sequence[str], x: float, y: float, high: float) -> list[Svg]:
    parts = [
        element("rect", x=x, y=y, width=SIDE, height=high, rx=3, fill="#ffffff", stroke=LINE),
        element("rect", x=x, y=y, width=SIDE, height=30, rx=3, fill=PALE, stroke=LINE),
        *written([name], x + PAD, y + 20, font_weight=700),
    ]
    foot = y + 50
    for said in _set(lines):
        parts.append(element("circle", cx=x + PAD + 4, cy=foot - 4, r=2.5, fill=LINE))
        parts += written(said, x + PAD + 14, foot)
        foot += ROW * len(said) + 5
    return parts if lines else [*parts, *written(["Nothing yet"], x + PAD + 14, foot, fill=GREY)]
