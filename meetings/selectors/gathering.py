"""Lists of actions and questions that pages of this and other apps gather."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from accounts.reach import Reach
from clusters.models import Forum, Takeover
from meetings.models import Action, Ask
from meetings.selectors.doors import actions_within, asks_within, mine_among_actions
from meetings.selectors.tags import tagged_actions
from shared.dates import today, working_days_between

Forums = Iterable[Forum | int] | QuerySet[Forum]


def waiting_asks(forums: Forums) -> QuerySet[Ask]:
    """Questions to the HSCP from these forums that still wait, longest first."""
    return (
        Ask.objects.live()
        .filter(forum__in=_ids(forums), state=Ask.State.WAITING)
        .select_related("forum", "to", "asked_by")
        .order_by("asked_at", "pk")
    )


def days_waited(ask: Ask, *, on: date) -> int:
    """Working days from the day of asking to the reply, or to `on` while it waits."""
    until = localdate(ask.replied_at) if ask.replied_at else on
    return working_days_between(localdate(ask.asked_at), until)


def actions_of(reach: Reach) -> QuerySet[Action]:
    """The reader's actions everywhere: their own and their practice's. The order puts what is late first."""
    return tagged_actions(actions_within(reach).filter(mine_among_actions(reach))).order_by("due_on", "pk")


def actions_of_forum(forum: Forum) -> QuerySet[Action]:
    """Every action of a forum that is out of draft, by due date; with what is still open of clusters that went on as
    this one.
    """
    carried = carried_to(getattr(forum, "cluster", None), on=today())
    every = Action.objects.live().filter(Q(forum=forum) | carried)
    related = every.select_related("forum", "owner", "owner_practice", "item__meeting", "closed_by")
    return tagged_actions(related).order_by("due_on", "pk")


def carried_to(cluster: Any, *, on: date) -> Q:
    """Actions still open of clusters that went on, by a day, as `cluster` (one, its id, or an OuterRef)."""
    before = Takeover.objects.filter(after=cluster, starts_on__lte=on).order_by().values("before")
    return Q(forum__cluster__in=before, state=Action.State.OPEN)


def asks_to(reach: Reach) -> QuerySet[Ask]:
    """Questions put to the reader by name that wait for their reply, longest first."""
    return asks_within(reach).filter(to=reach.person_id, state=Ask.State.WAITING).order_by("asked_at", "pk")


def spoken_for(person_id: int | None) -> Q:
    """Questions for which a person speaks: asked by them, or handed over to them. The same as `Ask.speaker_id`."""
    return Q(spokesperson=person_id, spokesperson__isnull=False) | Q(asked_by=person_id, spokesperson__isnull=True)


def asks_sent(reach: Reach) -> QuerySet[Ask]:
    """Questions that the reader asked, or speaks for, and that still wait."""
    return asks_within(reach).filter(spoken_for(reach.person_id), state=Ask.State.WAITING).order_by("asked_at", "pk")


def answers_to(reach: Reach) -> QuerySet[Ask]:
    """Replies to questions that the reader asked or speaks for, newest first."""
    return asks_within(reach).filter(spoken_for(reach.person_id), state=Ask.State.ANSWERED).order_by("-replied_at")


def _ids(forums: Forums) -> list[int]:
    return [f.pk if isinstance(f, Forum) else f for f in forums]
