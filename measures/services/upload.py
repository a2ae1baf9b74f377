"""Loads a table of figures: all of it or nothing, and nothing twice."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.reach import Reach
from measures import rules
from measures.models import Measure
from measures.parsing import Told
from measures.parsing.counts import Count
from measures.selectors.upload import Planned, UploadPlan, upload_plan
from measures.services.figures import MeasureEnded
from measures.services.practice_figures import Entered, enter_for_practice

SALT = "measures.figure_table"
AN_HOUR = 60 * 60


class PlanOutdated(Exception):
    """Figures have changed since the preview; `plan` is what would be done now."""

    def __init__(self, plan: UploadPlan) -> None:
        super().__init__("outdated")
        self.plan = plan


def carried(figures: Iterable[Told], *, measure: Measure, by: User) -> str:
    """Figures for the way from preview to confirmation: signed for one person and measure, so nothing is stored."""
    return signing.dumps([by.pk, measure.pk, [_plain(told) for told in figures]], salt=SALT, compress=True)


def read_carried(text: str, *, measure: Measure, by: User) -> list[Told] | None:
    """The figures again; None for what was not made by us for this person and measure within the hour."""
    try:
        person, of, rows = signing.loads(text, salt=SALT, max_age=AN_HOUR)
    except (signing.BadSignature, ValueError):
        return None
    return [_from_plain(row) for row in rows] if (person, of) == (by.pk, measure.pk) else None


@transaction.atomic
def load_figures(
    *,
    by: User,
    measure: Measure,
    figures: Iterable[Told],
    reach: Reach,
    fingerprint: str,
    at: datetime | None = None,
) -> UploadPlan:
    """Do what was shown, in one transaction, and give it. Figures that are there already stay untouched.

    Raises PlanOutdated when something else would be done than was shown, and MeasureEnded for a measure that takes no
    more figures: nothing is done then.
    """
    now = Measure.objects.select_for_update(of=("self",)).select_related("cluster__forum").get(pk=measure.pk)
    if now.ended_on:
        raise MeasureEnded
    plan = upload_plan(figures, now, reach)
    if plan.problems or plan.fingerprint != fingerprint:
        raise PlanOutdated(plan)
    for planned in plan.changed:
        _load(planned, now, reach, by, at or timezone.now())
    if plan.changed:
        audit.record("table of figures loaded", now, by=by, detail={"figures": len(plan.changed)})
    return plan


def _load(planned: Planned, measure: Measure, reach: Reach, by: User, at: datetime) -> None:
    point, count = planned.point, planned.told.count
    enter_for_practice(
        by=by,
        measure=measure,
        practice=planned.practice,
        period_on=planned.told.period_on,
        entered=Entered(
            state=count.state,
            numerator=count.numerator,
            denominator=count.denominator,
            note=point.note if point else "",
            quality_note=point.quality_note if point else "",
            minutes_taken=point.minutes_taken if point else None,
        ),
        is_from_practice=rules.speaks_for(reach, planned.practice),
        version=point.version if point else 0,
        at=at,
    )


def _plain(told: Told) -> list[Any]:
    count = told.count
    numbers = [None if n is None else str(n) for n in (count.numerator, count.denominator)]
    return [told.line, told.field, told.practice, told.period_on.isoformat(), count.state, *numbers]


def _from_plain(row: list[Any]) -> Told:
    line, field, practice, day, state, *numbers = row
    top, bottom = (None if n is None else Decimal(n) for n in numbers)
    return Told(line, field, practice, date.fromisoformat(day), Count(state, top, bottom))
