"""Meetings that are planned: those of a forum that come next, those whose day has come, and the forum's series."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from clusters.models import Forum
from meetings import rules
from meetings.analysis import Rhythm, slots
from meetings.models import Meeting, Series
from meetings.selectors.plans import SeriesPlan, series_plan_of
from shared.dates import months_before

State = Meeting.State
MONTHS_AHEAD, LEAST = 6, 2
LEAD_MANAGER_MONTHS, GRACE_DAYS = 2, 14
NEAR = 6  # days at most between two plans for what is one meeting


def planned_in(forum: Forum) -> QuerySet[Meeting]:
    """What is planned in a forum and not logged yet, the earliest first; those whose day has gone by among them."""
    return Meeting.objects.filter(forum=forum, state=State.PLANNED).order_by("held_on", "starts_at", "pk")


def waiting_to_be_logged(forum: Forum, *, on: date) -> list[Meeting]:
    """Planned meetings of a day or before it, the latest first."""
    return list(planned_in(forum).filter(held_on__lte=on).reverse())


def next_after(day: date, forum: Forum, *, apart_from: Meeting | None = None) -> Meeting | None:
    """The forum's first meeting after a day that was not called off, planned or held already; None where there is none.

    `apart_from` is the meeting that is held that day, whatever day it was planned for.
    """
    later = Meeting.objects.filter(forum=forum, held_on__gt=day).exclude(state=State.CANCELLED)
    others = later.exclude(pk=apart_from.pk) if apart_from else later
    return others.order_by("held_on", "starts_at", "pk").first()


def usual_for(forum: Forum) -> dict[str, Any]:
    """What a new meeting of a forum starts from: as the last one was held or is planned, else an hour and a half by
    video at half past twelve.
    """
    timed = Meeting.objects.filter(forum=forum, starts_at__isnull=False).exclude(state=State.CANCELLED)
    last = timed.first() or Meeting(starts_at=time(12, 30))
    usual = ("starts_at", "minutes_long", "mode", "place", "joining_link")
    return {**{name: getattr(last, name) for name in usual}, "sort": Meeting.Sort.ORDINARY}


def usual_series_for(forum: Forum) -> dict[str, Any]:
    """What a new series starts from: every two months for a lead and their locality manager (MTG-03), else as often as
    the forum says that it meets, or each month.
    """
    usual = {**usual_for(forum), "rhythm": Series.Rhythm.MONTHS, "every": 1, "grace_days": GRACE_DAYS}
    if forum.kind == Forum.Kind.LEAD_MANAGER:
        return {**usual, "every": LEAD_MANAGER_MONTHS}
    if weeks := forum.meets_every_weeks:
        return {**usual, "rhythm": Series.Rhythm.WEEKS, "every": weeks}
    return usual


def series_begun_with(forum: Forum, nonce: UUID | None, *, by: User) -> bool:
    """Whether this very form has begun a series already."""
    return nonce is not None and Series.objects.filter(nonce=rules.own_nonce(nonce, by.pk, forum.pk)).exists()


def series_of(forum: Forum) -> Series | None:
    """The series that goes on in a forum."""
    return Series.objects.filter(forum=forum, ended_at__isnull=True).select_related("forum", "begun_by").first()


def series_in(forum: Forum, pk: int) -> Series:
    """A series of this forum, going on or ended; one that was never saved where it has none of that number."""
    return Series.objects.filter(forum=forum, pk=pk).first() or Series(forum=forum, pk=pk)


def closing_day(forum: Forum) -> date | None:
    """The first day without the forum; None while no end is known."""
    cluster = getattr(forum, "cluster", None)
    return cluster.closed_on if cluster else forum.closed_on


def days_ahead(rhythm: Rhythm, forum: Forum, *, on: date) -> list[date]:
    """The days of a series for which meetings are to be there on the day `on`: six months, and two at least."""
    end = closing_day(forum)
    days = slots(rhythm, since=max(on, rhythm.first_on), until=months_before(on, -MONTHS_AHEAD), least=LEAST)
    return [day for day in days if end is None or day < end]


@dataclass(frozen=True)
class SeriesChange:
    """What becomes of the meetings of a series, and which are new. `stay`: with an agenda, or moved by hand."""

    moved: tuple[tuple[Meeting, date], ...] = ()
    called_off: tuple[Meeting, ...] = ()
    stay: tuple[Meeting, ...] = ()
    new: tuple[date, ...] = ()

    @property
    def mark(self) -> str:
        """The same for the same change, so that what is done is what was shown."""
        touched = [*((m.pk, day) for m, day in self.moved), *((m.pk, None) for m in (*self.called_off, *self.stay))]
        return repr((touched, self.new))

    @property
    def days(self) -> list[date]:
        """Every day on which the new series meets."""
        return sorted((*(day for _, day in self.moved), *self.new))

    @property
    def shifted(self) -> list[tuple[Meeting, date]]:
        """The meetings that come to lie on another day."""
        return [(meeting, day) for meeting, day in self.moved if meeting.held_on != day]


def change_of_series(forum: Forum, series: Series | None, plan: SeriesPlan | None, *, on: date) -> SeriesChange:
    """What `plan` would do to the meetings that `series` planned: each without an agenda moves to a day of the new one,
    or is called off where that has none left. Without a plan all of them are called off. In the same rhythm what
    somebody moved stays; what somebody called off is never planned again.
    """
    ahead = _ahead(forum, series, on)
    is_same = bool(series and plan and series_plan_of(series).rhythm == plan.rhythm)
    stay = tuple(m for m in ahead if _stays(m, is_same=is_same))
    free = [m for m in ahead if m not in stay]
    days = _open_days(forum, plan, on=on, stay=stay, free=free) if plan else []
    same = {m.held_on: m for m in free if m.held_on in days}
    others = [m for m in free if m.held_on not in same]
    left = [day for day in days if day not in same]
    moved = [*((m, day) for day, m in same.items()), *zip(others, left, strict=False)]
    return SeriesChange(
        moved=tuple(sorted(moved, key=lambda pair: pair[1])),
        called_off=tuple(others[len(left) :]),
        stay=stay,
        new=tuple(left[len(others) :]),
    )


def _stays(meeting: Meeting, *, is_same: bool) -> bool:
    """Whether a new plan leaves a meeting where it is: one with an agenda, and under the same rhythm one that somebody
    moved away from its day.
    """
    return bool(meeting.item_count) or (is_same and meeting.held_on != meeting.slot_on)  # type: ignore[attr-defined]


def days_to_plan(series: Series, *, on: date) -> list[date]:
    """Days for which the series has to plan a meeting yet: none that had one, whatever became of it, none to which
    another of its meetings was moved, and none near a meeting that stayed from an earlier series.
    """
    had = set(series.meetings.values_list("slot_on", flat=True))
    had |= set(series.meetings.filter(state=State.PLANNED).values_list("held_on", flat=True))
    earlier = planned_in(series.forum).filter(series__isnull=False, held_on__gte=on).exclude(series=series)
    days = _open_days(series.forum, series_plan_of(series), on=on, stay=earlier)
    return [day for day in days if day not in had]


def _ahead(forum: Forum, series: Series | None, on: date) -> list[Meeting]:
    if series is None:
        return []
    # What stands on every agenda nobody put there: it goes with the meeting, and keeps none where it is.
    own = Count("items", filter=~Q(items__source__startswith="standing:"))
    return list(planned_in(forum).filter(series=series, held_on__gte=on).annotate(item_count=own))


def _open_days(
    forum: Forum, plan: SeriesPlan, *, on: date, stay: Iterable[Meeting], free: Iterable[Meeting] = ()
) -> list[date]:
    """Days of a series without a meeting of its sort (but for `free`, which move), and not near one that stays."""
    near = timedelta(days=min(NEAR, plan.rhythm.usual_days // 2))
    others = Meeting.objects.filter(forum=forum, sort=plan.sort, held_on__gte=on).exclude(state=State.CANCELLED)
    taken: set[date | None] = set(others.exclude(pk__in=[m.pk for m in free]).values_list("held_on", flat=True))
    # A day that somebody called off is not planned again; one that only a series left may be.
    off = Meeting.objects.filter(forum=forum, state=State.CANCELLED, slot_on__gte=on)
    taken |= set(off.exclude(cancel_reason__in=rules.SERIES_LEFT).values_list("slot_on", flat=True))
    staying = [m.held_on for m in stay]
    days = days_ahead(plan.rhythm, forum, on=on)
    return [day for day in days if day not in taken and all(abs(day - other) > near for other in staying)]
