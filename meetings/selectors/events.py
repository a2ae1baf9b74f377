"""Significant events of a forum: read by those inside it, and by nobody above."""

from django.db.models import Q, QuerySet

from accounts.reach import Reach
from clusters.models import Forum
from meetings import rules
from meetings.models import Item, Meeting
from meetings.selectors.doors import meetings_within
from shared.doors import open_door


def events_within(reach: Reach) -> QuerySet[Item]:
    """Items about a significant event whose analysis the reader may open, each with it; of a draft, who writes up."""
    told = Q(meeting__forum__in=rules.forums_inside(reach) | rules.forums_written_up(reach, past=True))
    return (
        Item.objects.filter(told, kind=Item.Kind.SIGNIFICANT_EVENT, meeting__in=meetings_within(reach).order_by())
        .exclude(meeting__state__in=(Meeting.State.PLANNED, Meeting.State.CANCELLED))
        .select_related("meeting__forum__cluster", "significant_event__written_by")
    )


def event_item_for(reach: Reach, pk: int) -> Item:
    """The item, where its analysis is in reach (404)."""
    return open_door(events_within(reach), pk=pk)


def events_of(reach: Reach, forum: Forum) -> QuerySet[Item]:
    """The significant events of one forum, newest meeting first."""
    return events_within(reach).filter(meeting__forum=forum).order_by("-meeting__held_on", "position", "pk")
