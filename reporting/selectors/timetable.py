"""When clusters met last, when they meet next, and which minutes are not finished."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber

from accounts.reach import Reach
from accounts.roles import Right
from clusters.models import Forum
from meetings.models import Attendance, Meeting


@dataclass(frozen=True)
class Date:
    """A day on which a forum means to meet, as its meeting of `after` said."""

    name: str
    slug: str
    on: date
    after: date


@dataclass(frozen=True)
class Timetable:
    """What a person who belongs to clusters has in the diary. `drafts` only where they write up."""

    day: date
    drafts: tuple[Meeting, ...]
    planned: tuple[tuple[Date, bool], ...]

    def unlogged(self) -> list[Date]:
        """Meetings of today or before that nobody has begun to log, where the reader writes up."""
        return [d for d, writes_up in self.planned if writes_up and d.on <= self.day and not self._is_begun(d)]

    def coming(self) -> list[Date]:
        """Meetings from today on, the next first."""
        return sorted((d for d, _ in self.planned if d.on >= self.day), key=lambda d: d.on)

    def _is_begun(self, planned: Date) -> bool:
        return any(m.forum.slug == planned.slug and m.held_on > planned.after for m in self.drafts)


def timetable_of(reach: Reach) -> Timetable:
    """The diary over every forum inside of which the reader is. Three queries at most, none for others."""
    inside, write_up = reach.forums(Right.SEE_INSIDE), reach.forums(Right.WRITE_UP)
    if not inside:
        return Timetable(reach.day, (), ())
    unfinished = Meeting.objects.filter(forum__in=write_up).exclude(state=Meeting.State.PUBLISHED)
    planned = last_published(inside, on=reach.day).values_list("forum_id", "next_on", "held_on")
    forums: Mapping[int, Forum] = Forum.objects.in_bulk(inside)
    dates = [(_date(forums[pk], on, after), pk in write_up) for pk, on, after in planned if on]
    drafts = unfinished.select_related("forum").order_by("-held_on", "-pk") if write_up else ()
    return Timetable(reach.day, tuple(drafts), tuple(dates))


def _date(forum: Forum, on: date, after: date) -> Date:
    return Date(forum.name, forum.slug, on, after)


def counted(rows: QuerySet[Any], by: str) -> Coalesce:
    """How many of `rows` (correlated by OuterRef) share the outer row's `by`: a number to annotate with."""
    grouped = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(grouped, output_field=IntegerField()), 0)


def last_published(forums: Iterable[int], *, on: date) -> QuerySet[Meeting]:
    """The last published meeting of each forum held by the day `on`, with `represented` and `members_then` practices.

    Don't filter it further: the database would number only the rows that are left.
    """
    there = Q(presence__in=(Attendance.Presence.PRESENT, Attendance.Presence.DEPUTY))
    practices = Attendance.objects.filter(meeting=OuterRef("pk"), practice__isnull=False)
    return (
        Meeting.objects.filter(forum__in=list(forums), state=Meeting.State.PUBLISHED, held_on__lte=on)
        .annotate(
            newest=Window(RowNumber(), partition_by=F("forum"), order_by=(F("held_on").desc(), F("pk").desc())),
            represented=counted(practices.filter(there), "meeting"),
            members_then=counted(practices, "meeting"),
        )
        .filter(newest=1)
        .order_by()
    )
