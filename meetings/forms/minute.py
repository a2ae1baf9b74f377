"""The log of a meeting on one screen: many small forms that are asked, checked and shown again together."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.forms import BoundField, DateField
from django.http import QueryDict

from accounts.models import User
from meetings.forms import initials
from meetings.forms.rows import ActionForm, AskForm, GuestForm, HeadForm, ItemForm, PresenceForm, RowForm
from meetings.models import Attendance, Item
from meetings.selectors import ItemEntry, MinuteEntry, Setting

# What is ready to type into on an empty form, and the most that one meeting can hold. The most stays well under
# the number of fields that a request may carry.
READY_ITEMS, MOST_ITEMS = 3, 30
READY_GUESTS, MOST_GUESTS = 1, 60
READY_ACTIONS, MOST_ACTIONS = 3, 8


@dataclass(frozen=True)
class Problem:
    """One thing to put right: the id of its field, and the words."""

    field_id: str
    text: str


class ItemForms:
    """The forms of one item: its own words, its actions, its question."""

    def __init__(self, page: "MinuteForms", n: int | str, entry: ItemEntry | None) -> None:
        self.page, self.n, self.prefix = page, n, f"item-{n}"
        self.number = n + 1 if isinstance(n, int) else "__number__"
        kept = page.count(f"{self.prefix}-actions", len(entry.actions) if entry else 0, READY_ACTIONS, MOST_ACTIONS)
        self.main = page.make(ItemForm, self.prefix, initials.of_item(entry))
        self.actions = [
            page.make(ActionForm, f"{self.prefix}-action-{i}", initials.of_action(entry, i)) for i in range(kept)
        ]
        self.ask = page.make(AskForm, f"{self.prefix}-ask", initials.of_ask(entry), asker=page.asker)

    def forms(self) -> list[RowForm]:
        return [self.main, *self.actions, self.ask]

    def is_empty(self) -> bool:
        own = self.main.typed("title", "discussion", "decision", "decision_reason")
        return not (own or any(a.typed() for a in self.actions) or self.ask.typed())

    def check(self) -> bool:
        if self.is_empty():
            return True
        if not str(self.main["title"].value() or "").strip():
            self.main.add_error("title", "Say in a few words what this item was about.")
        verdicts = [form.is_valid() for form in self.forms()]  # each form must say what is wrong with it
        return all(verdicts)

    def entry(self) -> ItemEntry:
        own = self.main.cleaned_data
        return ItemEntry(
            title=own["title"],
            kind=own["kind"] or Item.Kind.DISCUSSION,
            discussion=own["discussion"],
            decision=own["decision"],
            decision_reason=own["decision_reason"],
            is_kept_in_cluster=own["keep"],
            actions=tuple(e for a in self.actions if (e := a.entry())),
            asks=tuple(e for e in [self.ask.entry()] if e),
        )

    @property
    def has_more(self) -> bool:
        """Whether the reason must be in sight: something is in it, or wrong with it."""
        return bool(self.main["decision_reason"].value() or self.main["decision_reason"].errors)

    @property
    def has_ask(self) -> bool:
        return self.ask.typed() or bool(self.ask.errors)


class MinuteForms:
    """All forms of one log.

    `data` is what was posted, or a kept draft (`is_resumed`: shown without scolding). Without data the form shows
    `entry`, or is empty. `is_complete` asks for every practice; a draft may leave some open.
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
    ) -> None:
        self.setting, self.data, self.is_resumed, self.asker = setting, data, is_resumed, asker
        there = {a.practice: a for a in entry.attendances} if entry else {}
        guests, items = (entry.guests, entry.items) if entry else ((), ())
        self.head = self.make(HeadForm, None, initials.of_head(entry, setting.held_on), is_complete=is_complete)
        self.seats = [
            self._make(PresenceForm, initials.of_presence(there.get(s.practice.pk)), seat=s, is_complete=is_complete)
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
        unsaid = (f"practice-{s.practice.pk}-presence" for s in setting.seats)
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
