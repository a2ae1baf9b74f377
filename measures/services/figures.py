"""Keeps the figures of measures."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from measures.analysis.periods import first_day
from measures.models import DataPoint, Measure
from measures.services.writing import change
from shared.dates import in_words


class PeriodTaken(Exception):
    """The period has a figure already: `point`. It is changed, not entered again."""

    def __init__(self, point: DataPoint) -> None:
        super().__init__(f"{point.period_on} has a figure")
        self.point = point


class MeasureEnded(Exception):
    """The measure is ended: it takes no more figures until it is begun again."""


@transaction.atomic
def enter_point(
    *, by: User, measure: Measure, period_on: date, value: Decimal | None, note: str = "", at: datetime | None = None
) -> DataPoint:
    """The figure of the period that `period_on` lies in; `value` None says that there is none for it.

    The same figure and note entered twice is one entry; any other second figure raises PeriodTaken, and any new one
    of a measure that is ended MeasureEnded.
    """
    # Locked, so that nobody changes the frequency or the unit between here and the first figure.
    now = Measure.objects.select_for_update().get(pk=measure.pk)
    first = first_day(period_on, now.frequency)
    if now.ended_on and not now.points.filter(period_on=first, practice=None).exists():
        raise MeasureEnded
    point, is_new = DataPoint.objects.get_or_create(
        measure=now,
        period_on=first,
        practice=None,
        defaults={
            "value": value,
            "state": _state(value),
            "note": note,
            "entered_at": at or timezone.now(),
            "entered_by": by,
        },
    )
    if is_new:
        audit.record("figure entered", point, by=by, detail={"measure": now.pk, "period": in_words(first)})
    elif (point.value, point.note) != (value, note):
        raise PeriodTaken(point)
    return point


@transaction.atomic
def change_point(*, by: User, point: DataPoint, version: int, value: Decimal | None, note: str) -> DataPoint:
    """Correct a figure or its note; the audit trail keeps the figure before. Raises ChangedMeanwhile."""
    now = DataPoint.objects.select_for_update().get(pk=point.pk)
    changes = {"value": value, "state": _state(value), "note": note}
    change(now, by=by, version=version, verb="figure changed", changes=changes)
    return now


def _state(value: Decimal | None) -> str:
    return DataPoint.State.MISSING if value is None else DataPoint.State.GIVEN
