"""Two people changed the same log: what each changed is put together, and what both changed waits for a choice."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from meetings.forms.marks import Marks, Row, action_row, ask_row, guest_row, head_row, item_row, seat_rows
from meetings.selectors import ActionEntry, AskEntry, ItemEntry, MinuteEntry
from meetings.selectors.pairing import paired

THEIRS, PICK = "theirs-", "pick-"
JOINED = frozenset(
    "title discussion decision decision_reason options dissent what question name".split()
)  # words, of which both can stay


def put_together(mine: MinuteEntry, theirs: MinuteEntry, marks: Marks) -> dict[str, str]:
    """The fields of the form that holds both: what only one of the two changed is as they changed it.

    Where both changed the same field it holds mine, and `theirs-<field>` the other text (see `resolved`).
    A row that one removed and the other changed stays.
    """
    sheet = _Sheet(marks)
    sheet.row("", "head", head_row(mine), head_row(theirs))
    seats, other_seats = seat_rows(mine), seat_rows(theirs)
    for key in {**seats, **other_seats}:
        blank = {"presence": "", "name": ""}
        sheet.row(f"{key}-", f"seat.{key}", seats.get(key, blank), other_seats.get(key, blank))
    mine_too = [g for g in mine.guests if g in theirs.guests or not marks.says_guest(g)]
    guests = [*mine_too, *(g for g in theirs.guests if g not in mine.guests and not marks.says_guest(g))]
    for n, guest in enumerate(guests):
        sheet.put(f"guest-{n}-", guest_row(guest))
    sheet.fields["guests"] = str(len(guests) + 1)
    pairs = _pairs(mine.items, theirs.items, marks.says_item, by_title=True)
    for n, (item, other) in enumerate(pairs):
        sheet.item(f"item-{n}-", item, other)
    sheet.fields["items"] = str(len(pairs) + 1)
    return sheet.fields


def resolved(posted: QueryDict) -> QueryDict:
    """What was posted with each choice made: mine, theirs, or both one after the other."""
    data = posted.copy()
    for key in [key for key in data if key.startswith(THEIRS)]:
        name = key.removeprefix(THEIRS)
        mine, theirs, choice = (str(data.get(k, "")) for k in (name, key, PICK + name))
        if choice == "theirs":
            data[name] = theirs
        elif choice == "both" and theirs not in mine:
            data[name] = f"{theirs} / {mine}" if mine else theirs
        data.pop(key)
        data.pop(PICK + name, None)
    return data


@dataclass
class _Sheet:
    marks: Marks
    fields: dict[str, str] = field(default_factory=dict)

    def put(self, prefix: str, row: Row) -> None:
        self.fields |= {f"{prefix}{name}": value for name, value in row.items()}

    def row(self, prefix: str, path: str, mine: Row, theirs: Row) -> None:
        for name, my in mine.items():
            their, place = theirs.get(name, ""), f"{path}.{name}"
            mine_is_old = self.marks.says(place, my)
            self.fields[prefix + name] = their if mine_is_old else my
            if my != their and not mine_is_old and not self.marks.says(place, their):
                self.fields[f"{THEIRS}{prefix}{name}"] = their

    def item(self, prefix: str, mine: ItemEntry | None, theirs: ItemEntry | None) -> None:
        one = mine or theirs
        if one is None:
            return
        pk = self._pk(mine, theirs)
        if mine and theirs:
            self.row(prefix, f"item.{pk}", item_row(mine), item_row(theirs))
        else:
            self.put(prefix, item_row(one))
        self.fields[f"{prefix}row"] = pk
        actions = _pairs(
            *_both(mine, theirs, "actions"), lambda a: self.marks.says_all(f"action.{a.pk}", action_row(a))
        )
        for i, (action, other) in enumerate(actions):
            self._inner(f"{prefix}action-{i}-", "action", action, other)
        self.fields[f"{prefix}actions"] = str(len(actions) + 1)
        asked, other_asked = _both(mine, theirs, "asks")
        if asked or other_asked:
            self._inner(f"{prefix}ask-", "ask", next(iter(asked), None), next(iter(other_asked), None), is_one=True)

    def _inner(self, prefix: str, kind: str, mine: Any, theirs: Any, *, is_one: bool = False) -> None:
        rows = ask_row if kind == "ask" else action_row
        pk = self._pk(mine, theirs)
        if is_one or (mine and theirs):
            self.row(prefix, f"{kind}.{pk}", rows(mine), rows(theirs))
        else:
            self.put(prefix, rows(mine or theirs))
        self.fields[f"{prefix}row"] = pk

    @staticmethod
    def _pk(*entries: ItemEntry | ActionEntry | AskEntry | None) -> str:
        return next((str(e.pk) for e in reversed(entries) if e and e.pk), "")


def _both(mine: ItemEntry | None, theirs: ItemEntry | None, name: str) -> tuple[Sequence[Any], Sequence[Any]]:
    return (getattr(mine, name) if mine else (), getattr(theirs, name) if theirs else ())


def _pairs(mine: Sequence[Any], theirs: Sequence[Any], is_old: Any, *, by_title: bool = False) -> list[tuple[Any, Any]]:
    """Mine in their order, each with the other's; then what only the other has. Gone: what one removed untouched."""
    found = paired(mine, [(t, t) for t in theirs], also=(lambda e: e.title) if by_title else None)
    used = {id(other) for other in found if other is not None}
    pairs = [(e, other) for e, other in zip(mine, found, strict=True) if other or not (e.pk and is_old(e))]
    return [*pairs, *((None, t) for t in theirs if id(t) not in used and not is_old(t))]
