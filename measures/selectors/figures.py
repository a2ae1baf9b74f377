"""What forms for figures start from, and say."""

from datetime import date
from decimal import Decimal
from typing import Any

from measures.analysis import periods
from measures.analysis.figures import plain, with_unit
from measures.models import DataPoint, Measure


def point_of(measure: Measure, pk: int) -> DataPoint | None:
    """A figure by its number, if it is one of this measure."""
    return measure.points.filter(pk=pk, practice=None).first()


def as_typed(point: DataPoint) -> dict[str, Any]:
    """What stands in the boxes when a figure is corrected."""
    return {"value": bare(point.value), "has_no_figure": point.value is None}


def figures_of(measure: Measure) -> dict[date, Decimal]:
    """The figures of the cluster as one, by period: those that were given."""
    given = measure.points.filter(practice=None, value__isnull=False)
    return {day: value for day, value in given.values_list("period_on", "value") if value is not None}


def bare(value: Decimal | None) -> str:
    """A figure as it is typed: digits without commas."""
    return "" if value is None else plain(value).replace(",", "")


def taken_sentence(measure: Measure, point: DataPoint) -> str:
    """Why a period can't be entered again, with what is there and what to do."""
    there = "no figure" if point.value is None else with_unit(point.value, measure.unit)
    return f"{period_name(measure, point.period_on)} has a figure already ({there}). Change that one in the table."


def next_period(measure: Measure, *, today: date) -> date:
    """The period that is asked for next: the one after the last figure, but none that has not begun."""
    this = periods.first_day(today, measure.frequency)
    last = measure.points.filter(practice=None).order_by("period_on").last()
    return min(periods.following(last.period_on, measure.frequency), this) if last else this


def period_name(measure: Measure, period_on: date) -> str:
    """A period of this measure in words."""
    return periods.name_of(period_on, measure.frequency)
