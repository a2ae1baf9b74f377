"""A measure that every practice of Rowan counts for itself: its figures, a table brought late, and who sees whose."""

from datetime import date, timedelta
from decimal import Decimal

from clusters.models import Cluster
from measures.models import Consent, DataPoint, Measure
from measures.services import Entered, define_measure, enter_for_practice, say_consent
from portal.demo.stage import Stage
from practices.models import Practice
from shared.dates import months_before

MONTHS = 15
# By practice: people on the register, how many were checked at first, and how many more each month on average.
COUNTED = ((212, 118, 4), (148, 92, 2), (305, 161, 6), (96, 58, 1), (187, 97, 3), (133, 71, 3), (120, 66, 2))
SWAY = (0, 3, -2, 4, 1, -3, 2, -1, 5, 0, -4, 2, 3, -2, 1)
NAMED, LATE = 4, 1  # so many practices show their line with its name, and so many still owe last month's figure
Level = Consent.Level


def count_by_practice(stage: Stage) -> None:
    """Blood pressure checks of Rowan's practices month by month, and how far each lets its line be seen."""
    if "rowan" not in stage.clusters:
        return
    cluster, practices = stage.clusters["rowan"], stage.practices["rowan"][: len(COUNTED)]
    measure = _define(stage, cluster)
    for place, practice in enumerate(practices):
        if place < NAMED:
            _consent(stage, cluster, practice, above=Level.NAMED if place == 0 else Level.AGGREGATE)
        for month in range(MONTHS):
            if place >= LATE or month < MONTHS - 1:
                _enter(stage, measure, practice, place, month)


def _define(stage: Stage, cluster: Cluster) -> Measure:
    return define_measure(
        by=stage.led_by("rowan", stage.now),
        cluster=cluster,
        name="High blood pressure: checked within 12 months",
        kind=Measure.Kind.PROCESS,
        numerator="People with high blood pressure whose blood pressure was measured in the last 12 months",
        denominator="People on the practice’s register of high blood pressure",
        source="Practice system, the same search on the last day of each month",
        scope=Measure.Scope.PRACTICE,
        goal=Decimal(85),
        is_offered=True,
    )


def _consent(stage: Stage, cluster: Cluster, practice: Practice, *, above: str) -> None:
    day = stage.ago(540)
    by = stage.quality_lead(practice, stage.now) or stage.led_by("rowan", stage.now)
    say_consent(
        by=by, practice=practice, cluster=cluster, inside=Level.NAMED, above=above, on=day, at=stage.at(day, 12, 30)
    )


def _enter(stage: Stage, measure: Measure, practice: Practice, place: int, month: int) -> None:
    period = months_before(date(stage.now.year, stage.now.month, 1), MONTHS - month)
    lead = stage.quality_lead(practice, stage.now)
    enter_for_practice(
        by=lead or stage.people["morag"],
        measure=measure,
        practice=practice,
        period_on=period,
        entered=_counted(place, month),
        is_from_practice=lead is not None,
        at=stage.at(months_before(period, -1) + timedelta(days=3), 9, 40),
    )


def _counted(place: int, month: int) -> Entered:
    people, first, more = COUNTED[place]
    if (place, month) == (3, 6):
        return Entered(DataPoint.State.MISSING, note="System moved to a new server: no search that month")
    checked = first + more * month + SWAY[(month + place) % len(SWAY)]
    note = "Two weeks of readings were entered late" if (place, month) == (2, 9) else ""
    return Entered(numerator=Decimal(checked), denominator=Decimal(people), minutes_taken=10 + place, quality_note=note)
