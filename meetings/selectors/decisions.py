"""The decision log of a forum, as far as a reader may read it; and topics."""

from datetime import date

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When

from accounts.reach import Reach
from clusters.models import Forum
from meetings import rules
from meetings.models import Audience, Item, LookBack, Meeting, Topic
from meetings.selectors.doors import meetings_within
from shared.doors import open_door

DECISIONS_OFFERED = 24


def decisions_within(reach: Reach) -> QuerySet[Item]:
    """Every decision of minutes out of draft that the reader may read, the latest first, with `ask_on`.

    From above a forum none of an item that is kept in it, and none of significant events or peer support.
    """
    told = meetings_within(reach).filter(state__in=Meeting.TOLD).order_by().values("pk")
    inside = rules.forums_seen_from(reach, Audience.CLUSTER)
    open_to_above = Q(is_kept_in_cluster=False) & ~Q(kind__in=rules.ALWAYS_KEPT)
    return (
        _asked(Item.objects.exclude(decision=""))
        .filter(Q(meeting__forum__in=inside) | open_to_above, meeting__in=told)
        .select_related("meeting__forum")
        .prefetch_related("look_backs__by")
        .order_by("-meeting__held_on", "position", "pk")
    )


def _asked(items: QuerySet[Item]) -> QuerySet[Item]:
    """With the day on which to ask whether it held: as the last look back said, else as the decision did."""
    last = LookBack.objects.filter(item=OuterRef("pk")).order_by("-at", "-pk")
    return items.annotate(
        ask_on=Case(When(Exists(last), then=Subquery(last.values("again_on")[:1])), default=F("review_on"))
    )


def decisions_of(reach: Reach, forum: Forum, *, text: str = "", show: str = "", on: date) -> QuerySet[Item]:
    """Decisions of one forum, narrowed to a text, and to those whose day to look back has come ("due")."""
    found = decisions_within(reach).filter(meeting__forum=forum)
    if text:
        words = Q(title__icontains=text) | Q(decision__icontains=text) | Q(decision_reason__icontains=text)
        found = found.filter(words)
    return found.filter(ask_on__lte=on) if show == "due" else found  # type: ignore[misc]


def decisions_to_look_back(forum: Forum, *, on: date) -> QuerySet[Item]:
    """Decisions of a forum of which those inside it are to ask by a day whether they held, the longest due first."""
    told = Item.objects.exclude(decision="").filter(meeting__forum=forum, meeting__state__in=Meeting.TOLD)
    return _asked(told).filter(ask_on__lte=on).select_related("meeting").order_by("ask_on", "pk")  # type: ignore[misc]


def decision_for(reach: Reach, pk: int, *, sentence: str) -> Item:
    """A decision that the reader may read (404), if they look back on it (403)."""
    return open_door(decisions_within(reach), may=rules.can_look_back, reach=reach, sentence=sentence, pk=pk)


def meetings_to_decide_at(forum: Forum, *, on: date) -> QuerySet[Meeting]:
    """Meetings of a forum whose minutes still take decisions, the latest first (`rules.takes_decisions`)."""
    State = Meeting.State
    open_ones = Meeting.objects.filter(forum=forum, held_on__lte=on)
    return open_ones.filter(state__in=(State.PLANNED, State.DRAFT, State.CIRCULATED)).order_by("-held_on", "-pk")


def decisions_taken(forum: Forum, *, on: date) -> QuerySet[Item]:
    """The latest decisions in minutes of a forum that others than the writers know of."""
    held = Item.objects.exclude(decision="").filter(meeting__forum=forum, meeting__held_on__lte=on)
    told = held.filter(meeting__state__in=Meeting.TOLD).select_related("meeting")
    return told.order_by("-meeting__held_on", "-meeting_id", "position")[:DECISIONS_OFFERED]


def topics_within(reach: Reach) -> QuerySet[Topic]:
    """Topics of every forum that the reader is a part of, the latest first."""
    found = Topic.objects.filter(forum__in=rules.forums_inside(reach))
    related = found.select_related("forum__cluster", "proposed_by", "pilot").prefetch_related(
        "proposed_by__former_names"
    )
    return related.order_by("-proposed_at", "-pk")


def topic_for(reach: Reach, pk: int) -> Topic:
    """One topic of a forum that the reader is a part of (404)."""
    return open_door(topics_within(reach), pk=pk)
