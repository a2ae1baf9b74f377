"""The cluster page: as much of one cluster as the reader's roles show.

Inside: everything. Above: what is visible upward. The registry: structure only, no minutes and no words of the plan.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from accounts.reach import Reach
from clusters import rules
from clusters.models import Cluster, Forum
from clusters.selectors import ClusterSummary, PracticeRow, practice_rows, summary_of
from clusters.selectors.doors import clusters_readable
from clusters.selectors.records import last_day_of
from clusters.selectors.team import Team, team_of
from escalations.models import Escalation
from escalations.rules import can_raise
from escalations.selectors import escalations_within
from meetings.models import Action, Ask, Meeting
from meetings.rules import Beat, can_ask, can_close, can_issue
from meetings.selectors import actions_of_forum, asks_within, meetings_within, waiting_asks
from meetings.selectors.heartbeat import beats_of
from qiplans.rules import plan_year_of
from qiplans.selectors import PlanPage, plan_for_reader
from reporting.rules import can_see_above
from reporting.selectors.balance import Balance, balance_of
from reporting.selectors.timetable import last_held
from shared.dates import working_days_between

LATEST_MEETINGS = 5
MOST_LINES = 10


@dataclass(frozen=True)
class Met:
    """Visible upward whatever is shared: when the cluster last met and meets next, and how many were represented."""

    last_on: date | None = None
    next_on: date | None = None
    represented: int = 0
    members: int = 0


@dataclass(frozen=True)
class ActionLine:
    """An open action, and whether the reader may close it."""

    action: Action
    may_close: bool


@dataclass(frozen=True)
class Wait:
    """One thing that waits for somebody above: a question for its reply, or a matter for its decision; never both.

    `days` is how many working days it has waited.
    """

    since: date
    days: int
    ask: Ask | None = None
    escalation: Escalation | None = None

    @property
    def said(self) -> str:
        return f"waits {self.days} working day{'' if self.days == 1 else 's'}" if self.days else "since today"


@dataclass(frozen=True)
class Work:
    """What goes on in the cluster, as far as the reader sees it."""

    met: Met
    meetings: tuple[Meeting, ...]
    open_actions: int
    actions: tuple[ActionLine, ...]
    waits: tuple[Wait, ...]
    asks_unseen: int
    plan: PlanPage
    escalations: tuple[Escalation, ...]
    is_due: bool
    beat: Beat | None
    balance: Balance


@dataclass(frozen=True)
class Heir:
    """A cluster as which this one went on, or will, and whether the reader may open its page."""

    cluster: Cluster
    may_open: bool


@dataclass(frozen=True)
class ClusterPage:
    """What the page shows. `work` is None for readers of the registry alone."""

    cluster: Cluster
    summary: ClusterSummary
    practices: tuple[PracticeRow, ...]
    team: Team
    work: Work | None
    is_inside: bool
    may_write_up: bool
    may_raise: bool
    may_ask: bool
    may_issue: bool
    is_closed: bool
    heirs: tuple[Heir, ...]


def cluster_page(cluster: Cluster, reach: Reach) -> ClusterPage:
    """The page of `cluster`, found by its door; of a closed one as it was on its last day.

    The number of queries does not depend on what is in it.
    """
    inside, above = rules.can_see_inside(reach, cluster), can_see_above(reach, cluster)
    day = last_day_of(cluster, on=reach.day)
    return ClusterPage(
        cluster=cluster,
        summary=summary_of(cluster, on=day),
        practices=tuple(practice_rows(cluster, on=day)),
        team=team_of(cluster, on=day),
        work=work_of(cluster, reach, inside=inside) if inside or above else None,
        is_inside=inside,
        may_write_up=rules.can_write_up(reach, cluster),
        may_raise=can_raise(reach, cluster),
        may_ask=can_ask(reach, cluster.forum),
        may_issue=can_issue(reach, cluster.forum),
        is_closed=day < reach.day,
        heirs=tuple(_heirs(cluster, reach)) if cluster.closed_on else (),
    )


def _heirs(cluster: Cluster, reach: Reach) -> Iterator[Heir]:
    found = [row.after for row in cluster.taken_over_by.select_related("after__forum")]
    readable = set(clusters_readable(reach).filter(pk__in=[one.pk for one in found]).values_list("pk", flat=True))
    return (Heir(one, one.pk in readable) for one in found)


def work_of(cluster: Cluster, reach: Reach, *, inside: bool) -> Work:
    """What goes on in the cluster: all of it inside, and above what may be seen from there."""
    actions = actions_of_forum(cluster.forum).filter(state=Action.State.OPEN)
    shown = actions if inside else actions.filter(owner=reach.person_id)
    last, beat = met(cluster, on=reach.day), beats_of([cluster.forum], on=reach.day).get(cluster.forum_id)
    if beat:
        last = replace(last, next_on=beat.day_told(inside=inside))
    asks, escalations = list(_asks(cluster, reach)[:MOST_LINES]), list(_escalations(cluster, reach)[:MOST_LINES])
    return Work(
        met=last,
        is_due=last.next_on is not None and last.next_on < reach.day,
        beat=beat.seen(inside=inside) if beat else None,
        meetings=tuple(_held(cluster, reach)[:LATEST_MEETINGS]),
        open_actions=actions.count(),
        actions=tuple(ActionLine(action, can_close(reach, action)) for action in shown[:MOST_LINES]),
        waits=tuple(sorted(_waits(asks, escalations, reach), key=lambda wait: wait.since)),
        asks_unseen=0 if asks else waiting_asks([cluster.forum_id]).count(),
        plan=plan_for_reader(reach, cluster, plan_year_of(reach.day)),
        escalations=tuple(escalations),
        balance=balance_of(cluster, reach, inside=inside),
    )


def _held(cluster: Cluster, reach: Reach) -> QuerySet[Meeting]:
    return meetings_within(reach).filter(forum=cluster.forum_id).exclude(state__in=Meeting.NOT_HELD)


def met(cluster: Cluster, *, on: date) -> Met:
    """Dates and representation of the last published meeting."""
    last = last_held([cluster.forum_id], on=on).first()
    if last is None:
        return Met()
    return Met(last.held_on, last.next_on, last.represented, last.members_then)  # type: ignore[attr-defined]


def _asks(cluster: Cluster, reach: Reach) -> QuerySet[Ask]:
    waiting = asks_within(reach).filter(forum=cluster.forum_id, state=Ask.State.WAITING)
    return waiting.order_by("asked_at", "pk")


def _waits(asks: Iterable[Ask], escalations: Iterable[Escalation], reach: Reach) -> Iterator[Wait]:
    """Questions, and matters that wait above the cluster."""
    for ask in asks:
        since = timezone.localdate(ask.asked_at)
        yield Wait(since, working_days_between(since, reach.day), ask=ask)
    for escalation in escalations:
        above = escalation.is_confidential or escalation.forum.kind != Forum.Kind.CLUSTER
        if above and escalation.state in Escalation.WAITING:
            since = timezone.localdate(escalation.raised_at)
            yield Wait(since, working_days_between(since, reach.day), escalation=escalation)


def _escalations(cluster: Cluster, reach: Reach) -> QuerySet[Escalation]:
    return escalations_within(reach).filter(cluster=cluster, state__in=Escalation.UNDECIDED)
