"""Finds the date that a sentence means: "by 3 Dec", "by Friday", "in 2 weeks", "end of March"."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10}

_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = (
    r"(?P<weekday>mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|"
    r"sat(?:urday)?|sun(?:day)?)\.?"
)
_LEAD = r"(?:\b(?:by|before|until|till|due|for|on)\s+(?:the\s+)?)"
_YEAR = r"(?:,?\s+(?P<year>20\d\d))?"


@dataclass(frozen=True)
class Found:
    """A date and where its words stand in the sentence."""

    day: date
    start: int
    end: int


def find_date(text: str, *, on: date) -> Found | None:
    """The last date said in `text`, as meant by somebody speaking on the day `on`; None when there is none.

    A date without a year is the next one. Words that are also ordinary words ("may", "sat") count only
    after "by", "before", "until", "due", "for" or "on".
    """
    best: Found | None = None
    for pattern, meaning in _PATTERNS:
        for match in pattern.finditer(text):
            found = _read(match, meaning, on)
            if found and (best is None or found.end > best.end or (found.end == best.end and found.start < best.start)):
                best = found
    return best


Meaning = Callable[[re.Match[str], date], date | None]


def _read(match: re.Match[str], meaning: Meaning, on: date) -> Found | None:
    try:
        day = meaning(match, on)
    except (ValueError, OverflowError, KeyError):
        return None
    return Found(day, match.start(), match.end()) if day else None


def _month_number(match: re.Match[str]) -> int:
    return MONTHS.index(match["month"][:3].lower()) + 1


def _next_time(on: date, month: int, day: int, year: str | None) -> date:
    if year:
        return date(int(year), month, day)
    this_year = date(on.year, month, day)
    return this_year if this_year >= on else date(on.year + 1, month, day)


def _named(match: re.Match[str], on: date) -> date:
    return _next_time(on, _month_number(match), int(match["day"]), match["year"])


def _slashed(match: re.Match[str], on: date) -> date:
    year = match["year"]
    return _next_time(on, int(match["month"]), int(match["day"]), f"20{year}" if year and len(year) == 2 else year)


def _iso(match: re.Match[str], on: date) -> date:
    return date.fromisoformat(match["iso"])


def _weekday(match: re.Match[str], on: date) -> date:
    wanted = DAYS.index(match["weekday"][:3].lower())
    if match["which"] and match["which"].lower() == "next":
        monday = on + timedelta(days=7 - on.weekday())
        return monday + timedelta(days=wanted)
    return on + timedelta(days=(wanted - on.weekday() - 1) % 7 + 1)


def _span(match: re.Match[str], on: date) -> date:
    number = match["number"].lower()
    count = int(number) if number.isascii() and number.isdigit() else NUMBERS[number]
    unit = match["unit"].lower()
    if unit.startswith("month"):
        return _months_on(on, count)
    return on + timedelta(days=count * (7 if unit.startswith("week") else 14 if unit.startswith("fort") else 1))


def _months_on(on: date, count: int) -> date:
    year, month = divmod(on.year * 12 + on.month - 1 + count, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def _month_end(match: re.Match[str], on: date) -> date:
    if match["month"]:
        month, year = _month_number(match), match["year"]
        last = monthrange(int(year) if year else on.year + (month < on.month), month)[1]
        return _next_time(on, month, last, year)
    which = (match["which"] or "").lower()
    first = _months_on(on.replace(day=1), 1 if "next" in which else 0)
    if match["unit"].lower() == "week":
        friday = on + timedelta(days=(4 - on.weekday()) % 7)
        return friday + timedelta(days=7 if "next" in which else 0)
    if match["unit"].lower() == "year":
        return date(first.year + ("next" in which and first.year == on.year), 12, 31)
    return first.replace(day=monthrange(first.year, first.month)[1])


def _soon(match: re.Match[str], on: date) -> date:
    word = match["soon"].lower()
    return on + timedelta(days={"today": 0, "tomorrow": 1, "next week": 7}[re.sub(r"\s+", " ", word)])


def _compiled(pattern: str) -> re.Pattern[str]:
    # ASCII, because "٣" is a digit too and "ſ" an "s": none of them is a date that people write.
    return re.compile(pattern, re.IGNORECASE | re.ASCII)


_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_PATTERNS: tuple[tuple[re.Pattern[str], Meaning], ...] = (
    (_compiled(rf"{_LEAD}?(?:\b{_WEEKDAY}\s+)?\b{_DAY}\s+(?:of\s+)?{_MONTH}{_YEAR}\b"), _named),
    (_compiled(rf"{_LEAD}?\b{_MONTH}\s+{_DAY}\b{_YEAR}(?![\d:])"), _named),
    (
        _compiled(rf"{_LEAD}?(?<![\d/])(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})(?:/(?P<year>20\d\d|\d\d))?(?![\d/])"),
        _slashed,
    ),
    (_compiled(rf"{_LEAD}?\b(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})\b"), _iso),
    (_compiled(rf"{_LEAD}(?P<which>next\s|this\s)?\s*{_WEEKDAY}\b".replace(r"next\s|this\s", "next|this")), _weekday),
    (_compiled(rf"\b(?P<which>next|this)\s+{_WEEKDAY}\b"), _weekday),
    (
        _compiled(
            r"\b(?:by|in|within)\s+(?:the\s+next\s+)?(?P<number>\d{1,3}|a|one|two|three|four|five|six|eight|ten)\s+"
            r"(?P<unit>days?|weeks?|fortnights?|months?)(?:['’]?\s+time)?\b"
        ),
        _span,
    ),
    (
        _compiled(
            rf"{_LEAD}?\b(?:the\s+)?end\s+of\s+(?:(?P<which>(?:the|this|next))\s+)?"
            rf"(?:(?P<unit>week|month|year)|{_MONTH}{_YEAR})\b"
        ),
        _month_end,
    ),
    (_compiled(rf"{_LEAD}?\b(?P<soon>today|tomorrow|next\s+week)\b"), _soon),
)
