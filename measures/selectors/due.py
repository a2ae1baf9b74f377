"""Which figures practices still owe: worked out from how often a measure is counted, never ticked off."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet

from accounts.reach import Ids, Reach
from accounts.roles import Right
from measures import rules
from measures.analysis import periods
from measures.models import DataPoint, Measure, MeasurePause
from measures.plugs import over_measures
from measures.selectors.levels import members_in

LOOKED_BACK = 3  # periods: older gaps are shown on the practice's page and not asked for again


@dataclass(frozen=True)
class Due:
    """One figure that a practice has not given: a whole period is over."""

    measure: Measure
    practice: int
    period_on: date
    period: str


def last_whole_period(measure: Measure, *, on: date) -> date:
    """The first day of the last period that was over on a day."""
    return periods.preceding(periods.first_day(on, measure.frequency), measure.frequency)


def figures_due(clusters: Iterable[int], *, on: date, practices: Ids | None = None) -> list[Due]:
    """What practices (all members, or those named) owe to the measures of these clusters. Three queries.

    A measure begins with the first figure that anybody gave; until then it asks for the last whole period only.
    Work that is over asks for nothing, nor does a measure that is ended or pauses on that day.
    """
    asked = asked_on(on).filter(cluster__in=clusters, scope=Measure.Scope.PRACTICE).exclude(over_measures())
    measures = list(_with_bounds(asked, on))
    if not measures:
        return []
    members = members_in({m.cluster_id for m in measures})
    given = set(DataPoint.objects.filter(measure__in=measures).values_list("measure", "practice", "period_on"))
    return [
        Due(measure, practice, day, periods.name_of(day, measure.frequency))
        for measure in measures
        for day in _asked_for(measure, on)
        for practice in sorted(members.on(measure.cluster_id, day))
        if (practices is None or practice in practices) and (measure.pk, practice, day) not in given
    ]


def cluster_figures_due(clusters: Iterable[int], *, on: date) -> list[tuple[Measure, str]]:
    """Measures with one figure for the whole cluster, each with a whole period that has none. Two queries.

    As with figures of practices, the last periods are asked for from the first figure on.
    """
    asked = asked_on(on).filter(cluster__in=clusters, scope=Measure.Scope.CLUSTER).exclude(over_measures())
    measures = list(_with_bounds(asked, on))
    if not measures:
        return []
    given = set(DataPoint.objects.filter(measure__in=measures, practice=None).values_list("measure", "period_on"))
    return [
        (measure, periods.name_of(day, measure.frequency))
        for measure in measures
        for day in _asked_for(measure, on)
        if (measure.pk, day) not in given
    ]


def asked_on(on: date) -> QuerySet[Measure]:
    """Measures that go on on a day: neither ended by then nor in a pause."""
    pausing = MeasurePause.objects.filter(measure=OuterRef("pk"), starts_on__lte=on, ends_on__gt=on)
    return Measure.objects.filter(Q(ended_on=None) | Q(ended_on__gt=on)).exclude(Exists(pausing))


def _with_bounds(measures: QuerySet[Measure], on: date) -> QuerySet[Measure]:
    """With the first period that has a figure, and the day on which each was begun again last."""
    begun, again = Min("points__period_on"), Max("pauses__ends_on", filter=Q(pauses__ends_on__lte=on))
    return measures.annotate(begun=begun, again=again).select_related("cluster__forum").order_by("pk")


def figures_due_from(reach: Reach) -> list[Due]:
    """What the practices that the reader speaks for owe."""
    own = reach.practices_held(*rules.PRACTICE_PEOPLE)
    return figures_due(reach.clusters(Right.SEE_INSIDE, past=False), on=reach.day, practices=own) if own else []


def _asked_for(measure: Measure, on: date) -> list[date]:
    days = [last_whole_period(measure, on=on)]
    begun = getattr(measure, "begun", None) or days[0]
    while len(days) < LOOKED_BACK and days[-1] > begun:
        days.append(periods.preceding(days[-1], measure.frequency))
    again = getattr(measure, "again", None)
    return [day for day in days[::-1] if not again or day >= periods.first_day(again, measure.frequency)]
