"""What may stand in a cell of a practice file. Each gives the clean value or raises Problem with the reason."""

import re

CONTRACTS = ("17J", "17C", "2C")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
MOST_PATIENTS = 999_999


class Problem(Exception):
    """Why a cell cannot be taken, in plain words."""


def collapsed(cell: str) -> str:
    """The text with runs of white space as single spaces: "S  - Pink" is "S - Pink"."""
    return " ".join(cell.split())


def text(cell: str, longest: int, is_needed: bool = False) -> str:
    """Words of at most `longest` characters."""
    value = collapsed(cell)
    if CONTROL.search(value):
        raise Problem("This cell holds a character that cannot be shown.")
    if is_needed and not value:
        raise Problem("This cell is empty.")
    if len(value) > longest:
        raise Problem(f"This is longer than {longest} characters.")
    return value


def practice_code(cell: str) -> str:
    """Five digits, kept as text."""
    value = cell.strip()
    if not re.fullmatch(r"[0-9]{5}", value):
        raise Problem("A practice code has five digits.")
    return value


def list_size(cell: str) -> int | None:
    """A whole number of patients; None for a blank cell (not known, which is not nought)."""
    value = cell.strip()
    if not value:
        return None
    if not re.fullmatch(r"[0-9]+", value):
        raise Problem("A list size is a whole number, in digits only.")
    if len(value) > 9 or int(value) > MOST_PATIENTS:
        raise Problem("No practice has so many patients.")
    return int(value)


def contract(cell: str) -> str:
    """17J, 17C or 2C; "" for a blank cell."""
    value = cell.strip().upper()
    if value and value not in CONTRACTS:
        raise Problem("A practice type is 17J, 17C or 2C.")
    return value


def cluster(cell: str) -> str:
    """The name of a cluster in its display form; "" for none, which the file writes as "<Board> Undefined"."""
    value = text(cell, 120)
    return "" if value.casefold().split(" ")[-1] == "undefined" else value
