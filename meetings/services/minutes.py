"""Writes the log of a meeting, as often as it takes, until it is published."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.timezone import localdate

from accounts import audit
from accounts.models import User
from clusters.models import Forum
from clusters.selectors import reach_of
from meetings import rules
from meetings.models import Action, Ask, Attendance, Item, Meeting
from meetings.selectors import ItemEntry, MinuteEntry, entry_of

Presence = Attendance.Presence


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
) -> Meeting:
    """Keep the log of a meeting as a draft and give it back.

    Without `meeting` it is a new one, made once for each `nonce`: the same entry again lands on the meeting that
    is there. With `meeting` and the `version` that the editor saw, the draft is replaced.
    Raises EditedMeanwhile when somebody else has saved since, or the nonce is that of a meeting which says
    something else; PermissionDenied when `by` may not write up or the minutes are no longer a draft.
    """
    entry = entry.settled()
    if not rules.can_write_up_forum(reach_of(by, on=localdate(at)), forum):
        raise PermissionDenied("Only the Cluster Quality Lead or the cluster’s administrator logs meetings.")
    if meeting is None:
        return _log(by, forum, entry, nonce, at)
    return _rewrite(by, meeting, entry, version, at)


def _log(by: User, forum: Forum, entry: MinuteEntry, nonce: UUID, at: datetime) -> Meeting:
    try:
        with transaction.atomic():
            meeting = Meeting.objects.create(
                forum=forum, nonce=nonce, logged_at=at, logged_by=by, saved_at=at, saved_by=by, **_own_fields(entry)
            )
            _write_rows(meeting, entry, by, at)
            audit.record("meeting.logged", meeting, by=by, detail=_counts(entry))
    except IntegrityError:
        there = Meeting.objects.filter(nonce=nonce, forum=forum).first()
        if there is None:
            raise
        if entry_of(there) != entry:
            raise EditedMeanwhile(there) from None
        return there
    return meeting


@transaction.atomic
def _rewrite(by: User, meeting: Meeting, entry: MinuteEntry, version: int | None, at: datetime) -> Meeting:
    now = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if now.state != Meeting.State.DRAFT:
        raise PermissionDenied(f"These minutes are {now.get_state_display().lower()} and don’t change.")
    if entry_of(now) == entry:
        return now
    before = audit.snapshot(now)
    changed = Meeting.objects.filter(pk=now.pk, version=version or now.version, state=Meeting.State.DRAFT).update(
        version=F("version") + 1, saved_at=at, saved_by=by, **_own_fields(entry)
    )
    if not changed:
        raise EditedMeanwhile(now)
    _clear_rows(now)
    _write_rows(now, entry, by, at)
    now.refresh_from_db()
    audit.record("meeting.rewritten", now, by=by, before=before, detail=_counts(entry))
    return now


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


def _clear_rows(meeting: Meeting) -> None:
    """A draft is nobody's evidence yet: its rows make way for those that replace them."""
    Action.objects.filter(item__meeting=meeting).delete()
    Ask.objects.filter(item__meeting=meeting).delete()
    Item.objects.filter(meeting=meeting).delete()
    Attendance.objects.filter(meeting=meeting).delete()


def _write_rows(meeting: Meeting, entry: MinuteEntry, by: User, at: datetime) -> None:
    Attendance.objects.bulk_create(
        [
            *(
                Attendance(
                    meeting=meeting, practice_id=a.practice, presence=a.presence, name=a.name, person_id=a.person
                )
                for a in entry.attendances
            ),
            *(
                Attendance(meeting=meeting, presence=Presence.GUEST, name=g.name, organisation=g.organisation)
                for g in entry.guests
            ),
        ]
    )
    for position, item in enumerate(entry.items, start=1):
        _write_item(meeting, position, item, by, at)


def _write_item(meeting: Meeting, position: int, entry: ItemEntry, by: User, at: datetime) -> None:
    item = Item.objects.create(
        meeting=meeting,
        position=position,
        title=entry.title,
        kind=entry.kind,
        discussion=entry.discussion,
        decision=entry.decision,
        decision_reason=entry.decision_reason,
        is_kept_in_cluster=entry.is_kept_in_cluster,
    )
    Action.objects.bulk_create(
        Action(
            forum_id=meeting.forum_id,
            item=item,
            what=a.what,
            due_on=a.due_on,
            owner_id=a.owner,
            owner_practice_id=a.owner_practice,
            added_at=at,
            added_by=by,
        )
        for a in entry.actions
    )
    Ask.objects.bulk_create(
        Ask(
            forum_id=meeting.forum_id,
            item=item,
            question=a.question,
            to_id=a.to,
            reply_by=a.reply_by,
            asked_at=at,
            asked_by=by,
        )
        for a in entry.asks
    )
