"""The meetings of one person, over every forum that asks them: what comes, what it takes, and what was."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from accounts.reach import Reach
from meetings import rules
from meetings.models import Meeting
from meetings.selectors.doors import meetings_within
from shared.dates import months_before

State = Meeting.State
MOST_PAST = 40


@dataclass(frozen=True)
class Coming:
    """A meeting to come, and those of other forums that are on at the same time."""

    meeting: Meeting
    clashes: tuple[Meeting, ...] = ()


@dataclass(frozen=True)
class Month:
    """How many meetings somebody is asked to in a month, and how many hours they take."""

    first: date
    number: int
    hours: float


@dataclass(frozen=True)
class MyMeetings:
    """All of it. `past` holds those of the last twelve months that the reader may open."""

    coming: tuple[Coming, ...]
    months: tuple[Month, ...]
    past: tuple[Meeting, ...]


def meetings_of(reach: Reach) -> MyMeetings:
    """What the reader is asked to and was, over all their forums (MTG-25). Two queries for any number."""
    asked = rules.forums_asked_to(reach)
    planned = Meeting.objects.filter(forum__in=asked, state=State.PLANNED, held_on__gte=reach.day)
    ahead = list(planned.select_related("forum__cluster").order_by("held_on", "starts_at", "pk"))
    held = meetings_within(reach).filter(forum__in=asked, held_on__range=(months_before(reach.day, 12), reach.day))
    past = held.exclude(state__in=Meeting.NOT_HELD).select_related("forum__cluster").order_by("-held_on", "-pk")
    coming = tuple(Coming(meeting, tuple(o for o in ahead if _clash(meeting, o))) for meeting in ahead)
    return MyMeetings(coming, tuple(_months(ahead)), tuple(past[:MOST_PAST]))


def _clash(one: Meeting, other: Meeting) -> bool:
    begins, ends, begun, over = one.begins_at, one.ends_at, other.begins_at, other.ends_at
    if one.pk == other.pk or begins is None or ends is None or begun is None or over is None:
        return False
    return begins < over and begun < ends


def _months(ahead: list[Meeting]) -> list[Month]:
    number: Counter[date] = Counter(meeting.held_on.replace(day=1) for meeting in ahead)
    minutes: Counter[date] = Counter()
    for meeting in ahead:
        minutes[meeting.held_on.replace(day=1)] += meeting.minutes_long
    return [Month(first, number[first], minutes[first] / 60) for first in sorted(number)]
