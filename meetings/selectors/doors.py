"""Which meetings, actions and questions a reader may open."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from accounts.reach import Reach
from accounts.roles import Right
from clusters.models import Forum
from meetings import rules
from meetings.models import Action, Ask, Attendance, Audience, Item, Meeting, ShareLevel
from shared.doors import open_door

State = Meeting.State
REPRESENTED = (Attendance.Presence.PRESENT, Attendance.Presence.DEPUTY)
SHARED_WITH_HSCP = (ShareLevel.HSCP, ShareLevel.BOARD)


def meetings_within(reach: Reach) -> QuerySet[Meeting]:
    """Meetings that the reader may open, newest first.

    Inside the cluster all but drafts; drafts only for those who write up; above the cluster only published
    minutes that were shared as high as the reader stands.
    """
    published = Q(state=State.PUBLISHED)
    return Meeting.objects.filter(
        Q(forum__in=reach.forums(Right.WRITE_UP))
        | Q(forum__in=reach.forums(Right.SEE_INSIDE)) & ~Q(state=State.DRAFT)
        | Q(forum__in=rules.forums_seen_from(reach, Audience.HSCP), share_level__in=SHARED_WITH_HSCP) & published
        | Q(forum__in=rules.forums_seen_from(reach, Audience.BOARD), share_level=ShareLevel.BOARD) & published
    ).select_related("forum__cluster", "logged_by", "saved_by", "published_by")


def meeting_for(
    reach: Reach, pk: int, *, may: Callable[[Reach, Meeting], bool] | None = None, sentence: str = ""
) -> Meeting:
    """The meeting, if it is in reach (404) and the rule permits (403 with `sentence`)."""
    extra = {"sentence": sentence} if sentence else {}
    return open_door(meetings_within(reach), may=may, reach=reach, pk=pk, **extra)


def meetings_of_forum(reach: Reach, forum: Forum) -> QuerySet[Meeting]:
    """The forum's meetings that the reader may open, newest first, each with the numbers of its row in the list.

    `there` of `seats` practices represented, `decisions`, `open_actions`. A decision of an item that is kept in
    the cluster is not counted for a reader above.
    """
    seats = Attendance.objects.filter(practice__isnull=False)
    decided = Item.objects.exclude(decision="")
    if forum.pk not in reach.forums(Right.SEE_INSIDE):
        decided = decided.filter(is_kept_in_cluster=False)
    still_open = Action.objects.filter(state=Action.State.OPEN)
    return (
        meetings_within(reach)
        .filter(forum=forum)
        .annotate(
            there=_number_of(seats.filter(presence__in=REPRESENTED), "meeting"),
            seats=_number_of(seats, "meeting"),
            decisions=_number_of(decided, "meeting"),
            open_actions=_number_of(still_open, "item__meeting"),
        )
        .order_by("-held_on", "-pk")
    )


def _number_of(rows: QuerySet[Any], path: str) -> Any:
    counted = rows.order_by().annotate(of=F(path)).filter(of=OuterRef("pk")).values("of").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)


def is_logged(nonce: UUID, *, by: User, forum: Forum) -> bool:
    """Whether the form made with `nonce` was saved already by this person."""
    return Meeting.objects.filter(nonce=rules.own_nonce(nonce, by.pk, forum.pk)).exists()


def mine_among_actions(reach: Reach) -> Q:
    """Actions that the reader holds: their own where they still hold a role, and those of a practice they answer for.

    The same as `rules.is_mine`.
    """
    own = Q(owner=reach.person_id, forum__in=rules.forums_of_today(reach))
    return own | Q(owner_practice__in=reach.practices_held(*rules.FOR_THE_PRACTICE))


def actions_within(reach: Reach) -> QuerySet[Action]:
    """Actions that the reader may open: those of forums they are inside of, and what they hold."""
    inside = Q(forum__in=reach.forums(Right.SEE_INSIDE))
    return (
        Action.objects.live()
        .filter(inside | mine_among_actions(reach))
        .select_related("forum", "owner", "owner_practice", "item__meeting", "closed_by")
    )


def action_for(reach: Reach, pk: int, *, may: Any = None, sentence: str = "") -> Action:
    extra = {"sentence": sentence} if sentence else {}
    return open_door(actions_within(reach), may=may, reach=reach, pk=pk, **extra)


def asks_within(reach: Reach) -> QuerySet[Ask]:
    """Questions that the reader may open: of their own cluster, their HSCP's to answer, or sent by or to them.

    The last only in forums where they still hold a role.
    """
    own = Q(to=reach.person_id) | Q(asked_by=reach.person_id)
    open_to = reach.forums(Right.SEE_INSIDE) | rules.forums_answered_for(reach)
    return (
        Ask.objects.live()
        .filter(Q(forum__in=open_to) | own & Q(forum__in=rules.forums_of_today(reach)))
        .select_related("forum__cluster", "to", "asked_by", "replied_by", "item__meeting")
    )


def open_asks_of(reach: Reach, meeting: Meeting) -> set[int]:
    """Ids of the meeting's questions that the reader may open; none while the minutes are a draft."""
    return set(asks_within(reach).filter(item__meeting=meeting).values_list("pk", flat=True))


def ask_for(reach: Reach, pk: int, *, may: Any = None, sentence: str = "") -> Ask:
    extra = {"sentence": sentence} if sentence else {}
    return open_door(asks_within(reach), may=may, reach=reach, pk=pk, **extra)
