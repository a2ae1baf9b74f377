"""Which meetings, actions and questions a reader may open."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from accounts.reach import Reach
from accounts.roles import Right
from clusters.models import Forum
from clusters.selectors.around import around_clusters, forums_around
from meetings import rules
from meetings.models import Action, Ask, Attendance, Audience, Item, Meeting, PracticeReturn, ShareLevel
from shared.doors import open_door

State = Meeting.State
REPRESENTED = (Attendance.Presence.PRESENT, Attendance.Presence.DEPUTY)
SHARED_WITH_HSCP = (ShareLevel.HSCP, ShareLevel.BOARD)


def meetings_within(reach: Reach) -> QuerySet[Meeting]:
    """Meetings that the reader may open, newest first.

    Inside the forum all but drafts; drafts only for those who write up; above it only published minutes that were
    shared as high as the reader stands; in the clusters around a forum what it published for them.
    """
    published = Q(state=State.PUBLISHED)
    return Meeting.objects.filter(
        Q(forum__in=rules.forums_written_up(reach, past=True))
        | Q(forum__in=rules.forums_inside(reach)) & ~Q(state=State.DRAFT)
        | Q(forum__in=rules.forums_seen_from(reach, Audience.HSCP), share_level__in=SHARED_WITH_HSCP) & published
        | Q(forum__in=rules.forums_seen_from(reach, Audience.BOARD), share_level=ShareLevel.BOARD) & published
        | Q(forum__in=Forum.objects.order_by().filter(forums_around(reach)), is_for_clusters=True) & published
    ).select_related("forum__cluster", "logged_by", "saved_by", "published_by")


def meeting_for(
    reach: Reach, pk: int, *, may: Callable[[Reach, Meeting], bool] | None = None, sentence: str = ""
) -> Meeting:
    """The meeting, if it is in reach (404) and the rule permits (403 with `sentence`)."""
    extra = {"sentence": sentence} if sentence else {}
    return open_door(meetings_within(reach), may=may, reach=reach, pk=pk, **extra)


def is_around(reach: Reach, forum_id: int) -> bool:
    """Whether a cluster of which the reader is a part lies under this forum."""
    return Forum.objects.filter(forums_around(reach), pk=forum_id).exists()


def may_read_meetings(reach: Reach, forum: Forum) -> bool:
    """Open the forum's list of meetings: by the rule; from a cluster around it those that it published for clusters."""
    return rules.can_read_meetings(reach, forum) or is_around(reach, forum.pk)


def posted_back(forum: Forum, *, on: date) -> list[Meeting]:
    """The last minutes that each forum around this cluster published for its clusters, newest first (MTG-24)."""
    cluster = getattr(forum, "cluster", None)
    if cluster is None:
        return []
    around = Forum.objects.order_by().filter(around_clusters([cluster.pk], on=on)).values("pk")
    told = Meeting.objects.filter(forum__in=around, is_for_clusters=True, state=State.PUBLISHED)
    last: dict[int, Meeting] = {}
    for meeting in told.select_related("forum").order_by("-held_on", "-pk"):
        last.setdefault(meeting.forum_id, meeting)
    return list(last.values())


def meetings_of_forum(reach: Reach, forum: Forum) -> QuerySet[Meeting]:
    """The forum's meetings that the reader may open, newest first, each with the numbers of its row in the list.

    `there` of `seats` practices represented, `decisions`, `open_actions`. A decision of an item that is kept in
    the cluster is not counted for a reader above.
    """
    seats = Attendance.objects.exclude(presence=Attendance.Presence.GUEST)
    decided = Item.objects.exclude(decision="")
    if forum.pk not in rules.forums_inside(reach):
        decided = decided.filter(is_kept_in_cluster=False)
    still_open = Action.objects.filter(state=Action.State.OPEN)
    return (
        meetings_within(reach)
        .filter(forum=forum)
        .annotate(
            there=number_of(seats.filter(presence__in=REPRESENTED), "meeting"),
            seats=number_of(seats, "meeting"),
            decisions=number_of(decided, "meeting"),
            open_actions=number_of(still_open, "item__meeting"),
        )
        .order_by("-held_on", "-pk")
    )


def number_of(rows: QuerySet[Any], path: str, *, outer: str = "pk") -> Any:
    """How many of `rows` have in `path` what the outer row has in `outer`: a number to annotate with."""
    counted = rows.order_by().annotate(of=F(path)).filter(of=OuterRef(outer)).values("of").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)


def logged_with(nonce: UUID, *, by: User, forum: Forum) -> Meeting | None:
    """The meeting that this person saved already with the form made with `nonce`; None when it was not saved."""
    return Meeting.objects.filter(nonce=rules.own_nonce(nonce, by.pk, forum.pk)).first()


def mine_among_actions(reach: Reach) -> Q:
    """Actions that the reader holds: their own where they still hold a role, and those of a practice they answer for.

    Also what every practice was asked for, until theirs has done it. Else the same as `rules.is_mine`.
    """
    own = Q(owner=reach.person_id, forum__in=rules.forums_of_today(reach))
    for role in reach.roles():
        own |= Q(owner_role=role, forum__in=rules.forums_by_role(reach, role))
    practices = reach.practices_held(*rules.FOR_THE_PRACTICE)
    if practices:
        done = PracticeReturn.objects.filter(action=OuterRef("pk"), practice__in=practices, is_done=True)
        asked = Q(is_for_every_practice=True, forum__in=reach.forums(Right.SEE_INSIDE, past=False))
        own |= asked & Q(~Exists(done))
    return own | Q(owner_practice__in=practices)


def actions_within(reach: Reach) -> QuerySet[Action]:
    """Actions that the reader may open: those of forums they are inside of, what they hold, and what was requested or
    mandated in the name of their HSCP.
    """
    inside = Q(forum__in=rules.forums_inside(reach))
    issued = ~Q(kind=Action.Kind.AGREED) & Q(forum__in=rules.forums_issued_to(reach))
    return (
        Action.objects.live()
        .filter(inside | issued | mine_among_actions(reach))
        .select_related("forum", "owner", "owner_practice", "item__meeting", "closed_by")
    )


def action_for(reach: Reach, pk: int, *, may: Any = None, sentence: str = "") -> Action:
    extra = {"sentence": sentence} if sentence else {}
    return open_door(actions_within(reach), may=may, reach=reach, pk=pk, **extra)


def asks_within(reach: Reach) -> QuerySet[Ask]:
    """Questions that the reader may open: of their own cluster, their HSCP's to answer, or sent by or to them.

    The last only in forums where they still hold a role.
    """
    own = Q(to=reach.person_id) | Q(asked_by=reach.person_id) | Q(spokesperson=reach.person_id)
    open_to = rules.forums_inside(reach) | rules.forums_answered_for(reach)
    return (
        Ask.objects.live()
        .filter(Q(forum__in=open_to) | own & Q(forum__in=rules.forums_of_today(reach)))
        .select_related("forum__cluster", "to", "asked_by", "spokesperson", "replied_by", "item__meeting")
    )


def open_asks_of(reach: Reach, meeting: Meeting) -> set[int]:
    """Ids of the meeting's questions that the reader may open; none while the minutes are a draft."""
    return set(asks_within(reach).filter(item__meeting=meeting).values_list("pk", flat=True))


def ask_for(reach: Reach, pk: int, *, may: Any = None, sentence: str = "") -> Ask:
    extra = {"sentence": sentence} if sentence else {}
    return open_door(asks_within(reach), may=may, reach=reach, pk=pk, **extra)
