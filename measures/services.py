"""Defines measures and keeps their figures."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from accounts import audit
from accounts.models import User
from clusters.models import Cluster
from measures.analysis.periods import first_day
from measures.models import DataPoint, Measure
from shared.dates import in_words


class ChangedMeanwhile(Exception):
    """Somebody saved the same thing first. `theirs` is what is kept now."""

    def __init__(self, theirs: Any) -> None:
        super().__init__("somebody else saved first")
        self.theirs = theirs


class PeriodTaken(Exception):
    """The period has a figure already: `point`. It is changed, not entered again."""

    def __init__(self, point: DataPoint) -> None:
        super().__init__(f"{point.period_on} has a figure")
        self.point = point


class UnitFixed(Exception):
    """Unit and frequency can't change under figures that were counted in the old ones."""


@transaction.atomic
def define_measure(
    *,
    by: User | None,
    cluster: Cluster,
    name: str,
    definition: str = "",
    unit: str = Measure.Unit.PERCENT,
    direction: str = Measure.Direction.UP,
    frequency: str = Measure.Frequency.MONTH,
    goal: Decimal | None = None,
) -> Measure:
    """A new measure of a cluster."""
    measure = Measure.objects.create(
        cluster=cluster,
        name=name,
        definition=definition,
        unit=unit,
        direction=direction,
        frequency=frequency,
        goal=goal,
    )
    audit.record("measure defined", measure, by=by, detail={"cluster": cluster.pk, "unit": unit})
    return measure


@transaction.atomic
def change_measure(*, by: User, measure: Measure, version: int, **changes: Any) -> Measure:
    """Change a definition. Raises ChangedMeanwhile, or UnitFixed when figures were counted in the old unit."""
    now = Measure.objects.select_for_update().get(pk=measure.pk)
    fixed = any(name in changes and changes[name] != getattr(now, name) for name in ("unit", "frequency"))
    if fixed and now.version == version and now.points.exists():
        raise UnitFixed
    change(now, by=by, version=version, verb="measure changed", changes=changes)
    return now


@transaction.atomic
def enter_point(
    *, by: User, measure: Measure, period_on: date, value: Decimal | None, note: str = "", at: datetime | None = None
) -> DataPoint:
    """The figure of the period that `period_on` lies in; `value` None says that there is none for it.

    The same figure and note entered twice is one entry; any other second figure raises PeriodTaken.
    """
    # Locked, so that nobody changes the frequency or the unit between here and the first figure.
    now = Measure.objects.select_for_update().get(pk=measure.pk)
    first = first_day(period_on, now.frequency)
    point, is_new = DataPoint.objects.get_or_create(
        measure=now,
        period_on=first,
        defaults={"value": value, "note": note, "entered_at": at or timezone.now(), "entered_by": by},
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
    change(now, by=by, version=version, verb="figure changed", changes={"value": value, "note": note})
    return now


def change(
    thing: Model, *, by: User | None, version: int, verb: str, changes: dict[str, Any], also: bool = False
) -> bool:
    """Write `changes` to `thing` if it still is at `version`; whether anything differed.

    `also` says that something beside the row itself changes with it. The version is checked in the UPDATE.
    Raises ChangedMeanwhile with the row as it is now, unless that holds the very same words already.
    """
    before = audit.snapshot(thing)
    if _holds(thing, changes) and not also:
        return False
    rows = type(thing)._default_manager.filter(pk=thing.pk, version=version)
    if not rows.update(**changes, version=version + 1):
        thing.refresh_from_db()
        if _holds(thing, changes) and not also:
            return False
        raise ChangedMeanwhile(thing)
    for name, value in {**changes, "version": version + 1}.items():
        setattr(thing, name, value)
    audit.record(verb, thing, by=by, before=before)
    return True


def _holds(thing: Model, changes: dict[str, Any]) -> bool:
    """Whether all of it is kept already: a second press of the same button is no conflict."""
    return all(getattr(thing, name) == value for name, value in changes.items())
