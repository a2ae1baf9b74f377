"""A run chart: figures over time, their median, the goal, flagged points by shape, numbered notes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from measures.drawing.scale import every, parted, round_ticks, width_of, wrapped
from measures.drawing.svg import Svg, element, together

FONT = "Roboto, 'Helvetica Neue', Helvetica, Arial, sans-serif"
INK, FAINT, GREY, LINE, GOAL = "#333333", "#d9d9d9", "#5e5e5e", "#0065bd", "#3b7a1e"
WIDE, HIGH, BOTTOM = 720, 400, 74
NOTE_ROWS = 3


@dataclass(frozen=True)
class Mark:
    """One period on the axis. `value` None is a gap; `flag` is "", "shift" or "trend"; `note` a number or ""."""

    label: str
    value: Decimal | None
    flag: str = ""
    note: str = ""


@dataclass(frozen=True)
class Drawn:
    """What a chart is drawn from. `key` makes its ids unique in the page; `write` says a figure to so many places."""

    key: str
    name: str
    summary: str
    axis: str
    marks: Sequence[Mark]
    write: Callable[[Decimal | Fraction, int], str]
    write_rounded: Callable[[Decimal | Fraction], str]
    median: Fraction | None = None
    goal: Decimal | None = None


@dataclass(frozen=True)
class _Plane:
    """Turns places and values into points of the picture."""

    left: float
    right: float
    top: float
    ticks: list[Decimal]
    count: int

    @property
    def spacing(self) -> float:
        return (WIDE - self.left - self.right) / max(self.count, 1)

    @property
    def floor(self) -> float:
        return HIGH - BOTTOM

    def x(self, place: int) -> float:
        return round(self.left + self.spacing * (place + 0.5), 1)

    def y(self, value: Decimal | Fraction) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        share = (Fraction(value) - Fraction(low)) / (Fraction(high) - Fraction(low))
        return round(self.top + (self.floor - self.top) * (1 - float(share)), 1)


def draw_run_chart(drawn: Drawn) -> Svg:
    """The picture, 720 × 400: a narrow screen scrolls it sideways rather than shrinking its letters."""
    plane = _plane_of(drawn)
    title, told = f"{drawn.key}-title", f"{drawn.key}-told"
    parts = [
        element("title", f"Run chart: {drawn.name}", id=title),
        element("desc", drawn.summary, id=told),
        element("rect", width=WIDE, height=HIGH, fill="#ffffff"),
        *_heading(drawn),
        *_value_axis(drawn, plane),
        *_time_axis(drawn, plane),
        *_levels(drawn, plane),
        *_notes(drawn, plane),
        *_line(drawn, plane),
        *_points(drawn, plane),
        *_legend(drawn, plane),
    ]
    return element(
        "svg",
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDE} {HIGH}",
        width=WIDE,
        height=HIGH,
        role="img",
        aria_labelledby=f"{title} {told}",
        font_family=FONT,
        font_size=13,
        fill=INK,
    )


def _plane_of(drawn: Drawn) -> _Plane:
    values = [m.value for m in drawn.marks if m.value is not None]
    if drawn.goal is not None:
        values.append(drawn.goal)
    low, high = (min(values), max(values)) if values else (Decimal(0), Decimal(1))
    ticks = round_ticks(low, high)
    widest = max(width_of(drawn.write(t, 8)) for t in ticks)
    beside = max((width_of(text) for text, *_ in _level_texts(drawn)), default=0)
    heading = 18 * len(wrapped(drawn.name, WIDE - 24)) + 18
    rows = _note_rows(drawn, (WIDE - widest - 18 - beside - 14) / max(len(drawn.marks), 1))
    above = heading + 10 + 16 * (1 + max(rows.values(), default=-1))
    return _Plane(widest + 18, beside + 14, above + 8, ticks, len(drawn.marks))


def _heading(drawn: Drawn) -> list[Svg]:
    lines = wrapped(drawn.name, WIDE - 24)
    written = [element("text", line, x=8, y=18 + 18 * n, font_size=15, font_weight=700) for n, line in enumerate(lines)]
    return [*written, element("text", drawn.axis, x=8, y=18 + 18 * len(lines), fill=GREY)]


def _value_axis(drawn: Drawn, plane: _Plane) -> list[Svg]:
    parts = []
    for tick in plane.ticks:
        y = plane.y(tick)
        parts.append(element("line", x1=plane.left, x2=WIDE - plane.right, y1=y, y2=y, stroke=FAINT))
        parts.append(element("text", drawn.write(tick, 8), x=plane.left - 8, y=y + 4, text_anchor="end"))
    return parts


def _time_axis(drawn: Drawn, plane: _Plane) -> list[Svg]:
    labels, floor = [m.label for m in drawn.marks], plane.floor
    parts = [element("line", x1=plane.left, x2=WIDE - plane.right, y1=floor, y2=floor, stroke=INK)]
    for place in range(0, len(labels), every(labels, plane.spacing)):
        x = plane.x(place)
        parts.append(element("line", x1=x, x2=x, y1=floor, y2=floor + 5, stroke=INK))
        half = width_of(labels[place]) / 2
        parts.append(
            element("text", labels[place], x=min(max(x, half), WIDE - half), y=floor + 20, text_anchor="middle")
        )
    return parts


def _level_texts(drawn: Drawn) -> list[tuple[str, Decimal | Fraction, str, str | None]]:
    """Name, height, colour and dashes of the horizontal lines that have a name."""
    found: list[tuple[str, Decimal | Fraction, str, str | None]] = []
    if drawn.median is not None:
        found.append((f"Median {drawn.write_rounded(drawn.median)}", drawn.median, INK, None))
    if drawn.goal is not None:
        found.append((f"Goal {drawn.write(drawn.goal, 4)}", drawn.goal, GOAL, "7 4"))
    return found


def _levels(drawn: Drawn, plane: _Plane) -> list[Svg]:
    named = _level_texts(drawn)
    heights = [plane.y(value) for _, value, _, _ in named]
    parts = []
    for (text, _, colour, dashes), at, beside in zip(named, heights, parted(heights, 17), strict=True):
        edge = WIDE - plane.right
        parts.append(
            element(
                "line", x1=plane.left, x2=edge, y1=at, y2=at, stroke=colour, stroke_width=1.5, stroke_dasharray=dashes
            )
        )
        parts.append(element("text", text, x=edge + 6, y=beside + 4, fill=colour))
    return parts


def _note_rows(drawn: Drawn, spacing: float) -> dict[int, int]:
    """In which row above the picture a note's number stands; one that fits in no row stays in the table only."""
    ends = [float("-inf")] * NOTE_ROWS
    placed: dict[int, int] = {}
    for place, mark in enumerate(drawn.marks):
        if not mark.note:
            continue
        middle, half = spacing * (place + 0.5), width_of(mark.note) / 2 + 2
        row = next((r for r, end in enumerate(ends) if middle - half >= end), None)
        if row is not None:
            ends[row], placed[place] = middle + half, row
    return placed


def _notes(drawn: Drawn, plane: _Plane) -> list[Svg]:
    parts = []
    for place, row in _note_rows(drawn, plane.spacing).items():
        x, y = plane.x(place), plane.top - 10 - 16 * row
        parts.append(element("line", x1=x, x2=x, y1=y + 3, y2=plane.floor, stroke=GREY, stroke_dasharray="4 3"))
        parts.append(element("text", drawn.marks[place].note, x=x, y=y, text_anchor="middle", font_weight=700))
    return parts


def _line(drawn: Drawn, plane: _Plane) -> list[Svg]:
    """One stroke for each stretch without a gap: a missing figure is never bridged."""
    stretches: list[list[str]] = [[]]
    for place, mark in enumerate(drawn.marks):
        if mark.value is None:
            stretches.append([])
        else:
            stretches[-1].append(f"{plane.x(place)},{plane.y(mark.value)}")
    return [
        element("polyline", points=" ".join(s), fill="none", stroke=LINE, stroke_width=2)
        for s in stretches
        if len(s) > 1
    ]


def _points(drawn: Drawn, plane: _Plane) -> list[Svg]:
    size = 4 if plane.spacing >= 9 else 2.5
    parts = []
    for place, mark in enumerate(drawn.marks):
        if mark.value is not None:
            said = f"{mark.label}: {drawn.write(mark.value, 4)}" + (f", part of a {mark.flag}" if mark.flag else "")
            parts.append(_point(mark.flag, plane.x(place), plane.y(mark.value), size, said))
    return parts


def _point(flag: str, x: float, y: float, size: float, said: str = "") -> Svg:
    """A dot; a hollow square in a shift; a hollow triangle in a trend."""
    title = together([element("title", said)] if said else [])
    if flag == "shift":
        side = 2 * size + 1
        return element(
            "rect",
            title,
            x=x - side / 2,
            y=y - side / 2,
            width=side,
            height=side,
            fill="#ffffff",
            stroke=LINE,
            stroke_width=2.5,
        )
    if flag == "trend":
        d = f"M{x:.1f} {y - size - 2:.1f}l{size + 2:.1f} {2 * size + 2:.1f}h{-2 * size - 4:.1f}z"
        return element("path", title, d=d, fill="#ffffff", stroke=LINE, stroke_width=2)
    return element("circle", title, cx=x, cy=y, r=size, fill=LINE, stroke="#ffffff")


def _legend(drawn: Drawn, plane: _Plane) -> list[Svg]:
    flags = {m.flag for m in drawn.marks}
    x, y, parts = plane.left, HIGH - 18, []
    for flag in ("shift", "trend"):
        if flag in flags:
            text = f"part of a {flag}"
            parts += [_point(flag, x + 6, y - 4, 4), element("text", text, x=x + 18, y=y)]
            x += 44 + width_of(text)
    if any(m.note for m in drawn.marks):
        parts.append(element("text", "1, 2, 3: see the notes in the table", x=x, y=y))
    return parts
