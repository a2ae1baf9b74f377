"""What one log of a meeting says, as frozen values: asked by a form, written by a service, read back for editing."""

from dataclasses import dataclass, replace
from datetime import date

from meetings import rules
from meetings.models import Action, Ask, Attendance, Item, Meeting

Presence = Attendance.Presence


@dataclass(frozen=True)
class AttendanceEntry:
    """How a practice was represented. `name` is who came in the lead's place; `person` the lead, where known."""

    practice: int
    presence: str
    name: str = ""
    person: int | None = None


@dataclass(frozen=True)
class GuestEntry:
    name: str
    organisation: str = ""


@dataclass(frozen=True)
class ActionEntry:
    """What somebody will do by a date. Exactly one of `owner` (a person) and `owner_practice` is given."""

    what: str
    due_on: date
    owner: int | None = None
    owner_practice: int | None = None


@dataclass(frozen=True)
class AskEntry:
    """One question to a named person."""

    question: str
    to: int
    reply_by: date


@dataclass(frozen=True)
class ItemEntry:
    title: str
    kind: str = Item.Kind.DISCUSSION
    discussion: str = ""
    decision: str = ""
    decision_reason: str = ""
    is_kept_in_cluster: bool = False
    actions: tuple[ActionEntry, ...] = ()
    asks: tuple[AskEntry, ...] = ()

    def settled(self) -> "ItemEntry":
        """With what always holds: peer support and significant events stay in the cluster."""
        return replace(self, is_kept_in_cluster=self.is_kept_in_cluster or self.kind in rules.ALWAYS_KEPT)


@dataclass(frozen=True)
class MinuteEntry:
    """A whole log of a meeting."""

    held_on: date
    mode: str = Meeting.Mode.VIDEO
    attendances: tuple[AttendanceEntry, ...] = ()
    guests: tuple[GuestEntry, ...] = ()
    items: tuple[ItemEntry, ...] = ()
    was_data_present: bool | None = None
    next_on: date | None = None

    def settled(self) -> "MinuteEntry":
        """In the one order and shape in which it is written and read back, so that two entries can be compared."""
        return replace(
            self,
            attendances=tuple(sorted(self.attendances, key=lambda a: a.practice)),
            items=tuple(item.settled() for item in self.items),
        )


def entry_of(meeting: Meeting) -> MinuteEntry:
    """What a stored meeting says, for editing and for comparing; six queries at most, whatever its length."""
    there = list(meeting.attendances.all())
    return MinuteEntry(
        held_on=meeting.held_on,
        mode=meeting.mode,
        attendances=tuple(_attendance(a) for a in there if a.practice_id),
        guests=tuple(GuestEntry(a.name, a.organisation) for a in there if not a.practice_id),
        items=tuple(_item(item) for item in meeting.items.prefetch_related("actions", "asks")),
        was_data_present=meeting.was_data_present,
        next_on=meeting.next_on,
    ).settled()


def _attendance(row: Attendance) -> AttendanceEntry:
    return AttendanceEntry(row.practice_id or 0, row.presence, row.name, row.person_id)


def _item(item: Item) -> ItemEntry:
    return ItemEntry(
        title=item.title,
        kind=item.kind,
        discussion=item.discussion,
        decision=item.decision,
        decision_reason=item.decision_reason,
        is_kept_in_cluster=item.is_kept_in_cluster,
        actions=tuple(action_entry(a) for a in sorted(item.actions.all(), key=lambda a: a.pk)),
        asks=tuple(ask_entry(a) for a in sorted(item.asks.all(), key=lambda a: a.pk)),
    )


def action_entry(action: Action) -> ActionEntry:
    """A stored action as it was written."""
    return ActionEntry(action.what, action.due_on, action.owner_id, action.owner_practice_id)


def ask_entry(ask: Ask) -> AskEntry:
    """A stored question as it was written."""
    return AskEntry(ask.question, ask.to_id, ask.reply_by)
