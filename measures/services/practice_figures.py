"""Keeps the figures of single practices."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from measures.analysis.shares import value_of
from measures.models import DataPoint, Measure
from measures.services.writing import ChangedMeanwhile, change, holds
from practices.models import Practice
from shared.dates import in_words

State = DataPoint.State


@dataclass(frozen=True)
class Entered:
    """What somebody says of one period: what was counted, out of how many, or why there is no figure."""

    state: str = State.GIVEN
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    note: str = ""
    quality_note: str = ""
    minutes_taken: int | None = None


@transaction.atomic
def enter_for_practice(
    *,
    by: User,
    measure: Measure,
    practice: Practice,
    period_on: date,
    entered: Entered,
    is_from_practice: bool,
    version: int = 0,
    at: datetime | None = None,
) -> DataPoint:
    """The figure of a practice for the period that begins on `period_on`; its value is worked out.

    A figure that is there is corrected, if it still is at `version`; the audit trail keeps the one before.
    `is_from_practice`: said by somebody who speaks for it. Raises ChangedMeanwhile with the figure that is there now.
    """
    now = Measure.objects.select_for_update().get(pk=measure.pk)
    facts = _facts(now, entered)
    point = now.points.select_for_update().filter(practice=practice, period_on=period_on).first()
    if point is None:
        point = DataPoint.objects.create(
            measure=now,
            practice=practice,
            period_on=period_on,
            is_from_practice=is_from_practice,
            entered_at=at or timezone.now(),
            entered_by=by,
            **facts,
        )
        told = {"measure": now.pk, "practice": practice.code, "period": in_words(period_on)}
        audit.record("figure entered", point, by=by, detail=told)
    elif not holds(point, facts):
        if point.is_from_practice and not is_from_practice:
            raise ChangedMeanwhile(point)
        own = point.is_from_practice or is_from_practice
        change(point, by=by, version=version, verb="figure changed", changes={**facts, "is_from_practice": own})
    return point


def _facts(measure: Measure, entered: Entered) -> dict[str, Any]:
    """The columns of a figure. What is kept back because it is small is not kept here either."""
    given = entered.state == State.GIVEN and entered.numerator is not None
    counted = entered.numerator if given else None
    return {
        "state": entered.state,
        "value": value_of(counted, entered.denominator, measure.unit) if counted is not None else None,
        "numerator": counted,
        "denominator": entered.denominator if measure.is_share and entered.state != State.MISSING else None,
        "note": entered.note,
        "quality_note": entered.quality_note,
        "minutes_taken": entered.minutes_taken,
    }
