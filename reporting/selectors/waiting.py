"""What the HSCP owes a cluster: questions, matters and actions that wait for it, each with its age (ACT-13)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.reach import Reach
from clusters.models import Cluster, Forum
from escalations.models import Escalation
from escalations.selectors import escalations_within
from meetings.models import Action, Ask
from meetings.selectors import actions_of_forum, asks_within, waiting_asks
from meetings.selectors.doors import actions_within
from meetings.selectors.promised import held_by_hscp
from qiplans.selectors.charters import support_within
from shared.dates import working_days_between

QUESTION, MATTER, ACTION, SUPPORT = "Question", "Escalation", "Action", "Support for a project"


@dataclass(frozen=True)
class Owed:
    """One thing that waits. `due_on` is the day by which it was wanted; `days` are working days."""

    kind: str
    what: str
    whom: str
    since: date
    days: int
    due_on: date
    is_late: bool
    path: str
    place: str


@dataclass(frozen=True)
class OwedPage:
    """The lines that the reader may read, the oldest first, and how many more there are."""

    lines: tuple[Owed, ...]
    unseen: int
    oldest: int

    @property
    def total(self) -> int:
        return len(self.lines) + self.unseen


def owed_to_cluster(cluster: Cluster, reach: Reach) -> OwedPage:
    """All that waits for the HSCP. Inside the cluster with its words; above, what is the reader's to read: the rest is
    counted. As many queries, whatever waits.
    """
    asks, actions = waiting_asks([cluster.forum_id]), _actions(cluster, on=reach.day)
    lines = _lines(reach, [cluster.forum_id], actions)
    sinces = [localdate(at) for at in asks.values_list("asked_at", flat=True)]
    sinces += [_since(action) for action in actions]
    seen = sum(line.kind in (QUESTION, ACTION) for line in lines)
    oldest = min([*sinces, *(line.since for line in lines)], default=reach.day)
    return OwedPage(tuple(lines), len(sinces) - seen, working_days_between(oldest, reach.day))


def _actions(cluster: Cluster, *, on: date) -> QuerySet[Action]:
    """Open actions of the cluster that wait for the HSCP, or that somebody there promised."""
    theirs = held_by_hscp(cluster, on=on).order_by().values("pk")
    return actions_of_forum(cluster.forum).filter(state=Action.State.OPEN, pk__in=theirs)


def _since(action: Action) -> date:
    return action.waiting_since or localdate(action.added_at)


def owed_in(forums: Collection[int], reach: Reach) -> list[Owed]:
    """The same of several clusters, by the ids of their forums: the lines that the reader may read. Four queries, as
    actions that somebody of the HSCP holds are left out unless they say that they wait for it.
    """
    still_open = Action.objects.live().filter(forum__in=forums, state=Action.State.OPEN, waits_for_hscp=True)
    return _lines(reach, forums, still_open.select_related("forum"))


def _lines(reach: Reach, forums: Collection[int], actions: QuerySet[Action]) -> list[Owed]:
    lines = [*_questions(reach, forums), *_matters(reach, forums), *_support(reach, forums)]
    for action in actions.filter(pk__in=actions_within(reach).order_by().values("pk")):
        path = reverse("meetings:action", args=[action.pk])
        whom, place = action.waiting_on or str(action.holder), str(action.forum)
        lines.append(_owed(reach, ACTION, action.what, whom, _since(action), action.due_on, path, place))
    return sorted(lines, key=lambda line: (line.since, line.kind, line.what))


def _questions(reach: Reach, forums: Collection[int]) -> Iterator[Owed]:
    for ask in asks_within(reach).filter(forum__in=forums, state=Ask.State.WAITING):
        path, since = reverse("meetings:ask", args=[ask.pk]), localdate(ask.asked_at)
        yield _owed(reach, QUESTION, ask.question, str(ask.to), since, ask.reply_by, path, str(ask.forum))


def _matters(reach: Reach, forums: Collection[int]) -> Iterator[Owed]:
    undecided = escalations_within(reach).filter(cluster__forum__in=forums, state__in=Escalation.WAITING)
    for matter in undecided:
        if matter.is_confidential or matter.forum.kind != Forum.Kind.CLUSTER:
            whom = str(matter.named_lead if matter.is_confidential else matter.forum)
            path, since = reverse("escalations:escalation", args=[matter.reference]), localdate(matter.raised_at)
            yield _owed(reach, MATTER, matter.title, whom, since, matter.due_on, path, str(matter.cluster))


def _support(reach: Reach, forums: Collection[int]) -> Iterator[Owed]:
    waiting = support_within(reach).filter(project__priority__plan__cluster__forum__in=forums, decision="")
    for ask in waiting:
        path, since = reverse("qiplans:support", args=[ask.pk]), localdate(ask.asked_at)
        cluster = ask.project.priority.plan.cluster
        yield _owed(reach, SUPPORT, ask.what, str(cluster.lead_hscp), since, ask.reply_by, path, str(cluster))


def _owed(reach: Reach, kind: str, what: str, whom: str, since: date, due_on: date, path: str, place: str) -> Owed:
    days = working_days_between(since, reach.day)
    return Owed(kind, what, whom, since, days, due_on, due_on < reach.day, path, place)
