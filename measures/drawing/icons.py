"""The two icons of a control chart: what the latest point says, and whether the goal is met. Shape and letter."""

from measures.drawing.drawn import FONT, GREY, INK
from measures.drawing.svg import Svg, element

SIZE = 44
WHITE = "#ffffff"


def draw_icon(letter: str, *, points: str = "", is_filled: bool = False) -> Svg:
    """A ring with a letter in it; `points` "up" or "down" adds an arrow head.

    The words stand beside it, so it is hidden from those who hear the page.
    """
    ink = INK if is_filled else GREY
    parts = [
        element(
            "circle",
            cx=SIZE / 2,
            cy=SIZE / 2,
            r=SIZE / 2 - 3,
            fill=ink if is_filled else WHITE,
            stroke=ink,
            stroke_width=3,
        ),
        element(
            "text",
            letter,
            x=SIZE / 2,
            y=SIZE / 2 + (6 if not points else 9 if points == "up" else 3),
            text_anchor="middle",
            font_family=FONT,
            font_size=16,
            font_weight=700,
            fill=WHITE if is_filled else INK,
        ),
    ]
    if points:
        middle, tip = SIZE / 2, (7, 13) if points == "up" else (SIZE - 7, SIZE - 13)
        d = f"M{middle} {tip[0]}L{middle + 6} {tip[1]}H{middle - 6}z"
        parts.append(element("path", d=d, fill=WHITE if is_filled else INK))
    return element("svg", *parts, viewBox=f"0 0 {SIZE} {SIZE}", width=SIZE, height=SIZE, aria_hidden="true")
