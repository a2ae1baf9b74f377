"""A table of figures of one measure: a practice a line and a period a column, or a line for each figure.

It is loaded whole or not at all: every fault is named at once, with line, column, what stands there and why.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from measures.parsing.counts import Count, NoCount, count_in, share_in, share_of
from measures.parsing.period_words import NoPeriod, day_named
from measures.parsing.sheets import WHOLE_FILE, Lines
from practices.parsing import Refusal, Refused
from shared import chi

MOST_FIGURES = 3_000
# Our name for a column to the names that people give it.
PRACTICE = ("practice code", "practice", "code", "practicecode", "practice name", "name")
PERIOD = ("period", "month", "quarter", "week", "date")
NUMERATOR = ("numerator", "count", "figure", "counted", "number")
DENOMINATOR = ("denominator", "out of", "of")
NAME = ("name", "practice name")


@dataclass(frozen=True)
class Asked:
    """What a table is read for: its practices by code and name in lower case, and what makes a figure plausible.

    `first_day` gives the first day of the period that a day lies in, `period_trouble` why that period can't be taken,
    `trouble` by box (numerator, denominator) why a count can't be. `twice` are names that several practices have.
    """

    practices: Mapping[str, int]
    is_share: bool
    first_day: Callable[[date], date]
    period_trouble: Callable[[date], str]
    trouble: Callable[[Decimal | None, Decimal | None], Mapping[str, str]]
    twice: Collection[str] = ()


@dataclass(frozen=True)
class Told:
    """One figure of a table, with where it stands."""

    line: int
    field: str
    practice: int
    period_on: date
    count: Count


@dataclass(frozen=True)
class FigureTable:
    """What a table says, and everything that is wrong with it, in reading order."""

    figures: tuple[Told, ...]
    problems: tuple[Refusal, ...]


def read_figures(lines: Lines, asked: Asked) -> FigureTable:
    """The figures of a table and its faults. Raises Refused for a table whose columns can't be told apart."""
    (line, header), *rest = lines
    if not rest:
        raise Refused(
            Refusal(0, WHOLE_FILE, "", "It has one line only. The first line holds the names of the columns.")
        )
    reading = _Reading(asked, line, header)
    for number, cells in rest:
        reading.line(number, cells)
    if len(reading.figures) > MOST_FIGURES:
        reason = f"It has more than {MOST_FIGURES:,} figures. Bring them in several tables."
        raise Refused(Refusal(0, WHOLE_FILE, "", reason))
    if not reading.figures and not reading.problems:
        raise Refused(Refusal(0, WHOLE_FILE, "", "No figure stands in it: all of its cells are blank."))
    return FigureTable(tuple(reading.figures), tuple(reading.problems))


class _Reading:
    """One table being read: gathers figures and problems side by side."""

    def __init__(self, asked: Asked, line: int, header: list[str]) -> None:
        self.asked, self.header = asked, [" ".join(cell.split()) for cell in header]
        self.figures: list[Told] = []
        self.problems: list[Refusal] = []
        self.seen: dict[tuple[int, date], int] = {}
        self.known: dict[int, int] = {}
        folded = [cell.casefold() for cell in self.header]
        self.practice = _place(folded, PRACTICE)
        if self.practice is None:
            why = "This column is missing: the code or the name of each practice."
            raise Refused(Refusal(line, "practice", "", why))
        self.period = _place(folded, PERIOD)
        self.numerator, self.denominator = _place(folded, NUMERATOR), _place(folded, DENOMINATOR)
        self.is_long = self.period is not None
        if self.is_long:
            self._check_long(line)
        self.wide = {} if self.is_long else self._wide(line, folded)

    def line(self, line: int, cells: list[str]) -> None:
        cells = cells + [""] * (len(self.header) - len(cells))
        if len(cells) > len(self.header):
            reason = f"This line has {len(cells)} cells; the first line has {len(self.header)}."
            self._refuse(line, len(self.header), cells[len(self.header)], reason)
        elif not self._patient_numbers(line, cells):
            (self._long if self.is_long else self._all)(line, cells, self._practice(line, cells))

    def _check_long(self, line: int) -> None:
        wanted = [("numerator", self.numerator)] + ([("denominator", self.denominator)] if self.asked.is_share else [])
        if missing := [Refusal(line, name, "", "This column is missing.") for name, place in wanted if place is None]:
            raise Refused(*missing)

    def _wide(self, line: int, folded: list[str]) -> dict[date, dict[str, int]]:
        """Which columns hold which period: one column each, or one for the numerator and one for the denominator."""
        found: dict[date, dict[str, int]] = {}
        for place, name in enumerate(folded):
            if place == self.practice or name in NAME + PRACTICE:
                continue
            words, part = _part(name)
            day = self._period_in(line, place, self.header[place], words)
            if day is None:
                continue
            if part in found.setdefault(day, {}) or (part == "" and found[day]) or "" in found[day]:
                self._refuse(line, place, self.header[place], "This period appears twice.")
            else:
                found[day][part] = place
        return found

    def _period_in(self, line: int, place: int, value: str, words: str) -> date | None:
        try:
            day = self.asked.first_day(day_named(words))
        except NoPeriod as wrong:
            self._refuse(line, place, value, str(wrong))
            return None
        if trouble := self.asked.period_trouble(day):
            self._refuse(line, place, value, trouble)
            return None
        return day

    def _practice(self, line: int, cells: list[str]) -> int | None:
        place = self.practice or 0
        words = " ".join(cells[place].casefold().split())
        practice = self.asked.practices.get(words)
        if practice is None:
            self._refuse(line, place, cells[place], self._unknown(words))
        elif not self.is_long and self.known.setdefault(practice, line) != line:
            self._refuse(line, place, cells[place], f"This practice is already on line {self.known[practice]}.")
            return None
        return practice

    def _unknown(self, words: str) -> str:
        if words in self.asked.twice:
            return "Two practices have this name: use the code."
        return (
            "No practice in this cluster has that code or name." if words else "Say which practice the line is about."
        )

    def _long(self, line: int, cells: list[str], practice: int | None) -> None:
        place, top = self.period or 0, self.numerator or 0
        day = self._period_in(line, place, cells[place], cells[place])
        self._figure(line, cells, practice, day, top, self.denominator if self.asked.is_share else None)

    def _all(self, line: int, cells: list[str], practice: int | None) -> None:
        for day, columns in self.wide.items():
            top = columns.get("", columns.get("numerator"))
            if top is None:
                self._refuse(line, columns["denominator"], cells[columns["denominator"]], "Its numerator is missing.")
            else:
                self._figure(line, cells, practice, day, top, columns.get("denominator"))

    def _figure(
        self, line: int, cells: list[str], practice: int | None, day: date | None, top: int, bottom: int | None
    ) -> None:
        count = self._count(line, cells, top, bottom)
        if count is None or practice is None or day is None:
            return
        first = self.seen.setdefault((practice, day), line)
        if first != line:
            self._refuse(line, top, cells[top], f"This practice and period are already on line {first}.")
            return
        self.figures.append(Told(line, self.header[top], practice, day, count))

    def _count(self, line: int, cells: list[str], top: int, bottom: int | None) -> Count | None:
        try:
            if bottom is not None:
                count, wrong = share_of(cells[top], cells[bottom])
                if wrong:
                    self._refuse(line, bottom, cells[bottom], wrong)
                    return None
            else:
                count = share_in(cells[top]) if self.asked.is_share else count_in(cells[top])
        except NoCount as refused:
            self._refuse(line, top, cells[top], str(refused))
            return None
        if count is None or (count.numerator is None and count.denominator is None):
            return count
        troubles = self.asked.trouble(count.numerator, count.denominator)
        for name, trouble in troubles.items():
            place = bottom if name == "denominator" and bottom is not None else top
            self._refuse(line, place, cells[place], trouble)
        return None if troubles else count

    def _patient_numbers(self, line: int, cells: list[str]) -> bool:
        found = [place for place, cell in enumerate(cells) if any(number.certain for number in chi.findings(cell))]
        for place in found:
            # The number itself must not go on to any screen, log or file of ours.
            self._refuse(
                line, place, "", "This cell holds a patient’s number. Take it out: the portal never keeps them."
            )
        return bool(found)

    def _refuse(self, line: int, place: int, value: str, reason: str) -> None:
        name = self.header[place] if place < len(self.header) else ""
        self.problems.append(Refusal(line, name or f"column {place + 1}", value[:80], reason))


def _place(folded: list[str], names: tuple[str, ...]) -> int | None:
    return next((folded.index(name) for name in names if name in folded), None)


def _part(name: str) -> tuple[str, str]:
    """The words of a period, and which of its two columns a name speaks of: "jan 2026 out of" is the denominator."""
    for part, names in (("denominator", DENOMINATOR), ("numerator", NUMERATOR)):
        for ending in sorted(names, key=len, reverse=True):
            if name.endswith(f" {ending}"):
                return name.removesuffix(f" {ending}").strip(" ,:"), part
    return name, ""
