"""Lists of actions and questions that pages of this and other apps gather."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils.timezone import localdate

from accounts.reach import Reach
from clusters.models import Forum
from meetings.models import Action, Ask
from meetings.selectors.doors import actions_within, asks_within, mine_among_actions
from shared.dates import working_days_between

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
    return actions_within(reach).filter(mine_among_actions(reach)).order_by("due_on", "pk")


def actions_of_forum(forum: Forum) -> QuerySet[Action]:
    """Every action of a forum that is out of draft, by due date."""
    return (
        Action.objects.live()
        .filter(forum=forum)
        .select_related("forum", "owner", "owner_practice", "item__meeting", "closed_by")
        .order_by("due_on", "pk")
    )


def asks_to(reach: Reach) -> QuerySet[Ask]:
    """Questions put to the reader by name that wait for their reply, longest first."""
    return asks_within(reach).filter(to=reach.person_id, state=Ask.State.WAITING).order_by("asked_at", "pk")


def asks_sent(reach: Reach) -> QuerySet[Ask]:
    """Questions that the reader asked and that still wait."""
    return asks_within(reach).filter(asked_by=reach.person_id, state=Ask.State.WAITING).order_by("asked_at", "pk")


def answers_to(reach: Reach) -> QuerySet[Ask]:
    """Replies to questions that the reader asked, newest first."""
    return asks_within(reach).filter(asked_by=reach.person_id, state=Ask.State.ANSWERED).order_by("-replied_at")


def _ids(forums: Forums) -> list[int]:
    return [f.pk if isinstance(f, Forum) else f for f in forums]
