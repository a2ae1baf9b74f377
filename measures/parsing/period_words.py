"""The day that the name of a period speaks of: "Jan 2026", "2026-01", "Oct–Dec 2026", "week of 9 Nov 2026"."""

import re
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"({'|'.join(MONTHS)})[a-z]*\.?"
_YEAR = r"((?:20)?\d\d)"
DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/((?:20)?\d\d)")
ISO = re.compile(r"(20\d\d)-(\d{1,2})(?:-(\d{1,2}))?(?:[T ]00:00(?::00)?)?")
MONTH_SLASH_YEAR = re.compile(r"(\d{1,2})[/.](20\d\d)")
NAMED = re.compile(rf"(?:week of )?(?:(\d{{1,2}})(?:st|nd|rd|th)? )?{_MONTH}[ \-]?(?:[–-] ?[a-z]+\.? )?{_YEAR}")
QUARTER = re.compile(r".*\bq[1-4]\b.*")
UNCLEAR = "Quarters are counted from January or from April: write the months, such as Oct–Dec 2026."
NO_PERIOD = "This is not a period. Write it like Jan 2026, Oct–Dec 2026 or week of 9 Nov 2026."


class NoPeriod(ValueError):
    """Why words name no period, in words."""


def day_named(words: str) -> date:
    """A day of the period that `words` name, by the day or the month that they begin with. Raises NoPeriod."""
    text = " ".join(words.casefold().split())
    try:
        if found := DAY_FIRST.fullmatch(text):
            return date(_year(found[3]), int(found[2]), int(found[1]))
        if found := ISO.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3] or 1))
        if found := MONTH_SLASH_YEAR.fullmatch(text):
            return date(int(found[2]), int(found[1]), 1)
        if found := NAMED.fullmatch(text):
            return date(_year(found[3]), MONTHS.index(found[2]) + 1, int(found[1] or 1))
    except ValueError:
        raise NoPeriod("There is no such day.") from None
    raise NoPeriod(UNCLEAR if QUARTER.fullmatch(text) else NO_PERIOD)


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)
