"""The figures of one practice: what it gave, what it owes, and how far others see them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from accounts.reach import Reach
from accounts.roles import Right
from clusters.models import Cluster, Membership
from clusters.selectors import practice_for
from measures import rules
from measures.analysis import periods
from measures.analysis.figures import rounded
from measures.models import DataPoint, Measure
from measures.selectors.due import Due, figures_due, last_whole_period
from practices.models import Practice

SHOWN = 12
ONLY_SPEAKERS = (
    "A practice’s figures are seen by its Practice Quality Lead, their deputy and its manager. Those who write up the "
    "cluster’s work can enter them."
)
NOT_SEEN = "given by the practice"
WHY_NONE = {DataPoint.State.MISSING: "no figure", DataPoint.State.SUPPRESSED: "too small to show"}


@dataclass(frozen=True)
class Period:
    """One period of a measure. `point` None: nothing was entered, or its reader may not read it (`figure` says so)."""

    on: date
    name: str
    figure: str
    point: DataPoint | None
    may_enter: bool
    is_due: bool

    @property
    def day(self) -> str:
        return self.on.isoformat()


@dataclass(frozen=True)
class MeasureBlock:
    """One measure of the practice's cluster with its last periods, the latest first."""

    measure: Measure
    periods: list[Period]


@dataclass(frozen=True)
class PracticeFigures:
    """What a practice's people see of its figures; for who writes up a cluster, what they may enter for it."""

    practice: Practice
    speaks: bool
    clusters: list[Cluster]
    blocks: list[MeasureBlock]
    due: list[Due]


def practice_figures(reach: Reach, code: str) -> PracticeFigures:
    """The figures of the practice `code`: 404 out of reach, 403 for who neither speaks for it nor writes it up."""
    practice = practice_for(reach, code, may=may_see_figures, sentence=ONLY_SPEAKERS)
    clusters = list(_clusters(reach, practice).select_related("forum"))
    measures = Measure.objects.filter(cluster__in=clusters, scope=Measure.Scope.PRACTICE).select_related(
        "cluster__forum"
    )
    points: dict[int, dict[date, DataPoint]] = defaultdict(dict)
    for point in DataPoint.objects.filter(practice=practice, measure__in=measures):
        points[point.measure_id][point.period_on] = point
    due = figures_due([c.pk for c in clusters], on=reach.day, practices=frozenset({practice.pk}))
    asked = {(d.measure.pk, d.period_on) for d in due}
    blocks = [
        MeasureBlock(m, [_period(reach, m, practice, day, points[m.pk].get(day), asked) for day in _days(m, reach.day)])
        for m in measures
    ]
    return PracticeFigures(practice, rules.speaks_for(reach, practice), clusters, blocks, due)


def may_see_figures(reach: Reach, practice: Practice) -> bool:
    """Who speaks for the practice, and who writes up a cluster that it belongs to."""
    return rules.speaks_for(reach, practice) or _clusters(reach, practice).exists()


def _clusters(reach: Reach, practice: Practice) -> QuerySet[Cluster]:
    """Clusters of the practice whose figures the reader may enter: all of its own, or those that they write up."""
    right = Right.SEE_INSIDE if rules.speaks_for(reach, practice) else Right.WRITE_UP
    member_of = Membership.objects.on(reach.day).filter(practice=practice).values("cluster")
    return Cluster.objects.filter(pk__in=member_of).filter(pk__in=reach.clusters(right, past=False))


def _days(measure: Measure, today: date) -> list[date]:
    """The period that is running, or in which the measure ended, and those before."""
    days = [periods.following(last_whole_period(measure, on=measure.counted_until(today)), measure.frequency)]
    while len(days) < SHOWN:
        days.append(periods.preceding(days[-1], measure.frequency))
    return days


def _period(
    reach: Reach, measure: Measure, practice: Practice, day: date, point: DataPoint | None, asked: set[tuple[int, date]]
) -> Period:
    seen = point is None or rules.can_see_entry(reach, practice, is_from_practice=point.is_from_practice)
    return Period(
        on=day,
        name=periods.name_of(day, measure.frequency),
        figure=_said(measure, point) if seen else NOT_SEEN,
        point=point if seen else None,
        may_enter=seen,
        is_due=(measure.pk, day) in asked,
    )


def _said(measure: Measure, point: DataPoint | None) -> str:
    if point is None:
        return ""
    if point.value is None:
        return WHY_NONE[DataPoint.State(point.state)]
    value = rounded(point.value, measure.unit)
    if point.numerator is None or point.denominator is None:
        return value
    return f"{value} ({point.numerator:,.0f} of {point.denominator:,.0f})"
