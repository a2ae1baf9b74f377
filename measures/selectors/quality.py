"""The badge of data quality beside a measure."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count

from measures.analysis import periods
from measures.analysis.quality import Held, Quality, quality_of
from measures.models import DataPoint, Measure
from measures.selectors.due import last_whole_period
from measures.selectors.lines import Lines

PERIODS = 12


def notes_on(measures: Iterable[Measure]) -> dict[int, int]:
    """By measure, how many of its figures carry a note on quality; in one query. Whose they are is not told."""
    noted = DataPoint.objects.filter(measure__in=list(measures)).exclude(quality_note="").order_by()
    return dict(noted.values_list("measure").annotate(Count("pk")))


def badge_of(lines: Lines, notes: int, *, on: date) -> Quality | None:
    """How far the figures of the last whole periods can be relied on; None before the first one.

    Periods in which the measure paused are left out: nobody was asked for their figures.
    """
    figures = {figure.period_on: figure for figure in lines.cluster.figures}
    if not figures:
        return None
    usual = max(figure.expected for figure in figures.values())
    held = []
    for day in _last_periods(lines.measure, min(figures), on):
        figure = figures.get(day)
        if figure is None:
            held.append(Held(0, usual))
        elif lines.measure.is_by_practice:
            held.append(Held(figure.behind, figure.expected, figure.state == DataPoint.State.SUPPRESSED))
        else:
            held.append(Held(int(figure.value is not None), 1, figure.state == DataPoint.State.SUPPRESSED))
    return quality_of(held, notes)


def _last_periods(measure: Measure, first: date, on: date) -> list[date]:
    days: list[date] = []
    day = last_whole_period(measure, on=measure.counted_until(on))
    while day >= first and len(days) < PERIODS:
        if not _paused(measure, day):
            days.append(day)
        day = periods.preceding(day, measure.frequency)
    return days


def _paused(measure: Measure, day: date) -> bool:
    """Whether the period lies in a pause: from the one in which the measure ended to that in which it began again."""
    first = [(periods.first_day(p.starts_on, measure.frequency), p.ends_on) for p in measure.pauses.all()]
    return any(start <= day < periods.first_day(end, measure.frequency) for start, end in first)
