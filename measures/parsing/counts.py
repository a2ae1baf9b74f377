"""What may stand in a cell of a table of figures: a count, a count of others, nothing, none, or too small to show."""

import re
from dataclasses import dataclass
from decimal import Decimal

GIVEN, MISSING, SUPPRESSED = "GIVEN", "MISSING", "SUPPR"  # as `models.DataPoint.State` keeps them
TOO_SMALL = frozenset({"*", "c", "[c]", "<5", "< 5"})
NONE = frozenset({"n/a", "na", "none", "no figure", "missing", "-", "–", "—", ".."})
NUMBER = re.compile(r"-?\d{1,12}(?:\.\d{1,6})?")
IN_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}(?:,\d{3})+")
OUT_OF = re.compile(r"(.+?)\s*(?:/|\bout of\b|\bof\b)\s*(.+)", re.IGNORECASE)
A_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}-[a-z]{3}(?:-\d\d)?|[a-z]{3}-\d\d", re.IGNORECASE)
NOT_A_COUNT = (
    "Write the count in digits, such as 31. A blank cell says nothing; for no figure write n/a, for a small one *."
)
NOT_A_SHARE = "Write what was counted and out of how many, such as 31 of 50: a share alone can’t be added up."
BECAME_A_DAY = "The spreadsheet has made a day of this. Write it with a word, such as 3 of 50."


class NoCount(ValueError):
    """Why a cell can't be taken, in words."""


@dataclass(frozen=True)
class Count:
    """What a cell says."""

    state: str
    numerator: Decimal | None = None
    denominator: Decimal | None = None


def count_in(cell: str) -> Count | None:
    """A plain count; None for a blank cell. Raises NoCount."""
    if special := _special(cell):
        return special
    return Count(GIVEN, _number(cell)) if cell else None


def share_in(cell: str) -> Count | None:
    """A count out of others, in one cell: "31 of 50", "31/50"; None for a blank cell. Raises NoCount."""
    if special := _special(cell):
        return special
    if not cell:
        return None
    parts = OUT_OF.fullmatch(cell)
    if not parts:
        raise NoCount(BECAME_A_DAY if A_DAY.fullmatch(cell) else NOT_A_SHARE)
    if parts[1].casefold() in TOO_SMALL:
        return Count(SUPPRESSED, None, _number(parts[2]))
    return Count(GIVEN, _number(parts[1]), _number(parts[2]))


def share_of(counted: str, of: str) -> tuple[Count | None, str]:
    """The same from two cells, and what is wrong with the second one. Raises NoCount for the first one."""
    top = count_in(counted)
    if top is None or top.state == MISSING:
        return top, "There is a number here, but nothing was counted." if of and top is None else ""
    try:
        bottom = _number(of) if of else None
    except NoCount as wrong:
        return None, str(wrong)
    return Count(top.state, top.numerator, bottom), ""


def _special(cell: str) -> Count | None:
    word = " ".join(cell.casefold().split())
    if word in TOO_SMALL:
        return Count(SUPPRESSED)
    return Count(MISSING) if word in NONE else None


def _number(cell: str) -> Decimal:
    plain = cell.replace(",", "") if IN_THOUSANDS.fullmatch(cell) else cell
    if not NUMBER.fullmatch(plain):
        raise NoCount(NOT_A_COUNT)
    return Decimal(plain)
