"""What the diagrams share: a frame with title and description, boxes, and text that wraps whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from measures.drawing.scale import CHARACTER
from measures.drawing.svg import Svg, element

FONT = "Roboto, 'Helvetica Neue', Helvetica, Arial, 'DejaVu Sans Condensed', 'DejaVu Sans', sans-serif"
INK, FAINT, GREY, LINE, PALE = "#333333", "#d9d9d9", "#5e5e5e", "#0065bd", "#ebf2f8"
ROW, PAD = 17, 8


@dataclass(frozen=True)
class Branch:
    """A text with what hangs on it. `note` stands small under the text."""

    text: str
    under: Sequence[Branch] = field(default=())
    note: str = ""


def filled(text: str, room: float) -> list[str]:
    """All of the text in lines of that width; a word that is longer than a line is broken with a hyphen."""
    fits, lines = max(6, int(room / CHARACTER)), [""]
    for word in text.split() or ["–"]:
        for piece in _pieces(word, fits):
            joined = f"{lines[-1]} {piece}".strip()
            if len(joined) <= fits:
                lines[-1] = joined
            else:
                lines.append(piece)
    return lines


def _pieces(word: str, fits: int) -> list[str]:
    pieces = []
    while len(word) > fits:
        pieces.append(f"{word[: fits - 1]}-")
        word = word[fits - 1 :]
    return [*pieces, word]


def written(lines: Sequence[str], x: float, y: float, **look: object) -> list[Svg]:
    """Lines of text under each other, the first with its foot at `y`."""
    return [element("text", line, x=x, y=y + ROW * n, **look) for n, line in enumerate(lines)]


@dataclass(frozen=True)
class Box:
    """A text and a note in a frame of that width; as high as they need."""

    lines: list[str]
    notes: list[str]
    wide: float

    @property
    def high(self) -> float:
        return ROW * (len(self.lines) + len(self.notes)) + 2 * PAD - 2

    def drawn(self, x: float, y: float, *, fill: str = "#ffffff", weight: int | None = None) -> list[Svg]:
        frame = element("rect", x=x, y=y, width=self.wide, height=self.high, rx=3, fill=fill, stroke=LINE)
        foot = y + PAD + 12
        said = written(self.lines, x + PAD, foot, font_weight=weight)
        return [frame, *said, *written(self.notes, x + PAD, foot + ROW * len(self.lines), fill=GREY, font_size=12)]


def box_of(text: str, wide: float, *, note: str = "") -> Box:
    """A box that holds all of the text."""
    room = wide - 2 * PAD
    return Box(filled(text, room), filled(note, room) if note else [], wide)


def framed(parts: Sequence[Svg], *, key: str, name: str, told: str, wide: float, high: float) -> Svg:
    """The whole picture on white. `key` makes its ids unique in the page; `told` says in words what it shows."""
    title, desc = f"{key}-title", f"{key}-told"
    return element(
        "svg",
        element("title", name, id=title),
        element("desc", told, id=desc),
        element("rect", width=wide, height=high, fill="#ffffff"),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {wide:g} {high:g}",
        width=f"{wide:g}",
        height=f"{high:g}",
        role="img",
        aria_labelledby=f"{title} {desc}",
        font_family=FONT,
        font_size=13,
        fill=INK,
    )
