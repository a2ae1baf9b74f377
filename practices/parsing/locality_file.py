"""Which locality each data zone of an HSCP lies in, as a CSV file: one line a data zone.

The lookup that Public Health Scotland publishes for all of Scotland can be taken as it is: lines of other HSCPs are
left aside. Like a practice file it is taken whole or refused whole, with every problem at once.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from practices.parsing import cells
from practices.parsing.cells import Problem
from practices.parsing.practice_file import Codes
from practices.parsing.refusals import WHOLE_FILE, Refusal, Refused
from practices.parsing.text import Unreadable, decoded, lines_of
from shared import chi

# Our name for a column to the names it is known by, letters and digits only.
ZONE, LOCALITY, HSCP = "DataZone", "Locality", "HSCP"
KNOWN_AS = {
    ZONE: ("datazone", "datazonecode", "datazone2011", "datazone2011code", "dz2011", "dz2011code", "dz"),
    LOCALITY: ("locality", "localityname", "hscplocality", "hscplocalityname"),
    HSCP: ("hscp", "hscpcode", "hscp2019", "hscpname", "hscp2019name", "partnership"),
}
MOST_LINES = 10_000  # Scotland has about 7,000 data zones
LONGEST_NAME = 80


@dataclass(frozen=True)
class LocalityFile:
    """Data zone to the name of its locality, and how many lines were about other HSCPs."""

    zones: Mapping[str, str]
    of_others: int


def read_locality_file(data: bytes, *, hscp: str, codes: Codes) -> LocalityFile:
    """The data zones of the HSCP with the code `hscp`. Raises Refused with every problem that the file has."""
    try:
        lines = list(lines_of(decoded(data)))
    except Unreadable as wrong:
        raise Refused(Refusal(wrong.line, WHOLE_FILE, "", wrong.reason)) from None
    if not lines:
        raise Refused(Refusal(0, WHOLE_FILE, "", "The file is empty."))
    (line, header), *rest = lines
    columns = _columns(line, header)
    if not rest:
        raise Refused(Refusal(0, WHOLE_FILE, "", "The file has column names, but no data zones."))
    if len(rest) > MOST_LINES:
        reason = f"The file has {len(rest):,} lines. Scotland has about 7,000 data zones: this is another kind of list."
        raise Refused(Refusal(0, WHOLE_FILE, "", reason))
    return _Reading(header, columns, hscp, codes).file(rest)


def _columns(line: int, header: list[str]) -> dict[str, int]:
    """Our column names to their place. Raises Refused for columns that are missing or there twice."""
    seen = [re.sub(r"[^a-z0-9]", "", cell.casefold()) for cell in header]
    found = {ours: seen.index(name) for ours, names in KNOWN_AS.items() for name in reversed(names) if name in seen}
    single = len(header) == 1 and any(mark in header[0] for mark in ";\t|")
    why = "The columns are not parted by commas: save the file as comma delimited." if single else ""
    wrong = [
        Refusal(line, ours, "", f"This column is missing. {why or 'The first line must hold the column names.'}")
        for ours in (ZONE, LOCALITY)
        if ours not in found
    ]
    wrong += [
        Refusal(line, header[place], header[place], "This column is there twice.")
        for place in found.values()
        if seen.count(seen[place]) > 1
    ]
    if wrong:
        raise Refused(*wrong)
    return found


class _Reading:
    """One file being read: gathers data zones and problems side by side."""

    def __init__(self, header: list[str], columns: dict[str, int], hscp: str, codes: Codes) -> None:
        self.header = [cell.strip() for cell in header]
        self.columns, self.hscp, self.codes = columns, hscp, codes
        self.by_name = {_plain(codes.names[code]): code for code in codes.board_of}
        self.zones: dict[str, str] = {}
        self.lines: dict[str, int] = {}
        self.spelt: dict[str, tuple[int, str]] = {}
        self.of_others = 0
        self.refusals: list[Refusal] = []

    def file(self, lines: list[tuple[int, list[str]]]) -> LocalityFile:
        for line, row in lines:
            self._row(line, row)
        if self.refusals:
            raise Refused(*self.refusals)
        if not self.zones:
            name = self.codes.names[self.hscp]
            raise Refused(Refusal(0, WHOLE_FILE, "", f"No line of this file is about {name} HSCP."))
        return LocalityFile(self.zones, self.of_others)

    def _row(self, line: int, row: list[str]) -> None:
        before = len(self.refusals)
        self.refusals += self._patient_numbers(line, row)
        if self._is_ragged(line, row) or len(self.refusals) > before:
            return
        hscp = self._hscp(line, row)
        zone = self._take(line, row, ZONE, _data_zone)
        name = self._take(line, row, LOCALITY, lambda cell: cells.text(cell, LONGEST_NAME, True))
        if len(self.refusals) > before:
            return
        if hscp != self.hscp:
            self.of_others += 1
        else:
            self._keep(line, zone, name, row)

    def _keep(self, line: int, zone: str, name: str, row: list[str]) -> None:
        first = self.lines.setdefault(zone, line)
        if first != line:
            self._refuse(line, row, ZONE, f"This data zone stands on line {first} already.")
        where, spelling = self.spelt.setdefault(name.casefold(), (line, name))
        if spelling != name:
            self._refuse(line, row, LOCALITY, f"Line {where} writes it “{spelling}”. Write it the same way everywhere.")
        self.zones[zone] = name

    def _hscp(self, line: int, row: list[str]) -> str:
        if HSCP not in self.columns:
            return self.hscp
        cell = row[self.columns[HSCP]].strip()
        found = self.codes.hscps.get(cell.upper()) or self.by_name.get(_plain(cell))
        if not found:
            self._refuse(line, row, HSCP, "No HSCP has this code or name.")
        return found or ""

    def _take(self, line: int, row: list[str], column: str, check: Callable[[str], str]) -> str:
        try:
            return check(row[self.columns[column]])
        except Problem as wrong:
            self._refuse(line, row, column, str(wrong))
            return ""

    def _refuse(self, line: int, row: list[str], column: str, reason: str) -> None:
        place = self.columns[column]
        self.refusals.append(Refusal(line, self.header[place], row[place], reason))

    def _is_ragged(self, line: int, row: list[str]) -> bool:
        wanted = len(self.header)
        if len(row) > wanted and not any(cell.strip() for cell in row[wanted:]):
            del row[wanted:]  # spreadsheets leave trailing commas
        if len(row) == wanted:
            return False
        field = self.header[len(row)] if len(row) < wanted else f"column {wanted + 1}"
        reason = f"This line has {len(row)} cells; the first line has {wanted}."
        self.refusals.append(Refusal(line, field, row[wanted] if len(row) > wanted else "", reason))
        return True

    def _patient_numbers(self, line: int, row: list[str]) -> Iterator[Refusal]:
        """Also in columns that are not kept; the number itself must not go on to any screen of ours."""
        kinds = {place: number.kind for place, number in chi.findings_in_cells(row) if number.certain}
        for place, kind in sorted(kinds.items()):
            field = self.header[place] if place < len(self.header) else f"column {place + 1}"
            reason = f"This cell holds a patient’s {kind} number. Take it out: the portal never keeps them."
            yield Refusal(line, field, "", reason)


def _data_zone(cell: str) -> str:
    value = cell.strip().upper()
    if not value:
        raise Problem("This cell is empty.")
    if not re.fullmatch(r"S01[0-9]{6}", value):
        raise Problem("A data zone is S01 and six digits.")
    return value


def _plain(name: str) -> str:
    """A name of an HSCP as it can be compared: "Argyll & Bute HSCP" is "argyll and bute"."""
    words = cells.collapsed(name.casefold().replace("&", " and "))
    return words.removesuffix(" health and social care partnership").removesuffix(" hscp")
