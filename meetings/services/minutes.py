"""Writes the log of a meeting, as often as it takes, until it is published."""

from collections import defaultdict
from dataclasses import dataclass
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
from meetings.models import Action, Ask, Attendance, Item, Meeting
from meetings.selectors import (
    ActionEntry,
    AskEntry,
    ItemEntry,
    MinuteEntry,
    action_entry,
    answerers_of,
    ask_entry,
    asker_for,
    entry_of,
)

Presence = Attendance.Presence
Whose = dict[ActionEntry | AskEntry, list[tuple[int, datetime]]]
NOBODY_ASKS = "A question goes to the HSCP in the name of the Cluster Quality Lead, and there is none at present."


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
    is there. With `meeting` and the `version` that the editor saw, the draft is replaced; actions and questions
    that stay as they were stay whose they were. A new question is asked in the name that `asker_for` gives: the
    administrator, who may not ask, writes it for the Cluster Quality Lead.
    Raises EditedMeanwhile when somebody else has saved since, `version` is missing, or the nonce is that of a
    meeting which says something else; PermissionDenied when `by` may not write up or the minutes are no longer a
    draft; ValidationError when a new question has nobody to ask it or goes to somebody who does not answer here.
    """
    entry = entry.settled()
    reach = reach_of(by, on=localdate(at))
    if not rules.can_write_up_forum(reach, forum):
        raise PermissionDenied("Only the Cluster Quality Lead or the cluster’s administrator logs meetings.")
    if meeting is None:
        return _log(_Pen(by, reach, at), forum, entry, rules.own_nonce(nonce, by.pk, forum.pk))
    return _rewrite(_Pen(by, reach, at), meeting, entry, version)


@dataclass(frozen=True)
class _Pen:
    """Who writes, how far they reach, and when."""

    by: User
    reach: Reach
    at: datetime


def _log(pen: _Pen, forum: Forum, entry: MinuteEntry, nonce: UUID) -> Meeting:
    stamps = {"logged_at": pen.at, "logged_by": pen.by, "saved_at": pen.at, "saved_by": pen.by}
    try:
        with transaction.atomic():
            meeting = Meeting.objects.create(forum=forum, nonce=nonce, **stamps, **_own_fields(entry))
            _write_rows(pen, meeting, entry, {})
            audit.record("meeting.logged", meeting, by=pen.by, detail=_counts(entry))
    except IntegrityError:
        there = Meeting.objects.filter(nonce=nonce).first()
        if there is None:
            raise
        if entry_of(there) != entry:
            raise EditedMeanwhile(there) from None
        return there
    return meeting


@transaction.atomic
def _rewrite(pen: _Pen, meeting: Meeting, entry: MinuteEntry, version: int | None) -> Meeting:
    now = Meeting.objects.select_for_update(of=("self",)).select_related("forum__cluster").get(pk=meeting.pk)
    if now.state != Meeting.State.DRAFT:
        raise PermissionDenied(f"These minutes are {now.get_state_display().lower()} and don’t change.")
    if entry_of(now) == entry:
        return now
    if now.version != version:
        raise EditedMeanwhile(now)
    before = audit.snapshot(now)
    written = Meeting.objects.filter(pk=now.pk, version=version)
    if not written.update(version=F("version") + 1, saved_at=pen.at, saved_by=pen.by, **_own_fields(entry)):
        raise EditedMeanwhile(now)
    kept = _whose(now)
    _clear_rows(now)
    _write_rows(pen, now, entry, kept)
    now.refresh_from_db()
    audit.record("meeting.rewritten", now, by=pen.by, before=before, detail=_counts(entry))
    return now


def _whose(meeting: Meeting) -> Whose:
    """Of every action and question that is written there: who wrote it and when."""
    whose: Whose = defaultdict(list)
    for action in Action.objects.filter(item__meeting=meeting).order_by("pk"):
        whose[action_entry(action)].append((action.added_by_id, action.added_at))
    for ask in Ask.objects.filter(item__meeting=meeting).order_by("pk"):
        whose[ask_entry(ask)].append((ask.asked_by_id, ask.asked_at))
    return whose


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


def _write_rows(pen: _Pen, meeting: Meeting, entry: MinuteEntry, kept: Whose) -> None:
    guests = (
        Attendance(meeting=meeting, presence=Presence.GUEST, name=g.name, organisation=g.organisation)
        for g in entry.guests
    )
    seats = (
        Attendance(meeting=meeting, practice_id=a.practice, presence=a.presence, name=a.name, person_id=a.person)
        for a in entry.attendances
    )
    Attendance.objects.bulk_create([*seats, *guests])
    items = Item.objects.bulk_create(_item(meeting, n, item) for n, item in enumerate(entry.items, start=1))
    rows = list(zip(items, entry.items, strict=True))
    Action.objects.bulk_create(_action(pen, item, action, kept) for item, of in rows for action in of.actions)
    _refuse_strangers(pen, meeting, [ask for _, of in rows for ask in of.asks if not kept.get(ask)])
    asker = _asker(pen, meeting) if any(of.asks for _, of in rows) else None
    Ask.objects.bulk_create(_ask(pen, item, ask, kept, asker) for item, of in rows for ask in of.asks)


def _item(meeting: Meeting, position: int, entry: ItemEntry) -> Item:
    return Item(
        meeting=meeting,
        position=position,
        title=entry.title,
        kind=entry.kind,
        discussion=entry.discussion,
        decision=entry.decision,
        decision_reason=entry.decision_reason,
        is_kept_in_cluster=entry.is_kept_in_cluster,
    )


def _action(pen: _Pen, item: Item, entry: ActionEntry, kept: Whose) -> Action:
    by, at = kept[entry].pop(0) if kept.get(entry) else (pen.by.pk, pen.at)
    return Action(
        forum_id=item.meeting.forum_id,
        item=item,
        what=entry.what,
        due_on=entry.due_on,
        owner_id=entry.owner,
        owner_practice_id=entry.owner_practice,
        added_at=at,
        added_by_id=by,
    )


def _ask(pen: _Pen, item: Item, entry: AskEntry, kept: Whose, asker: int | None) -> Ask:
    by, at = kept[entry].pop(0) if kept.get(entry) else (asker, pen.at)
    if by is None:
        raise ValidationError(NOBODY_ASKS)
    return Ask(
        forum_id=item.meeting.forum_id,
        item=item,
        question=entry.question,
        to_id=entry.to,
        reply_by=entry.reply_by,
        asked_at=at,
        asked_by_id=by,
    )


def _asker(pen: _Pen, meeting: Meeting) -> int | None:
    asker = asker_for(pen.by, pen.reach, meeting.forum)
    return asker.pk if asker else None


def _refuse_strangers(pen: _Pen, meeting: Meeting, new: list[AskEntry]) -> None:
    """New questions go only to people who answer over this cluster."""
    cluster = getattr(meeting.forum, "cluster", None)
    if cluster is None or not new:
        return
    can_answer = {person.pk for person, _ in answerers_of(cluster, on=localdate(pen.at))}
    if any(ask.to not in can_answer for ask in new):
        raise ValidationError("A question goes to somebody who does not answer for this cluster. Choose again.")
