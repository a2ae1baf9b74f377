"""The lines of practices as small charts on one scale, as far as their reader may see them."""

from dataclasses import dataclass
from datetime import date
from statistics import median

from measures.analysis import periods
from measures.analysis.figures import rounded
from measures.drawing import Height, Svg, draw_small, ends_of
from measures.models import Measure
from measures.selectors.lines import Line, Lines


@dataclass(frozen=True)
class Small:
    """One line: what it is called, its picture, and the same in words."""

    label: str
    picture: Svg
    words: str


def small_multiples(lines: Lines) -> list[Small]:
    """A small chart for each line of a practice that has a figure, in the order of the lines; none of none."""
    shown = [(line, [f for f in line.figures if f.value is not None]) for line in lines.practices]
    shown = [(line, figures) for line, figures in shown if figures]
    if not shown:
        return []
    values = [f.value for _, figures in shown for f in figures if f.value is not None]
    scale = ends_of(values)
    first = min(figures[0].period_on for _, figures in shown)
    last = max(figures[-1].period_on for _, figures in shown)
    days = periods.all_between(first, last, lines.measure.frequency)
    return [_small(lines.measure, line, days, scale) for line, _ in shown]


def _small(measure: Measure, line: Line, days: list[date], scale: tuple[Height, Height]) -> Small:
    by_day = {figure.period_on: figure.value for figure in line.figures}
    values = [by_day.get(day) for day in days]
    there = [(day, value) for day, value in zip(days, values, strict=True) if value is not None]
    middle = median(value for _, value in there)
    last_on, last = there[-1]
    name = periods.name_of(last_on, measure.frequency)
    words = f"median {rounded(middle, measure.unit)}, last {rounded(last, measure.unit)} in {name}"
    low, high = (rounded(end, measure.unit) for end in scale)
    picture = draw_small(values, label=f"{line.label}: {words}", scale=scale, ends=(low, high), centre=middle)
    return Small(line.label, picture, words)
