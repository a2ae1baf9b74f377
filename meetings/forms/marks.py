"""What a log said when its form was opened, as marks without words: so that two editors' changes can be told apart."""

from datetime import date
from typing import Any

from django.utils.crypto import salted_hmac

from meetings.forms import initials
from meetings.forms.rows import seat_key
from meetings.selectors import ActionEntry, AskEntry, GuestEntry, ItemEntry, MinuteEntry

Row = dict[str, str]
LETTERS = "abcdefghijklmnop"  # not figures: a mark must never look like a patient number
LENGTH = 10


def row_of(values: dict[str, Any] | None) -> Row:
    """The values of a row as a browser would post them, without the id of the stored row."""
    return {name: _posted(value) for name, value in (values or {}).items() if name != "row"}


def _posted(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else ""
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)


def head_row(entry: MinuteEntry) -> Row:
    return row_of(initials.of_head(entry, entry.held_on))


def seat_rows(entry: MinuteEntry) -> dict[str, Row]:
    return {seat_key(a): {"name": "", **row_of(initials.of_presence(a))} for a in entry.attendances}


def guest_row(guest: GuestEntry) -> Row:
    return row_of(vars(guest))


def item_row(item: ItemEntry) -> Row:
    return row_of(initials.of_item(item))


def action_row(action: ActionEntry | None) -> Row:
    return row_of(initials.of_action(action)) if action else dict.fromkeys(("what", "owner", "due_on"), "")


def ask_row(ask: AskEntry | None) -> Row:
    return row_of(initials.of_ask(ask)) if ask else dict.fromkeys(("question", "to", "reply_by"), "")


class Marks:
    """The marks that came with a form. A blank has no mark; a form without marks was opened empty."""

    def __init__(self, text: str) -> None:
        self.known = {path: mark for path, _, mark in (pair.partition("=") for pair in text.split())}

    def __bool__(self) -> bool:
        return bool(self.known)

    def says(self, path: str, value: str) -> bool:
        """Whether that is what stood there when the form was opened."""
        return self.known.get(path, "") == (_mark(path, value) if value else "")

    def says_all(self, path: str, row: Row) -> bool:
        return all(self.says(f"{path}.{name}", value) for name, value in row.items())

    def says_item(self, item: ItemEntry) -> bool:
        """Whether the item stood there with just these words, actions and question."""
        return (
            self.says_all(f"item.{item.pk}", item_row(item))
            and all(self.says_all(f"action.{a.pk}", action_row(a)) for a in item.actions)
            and all(self.says_all(f"ask.{a.pk}", ask_row(a)) for a in item.asks)
        )

    def says_guest(self, guest: GuestEntry) -> bool:
        return self.says_all(guest_path(guest), guest_row(guest))


def guest_path(guest: GuestEntry) -> str:
    return f"guest.{_mark('guest', f'{guest.name}|{guest.organisation}')}"


def marks_of(entry: MinuteEntry) -> str:
    """The marks of all that a log says, to go with its form."""
    rows = {"head": head_row(entry), **{f"seat.{key}": row for key, row in seat_rows(entry).items()}}
    rows |= {guest_path(guest): guest_row(guest) for guest in entry.guests}
    for item in entry.items:
        rows[f"item.{item.pk}"] = item_row(item)
        rows |= {f"action.{a.pk}": action_row(a) for a in item.actions}
        rows |= {f"ask.{a.pk}": ask_row(a) for a in item.asks}
    paths = {f"{path}.{name}": value for path, row in rows.items() for name, value in row.items() if value}
    return " ".join(f"{path}={_mark(path, value)}" for path, value in paths.items())


def _mark(path: str, value: str) -> str:
    words = " ".join(value.split())
    digest = salted_hmac("meetings.forms.marks", f"{path}={words}").hexdigest()[:LENGTH]
    return "".join(LETTERS[int(figure, 16)] for figure in digest)
