"""Finds patient numbers in text, so that they are refused before anything is stored.

CHI number: ten digits, the first six a date of birth DDMMYY, the last a check digit by modulus 11
(or modulus 10 for the newer numbers). NHS number: ten digits with a modulus 11 check digit.
It finds numbers, not names.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

WEIGHTS = (10, 9, 8, 7, 6, 5, 4, 3, 2)
RUN = re.compile(r"(?<![\d+])\d+(?:[ \u00a0\u2009\-\u2010-\u2014]\d+)*(?!\d)")
NHS_LABEL = re.compile(r"\bNHS\s*(?:no|number|num|#)?\.?\s*[:#]?\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Finding:
    """Where a number stands in the text, what it is, and whether its check digit proves it."""

    start: int
    end: int
    kind: str
    certain: bool


def findings(text: str) -> tuple[Finding, ...]:
    """Every patient number in `text`, in order. `certain` is False for a right date of birth with a wrong check digit."""
    return tuple(_findings(text))


def _findings(text: str) -> Iterator[Finding]:
    for run in RUN.finditer(text):
        tokens = [(m.group(), run.start() + m.start()) for m in re.finditer(r"\d+", run.group())]
        first = 0
        while first < len(tokens):
            found = _starting_at(text, tokens, first)
            if found is None:
                first += 1
                continue
            finding, first = found
            yield finding


def _starting_at(text: str, tokens: list[tuple[str, int]], first: int) -> tuple[Finding, int] | None:
    digits = ""
    for last in range(first, min(first + 10, len(tokens))):
        digits += tokens[last][0]
        if len(digits) >= 9:
            break
    shape = tuple(len(t[0]) for t in tokens[first : last + 1])
    start, end = tokens[first][1], tokens[last][1] + len(tokens[last][0])
    if len(digits) == 9 and len(shape) == 1:
        digits = "0" + digits  # a spreadsheet drops the leading zero
        kind = "CHI" if is_chi(digits) else None
        return (Finding(start, end, kind, True), last + 1) if kind else None
    if len(digits) != 10:
        return None
    labelled = bool(NHS_LABEL.search(text[max(0, start - 20) : start]))
    if is_chi(digits) and shape != (5, 5):
        return Finding(start, end, "CHI", True), last + 1
    if (shape == (3, 3, 4) or labelled) and modulus_11(digits):
        return Finding(start, end, "NHS", True), last + 1
    if shape in ((10,), (6, 4)) and born(digits) is not None:
        return Finding(start, end, "CHI", False), last + 1
    return None


def is_chi(digits: str) -> bool:
    """Whether ten digits are a CHI number: a real date of birth and a right check digit."""
    return born(digits) is not None and (modulus_11(digits) or modulus_10(digits))


def born(digits: str) -> date | None:
    """The date in the first six digits (DDMMYY), taken in a leap-year century; None if there is no such day."""
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    try:
        return date(2000 + year, month, day)
    except ValueError:
        return None


def modulus_11(digits: str) -> bool:
    """The check digit of CHI and NHS numbers; a remainder that would need "10" is never issued."""
    check = 11 - sum(int(d) * w for d, w in zip(digits, WEIGHTS, strict=False)) % 11
    return check != 10 and check % 11 == int(digits[9])


def modulus_10(digits: str) -> bool:
    """The check digit of newer CHI numbers (Luhn)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
