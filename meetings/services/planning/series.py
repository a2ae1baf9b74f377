"""Begins a series of meetings, gives it another rhythm, and ends it."""

from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from accounts import audit
from accounts.models import User
from clusters.models import Forum
from clusters.selectors import reach_of
from meetings import rules
from meetings.models import Meeting, Series
from meetings.selectors.coming import SeriesChange, change_of_series, days_to_plan, series_of
from meetings.selectors.plans import SeriesPlan, series_plan_of
from meetings.services.invitations import invite
from meetings.services.planning.single import cancel, drafts_follow
from meetings.services.standing import standing_items_onto

State = Meeting.State


class SeriesMeanwhile(Exception):
    """Somebody began, changed or ended the series after it was opened. `series` is what goes on now, if anything."""

    def __init__(self, series: Series | None) -> None:
        super().__init__("the series is another one now")
        self.series = series


@transaction.atomic
def begin_series(
    *, by: User, forum: Forum, plan: SeriesPlan, nonce: UUID, at: datetime, is_inviting: bool = True
) -> Series:
    """Begin a series and plan its meetings for the next six months, two at least; one letter a person tells of all.

    The same form (`nonce`) again gives the series that is there (F03). Raises PermissionDenied unless `by` may,
    SeriesMeanwhile where the forum has one, ValidationError for a first day that has passed and a time of night at
    which clocks change.
    """
    locked, own = _locked(by, forum, at), rules.own_nonce(nonce, by.pk, forum.pk)
    if there := Series.objects.filter(nonce=own).first():
        return there
    if going_on := series_of(locked):
        raise SeriesMeanwhile(going_on)
    _refuse(plan, at)
    series = _begun(locked, plan, own, by, at)
    change = change_of_series(locked, None, plan, on=localdate(at))
    _carry_out(change, series, by=by, at=at, is_inviting=is_inviting)
    audit.record("series.begun", series, by=by, detail={"rhythm": plan.rhythm.in_words, "meetings": len(change.new)})
    return series


@transaction.atomic
def change_series(
    *, by: User, series: Series, plan: SeriesPlan, nonce: UUID, at: datetime, is_inviting: bool = True
) -> Series:
    """Let a forum meet by another rhythm: the series ends, a new one begins, and its meetings move as
    `change_of_series` says. Saving what is there already changes nothing.

    Raises as `begin_series` does, SeriesMeanwhile when `series` has ended.
    """
    forum, own = _locked(by, series.forum, at), rules.own_nonce(nonce, by.pk, series.forum_id)
    if there := Series.objects.filter(nonce=own).first():
        return there
    now = series_of(forum)
    if now is None or now.pk != series.pk:
        raise SeriesMeanwhile(now)
    if series_plan_of(now) == plan:
        return now
    _refuse(plan, at)
    change = change_of_series(forum, now, plan, on=localdate(at))
    _end(now, by=by, at=at)
    after = _begun(forum, plan, own, by, at)
    _carry_out(change, after, by=by, at=at, is_inviting=is_inviting)
    audit.record("series.begun", after, by=by, detail={"rhythm": plan.rhythm.in_words, "instead_of": now.pk})
    return after


@transaction.atomic
def end_series(*, by: User, series: Series, at: datetime, is_inviting: bool = True) -> Series:
    """End a series: its planned meetings are called off, those with an agenda stay. What has ended stays so.

    Raises PermissionDenied unless `by` may.
    """
    forum = _locked(by, series.forum, at)
    now = Series.objects.get(pk=series.pk)
    if now.ended_at:
        return now
    change = change_of_series(forum, now, None, on=localdate(at))
    _end(now, by=by, at=at)
    _carry_out(change, now, by=by, at=at, is_inviting=is_inviting)
    return now


def fill(series: Series, *, at: datetime) -> list[Meeting]:
    """Plan the meetings that a series should have by now and has not: each day of it once, whatever became of it."""
    days = days_to_plan(series, on=localdate(at))
    return [_made(series, day, at) for day in days]


def _locked(by: User, forum: Forum, at: datetime) -> Forum:
    """The forum, held until the end of the transaction: one series at a time is begun, changed, ended or filled."""
    now = Forum.objects.select_for_update(of=("self",)).select_related("cluster").get(pk=forum.pk)
    if not rules.can_write_up_forum(reach_of(by, on=localdate(at)), now):
        raise PermissionDenied(rules.WHO_PLANS)
    return now


def _refuse(plan: SeriesPlan, at: datetime) -> None:
    if said := plan.why_not(localdate(at)):
        raise ValidationError(said)


def _begun(forum: Forum, plan: SeriesPlan, nonce: UUID, by: User, at: datetime) -> Series:
    return Series.objects.create(forum=forum, nonce=nonce, begun_at=at, begun_by=by, **plan.columns())


def _end(series: Series, *, by: User, at: datetime) -> None:
    before = audit.snapshot(series)
    series.ended_at, series.ended_by = at, by
    series.save(update_fields=["ended_at", "ended_by"])
    audit.record("series.ended", series, by=by, before=before)


def _carry_out(change: SeriesChange, series: Series, *, by: User, at: datetime, is_inviting: bool) -> None:
    """Move, call off and plan; one letter a person tells of all of it."""
    touched = [meeting for meeting, day in change.moved if _moved(meeting, series, day)]
    reason = rules.SERIES_CHANGED if series.ended_at is None else rules.SERIES_ENDED
    for meeting in change.called_off:
        cancel(meeting, by=by, reason=reason, at=at)
    made = [_made(series, day, at) for day in change.new]
    if is_inviting:
        invite([*touched, *change.called_off, *made], by=by, at=at)


def _moved(meeting: Meeting, series: Series, day: date) -> bool:
    """Make a meeting one of `series`, on this day of it; tells whether that changes anything for those who come."""
    was = meeting.held_on
    before, plan = audit.snapshot(meeting), series_plan_of(series).meeting_on(day)
    as_it_was = series_plan_of(meeting.series).meeting_on(day).columns() if meeting.series else {}
    # What the new series says as the old one did leaves alone what somebody gave to this meeting.
    wanted = {
        name: value
        for name, value in plan.columns().items()
        if name in plan.IN_CALENDARS and (name == "held_on" or as_it_was.get(name, ...) != value)
    }
    is_told = any(getattr(meeting, name) != value for name, value in wanted.items())
    for name, value in wanted.items():
        setattr(meeting, name, value)
    meeting.series, meeting.slot_on = series, day
    meeting.version += is_told
    meeting.sequence += is_told
    meeting.save(update_fields=[*wanted, "series", "slot_on", "version", "sequence"])
    audit.record("meeting.replanned", meeting, by=series.begun_by, before=before)
    drafts_follow(meeting, was=was, by=series.begun_by)
    return is_told


def _made(series: Series, day: date, at: datetime) -> Meeting:
    plan, stamps = series_plan_of(series).meeting_on(day), {"planned_at": at, "planned_by": series.begun_by}
    nonce = rules.own_nonce(series.nonce, str(day))
    meeting = Meeting.objects.create(
        forum=series.forum, series=series, slot_on=day, state=State.PLANNED, nonce=nonce, **stamps, **plan.columns()
    )
    audit.record("meeting.planned", meeting, by=series.begun_by, detail={"held_on": str(day)})
    drafts_follow(meeting, was=None, by=series.begun_by)
    standing_items_onto(meeting, by=None, at=at)
    return meeting
