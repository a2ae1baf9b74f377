"""What one log of a meeting says, as frozen values: asked by a form, written by a service, read back for editing."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import prefetch_related_objects

from meetings import rules
from meetings.models import Action, Ask, Attendance, Item, Meeting

Presence = Attendance.Presence
WEB = ("http://", "https://")


@dataclass(frozen=True)
class AttendanceEntry:
    """How a practice was represented. `name` is who came in the lead's place; `person` the lead, where known.

    In a forum without practices `practice` is None: `person` is the member, or `name` that of one who cannot sign in;
    `deputy` came in their place.
    """

    practice: int | None
    presence: str
    name: str = ""
    person: int | None = None
    deputy: str = ""


@dataclass(frozen=True)
class GuestEntry:
    """Somebody from outside; `is_from_hscp` where they spoke for the HSCP."""

    name: str
    organisation: str = ""
    is_from_hscp: bool = False


@dataclass(frozen=True)
class OwnerEntry:
    """Who will do something: exactly one of a person, a practice, whoever holds a role here, and every practice."""

    person: int | None = None
    practice: int | None = None
    role: str = ""
    is_everybody: bool = False

    @classmethod
    def of(cls, action: Action) -> "OwnerEntry":
        """Who holds a stored action."""
        return cls(action.owner_id, action.owner_practice_id, action.owner_role, action.is_for_every_practice)

    @property
    def key(self) -> str:
        """As a form posts it: "person:7", "practice:3", "role:CQL", "every:practice"."""
        if self.is_everybody:
            return "every:practice"
        if self.role:
            return f"role:{self.role}"
        return f"person:{self.person}" if self.person else f"practice:{self.practice}"

    @classmethod
    def from_key(cls, key: str) -> "OwnerEntry":
        """What a form posted, read back. Raises ValueError for what no form of ours posts."""
        kind, _, which = key.partition(":")
        if kind == "every":
            return cls(is_everybody=True)
        if kind == "role":
            return cls(role=which)
        return cls(person=int(which)) if kind == "person" else cls(practice=int(which))

    def columns(self) -> dict[str, Any]:
        """The columns of `Action` that hold it."""
        return {
            "owner_id": self.person,
            "owner_practice_id": self.practice,
            "owner_role": self.role,
            "is_for_every_practice": self.is_everybody,
        }


@dataclass(frozen=True)
class ActionEntry:
    """What somebody will do by a date. Who: exactly one of the four, as in `OwnerEntry`.

    `pk` is that of the stored row that it goes on as, here and in questions and items; None for a new one.
    """

    what: str
    due_on: date
    owner: int | None = None
    owner_practice: int | None = None
    owner_role: str = ""
    is_for_every_practice: bool = False
    pk: int | None = field(default=None, compare=False)

    @property
    def who(self) -> OwnerEntry:
        return OwnerEntry(self.owner, self.owner_practice, self.owner_role, self.is_for_every_practice)

    @classmethod
    def by(cls, what: str, due_on: date, who: OwnerEntry, *, pk: int | None = None) -> "ActionEntry":
        """An action in the hands of `who`."""
        return cls(what, due_on, who.person, who.practice, who.role, who.is_everybody, pk)


@dataclass(frozen=True)
class AskEntry:
    """One question to a named person."""

    question: str
    to: int
    reply_by: date
    pk: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class ItemEntry:
    title: str
    kind: str = Item.Kind.DISCUSSION
    discussion: str = ""
    decision: str = ""
    decision_reason: str = ""
    is_kept_in_cluster: bool = False
    orientation: str = ""
    actions: tuple[ActionEntry, ...] = ()
    asks: tuple[AskEntry, ...] = ()
    options: str = ""
    how_decided: str = ""
    dissent: str = ""
    review_on: date | None = None
    is_parked: bool = False
    pk: int | None = field(default=None, compare=False)

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
            attendances=tuple(sorted(self.attendances, key=_order)),
            items=tuple(item.settled() for item in self.items),
        )


def with_rows(meeting: Meeting) -> Meeting:
    """`meeting` with all that its log is made of: who was there, items, actions, questions. Four queries at most."""
    prefetch_related_objects([meeting], "attendances", "items__actions", "items__asks")
    return meeting


def entry_of(meeting: Meeting) -> MinuteEntry:
    """What a stored meeting says, for editing and for comparing. Load it `with_rows` first: it asks for each row."""
    there = list(meeting.attendances.all())
    guests = [a for a in there if a.presence == Presence.GUEST]
    return MinuteEntry(
        held_on=meeting.held_on,
        mode=meeting.mode,
        attendances=tuple(_attendance(a) for a in there if a.presence != Presence.GUEST),
        guests=tuple(GuestEntry(a.name, a.organisation, a.is_from_hscp) for a in guests),
        items=tuple(_item(item) for item in meeting.items.all()),
        was_data_present=meeting.was_data_present,
        next_on=meeting.next_on,
    ).settled()


def _order(entry: AttendanceEntry) -> tuple[int, int, str]:
    return entry.practice or 0, entry.person or 0, entry.name


def _attendance(row: Attendance) -> AttendanceEntry:
    """Of a member without a practice `organisation` holds who came in their place."""
    deputy = "" if row.practice_id else row.organisation
    return AttendanceEntry(row.practice_id, row.presence, row.name, row.person_id, deputy)


def _item(item: Item) -> ItemEntry:
    return ItemEntry(
        title=item.title,
        kind=item.kind,
        discussion=item.discussion,
        decision=item.decision,
        decision_reason=item.decision_reason,
        is_kept_in_cluster=item.is_kept_in_cluster,
        orientation=item.orientation,
        actions=tuple(action_entry(a) for a in sorted(item.actions.all(), key=lambda a: a.pk)),
        asks=tuple(ask_entry(a) for a in sorted(item.asks.all(), key=lambda a: a.pk)),
        options=item.options,
        how_decided=item.how_decided,
        dissent=item.dissent,
        review_on=item.review_on,
        is_parked=item.is_parked,
        pk=item.pk,
    )


def action_entry(action: Action) -> ActionEntry:
    """A stored action as it was written."""
    return ActionEntry.by(action.what, action.due_on, OwnerEntry.of(action), pk=action.pk)


def ask_entry(ask: Ask) -> AskEntry:
    """A stored question as it was written."""
    return AskEntry(ask.question, ask.to_id, ask.reply_by, ask.pk)


def papers_of(meeting: Meeting) -> dict[str, tuple[str, str]]:
    """By the id of an item: title and address of its paper. What is no web address is never a link: it is empty."""
    return {
        str(item.pk): (item.paper_title or item.paper_link, item.paper_link if item.paper_link.startswith(WEB) else "")
        for item in meeting.items.all()
        if item.paper_title or item.paper_link
    }
