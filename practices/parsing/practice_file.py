"""Public Health Scotland's "GP Practice Contact Details and List Sizes", as one CSV file a quarter.

The file is taken whole or refused whole: every problem is named, with line, column and reason.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from practices.parsing import cells
from practices.parsing.cells import Problem
from practices.parsing.columns import columns_of
from practices.parsing.refusals import WHOLE_FILE, Refusal, Refused
from practices.parsing.text import Unreadable, decoded, lines_of
from shared import chi

MOST_PRACTICES = 5_000


@dataclass(frozen=True)
class PracticeRow:
    """One practice as the file has it, with white space collapsed and codes of today.

    `patients` is None where the file leaves the list size blank, `data_zone` where it has no such column.
    `cluster` is "" for no cluster ("<Board> Undefined").
    """

    line: int
    code: str
    name: str
    patients: int | None
    contract: str
    address: str
    postcode: str
    phone: str
    data_zone: str | None
    hscp: str
    cluster: str


@dataclass(frozen=True)
class PracticeFile:
    """The rows in the order of the file. `has_clusters` is False for files without that column."""

    rows: tuple[PracticeRow, ...]
    has_clusters: bool


@dataclass(frozen=True)
class Codes:
    """Codes that a file may use: board to the one in use today, HSCP to the one in use today, HSCP to its board."""

    boards: Mapping[str, str]
    hscps: Mapping[str, str]
    board_of: Mapping[str, str]
    names: Mapping[str, str]


def read_practice_file(data: bytes, *, codes: Codes) -> PracticeFile:
    """The practices in a file. Raises Refused with every problem that it has."""
    try:
        lines = list(lines_of(decoded(data)))
    except Unreadable as wrong:
        raise Refused(Refusal(wrong.line, WHOLE_FILE, "", wrong.reason)) from None
    if not lines:
        raise Refused(Refusal(0, WHOLE_FILE, "", "The file is empty."))
    (line, header), *rest = lines
    columns = columns_of(line, header)
    if not rest:
        raise Refused(Refusal(0, WHOLE_FILE, "", "The file has column names, but no practices."))
    if len(rest) > MOST_PRACTICES:
        reason = f"The file has {len(rest):,} lines. Scotland has about 900 practices: this is another kind of list."
        raise Refused(Refusal(0, WHOLE_FILE, "", reason))
    return _Reading(header, columns, codes).file(rest)


class _Reading:
    """One file being read: gathers rows and problems side by side."""

    def __init__(self, header: list[str], columns: dict[str, int], codes: Codes) -> None:
        self.header = [cell.strip() for cell in header]
        self.columns, self.codes = columns, codes
        self.first_line: dict[str, int] = {}
        self.refusals: list[Refusal] = []

    def file(self, lines: list[tuple[int, list[str]]]) -> PracticeFile:
        rows = [row for line, row_cells in lines if (row := self._row(line, row_cells))]
        if self.refusals:
            raise Refused(*self.refusals)
        return PracticeFile(tuple(rows), "cluster" in self.columns)

    def _row(self, line: int, row: list[str]) -> PracticeRow | None:
        before = len(self.refusals)
        self.refusals += self._patient_numbers(line, row)
        if self._is_ragged(line, row) or len(self.refusals) > before:
            return None
        asked = _Asking(self, line, row)
        made = asked.practice()
        return made if len(self.refusals) == before else None

    def _is_ragged(self, line: int, row: list[str]) -> bool:
        wanted = len(self.header)
        if len(row) > wanted and not any(cell.strip() for cell in row[wanted:]):
            del row[wanted:]  # spreadsheets leave trailing commas
        if len(row) == wanted:
            return False
        field = self.header[len(row)] if len(row) < wanted else f"column {wanted + 1}"
        value = row[wanted] if len(row) > wanted else ""
        self.refusals.append(
            Refusal(line, field, value, f"This line has {len(row)} cells; the first line has {wanted}.")
        )
        return True

    def _patient_numbers(self, line: int, row: list[str]) -> Iterator[Refusal]:
        """Also in columns that are not kept, with white space collapsed, and split over two cells."""
        plain = [cells.collapsed(cell) for cell in row]
        found = list(chi.findings_in_cells(plain))
        for place, cell in enumerate(row):
            if cell != plain[place]:
                found += [(place, number) for number in chi.findings(cell)]
        kinds = {place: number.kind for place, number in found if number.certain}
        for place, kind in sorted(kinds.items()):
            field = self.header[place] if place < len(self.header) else f"column {place + 1}"
            # The number itself must not go on to any screen, log or file of ours.
            reason = f"This cell holds a patient’s {kind} number. Take it out: the portal never keeps them."
            yield Refusal(line, field, "", reason)


class _Asking:
    """One line being read, cell by cell."""

    def __init__(self, reading: _Reading, line: int, row: list[str]) -> None:
        self.reading, self.line, self.row = reading, line, row

    def practice(self) -> PracticeRow:
        clean = cells.text
        return PracticeRow(
            line=self.line,
            code=self._code(),
            name=self._take("name", clean, 120, True),
            patients=self._take("patients", cells.list_size),
            contract=self._take("contract", cells.contract),
            address=self._address(),
            postcode=self._take("postcode", clean, 9),
            phone=self._take("phone", clean, 40),
            data_zone=self._take("data_zone", clean, 9) if "data_zone" in self.reading.columns else None,
            hscp=self._hscp(),
            cluster=self._take("cluster", cells.cluster) if "cluster" in self.reading.columns else "",
        )

    def _raw(self, column: str) -> str:
        return self.row[self.reading.columns[column]]

    def _take(self, column: str, check: Callable[..., Any], *limits: Any) -> Any:
        try:
            return check(self._raw(column), *limits)
        except Problem as wrong:
            self._refuse(column, str(wrong))
            return ""

    def _refuse(self, column: str, reason: str) -> None:
        field = self.reading.header[self.reading.columns[column]]
        self.reading.refusals.append(Refusal(self.line, field, self._raw(column), reason))

    def _code(self) -> str:
        code: str = self._take("code", cells.practice_code)
        first = self.reading.first_line.setdefault(code, self.line) if code else self.line
        if first != self.line:
            self._refuse("code", f"This practice code stands on line {first} already.")
        return code

    def _address(self) -> str:
        lines = [self._take(f"address{n}", cells.text, 72) for n in (1, 2, 3, 4)]
        return ", ".join(line for line in lines if line)

    def _hscp(self) -> str:
        known = self.reading.codes
        hscp = known.hscps.get(self._raw("hscp").strip().upper(), "")
        board = known.boards.get(self._raw("board").strip().upper(), "")
        if not hscp:
            self._refuse("hscp", "No HSCP has this code.")
        if not board:
            self._refuse("board", "No health board has this code.")
        elif hscp and known.board_of[hscp] != board:
            right = known.names[known.board_of[hscp]]
            self._refuse("board", f"This is {known.names[board]}, but {known.names[hscp]} HSCP belongs to {right}.")
        return hscp
