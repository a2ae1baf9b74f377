"""A run chart or control chart: figures over time, centre lines, limits, the goal, flagged points, numbered notes."""

from measures.drawing.drawn import FAINT, FONT, FOOT, GREY, HIGH, INK, LEGEND_ROW, WIDE, Drawn, Plane
from measures.drawing.lines import level_texts, levels, phases
from measures.drawing.points import legend, legend_rows, line_through, points
from measures.drawing.scale import every, round_ticks, width_of, wrapped
from measures.drawing.svg import Svg, element

NOTE_ROWS = 3


def draw_chart(drawn: Drawn) -> Svg:
    """The picture, 720 × 400: a narrow screen scrolls it sideways rather than shrinking its letters."""
    plane = _plane_of(drawn)
    title, told = f"{drawn.key}-title", f"{drawn.key}-told"
    parts = [
        element("title", f"{drawn.title}: {drawn.name}", id=title),
        element("desc", drawn.summary, id=told),
        element("rect", width=WIDE, height=HIGH, fill="#ffffff"),
        *_heading(drawn),
        *_value_axis(drawn, plane),
        *_time_axis(drawn, plane),
        *levels(drawn, plane),
        *phases(drawn, plane, _below_heading(drawn) + 18),
        *_notes(drawn, plane),
        *line_through(drawn.marks, plane),
        *points(drawn, plane),
        *legend(drawn, plane),
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


def _plane_of(drawn: Drawn) -> Plane:
    heights = drawn.heights
    ticks = round_ticks(min(heights, default=0), max(heights, default=1))
    left = max(width_of(drawn.write(tick, 8)) for tick in ticks) + 18
    right = max((width_of(text) for text, *_ in level_texts(drawn)), default=0) + 14
    rows = _note_rows(drawn, (WIDE - left - right) / max(len(drawn.marks), 1))
    above = _below_heading(drawn) + (18 if len(drawn.stretches) > 1 else 0) + 10
    above += 16 * (1 + max(rows.values(), default=-1))
    floor = HIGH - FOOT - LEGEND_ROW * len(legend_rows(drawn, left))
    return Plane(left, right, above + 8, floor, ticks, len(drawn.marks))


def _below_heading(drawn: Drawn) -> float:
    return 18 * len(wrapped(drawn.name, WIDE - 24)) + 18


def _heading(drawn: Drawn) -> list[Svg]:
    lines = wrapped(drawn.name, WIDE - 24)
    written = [element("text", line, x=8, y=18 + 18 * n, font_size=15, font_weight=700) for n, line in enumerate(lines)]
    return [*written, element("text", drawn.axis, x=8, y=18 + 18 * len(lines), fill=GREY)]


def _value_axis(drawn: Drawn, plane: Plane) -> list[Svg]:
    parts = []
    for tick in plane.ticks:
        y = plane.y(tick)
        parts.append(element("line", x1=plane.left, x2=plane.edge, y1=y, y2=y, stroke=FAINT))
        parts.append(element("text", drawn.write(tick, 8), x=plane.left - 8, y=y + 4, text_anchor="end"))
    return parts


def _time_axis(drawn: Drawn, plane: Plane) -> list[Svg]:
    labels, floor = [mark.label for mark in drawn.marks], plane.floor
    parts = [element("line", x1=plane.left, x2=plane.edge, y1=floor, y2=floor, stroke=INK)]
    for place in range(0, len(labels), every(labels, plane.spacing)):
        x, half = plane.x(place), width_of(labels[place]) / 2
        parts.append(element("line", x1=x, x2=x, y1=floor, y2=floor + 5, stroke=INK))
        parts.append(
            element("text", labels[place], x=min(max(x, half), WIDE - half), y=floor + 20, text_anchor="middle")
        )
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


def _notes(drawn: Drawn, plane: Plane) -> list[Svg]:
    parts = []
    for place, row in _note_rows(drawn, plane.spacing).items():
        x, y = plane.x(place), plane.top - 10 - 16 * row
        parts.append(element("line", x1=x, x2=x, y1=y + 3, y2=plane.floor, stroke=GREY, stroke_dasharray="4 3"))
        parts.append(element("text", drawn.marks[place].note, x=x, y=y, text_anchor="middle", font_weight=700))
    return parts
