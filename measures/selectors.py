"""Charts of measures: figures, what the rules find in them, the picture and the words."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from measures.analysis import periods
from measures.analysis.figures import plain, rounded, with_unit
from measures.analysis.run_chart import RunChart, analyse
from measures.analysis.words import RULES, Reading, reading_of
from measures.drawing import Drawn, Mark, Svg, draw_run_chart, draw_sparkline
from measures.models import DataPoint, Measure


@dataclass(frozen=True)
class Line:
    """One period of a chart and of the table under it. Without `point` nothing was entered for it."""

    period: str
    short: str
    point: DataPoint | None
    flag: str
    mark: str
    figure: str

    @property
    def value(self) -> Decimal | None:
        return self.point.value if self.point else None


@dataclass(frozen=True)
class Chart:
    """A measure as a reader sees it. Picture and sparkline are drawn when a page asks for them."""

    measure: Measure
    lines: list[Line]
    analysis: RunChart
    reading: Reading
    has_notes: bool

    rules = RULES

    @property
    def median(self) -> str:
        return rounded(self.analysis.median, self.measure.unit) if self.analysis.median is not None else ""

    @property
    def goal(self) -> str:
        return with_unit(self.measure.goal, self.measure.unit) if self.measure.goal is not None else ""

    @property
    def latest(self) -> Line | None:
        """The last period that has a figure."""
        return next((line for line in reversed(self.lines) if line.value is not None), None)

    @cached_property
    def picture(self) -> Svg:
        measure = self.measure
        return draw_run_chart(
            Drawn(
                key=f"chart-{measure.pk}",
                name=measure.name,
                summary=f"{self.reading.shows} {self.reading.how_sure}",
                write=lambda value, places: with_unit(value, measure.unit, places=places),
                write_rounded=lambda value: rounded(value, measure.unit),
                axis=f"{measure.get_unit_display()}, {measure.get_frequency_display().lower()}",
                marks=[Mark(line.short, line.value, line.flag, line.mark) for line in self.lines],
                median=self.analysis.median,
                goal=measure.goal,
            )
        )

    @cached_property
    def sparkline(self) -> Svg:
        latest = self.latest
        last = f", last {latest.figure} in {latest.period}" if latest else ""
        label = f"{self.measure.name}: {self.reading.verdict}{last}"
        return draw_sparkline([line.value for line in self.lines], label=label)


def chart_of(measure: Measure, *, with_notes: bool = True) -> Chart:
    """The chart of one measure. Without notes for readers who see the figures only."""
    return charts_of([measure], with_notes=with_notes)[measure.pk]


def charts_of(measures: Iterable[Measure], *, with_notes: bool = True) -> dict[int, Chart]:
    """Charts by measure id, in one query."""
    wanted = {m.pk: m for m in measures}
    points: dict[int, list[DataPoint]] = defaultdict(list)
    for point in DataPoint.objects.filter(measure__in=wanted).order_by("period_on") if wanted else ():
        points[point.measure_id].append(point)
    return {pk: _chart(measure, points[pk], with_notes) for pk, measure in wanted.items()}


def point_of(measure: Measure, pk: int) -> DataPoint | None:
    """A figure by its number, if it is one of this measure."""
    return measure.points.filter(pk=pk).first()


def as_typed(point: DataPoint) -> dict[str, Any]:
    """What stands in the boxes when a figure is corrected."""
    value = "" if point.value is None else plain(point.value).replace(",", "")
    return {"value": value, "has_no_figure": point.value is None}


def taken_sentence(measure: Measure, point: DataPoint) -> str:
    """Why a period can't be entered again, with what is there and what to do."""
    there = _figure(point, measure.unit)
    return f"{period_name(measure, point.period_on)} has a figure already ({there}). Change that one in the table."


def next_period(measure: Measure, *, today: date) -> date:
    """The period that is asked for next: the one after the last figure, but none that has not begun."""
    this = periods.first_day(today, measure.frequency)
    last = measure.points.order_by("period_on").last()
    return min(periods.following(last.period_on, measure.frequency), this) if last else this


def period_name(measure: Measure, period_on: date) -> str:
    """A period of this measure in words."""
    return periods.name_of(period_on, measure.frequency)


def _chart(measure: Measure, points: list[DataPoint], with_notes: bool) -> Chart:
    by_day = {p.period_on: p for p in points}
    days = periods.all_between(points[0].period_on, points[-1].period_on, measure.frequency) if points else []
    shown = [by_day.get(day) for day in days]
    analysis = analyse([p.value if p else None for p in shown])
    names = [periods.name_of(day, measure.frequency) for day in days]
    return Chart(
        measure=measure,
        lines=_lines(measure, days, names, shown, _flags(analysis), with_notes),
        analysis=analysis,
        reading=reading_of(analysis, periods=names, unit=measure.unit, direction=measure.direction),
        has_notes=with_notes,
    )


def _flags(analysis: RunChart) -> dict[int, str]:
    """Which rows are flagged; a shift says more than a trend. None while there is not enough data."""
    if not analysis.has_enough:
        return {}
    trends = {place: "trend" for signal in analysis.trends for place in signal.points}
    return trends | {place: "shift" for signal in analysis.shifts for place in signal.points}


def _lines(
    measure: Measure,
    days: list[date],
    names: list[str],
    shown: list[DataPoint | None],
    flags: dict[int, str],
    with_notes: bool,
) -> list[Line]:
    lines, notes = [], 0
    for place, (day, name, point) in enumerate(zip(days, names, shown, strict=True)):
        has_note = bool(with_notes and point and point.note)
        notes += has_note
        lines.append(
            Line(
                period=name,
                short=periods.short_name_of(day, measure.frequency),
                point=point,
                flag=flags.get(place, ""),
                mark=str(notes) if has_note else "",
                figure=_figure(point, measure.unit),
            )
        )
    return lines


def _figure(point: DataPoint | None, unit: str) -> str:
    if point is None:
        return "not entered"
    return "no figure" if point.value is None else with_unit(point.value, unit)
