"""A list of people and their roles, as a CSV file that somebody made by hand.

It is carried out whole or not at all: every problem is named, with line, column and reason. Lines whose person and role
can be read are given back even beside problems, so that what the registry finds wrong with them is said at once too.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from accounts.roles import Role
from practices.parsing import Refusal, Refused
from practices.parsing.cells import Problem, collapsed, text
from practices.parsing.text import Unreadable, decoded, lines_of
from shared import chi

WHOLE_FILE = "file"
# Our name for a column to the names that people give it; the first stands in the template.
COLUMNS = {
    "email": ("e-mail", "email", "e-mail address", "email address"),
    "name": ("name", "full name"),
    "role": ("role",),
    "place": ("place", "where"),
    "first_day": ("first day", "from", "start"),
    "last_day": ("last day", "until", "end"),
    "sessions": ("sessions", "sessions a month"),
}
NEEDED = ("email", "name", "role", "place")
MOST_ROWS = 500
SIZE_LIMIT = 500 * 1024
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
AS_A_DAY = re.compile(r"\d{1,2}/\d{1,2}/(?:\d{2}|\d{4})|\d{4}-\d{1,2}-\d{1,2}", re.ASCII)
EXAMPLES = (
    ("a.rahman@nhs.scot", "Asha Rahman", "Practice Quality Lead", "12345", "01/04/2026", "", ""),
    ("c.reid@nhs.scot", "Callum Reid", "CQL", "Rowan", "01/04/2026", "31/03/2028", "4"),
)
ROLES = {name.casefold(): role for role in Role for name in (role.value, role.name, role.label)}


@dataclass(frozen=True)
class PersonRow:
    """One line: who, which role, where as it was written, from when to when (both days inclusive)."""

    line: int
    email: str
    name: str
    role: Role
    place: str
    first_day: date | None
    last_day: date | None
    sessions: Decimal | None

    def plain(self) -> list[Any]:
        """The row as JSON can carry it."""
        return [value if value is None or isinstance(value, int) else str(value) for value in astuple(self)]

    @classmethod
    def from_plain(cls, row: list[Any]) -> "PersonRow":
        line, email, name, role, place, first, last, sessions = row
        day = date.fromisoformat
        return cls(
            line,
            email,
            name,
            Role(role),
            place,
            day(first) if first else None,
            day(last) if last else None,
            Decimal(sessions) if sessions else None,
        )


@dataclass(frozen=True)
class PeopleList:
    """What a file says, and what is wrong with its lines."""

    rows: tuple[PersonRow, ...]
    problems: tuple[Refusal, ...]


def read_people_list(data: bytes) -> PeopleList:
    """The people in a file and the problems of its lines. Raises Refused for a file that has no lines to read."""
    if len(data) > SIZE_LIMIT:
        raise Refused(Refusal(0, WHOLE_FILE, "", "The file is larger than 500 kB. Bring the people in several lists."))
    try:
        lines = list(lines_of(decoded(data)))
    except Unreadable as wrong:
        raise Refused(Refusal(wrong.line, WHOLE_FILE, "", wrong.reason)) from None
    (line, header), *rest = lines or [(1, [])]
    columns = _columns(line, header)
    if not rest:
        raise Refused(Refusal(0, WHOLE_FILE, "", "The file has column names, but no people."))
    if len(rest) > MOST_ROWS:
        raise Refused(
            Refusal(0, WHOLE_FILE, "", f"The file has {len(rest):,} lines. Bring at most {MOST_ROWS} at a time.")
        )
    return _Reading(header, columns).people(rest)


def _columns(line: int, header: list[str]) -> dict[str, int]:
    """Our column names to their place. Raises Refused for columns that are missing or there twice."""
    seen = [collapsed(cell).casefold() for cell in header]
    found = {ours: [seen.index(name) for name in names if name in seen] for ours, names in COLUMNS.items()}
    why = "This column is missing. The first line must hold the column names, as in the template."
    if len(header) == 1 and any(mark in header[0] for mark in ";\t|"):
        why = "This column is missing. The columns are not parted by commas: save the file as comma delimited."
    wrong = [Refusal(line, COLUMNS[ours][0], "", why) for ours in NEEDED if not found[ours]]
    wrong += [
        Refusal(line, header[places[0]], header[places[0]], "This column is there twice.")
        for places in found.values()
        if places and (len(places) > 1 or seen.count(seen[places[0]]) > 1)
    ]
    if wrong:
        raise Refused(*wrong)
    return {ours: places[0] for ours, places in found.items() if places}


class _Reading:
    """One file being read: gathers rows and problems side by side."""

    def __init__(self, header: list[str], columns: dict[str, int]) -> None:
        self.header, self.columns = [collapsed(cell) for cell in header], columns
        self.refusals: list[Refusal] = []
        self.first_line: dict[tuple[str, Role, str], int] = {}

    def people(self, lines: list[tuple[int, list[str]]]) -> PeopleList:
        found = [row for line, cells in lines if (row := self._row(line, cells))]
        return PeopleList(tuple(found), tuple(self.refusals))

    def _row(self, line: int, cells: list[str]) -> PersonRow | None:
        before = len(self.refusals)
        self.refusals += self._patient_numbers(line, cells)
        if len(self.refusals) > before or self._is_ragged(line, cells):
            return None
        take = self._taker(line, cells)
        row = PersonRow(
            line,
            take("email", _address),
            take("name", lambda cell: text(cell, 120)),
            take("role", _role),
            take("place", lambda cell: text(cell, 140)),
            take("first_day", _day),
            take("last_day", _day),
            take("sessions", _sessions),
        )
        if row.email is None or row.role is None:
            return None
        if len(self.refusals) > before:
            return replace(row, name=row.name or "?", first_day=None, last_day=None)
        self._refuse_twice(row)
        return row

    def _taker(self, line: int, cells: list[str]) -> Callable[[str, Callable[[str], Any]], Any]:
        def take(column: str, check: Callable[[str], Any]) -> Any:
            if column not in self.columns:
                return None
            place = self.columns[column]
            try:
                return check(cells[place])
            except Problem as wrong:
                self.refusals.append(Refusal(line, self.header[place], cells[place], str(wrong)))
                return None

        return take

    def _is_ragged(self, line: int, cells: list[str]) -> bool:
        wanted = len(self.header)
        if len(cells) > wanted and not any(cell.strip() for cell in cells[wanted:]):
            del cells[wanted:]  # spreadsheets leave trailing commas
        if len(cells) == wanted:
            return False
        reason = f"This line has {len(cells)} cells; the first line has {wanted}."
        self.refusals.append(Refusal(line, WHOLE_FILE, "", reason))
        return True

    def _patient_numbers(self, line: int, cells: list[str]) -> Iterator[Refusal]:
        found = (*chi.findings_in_cells(cells), *chi.findings_in_cells([collapsed(cell) for cell in cells]))
        for place in sorted({place for place, number in found if number.certain}):
            field = self.header[place] if place < len(self.header) else f"column {place + 1}"
            # The number itself must not go on to any screen, log or file of ours.
            yield Refusal(
                line, field, "", "This cell holds a patient’s number. Take it out: the portal never keeps them."
            )

    def _refuse_twice(self, row: PersonRow) -> None:
        first = self.first_line.setdefault((row.email, row.role, row.place.casefold()), row.line)
        if first != row.line:
            reason = f"The same person, role and place stand on line {first} already."
            self.refusals.append(Refusal(row.line, self.header[self.columns["email"]], row.email, reason))


def _address(cell: str) -> str:
    value = cell.strip().lower()
    if not value:
        raise Problem("This cell is empty.")
    if len(value) > 254 or not ADDRESS.fullmatch(value):
        raise Problem("This is no e-mail address. One looks like a.rahman@nhs.scot.")
    return value


def _role(cell: str) -> Role:
    role = ROLES.get(collapsed(cell).casefold())
    if role is None:
        raise Problem("No role is called so. Take one from the list below.")
    return role


def _day(cell: str) -> date | None:
    value = cell.strip()
    for form in ("%d/%m/%Y", "%Y-%m-%d", "%d/%m/%y"):
        try:
            day = datetime.strptime(value, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
        if not 2000 <= day.year <= date.today().year + 20:
            raise Problem("Check the year.")
        return day
    if AS_A_DAY.fullmatch(value):
        raise Problem("There is no such day.")
    if value:
        raise Problem("Write the day as in 01/04/2026.")
    return None


def _sessions(cell: str) -> Decimal | None:
    value = cell.strip()
    if not value:
        return None
    if not re.fullmatch(r"[0-9]{1,3}(?:\.[0-9])?", value):
        raise Problem("Write the sessions a month as a number, such as 4 or 2.5.")
    return Decimal(value)
