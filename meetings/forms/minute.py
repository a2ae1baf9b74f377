"""The log of a meeting on one screen: many small forms that are asked, checked and shown again together."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.forms import BoundField, DateField
from django.http import QueryDict
from django.utils.functional import cached_property

from accounts.models import User
from meetings.forms import initials
from meetings.forms.clashes import Clash
from meetings.forms.items import ItemForms
from meetings.forms.marks import Marks, marks_of
from meetings.forms.merging import THEIRS
from meetings.forms.rows import GuestForm, HeadForm, PresenceForm, RowForm, seat_key
from meetings.models import Attendance, Meeting
from meetings.selectors import MinuteEntry, Setting, papers_of

# What is ready to type into on an empty form, and the most that one meeting can hold. The most stays well under
# the number of fields that a request may carry.
READY_ITEMS, MOST_ITEMS = 3, 30
READY_GUESTS, MOST_GUESTS = 1, 60


@dataclass(frozen=True)
class Problem:
    """One thing to put right: the id of its field, and the words."""

    field_id: str
    text: str


class MinuteForms:
    """All forms of one log.

    `data` is what was posted, or a kept draft (`is_resumed`: shown without scolding). Without data the form shows
    `entry`, or is empty. `is_complete` asks for every practice; a draft may leave some open. The items of `meeting`
    have papers. Where the forum has a `next_meeting` already, its day is not asked.
    """

    def __init__(
        self,
        setting: Setting,
        *,
        data: QueryDict | None = None,
        entry: MinuteEntry | None = None,
        is_resumed: bool = False,
        is_complete: bool = True,
        asker: User | None = None,
        version: int | None = None,
        meeting: Meeting | None = None,
        next_meeting: Meeting | None = None,
    ) -> None:
        self.setting, self.data, self.is_resumed, self.asker = setting, data, is_resumed, asker
        self.meeting, self.next_meeting = meeting, next_meeting
        there = {seat_key(a): a for a in entry.attendances} if entry else {}
        guests, items = (entry.guests, entry.items) if entry else ((), ())
        first = initials.of_head(entry, setting.held_on)
        self.head = self.make(HeadForm, None, first, is_complete=is_complete, next_meeting=next_meeting)
        self.seats = [
            self._make(PresenceForm, initials.of_presence(there.get(s.key)), seat=s, is_complete=is_complete)
            for s in setting.seats
        ]
        self.guests = [
            self.make(GuestForm, f"guest-{n}", vars(guests[n]) if n < len(guests) else None)
            for n in range(self.count("guests", len(guests), READY_GUESTS, MOST_GUESTS))
        ]
        self.items = [
            ItemForms(self, n, items[n] if n < len(items) else None)
            for n in range(self.count("items", len(items), READY_ITEMS, MOST_ITEMS))
        ]
        self.nonce = _nonce(data) or uuid4()
        self.version = _number(data, "version") if data is not None else version
        self.marks = str(data.get("marks", "")) if data is not None else marks_of(entry) if entry else ""

    # --- making -----------------------------------------------------------------------------------

    def make(self, kind: type[RowForm], prefix: str | None, initial: dict[str, Any] | None, **more: Any) -> Any:
        return self._make(kind, initial, prefix=prefix, **more)

    def _make(self, kind: type[RowForm], initial: dict[str, Any] | None, **more: Any) -> Any:
        more |= {"setting": self.setting, "initial": initial}
        if self.data is None:
            return kind(**more)
        return kind.resumed(self.data, **more) if self.is_resumed else kind(data=self.data, **more)

    def count(self, name: str, stored: int, ready: int, most: int) -> int:
        """How many rows of a kind to show: as many as were posted, else what is stored and one more."""
        posted = _number(self.data, name)
        if posted is None:
            return min(max(ready, stored + 1 if stored else 0), most)
        return min(max(posted, 1), most)

    # --- checking ---------------------------------------------------------------------------------

    def is_valid(self) -> bool:
        if self.data is None or self.is_resumed:
            return False
        simple = [form.is_valid() for form in (self.head, *self.seats, *self.guests)]
        return all([*simple, *(item.check() for item in self.items)])

    def entry(self) -> MinuteEntry:
        """What was typed, once it is valid. Rows with nothing in them are left out."""
        head = self.head.cleaned_data
        return MinuteEntry(
            held_on=head["held_on"],
            mode=head["mode"],
            attendances=tuple(e for form in self.seats if (e := form.entry())),
            guests=tuple(e for form in self.guests if (e := form.entry())),
            items=tuple(item.entry() for item in self.items if not item.is_empty()),
            was_data_present=head["was_data_present"],
            next_on=head["next_on"],
        )

    def refuse(self, refused: ValidationError) -> None:
        """Say what the service would not take."""
        self.head.add_error(None, refused)

    # --- showing ----------------------------------------------------------------------------------

    @cached_property
    def papers(self) -> dict[str, tuple[str, str]]:
        return papers_of(self.meeting) if self.meeting else {}

    def problems(self) -> list[Problem]:
        """Every error of the page in the order of the page, each leading to its field."""
        found = [Problem(_id_of(self.head["held_on"]), text) for text in self.head.non_field_errors()]
        for where, form in self._named_forms():
            for field in form:
                found += [Problem(_id_of(field), f"{where}{text}") for text in field.errors]
        return found

    def _named_forms(self) -> Iterator[tuple[str, RowForm]]:
        yield "", self.head
        yield from (("", form) for form in self.seats)
        yield from ((f"Guest {n}: ", form) for n, form in enumerate(self.guests, start=1))
        for item in self.items:
            yield from ((f"Item {item.number}: ", form) for form in item.forms())

    def has_question(self) -> bool:
        """Whether the page must ask if a number is a patient number."""
        return bool(self.asked_about())

    def asked_about(self) -> str:
        """What the tick box answers for: the numbers of all rows."""
        return " ".join(sorted({mark for _, form in self._named_forms() for mark in form.asked_about}))

    def has_answer(self) -> bool:
        answered = self.data.get(RowForm.QUESTION, "") if self.data is not None else ""
        return set(self.asked_about().split()) <= set(answered.split())

    @property
    def clashes(self) -> list[Clash]:
        """What two people changed differently, field by field, until it is chosen."""
        if self.data is None:
            return []
        found = ((where, field, self.data.get(THEIRS + field.html_name)) for where, field in self._fields())
        return [Clash(where, field, theirs, self.data) for where, field, theirs in found if theirs is not None]

    def _fields(self) -> Iterator[tuple[str, BoundField]]:
        yield from ((where, field) for where, form in self._named_forms() for field in form)

    @property
    def seen(self) -> Marks:
        """What the log said when this form was opened."""
        return Marks(self.marks)

    @property
    def may_visit(self) -> list[str]:
        """Names that a guest may have: those of the practices' teams who hold no seat."""
        return sorted({person.full_name for seat in self.setting.seats for person in seat.others})

    def represented(self) -> int:
        came = (Attendance.Presence.PRESENT, Attendance.Presence.DEPUTY)
        return sum(form["presence"].value() in came for form in self.seats)

    @property
    def blank_item(self) -> ItemForms:
        """An item to copy in the browser."""
        return ItemForms(MinuteForms(self.setting, asker=self.asker), "__n__", None)

    @property
    def blank_guest(self) -> GuestForm:
        return GuestForm(prefix="guest-__n__", setting=self.setting)


def changed_by(button: str, data: QueryDict, setting: Setting) -> QueryDict | None:
    """What is shown again when a button that saves nothing was pressed; None for the buttons that save.

    "+ Next item", "+ Guest", "+ Action" and "All present" work in the browser; this is for where they cannot.
    """
    typed = data.copy()
    name, _, n = button.partition(":")
    if name == "all_present":
        unsaid = (f"{s.key}-presence" for s in setting.seats)
        for key in unsaid:
            typed[key] = typed.get(key) or Attendance.Presence.PRESENT
        return typed
    counts = {"more_items": "items", "more_guests": "guests", "more_actions": f"item-{n}-actions", "refresh": ""}
    if name not in counts:
        return None
    if key := counts[name]:
        typed[key] = str((_number(data, key) or 0) + 1)
    return typed


def held_on_of(data: QueryDict | None, otherwise: date) -> date:
    """The date of the meeting as it was posted, however it was written; `otherwise` when it is no date."""
    try:
        return DateField().clean(data.get("held_on", "") if data is not None else "") or otherwise
    except ValidationError:
        return otherwise


def _number(data: QueryDict | None, name: str) -> int | None:
    text = str(data.get(name, "")) if data is not None else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None


def _nonce(data: QueryDict | None) -> UUID | None:
    try:
        return UUID(str(data.get("nonce", ""))) if data is not None else None
    except ValueError:
        return None


def _id_of(field: BoundField) -> str:
    return field.id_for_label or (field.subwidgets[0].id_for_label if field.subwidgets else field.auto_id)
