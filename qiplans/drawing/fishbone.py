"""A fishbone (cause and effect): the effect at the right, categories on bones above and below the spine."""

from collections.abc import Sequence
from dataclasses import dataclass

from measures.drawing.svg import Svg, element
from qiplans.drawing.parts import GREY, INK, LINE, PALE, ROW, Branch, box_of, filled, framed, written

BONE, SLANT, HEAD, EDGE, MIN_HIGH = 250, 70, 190, 20, 90


@dataclass(frozen=True)
class _Bone:
    """A category with its causes, each as lines of text; the first line of a sub-cause has a dash before it."""

    name: list[str]
    causes: list[list[str]]

    @property
    def high(self) -> float:
        """From the spine to the name of the category."""
        return max(MIN_HIGH, 24.0 + sum(ROW * len(cause) + 9 for cause in self.causes))


def draw_fishbone(effect: str, categories: Sequence[Branch], *, key: str, told: str) -> Svg:
    """The picture. It grows to the side with its categories and in height with their causes."""
    bones = [_bone(category) for category in categories]
    above, below = bones[0::2], bones[1::2]
    long_up, long_down = _longest(above), _longest(below)
    up = long_up + ROW * max((len(bone.name) for bone in above), default=1) + 24
    down = long_down + ROW * max((len(bone.name) for bone in below), default=1) + 24
    pairs = max(1, len(above))
    end = EDGE + pairs * BONE + SLANT + 10
    head = box_of(effect, HEAD)
    spine = up = max(up, head.high / 2 + 10)
    down = max(down, head.high / 2 + 10)
    parts = [
        element("line", x1=EDGE, x2=end, y1=spine, y2=spine, stroke=INK, stroke_width=3),
        *head.drawn(end, spine - head.high / 2, fill=PALE, weight=700),
    ]
    for n, bone in enumerate(above):
        parts += _drawn(bone, EDGE + n * BONE, spine, -long_up)
    for n, bone in enumerate(below):
        parts += _drawn(bone, EDGE + n * BONE, spine, long_down)
    name, wide = f"Fishbone: {effect}", end + HEAD + EDGE
    return framed(parts, key=key, name=name, told=told, wide=round(wide), high=round(up + down))


def _longest(bones: Sequence[_Bone]) -> float:
    """All bones of a side are as long as the longest: they lie side by side and cross no text."""
    return max((bone.high for bone in bones), default=MIN_HIGH)


def _bone(category: Branch) -> _Bone:
    room = BONE - 30
    causes = []
    for cause in category.under:
        lines = filled(cause.text, room)
        for deeper in cause.under:
            first, *more = filled(deeper.text, room - 24)
            lines += [f"– {first}", *(f"\u2003{line}" for line in more)]
        causes.append(lines)
    return _Bone(filled(category.text, room), causes)


def _drawn(bone: _Bone, left: float, spine: float, reach: float) -> list[Svg]:
    """The bone leans to the head; its causes stand at its left, each on a short line. `reach` below 0 goes up."""
    is_up = reach < 0
    tip, foot = (left + BONE - SLANT / 2, spine + reach), (left + BONE + SLANT / 2, spine)
    parts = [element("line", x1=tip[0], y1=tip[1], x2=foot[0], y2=foot[1], stroke=LINE, stroke_width=2)]
    name_foot = tip[1] - 8 - ROW * (len(bone.name) - 1) if is_up else tip[1] + 18
    parts += written(bone.name, tip[0], name_foot, text_anchor="middle", font_weight=700)
    y = tip[1] + 8 if is_up else spine + 16
    for lines in bone.causes:
        y += ROW * len(lines)
        share = (y - spine) / reach
        at = foot[0] + (tip[0] - foot[0]) * share
        x = at - BONE + 20
        parts.append(element("line", x1=x, x2=at, y1=y, y2=y, stroke=GREY))
        parts += written(lines, x + 2, y - 5 - ROW * (len(lines) - 1), font_size=12)
        y += 9
    return parts
