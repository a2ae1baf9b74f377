"""Writes the rows of one log: items, actions and questions go on as what they were; who was there is written anew."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from accounts.models import User
from accounts.reach import Reach
from clusters.selectors import members_of
from meetings.models import Action, Ask, Attendance, Item, Meeting, SignificantEvent
from meetings.selectors import (
    ActionEntry,
    AskEntry,
    ItemEntry,
    MinuteEntry,
    action_entry,
    answerers_of,
    ask_entry,
    asker_for,
)
from meetings.selectors.pairing import paired

NOBODY_ASKS = "A question goes to the HSCP in the name of the Cluster Quality Lead, and there is none at present."
ITEM_WORDS = ("title", "kind", "discussion", "decision", "decision_reason", "options", "how_decided", "dissent")
ITEM_FIELDS = (*ITEM_WORDS, "review_on", "is_parked", "is_kept_in_cluster", "orientation")


@dataclass(frozen=True)
class Pen:
    """Who writes, how far they reach, and when."""

    by: User
    reach: Reach
    at: datetime


def write_rows(pen: Pen, meeting: Meeting, entry: MinuteEntry, *, stored: Sequence[Item] | None = None) -> None:
    """Make what hangs on `meeting` say what `entry` says.

    `stored` are its items with their actions and questions; None for a meeting that was made just now. Rows that an
    entry names (or, where it names none, that say the same) are changed in place; an id of another meeting names
    nothing. Raises ValidationError as `save_minute` says.
    """
    (_write_attendance if stored is None else write_attendance)(meeting, entry)
    stored = stored or ()
    found = paired(entry.items, [(_item_key(row), row) for row in stored], also=lambda e: e.title)
    items = [row or Item(meeting=meeting) for row in found]
    gone = _others(stored, items)
    for n, (row, of) in enumerate(zip(items, entry.items, strict=True), start=1):
        _set(row, position=n, **{name: getattr(of, name) for name in ITEM_FIELDS})
    _refuse_lost_analyses(gone)
    _save(Item, items, ("position", *ITEM_FIELDS))
    _write_actions(pen, meeting, items, entry, [a for item in stored for a in item.actions.all()])
    _write_asks(pen, meeting, items, entry, [a for item in stored for a in item.asks.all()])
    if gone:
        Item.objects.filter(pk__in=[row.pk for row in gone]).delete()


def _item_key(row: Item) -> ItemEntry:
    return ItemEntry(**{name: getattr(row, name) for name in ITEM_FIELDS}, pk=row.pk)


def _refuse_lost_analyses(gone: Sequence[Item]) -> None:
    if not gone:
        return
    kept = SignificantEvent.objects.filter(item__in=gone).select_related("item").first()
    if kept:
        raise ValidationError(f"“{kept.item.title}” has an analysis of the event written: the item stays.")


def write_attendance(meeting: Meeting, entry: MinuteEntry) -> None:
    """Say who was there as `entry` says, anew."""
    Attendance.objects.filter(meeting=meeting).delete()
    _write_attendance(meeting, entry)


def _write_attendance(meeting: Meeting, entry: MinuteEntry) -> None:
    guests = (
        Attendance(
            meeting=meeting,
            presence=Attendance.Presence.GUEST,
            name=g.name,
            organisation=g.organisation,
            is_from_hscp=g.is_from_hscp,
        )
        for g in entry.guests
    )
    seats = (
        Attendance(
            meeting=meeting,
            practice_id=a.practice,
            presence=a.presence,
            name=a.name,
            person_id=a.person,
            organisation=a.deputy,
        )
        for a in entry.attendances
    )
    Attendance.objects.bulk_create([*seats, *guests])


def refuse_gaps(meeting: Meeting) -> None:
    """Raise ValidationError where it is not said of a member practice of that day who came."""
    cluster = getattr(meeting.forum, "cluster", None)
    if cluster is None:
        return
    told = set(meeting.attendances.values_list("practice", flat=True))
    gaps = [p.name for p in members_of(cluster, on=meeting.held_on) if p.pk not in told]
    if gaps:
        raise ValidationError(f"Say first who came from {', '.join(gaps)}.", code="attendance")


def _write_actions(
    pen: Pen, meeting: Meeting, items: Sequence[Item], entry: MinuteEntry, stored: Iterable[Action]
) -> None:
    stored = sorted(stored, key=attrgetter("pk"))
    wanted: list[tuple[Item, ActionEntry]] = [
        (row, a) for row, of in zip(items, entry.items, strict=True) for a in of.actions
    ]
    found = paired([a for _, a in wanted], [(action_entry(row), row) for row in stored])
    new = {"forum_id": meeting.forum_id, "added_at": pen.at, "added_by_id": pen.by.pk}
    rows = [row or Action(**new) for row in found]
    for row, (item, of) in zip(rows, wanted, strict=True):
        _set(row, item_id=item.pk, what=of.what, due_on=of.due_on, **of.who.columns())
    gone = _others(stored, rows)
    if gone:
        Action.objects.filter(pk__in=[row.pk for row in gone]).delete()
    _save(Action, rows, ("item", "what", "due_on", "owner", "owner_practice", "owner_role", "is_for_every_practice"))


def _write_asks(pen: Pen, meeting: Meeting, items: Sequence[Item], entry: MinuteEntry, stored: Iterable[Ask]) -> None:
    stored = sorted(stored, key=attrgetter("pk"))
    wanted: list[tuple[Item, AskEntry]] = [
        (row, a) for row, of in zip(items, entry.items, strict=True) for a in of.asks
    ]
    found = paired([a for _, a in wanted], [(ask_entry(row), row) for row in stored])
    fresh = [ask for row, (_, ask) in zip(found, wanted, strict=True) if row is None or row.to_id != ask.to]
    _refuse_strangers(pen, meeting, fresh)
    asker = _asker(pen, meeting) if None in found else None
    if None in found and asker is None:
        raise ValidationError(NOBODY_ASKS)
    new = {"forum_id": meeting.forum_id, "asked_at": pen.at, "asked_by_id": asker}
    rows = [row or Ask(**new) for row in found]
    for row, (item, of) in zip(rows, wanted, strict=True):
        _set(row, item_id=item.pk, question=of.question, to_id=of.to, reply_by=of.reply_by)
    gone = _others(stored, rows)
    if gone:
        Ask.objects.filter(pk__in=[row.pk for row in gone]).delete()
    _save(Ask, rows, ("item", "question", "to", "reply_by"))


def _others(stored: Iterable[Any], kept: Iterable[Any]) -> list[Any]:
    staying = {row.pk for row in kept if row.pk}
    return [row for row in stored if row.pk not in staying]


def _set(row: Any, **values: Any) -> None:
    """Put the values in, and note whether that changed anything, so that what stays is not written."""
    row.is_touched = any(getattr(row, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(row, name, value)


def _save(model: Any, rows: Sequence[Any], fields: Sequence[str]) -> None:
    """One statement for what is new and one for what changed, however many rows."""
    changed = [row for row in rows if row.pk and row.is_touched]
    model.objects.bulk_create([row for row in rows if not row.pk])
    if changed:
        model.objects.bulk_update(changed, fields)


def _asker(pen: Pen, meeting: Meeting) -> int | None:
    asker = asker_for(pen.by, pen.reach, meeting.forum)
    return asker.pk if asker else None


def _refuse_strangers(pen: Pen, meeting: Meeting, new: list[AskEntry]) -> None:
    """New questions go only to people who answer over this cluster."""
    cluster = getattr(meeting.forum, "cluster", None)
    if cluster is None or not new:
        return
    can_answer = {person.pk for person, _ in answerers_of(cluster, on=localdate(pen.at))}
    if any(ask.to not in can_answer for ask in new):
        raise ValidationError("A question goes to somebody who does not answer for this cluster. Choose again.")
