"""Finds patient numbers in text, so that they are refused before anything is stored.

CHI number: ten digits, the first six a date of birth DDMMYY, the last a check digit by modulus 11, or by
modulus 10 (Luhn) where a date of birth has used up its modulus 11 numbers. NHS number: ten digits with a
modulus 11 check digit, written 3-3-4 or labelled. It finds numbers, not names.

Only the spellings that people use are looked for: ten digits that merely follow one another (a list of
practice codes, a telephone number, a row of figures) are no patient number, and crying wolf teaches people
to look away.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from operator import mul

from shared.spellings import LABELLED, OTHER_LABEL, SHAPES, blanked

WEIGHTS = (10, 9, 8, 7, 6, 5, 4, 3, 2)
_DOUBLED = dict(zip("0123456789", (0, 2, 4, 6, 8, 1, 3, 5, 7, 9), strict=True))
_NOT_DIGITS = re.compile(r"\D+")
_FOUR_DIGITS = re.compile(r"\d{4}")
_BIRTH_DAY = re.compile(r"(\d\d)[./\- ]?(\d\d)[./\- ]?(?:19|20)?(\d\d)")
_NINE_DIGITS = re.compile(r"(?:\D*+\d){9}")  # no spelling has fewer: most texts are done with after this


def _digits(spelt: str) -> str:
    return spelt if spelt.isdecimal() else _NOT_DIGITS.sub("", spelt)


@dataclass(frozen=True)
class Finding:
    """Where a number stands in the text, what it is, and whether its check digit proves it."""

    start: int
    end: int
    kind: str
    certain: bool


def findings(text: str) -> tuple[Finding, ...]:
    """Every patient number in `text`, in order.

    `certain` is False for a right date of birth with a wrong check digit, and for a few look-alikes: ask.
    """
    if not _NINE_DIGITS.match(text):
        return ()
    plain = _plain(text)
    return tuple(_findings(plain, blanked(plain)))


def findings_in_cells(row: Sequence[str]) -> tuple[tuple[int, Finding], ...]:
    """Every patient number in one row of a table, with the number of the cell (from 0) in which it starts.

    Also found: a date of birth in one cell and the last four digits in the next. A finding that is split
    so ends where its first cell ends.
    """
    long_enough = [(n, cell) for n, cell in enumerate(row) if len(cell) > 8 and _NINE_DIGITS.match(cell)]
    found = [(n, finding) for n, cell in long_enough for finding in findings(cell)]
    taken = {n for n, _ in found}
    for n, (left, right) in enumerate(pairwise(row)):
        if len(right.strip()) != 4:  # a table has thousands of cells, and hardly any could be the end of a number
            continue
        if n not in taken and n + 1 not in taken and _is_split(_plain(left).strip(), _plain(right).strip()):
            found.append((n, Finding(0, len(left), "CHI", True)))
    return tuple(sorted(found, key=lambda pair: (pair[0], pair[1].start)))


def _is_split(left: str, right: str) -> bool:
    if not _FOUR_DIGITS.fullmatch(right):
        return False
    match = _BIRTH_DAY.fullmatch(left)
    if match is None:
        return False
    digits = "".join(match.groups()) + right
    return is_chi(digits) and not (len(left) > 6 and _is_recent(digits) and _is_time_of_day(right))


def _plain(text: str) -> str:
    """`text` with every kind of digit (full width, Arabic …) as 0–9; no character moves."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(c)) if c > "\x7f" and c.isdecimal() else c for c in text)


def _findings(plain: str, text: str) -> Iterator[Finding]:
    last = 0
    found = sorted([*_labelled(plain), *_spelt(plain, text)], key=lambda f: (f.start, not f.certain))
    for finding in found:
        if finding.start >= last:
            last = finding.end
            yield finding


def _labelled(plain: str) -> Iterator[Finding]:
    for match in LABELLED.finditer(plain):
        name = "nhs" if match["nhs"] else "number"
        digits = _digits(match[name])
        if born(digits):
            yield Finding(*match.span(name), "CHI", modulus_11(digits) or modulus_10(digits))
        elif modulus_11(digits):
            yield Finding(*match.span(name), "NHS", True)


def _spelt(plain: str, text: str) -> Iterator[Finding]:
    if not _NINE_DIGITS.match(text):  # as when a telephone number was all that it had
        return
    last = 0
    for match in SHAPES.finditer(text):
        if match.start() < last:
            continue
        shape = str(match.lastgroup)
        finding = _judge(plain, shape, match.start(), match.end(shape))
        if finding is not None:
            last = finding.end
            yield finding


def _judge(plain: str, shape: str, start: int, end: int) -> Finding | None:
    digits = _digits(plain[start:end]).rjust(10, "0")
    if born(digits) and (modulus_11(digits) or modulus_10(digits)):
        certain = _proven(plain, shape, start, end, digits)
    elif shape == "three" and modulus_11(digits):
        return None if _is_called_otherwise(plain, start) else Finding(start, end, "NHS", True)
    else:
        asks = shape in ("ten", "canonical") and born(digits) and _may_ask(plain, start, end, digits)
        certain = False if asks else None
    return None if certain is None else Finding(start, end, "CHI", certain)


def _proven(plain: str, shape: str, start: int, end: int, digits: str) -> bool | None:
    """Ten digits that could be a CHI number by date and check digit: True, False (ask), or None (something else)."""
    if shape in ("ten", "nine", "three", "cells") and _is_called_otherwise(plain, start):
        return None
    if shape == "nine" and (plain[max(0, start - 1) : start].isalpha() or plain[end : end + 1].isalpha()):
        return None
    decimals = plain[start - 1 : start] == "." and plain[start - 2 : start - 1].isdecimal()
    if decimals and shape in ("ten", "nine"):
        return False if shape == "ten" and plain[start - 2] != "0" else None
    if shape == "canonical" and _is_company_and_year(plain, start, end, digits):
        return None
    if shape == "dated" and end - start > 13 and digits[6:8] in ("19", "20"):
        return None  # "23 10 49 – 2019": figures and a year
    if shape in ("dated", "cells") and not plain[start:end][:6].isdecimal() and _is_recent(digits):
        return _is_small_child(plain[start:end], digits)
    return True


def _is_small_child(spelt: str, digits: str) -> bool | None:
    """Whether a day of these years and four digits are a CHI number after all, and not a day and a time or figure."""
    if not spelt[-5].isspace():
        return True
    if _is_time_of_day(digits[6:]):
        return None
    return spelt[2].isspace()  # "01/10/26 8251" might be a day and its list size


def _may_ask(plain: str, start: int, end: int, digits: str) -> bool:
    """Whether ten digits with a wrong check digit are worth a question: no reference, no decimals, no date and year."""
    spelt = plain[start:end]
    year = len(spelt) == 11 and spelt[6] == " " and digits[6:8] in ("19", "20")
    joined = plain[max(0, start - 1) : start]
    glued = joined.isalpha() or joined in "£.$/" * bool(joined) or plain[end : end + 1].isalpha()
    return not (glued or year or _is_called_otherwise(plain, start))


def _is_called_otherwise(plain: str, start: int) -> bool:
    """Whether the words before a number say that it is a meeting's, an order's or a telephone's."""
    before = plain[max(0, start - 32) : start]
    return before.lower() != before.upper() and OTHER_LABEL.search(before) is not None


def _is_company_and_year(plain: str, start: int, end: int, digits: str) -> bool:
    """ "SC012345 2024": a charity or company with its year."""
    glued = plain[max(0, start - 2) : start].isalpha() and start > 0
    return glued and digits[6:8] in ("19", "20") and end - start == 11


def _is_time_of_day(digits: str) -> bool:
    """Whether four digits are a time as diaries write it, to five minutes."""
    return int(digits[:2]) < 24 and int(digits[2:]) < 60 and int(digits[2:]) % 5 == 0


def _is_recent(digits: str) -> bool:
    year = date.today().year
    return year - 10 <= 2000 + int(digits[4:6]) <= year + 3


def is_chi(digits: str) -> bool:
    """Whether ten digits are a CHI number: a real date of birth and a right check digit."""
    return born(digits) is not None and (modulus_11(digits) or modulus_10(digits))


def born(digits: str) -> date | None:
    """The date in the first six digits (DDMMYY); None if neither the last nor this century has such a day.

    A year of two digits divisible by four was a leap year in 1904–1996 and is one in 2000–2096: asking this
    century alone covers both, and 29 February 2000 besides.
    """
    month = int(digits[2:4])
    if not (1 <= month <= 12 and 1 <= int(digits[:2]) <= 31):
        return None
    try:
        return date(2000 + int(digits[4:6]), month, int(digits[:2]))
    except ValueError:
        return None


def modulus_11(digits: str) -> bool:
    """The check digit of CHI and NHS numbers; a remainder that would need "10" is never issued."""
    check = 11 - sum(map(mul, map(int, digits), WEIGHTS)) % 11
    return check != 10 and check % 11 == int(digits[9])


def modulus_10(digits: str) -> bool:
    """The check digit of newer CHI numbers (Luhn): every second digit doubled, its digits added up."""
    return (sum(map(int, digits[1::2])) + sum(map(_DOUBLED.__getitem__, digits[::2]))) % 10 == 0
