"""Writes the log of a meeting, as often as it takes, until it is published."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.timezone import localdate

from accounts import audit
from accounts.models import User
from accounts.reach import Reach
from clusters.models import Forum
from clusters.selectors import reach_of
from meetings import rules
from meetings.models import Meeting
from meetings.selectors import MinuteEntry, entry_of, with_rows
from meetings.services.rows import Pen, write_rows

State = Meeting.State
STILL_TO_COME = (
    "This meeting is still to come, and its minutes would hide it from those invited. "
    "What you typed is kept for you; save it on the day."
)


class EditedMeanwhile(Exception):
    """Somebody else saved this meeting after it was opened. `meeting` is as it is saved now; nothing was changed."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(f"Meeting {meeting.pk} was saved meanwhile")
        self.meeting = meeting


def save_minute(
    *,
    by: User,
    forum: Forum,
    entry: MinuteEntry,
    nonce: UUID,
    at: datetime,
    meeting: Meeting | None = None,
    version: int | None = None,
    reach: Reach | None = None,
) -> Meeting:
    """Keep the log of a meeting as a draft and give it back.

    Without `meeting` it is a new one, made once for each `nonce`: the same entry again lands on the meeting that
    is there. With `meeting`, planned or a draft, and the `version` that the editor saw, what it says is replaced:
    items, actions and questions go on as the rows they were, with all that hangs on them. A new question is asked
    in the name that `asker_for` gives: the administrator, who may not ask, writes it for the Cluster Quality Lead.
    `reach` is that of `by` on that day, where the caller has just read it; any other is not believed.
    Raises EditedMeanwhile when somebody else has saved since, `version` is missing, or the nonce is that of a
    meeting which says something else; PermissionDenied when `by` may not write up or the minutes are no longer a
    draft; ValidationError when a planned meeting is still to come, an item that goes has an analysis, or a new
    question has nobody to ask it or goes to somebody who does not answer here.
    """
    entry = entry.settled()
    if reach is None or (reach.person_id, reach.day) != (by.pk, localdate(at)):
        reach = reach_of(by, on=localdate(at))
    if not (rules.can_write_up(reach, meeting) if meeting else rules.can_write_up_forum(reach, forum)):
        raise PermissionDenied("Only the Cluster Quality Lead or the cluster’s administrator logs meetings.")
    if meeting is None:
        return _log(Pen(by, reach, at), forum, entry, rules.own_nonce(nonce, by.pk, forum.pk))
    return _rewrite(Pen(by, reach, at), meeting, entry, version)


def _log(pen: Pen, forum: Forum, entry: MinuteEntry, nonce: UUID) -> Meeting:
    stamps = {"logged_at": pen.at, "logged_by": pen.by, "saved_at": pen.at, "saved_by": pen.by}
    try:
        with transaction.atomic():
            meeting = Meeting.objects.create(forum=forum, nonce=nonce, **stamps, **_own_fields(entry))
            write_rows(pen, meeting, entry)
            audit.record("meeting.logged", meeting, by=pen.by, detail=_counts(entry))
    except IntegrityError:
        there = Meeting.objects.filter(nonce=nonce).first()
        if there is None:
            raise
        if entry_of(with_rows(there)) != entry:
            raise EditedMeanwhile(there) from None
        return there
    return meeting


@transaction.atomic
def _rewrite(pen: Pen, meeting: Meeting, entry: MinuteEntry, version: int | None) -> Meeting:
    now = Meeting.objects.select_for_update(of=("self",)).select_related("forum__cluster").get(pk=meeting.pk)
    is_planned = rules.can_move(now, State.DRAFT)
    if now.state != State.DRAFT and not is_planned:
        raise PermissionDenied(not_written(now))
    if not is_planned and entry_of(with_rows(now)) == entry:
        return now
    if now.version != version:
        raise EditedMeanwhile(now)
    if is_planned and entry.held_on > localdate(pen.at):
        raise ValidationError(STILL_TO_COME)
    before = audit.snapshot(now)
    begun = {"state": State.DRAFT, "logged_at": pen.at, "logged_by": pen.by} if is_planned else {}
    fields = {"saved_at": pen.at, "saved_by": pen.by, **begun, **_own_fields(entry)}
    if not Meeting.objects.filter(pk=now.pk, version=version).update(version=F("version") + 1, **fields):
        raise EditedMeanwhile(now)
    write_rows(pen, now, entry, stored=list(with_rows(now).items.all()))
    now.refresh_from_db(from_queryset=Meeting.objects.select_related("forum__cluster"))
    verb = "meeting.logged" if is_planned else "meeting.rewritten"
    audit.record(verb, now, by=pen.by, before=before, detail=_counts(entry))
    return now


def not_written(meeting: Meeting) -> str:
    """Why the minutes of this meeting can no longer be typed."""
    if meeting.state == State.CANCELLED:
        return "This meeting was called off, so it has no minutes. If it took place after all, log it as a new one."
    return f"These minutes are {meeting.get_state_display().lower()} and don’t change."


def _own_fields(entry: MinuteEntry) -> dict[str, object]:
    return {
        "held_on": entry.held_on,
        "mode": entry.mode,
        "was_data_present": entry.was_data_present,
        "next_on": entry.next_on,
    }


def _counts(entry: MinuteEntry) -> dict[str, int]:
    return {
        "practices": len(entry.attendances),
        "guests": len(entry.guests),
        "items": len(entry.items),
        "decisions": sum(bool(i.decision) for i in entry.items),
        "actions": sum(len(i.actions) for i in entry.items),
        "questions": sum(len(i.asks) for i in entry.items),
    }
