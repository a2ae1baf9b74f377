"""Corrections to circulated minutes, and dated notes to those that don't change any more."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from accounts import audit
from accounts.models import User
from clusters.selectors import reach_of
from meetings import rules
from meetings.models import Amendment, Correction, Item, Meeting
from meetings.selectors import MinuteEntry, entry_of, with_rows
from meetings.services.hours import note_attendance, present_at
from meetings.services.minutes import EditedMeanwhile
from meetings.services.rows import refuse_gaps, write_attendance

NOT_CIRCULATED = "Corrections are for minutes that are circulated."
WHO_SETTLES = "Whoever writes up the minutes answers corrections, while they are circulated."
WORDS = ("title", "discussion", "decision", "decision_reason")


class AnsweredMeanwhile(Exception):
    """The correction was answered already. `correction` is as it is now."""

    def __init__(self, correction: Correction) -> None:
        super().__init__(f"Correction {correction.pk} is answered")
        self.correction = correction


@transaction.atomic
def propose_correction(
    *, by: User, meeting: Meeting, text: str, nonce: UUID, at: datetime, item: Item | None = None
) -> Correction:
    """Say what should be put right in circulated minutes, as a whole or in one `item` of them.

    The same form (`nonce`) with the same words again proposes nothing twice; with other words it is another one.
    Raises PermissionDenied unless `by` is a part of the forum and the minutes are circulated, ValidationError without
    words or for an item of another meeting.
    """
    now = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if not rules.can_correct(reach_of(by, on=localdate(at)), now):
        raise PermissionDenied(NOT_CIRCULATED)
    _refuse_item(now, item)
    if not text.strip():
        raise ValidationError("Say what should be put right.")
    correction, is_new = Correction.objects.get_or_create(
        nonce=rules.own_nonce(nonce, by.pk, now.pk, item and item.pk, text.strip()),
        defaults={"meeting": now, "item": item, "text": text.strip(), "proposed_at": at, "proposed_by": by},
    )
    if is_new:
        audit.record("correction.proposed", correction, by=by, detail={"meeting": now.pk})
    return correction


@transaction.atomic
def answer_correction(*, by: User, correction: Correction, state: str, answer: str, at: datetime) -> Correction:
    """Say what became of a correction: put right (TAKEN), or left as it is (LEFT) with the reason.

    Raises PermissionDenied unless `by` writes up and the minutes are circulated, AnsweredMeanwhile when it has an
    answer, ValidationError for a correction that is left without a reason.
    """
    now = Correction.objects.select_for_update(of=("self",)).select_related("meeting__forum").get(pk=correction.pk)
    if not rules.can_settle(reach_of(by, on=localdate(at)), now.meeting):
        raise PermissionDenied(WHO_SETTLES)
    if now.state != Correction.State.OPEN:
        raise AnsweredMeanwhile(now)
    if state == Correction.State.LEFT and not answer.strip():
        raise ValidationError("Say why it stays as it is: who proposed it reads the reason.")
    before = audit.snapshot(now)
    now.state, now.answer, now.answered_at, now.answered_by = state, answer.strip(), at, by
    now.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    audit.record("correction.answered", now, by=by, before=before)
    return now


@transaction.atomic
def correct_item(*, by: User, item: Item, version: int, at: datetime, **words: str) -> Item:
    """Put the words of one item of circulated minutes right: `title`, `discussion`, `decision`, `decision_reason`.

    The same words again change nothing. Raises PermissionDenied unless `by` writes up and the minutes are circulated,
    EditedMeanwhile when the minutes changed after `version` was shown.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("forum__cluster").get(pk=item.meeting_id)
    if not rules.can_settle(reach_of(by, on=localdate(at)), meeting):
        raise PermissionDenied(WHO_SETTLES)
    now = Item.objects.get(pk=item.pk)
    changes = {name: words[name] for name in WORDS if name in words and words[name] != getattr(now, name)}
    if not changes:
        return now
    if meeting.version != version:
        raise EditedMeanwhile(meeting)
    before = audit.snapshot(now)
    for name, text in changes.items():
        setattr(now, name, text)
    now.save(update_fields=list(changes))
    Meeting.objects.filter(pk=meeting.pk).update(version=F("version") + 1, saved_at=at, saved_by=by)
    audit.record("item.corrected", now, by=by, before=before)
    return now


@transaction.atomic
def correct_meeting(*, by: User, meeting: Meeting, entry: MinuteEntry, version: int | None, at: datetime) -> Meeting:
    """Put right in circulated minutes who was there, how it was held, whether there was data, and the next meeting.

    Of `entry` nothing else counts. The same again changes nothing. Raises as `correct_item` does, and ValidationError
    where a practice is left out.
    """
    now = Meeting.objects.select_for_update(of=("self",)).select_related("forum__cluster").get(pk=meeting.pk)
    if not rules.can_settle(reach_of(by, on=localdate(at)), now):
        raise PermissionDenied(WHO_SETTLES)
    stored = entry_of(with_rows(now))
    wanted = replace(entry.settled(), held_on=stored.held_on, items=stored.items)
    if wanted == stored:
        return now
    if now.version != version:
        raise EditedMeanwhile(now)
    before = audit.snapshot(now)
    fields = {"mode": wanted.mode, "was_data_present": wanted.was_data_present, "next_on": wanted.next_on}
    Meeting.objects.filter(pk=now.pk).update(version=F("version") + 1, saved_at=at, saved_by=by, **fields)
    known = present_at(now)
    write_attendance(now, wanted)
    refuse_gaps(now)
    note_attendance(now, by=by, at=at, known=known)
    now.refresh_from_db()
    there = len(wanted.attendances)
    audit.record("meeting.corrected", now, by=by, before=before, detail={"practices": there})
    return now


@transaction.atomic
def add_amendment(
    *,
    by: User,
    meeting: Meeting,
    text: str,
    nonce: UUID,
    at: datetime,
    item: Item | None = None,
    is_kept: bool = False,
) -> Amendment:
    """Add a dated note to minutes that are agreed or published, to the whole or to one `item`.

    A note to an item that is kept in the cluster is kept too. The same form (`nonce`) with the same words again adds
    nothing twice; with other words it is another note.
    Raises PermissionDenied unless `by` writes up, ValidationError without words or for an item of another meeting.
    """
    now = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if not rules.can_amend(reach_of(by, on=localdate(at)), now):
        raise PermissionDenied("Whoever writes up adds notes, once the minutes are agreed or published.")
    _refuse_item(now, item)
    if not text.strip():
        raise ValidationError("Write the note.")
    kept = is_kept or (item is not None and (item.is_kept_in_cluster or item.kind in rules.ALWAYS_KEPT))
    amendment, is_new = Amendment.objects.get_or_create(
        nonce=rules.own_nonce(nonce, by.pk, now.pk, item and item.pk, text.strip()),
        defaults={
            "meeting": now,
            "item": item,
            "text": text.strip(),
            "is_kept_in_cluster": kept,
            "added_at": at,
            "added_by": by,
        },
    )
    if is_new:
        audit.record("meeting.amended", amendment, by=by, detail={"meeting": now.pk})
    return amendment


def _refuse_item(meeting: Meeting, item: Item | None) -> None:
    if item is not None and item.meeting_id != meeting.pk:
        raise ValidationError("Choose an item of this meeting.")
