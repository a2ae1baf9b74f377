"""What people say of how a chart is to be read: phases, the frozen baseline, its ruleset, and single figures."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from measures.analysis.periods import first_day
from measures.models import DataPoint, HouseRuleset, Measure, Phase
from measures.services.writing import change
from practices.models import HSCP
from shared.dates import in_words


class PhaseTaken(Exception):
    """A phase begins with that period already: `phase`."""

    def __init__(self, phase: Phase) -> None:
        super().__init__(f"a phase begins on {phase.starts_on}")
        self.phase = phase


class RulesetFixed(Exception):
    """There are figures: the rules of a chart are chosen before its first point."""


@transaction.atomic
def begin_phase(*, by: User, measure: Measure, starts_on: date, name: str, at: datetime | None = None) -> Phase:
    """A phase with lines of its own, from the period that `starts_on` lies in.

    The same phase begun twice is one; one of another name with the same period raises PhaseTaken.
    """
    first = first_day(starts_on, measure.frequency)
    phase, is_new = Phase.objects.get_or_create(
        measure=measure, starts_on=first, defaults={"name": name, "added_at": at or timezone.now(), "added_by": by}
    )
    if is_new:
        detail = {"measure": measure.pk, "from": in_words(first)}
        audit.record("phase begun", phase, by=by, detail=detail)
    elif phase.name != name:
        raise PhaseTaken(phase)
    return phase


@transaction.atomic
def take_back_phase(*, by: User, phase: Phase) -> None:
    """Take a phase off the chart, which then has one line where it had two. The trail keeps that it was there."""
    detail = {"measure": phase.measure_id, "from": in_words(phase.starts_on)}
    gone = Phase.objects.select_for_update().filter(pk=phase.pk).first()
    if gone:
        audit.record("phase taken back", gone, by=by, detail=detail)
        gone.delete()


@transaction.atomic
def freeze_baseline(*, by: User, measure: Measure, baseline: int | None, version: int) -> Measure:
    """Let the first so many periods of each phase set its lines; None lets all of them. Raises ChangedMeanwhile."""
    now = Measure.objects.select_for_update().get(pk=measure.pk)
    verb = "baseline frozen" if baseline else "baseline no longer frozen"
    change(now, by=by, version=version, verb=verb, changes={"baseline": baseline})
    return now


@transaction.atomic
def choose_ruleset(*, by: User, measure: Measure, chart: str, ruleset: str, version: int) -> Measure:
    """Choose what is drawn and by which rules it is read. Raises ChangedMeanwhile, and RulesetFixed with figures."""
    now = Measure.objects.select_for_update().get(pk=measure.pk)
    changes = {"chart": chart, "ruleset": ruleset}
    if any(getattr(now, name) != value for name, value in changes.items()) and now.points.exists():
        raise RulesetFixed
    change(now, by=by, version=version, verb="ruleset chosen", changes=changes)
    return now


@transaction.atomic
def mark_point(*, by: User, point: DataPoint, excluded_because: str, is_astronomical: bool, version: int) -> DataPoint:
    """Leave a figure out of lines and rules with a reason, or put it back (no reason); say that it is out of line.

    Raises ChangedMeanwhile.
    """
    now = DataPoint.objects.select_for_update().get(pk=point.pk)
    verb = "figure marked"
    if bool(excluded_because) != now.is_excluded:
        verb = "figure left out" if excluded_because else "figure put back"
    changes = {"excluded_because": excluded_because, "is_astronomical": is_astronomical}
    change(now, by=by, version=version, verb=verb, changes=changes)
    return now


@transaction.atomic
def set_house_ruleset(*, by: User, hscp: HSCP, ruleset: str, at: datetime | None = None) -> HouseRuleset:
    """The ruleset that new run charts of an HSCP's clusters begin with. Charts that have figures keep theirs."""
    HSCP.objects.select_for_update().get(pk=hscp.pk)
    house = HouseRuleset.objects.filter(hscp=hscp).first()
    if house and house.ruleset == ruleset:
        return house
    before = audit.snapshot(house) if house else None
    house = house or HouseRuleset(hscp=hscp)
    house.ruleset, house.set_at, house.set_by = ruleset, at or timezone.now(), by
    house.save()
    audit.record("house ruleset set", house, by=by, before=before)
    return house
