"""Counts and lists that pages of other apps gather: each takes many forums and asks once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils.timezone import localdate

from accounts.reach import Reach
from accounts.roles import Right
from clusters.models import Forum
from meetings.models import Action, Ask, Attendance, Meeting
from meetings.selectors.doors import actions_within, asks_within, meetings_within, mine_among_actions
from shared.dates import working_days_between

HELD = (Meeting.State.CIRCULATED, Meeting.State.AGREED, Meeting.State.PUBLISHED)
REPRESENTED = Q(presence__in=(Attendance.Presence.PRESENT, Attendance.Presence.DEPUTY))

Forums = Iterable[Forum | int] | QuerySet[Forum]


@dataclass(frozen=True)
class MeetingDates:
    """When a forum last met, by which meeting, and when it said that it meets next."""

    last_on: date | None = None
    last_meeting: int | None = None
    next_on: date | None = None


@dataclass(frozen=True)
class Represented:
    """How many of a meeting's practices were there, themselves or by a deputy. Never which."""

    there: int = 0
    of: int = 0

    def __str__(self) -> str:
        return f"{self.there} of {self.of}"


@dataclass(frozen=True)
class NeedsYou:
    """What waits for one person today: for the home page."""

    late: tuple[Action, ...]
    due_soon: tuple[Action, ...]
    to_answer: tuple[Ask, ...]
    waiting: tuple[Ask, ...]
    drafts: tuple[Meeting, ...]


def last_and_next_meeting(forums: Forums, *, on: date) -> dict[int, MeetingDates]:
    """By forum id: the last meeting up to `on` that is no longer a draft, and the next date named. Two queries."""
    rows = Meeting.objects.filter(forum__in=_ids(forums), state__in=HELD)
    newest: dict[int, Meeting] = {}
    for meeting in rows.filter(held_on__lte=on).order_by("held_on", "pk").only("pk", "forum_id", "held_on"):
        newest[meeting.forum_id] = meeting
    coming = dict(rows.filter(next_on__gte=on).values_list("forum").annotate(first=Min("next_on")).order_by())
    return {
        pk: MeetingDates(
            last_on=newest[pk].held_on if pk in newest else None,
            last_meeting=newest[pk].pk if pk in newest else None,
            next_on=coming.get(pk),
        )
        for pk in newest.keys() | coming.keys()
    }


def represented(meetings: Iterable[Meeting | int]) -> dict[int, Represented]:
    """By meeting id: practices represented, and how many there were. One query."""
    ids = [m.pk if isinstance(m, Meeting) else m for m in meetings]
    rows = (
        Attendance.objects.filter(meeting__in=ids, practice__isnull=False)
        .order_by()
        .values("meeting")
        .annotate(there=Count("pk", filter=REPRESENTED), of=Count("pk"))
    )
    return {row["meeting"]: Represented(row["there"], row["of"]) for row in rows}


def open_actions_count(forums: Forums) -> dict[int, int]:
    """By forum id: actions that are open and no longer in a draft. One query."""
    rows = Action.objects.live().filter(forum__in=_ids(forums), state=Action.State.OPEN).order_by()
    return dict(rows.values_list("forum").annotate(n=Count("pk")))


def last_logged_on(forums: Forums) -> dict[int, date]:
    """By forum id: the day something was last published, or an action added or closed. Three queries."""
    ids = _ids(forums)
    live = Action.objects.live().filter(forum__in=ids).order_by()
    told = [
        Meeting.objects.filter(forum__in=ids, state__in=HELD)
        .order_by()
        .values_list("forum")
        .annotate(Max("published_at")),
        live.values_list("forum").annotate(Max("added_at")),
        live.values_list("forum").annotate(Max("closed_at")),
    ]
    latest: dict[int, date] = {}
    for forum, moment in (row for rows in told for row in rows):
        if moment is not None:
            latest[forum] = max(latest.get(forum, date.min), localdate(moment))
    return latest


def waiting_asks(forums: Forums) -> QuerySet[Ask]:
    """Questions to the HSCP from these forums that still wait, longest first."""
    return (
        Ask.objects.live()
        .filter(forum__in=_ids(forums), state=Ask.State.WAITING)
        .select_related("forum", "to", "asked_by")
        .order_by("asked_at", "pk")
    )


def waiting_asks_within(reach: Reach) -> QuerySet[Ask]:
    """Waiting questions that the reader answers for, longest first."""
    mine = Q(to=reach.person_id) | Q(forum__in=reach.forums(Right.ANSWER))
    asked_by_others = asks_within(reach).exclude(asked_by=reach.person_id)
    return asked_by_others.filter(mine, state=Ask.State.WAITING).order_by("asked_at", "pk")


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


def what_needs(reach: Reach, *, soon: date) -> NeedsYou:
    """Actions late or due up to `soon`, questions to answer, questions unanswered, drafts to finish. Four queries."""
    due = list(actions_of(reach).filter(state=Action.State.OPEN, due_on__lte=soon))
    drafts = meetings_within(reach).filter(state=Meeting.State.DRAFT).order_by("held_on")
    return NeedsYou(
        late=tuple(a for a in due if a.due_on < reach.day),
        due_soon=tuple(a for a in due if a.due_on >= reach.day),
        to_answer=tuple(asks_to(reach)),
        waiting=tuple(asks_sent(reach)),
        drafts=tuple(drafts),
    )


def _ids(forums: Forums) -> list[int]:
    return [f.pk if isinstance(f, Forum) else f for f in forums]
