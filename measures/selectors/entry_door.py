"""The figure of one practice and period, for who may enter it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.reach import Reach
from clusters.selectors import members_of
from measures import rules
from measures.analysis import periods
from measures.models import DataPoint, Measure
from measures.selectors.doors import measure_for
from measures.selectors.figures import bare
from practices.models import ListSize, Practice

ONLY_SPEAKERS = (
    "A practice’s figures are entered by its Practice Quality Lead, their deputy or its manager, and by those who "
    "write up the cluster’s work."
)
ITS_OWN = "The practice has given this figure itself, and keeps it to itself: only the practice changes it."


@dataclass(frozen=True)
class Entry:
    """What is asked for: whose figure of which period, and the one that is there. `seen`: its reader may read that."""

    measure: Measure
    practice: Practice
    period_on: date
    point: DataPoint | None
    speaks: bool

    @property
    def period(self) -> str:
        return periods.name_of(self.period_on, self.measure.frequency)


def entry_for(reach: Reach, pk: int, code: str, day: str) -> Entry:
    """The figure of the practice `code` for the period that begins on `day`.

    404 where the measure, the practice of its cluster or the period is not there, 403 for who may not enter it,
    and for a new figure of a period that began after the measure ended.
    """
    measure = measure_for(reach, pk)
    period_on = _period(measure, day, reach.day)
    if not measure.is_by_practice or period_on is None:
        raise Http404
    practice = members_of(measure.cluster, on=period_on).filter(code=code).first()
    practice = practice or members_of(measure.cluster, on=reach.day).filter(code=code).first()
    if practice is None:
        raise Http404
    if not rules.can_enter(reach, measure, practice):
        raise PermissionDenied(ONLY_SPEAKERS)
    point = measure.points.filter(practice=practice, period_on=period_on).first()
    if point and not rules.can_see_entry(reach, practice, is_from_practice=point.is_from_practice):
        raise PermissionDenied(ITS_OWN)
    if point is None and measure.ended_on and period_on > measure.ended_on:
        raise PermissionDenied(rules.ENDED)
    return Entry(measure, practice, period_on, point, rules.speaks_for(reach, practice))


def as_entered(entry: Entry) -> dict[str, Any]:
    """What stands in the boxes: the figure that is there; for a rate, the size of the list of that time."""
    point = entry.point
    if point is None:
        return {"denominator": _list_size(entry)} if entry.measure.unit == Measure.Unit.RATE else {}
    counted = point.value if point.numerator is None else point.numerator
    return {
        "state": point.state,
        "numerator": bare(counted),
        "denominator": bare(point.denominator),
        "minutes_taken": point.minutes_taken,
        "quality_note": point.quality_note,
        "note": point.note,
        "version": point.version,
    }


def others_of(entry: Entry) -> dict[date, Decimal]:
    """The practice's figures by period, as far as who enters may read them: all to the practice itself."""
    given = entry.measure.points.filter(practice=entry.practice, value__isnull=False)
    mine = given if entry.speaks else given.filter(is_from_practice=False)
    return {day: value for day, value in mine.values_list("period_on", "value") if value is not None}


def _period(measure: Measure, day: str, today: date) -> date | None:
    try:
        asked = date.fromisoformat(day)
    except ValueError:
        return None
    is_first = periods.first_day(asked, measure.frequency) == asked
    return asked if is_first and not rules.period_trouble(asked, today=today) else None


def _list_size(entry: Entry) -> Decimal | None:
    sizes = ListSize.objects.filter(practice=entry.practice, counted_on__lte=entry.period_on).order_by("-counted_on")
    size = sizes.first()
    return Decimal(size.patients) if size and size.patients else None
