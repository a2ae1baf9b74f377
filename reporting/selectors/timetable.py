"""When clusters met last, when they meet next, and which minutes are not finished."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber
from django.urls import reverse

from accounts.reach import Reach
from clusters.models import Forum
from meetings.models import Attendance, Correction, Meeting
from meetings.rules import forums_asked_to, forums_written_up


@dataclass(frozen=True)
class Date:
    """A day on which a forum means to meet: of a planned meeting, or as the one held on `after` said."""

    forum: Forum
    on: date
    after: date | None
    meeting: Meeting | None = None

    @property
    def name(self) -> str:
        return self.forum.name

    @property
    def slug(self) -> str:
        return self.forum.slug

    @property
    def path(self) -> str:
        """Of the page of the forum."""
        name = "cluster" if self.forum.kind == Forum.Kind.CLUSTER else "forum"
        return reverse(f"reporting:{name}", args=[self.slug])

    @property
    def time(self) -> str:
        """When it begins, where that is known: "12:30"."""
        return f"{self.meeting.starts_at:%H:%M}" if self.meeting and self.meeting.starts_at else ""


@dataclass(frozen=True)
class Timetable:
    """What a person has in the diary: the meetings to which they are asked. `drafts`: minutes to finish, where they
    write up, each with its number of `unanswered` corrections. `last`: by forum id the day of the last minutes that are
    out of draft. `called_off`: forum id and day of what will not be held.
    """

    day: date
    drafts: tuple[Meeting, ...]
    planned: tuple[tuple[Date, bool], ...]
    last: Mapping[int, date] = field(default_factory=dict)
    called_off: frozenset[tuple[int, date]] = frozenset()

    def unlogged(self) -> list[Date]:
        """Meetings of today or before that nobody has begun to log, where the reader writes up."""
        return [d for d, writes_up in self.planned if writes_up and d.on <= self.day and not self._is_begun(d)]

    def coming(self) -> list[Date]:
        """The next meeting of each forum from today on, the next first."""
        first: dict[int, Date] = {}
        for d in sorted((d for d, _ in self.planned if d.on >= self.day), key=lambda d: (d.on, d.time, d.name)):
            first.setdefault(d.forum.pk, d)
        return list(first.values())

    def _is_begun(self, planned: Date) -> bool:
        """Whether minutes were begun since the meeting that named the day. A planned meeting is not begun."""
        if planned.meeting:
            return False
        return any(m.forum_id == planned.forum.pk and m.held_on > (planned.after or date.min) for m in self.drafts)


def timetable_of(reach: Reach) -> Timetable:
    """The diary over every forum that asks the reader to its meetings, and the minutes that they finish anywhere.

    Four queries at most, none for others.
    """
    asked, write_up, written = forums_asked_to(reach), forums_written_up(reach), forums_written_up(reach, past=True)
    if not asked and not written:
        return Timetable(reach.day, (), ())
    waiting = Correction.objects.filter(meeting=OuterRef("pk"), state=Correction.State.OPEN)
    unfinished = Meeting.objects.filter(forum__in=written, state__in=Meeting.UNFINISHED).annotate(
        unanswered=counted(waiting, "meeting")
    )
    dates, last, off = _dates(asked, reach.day)
    drafts = unfinished.select_related("forum").order_by("-held_on", "-pk") if written else ()
    return Timetable(reach.day, tuple(drafts), tuple((d, d.forum.pk in write_up) for d in dates), last, off)


def _dates(forums: Iterable[int], day: date) -> tuple[list[Date], dict[int, date], frozenset[tuple[int, date]]]:
    """Every day on which these forums mean to meet, when each met last, and which days were called off since.

    What the last meeting said counts where no meeting after it is planned, or was called off since.
    """
    said = last_held(forums, on=day).select_related("forum")
    held = {m.forum_id: m for m in said}
    last = {pk: m.held_on for pk, m in held.items()}
    known: set[int] = set()
    off: set[tuple[int, date]] = set()
    dates: list[Date] = []
    since = min(last.values(), default=date.min)
    called_off = Q(state=Meeting.State.CANCELLED, held_on__gt=since)
    rows = Meeting.objects.filter(Q(state=Meeting.State.PLANNED) | called_off, forum__in=forums)
    for row in rows.select_related("forum"):
        if row.state == Meeting.State.PLANNED:
            dates.append(Date(row.forum, row.held_on, last.get(row.forum_id), row))
        else:
            off.add((row.forum_id, row.held_on))
        if row.held_on > last.get(row.forum_id, date.min):
            known.add(row.forum_id)
    dates += [Date(m.forum, m.next_on, m.held_on) for pk, m in held.items() if m.next_on and pk not in known]
    return dates, last, frozenset(off)


def counted(rows: QuerySet[Any], by: str) -> Coalesce:
    """How many of `rows` (correlated by OuterRef) share the outer row's `by`: a number to annotate with."""
    grouped = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(grouped, output_field=IntegerField()), 0)


def last_held(forums: Iterable[int], *, on: date) -> QuerySet[Meeting]:
    """The last meeting of each forum held by the day `on` whose minutes are out of draft, with `represented` and
    `members_then` practices.

    Don't filter it further: the database would number only the rows that are left.
    """
    there = Q(presence__in=(Attendance.Presence.PRESENT, Attendance.Presence.DEPUTY))
    practices = Attendance.objects.filter(meeting=OuterRef("pk"), practice__isnull=False)
    return (
        Meeting.objects.filter(forum__in=list(forums), state__in=Meeting.TOLD, held_on__lte=on)
        .annotate(
            newest=Window(RowNumber(), partition_by=F("forum"), order_by=(F("held_on").desc(), F("pk").desc())),
            represented=counted(practices.filter(there), "meeting"),
            members_then=counted(practices, "meeting"),
        )
        .filter(newest=1)
        .order_by()
    )
