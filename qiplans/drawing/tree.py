"""A driver diagram: the aim at the left, what drives it, and the change ideas at the right."""

from dataclasses import dataclass

from measures.drawing.svg import Svg, element
from qiplans.drawing.parts import PALE, Box, Branch, box_of, framed, written

COLUMNS = ("Aim", "Primary drivers", "Secondary drivers", "Change ideas")
WIDE, BETWEEN, GAP, TOP = 960, 46, 12, 44
COLUMN = (WIDE - 20 + BETWEEN) / len(COLUMNS)


@dataclass(frozen=True)
class _Placed:
    """A box with where it lies, and the boxes that hang on it."""

    box: Box
    x: float
    y: float
    under: list["_Placed"]

    @property
    def middle(self) -> float:
        return self.y + self.box.high / 2


def draw_drivers(aim: Branch, *, key: str, told: str) -> Svg:
    """The picture of an aim and its drivers; as high as its boxes need, none over another."""
    placed, foot = _placed(aim, 0, TOP)
    heads = [written([name], 10 + n * COLUMN, 24, font_weight=700)[0] for n, name in enumerate(COLUMNS)]
    parts = [*heads, *_drawn(placed, 0)]
    return framed(parts, key=key, name=f"Driver diagram: {aim.text}", told=told, wide=WIDE, high=round(foot + 10))


def _placed(branch: Branch, level: int, top: float) -> tuple[_Placed, float]:
    """The box of a branch beside the middle of what hangs on it, and where the next may begin."""
    box, x = box_of(branch.text, COLUMN - BETWEEN, note=branch.note), 10 + level * COLUMN
    under, foot = [], top
    for child in branch.under:
        one, foot = _placed(child, level + 1, foot)
        under.append(one)
        foot += GAP
    foot -= GAP if under else 0
    spare = (foot - top) - box.high
    if spare >= 0:
        return _Placed(box, x, top + spare / 2, under), foot
    moved = [_down(one, -spare / 2) for one in under]
    return _Placed(box, x, top, moved), top + box.high


def _down(placed: _Placed, by: float) -> _Placed:
    return _Placed(placed.box, placed.x, placed.y + by, [_down(one, by) for one in placed.under])


def _drawn(placed: _Placed, level: int) -> list[Svg]:
    right = placed.x + placed.box.wide
    parts = placed.box.drawn(placed.x, placed.y, fill=PALE if level < 2 else "#ffffff")
    for child in placed.under:
        bend, start, end = right + BETWEEN / 2, placed.middle, child.middle
        d = f"M{right:.1f} {start:.1f}C{bend:.1f} {start:.1f} {bend:.1f} {end:.1f} {child.x:.1f} {end:.1f}"
        parts = [element("path", d=d, fill="none", stroke="#5e5e5e"), *parts, *_drawn(child, level + 1)]
    return parts
