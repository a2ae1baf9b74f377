"""The day that a file's name speaks of; the file itself does not say."""

import re
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH_AND_YEAR = re.compile(rf"(?<![a-z])({'|'.join(MONTHS)})[a-z]*[\W_]*((?:20)?\d\d)(?!\d)", re.IGNORECASE)
FULL_DATE = re.compile(r"(?<!\d)(20\d\d)[\W_]?(\d\d)[\W_]?(\d\d)(?!\d)")


def day_in_name(name: str) -> date | None:
    """The date in a file name ("…_apr2024-open-data.csv" is 1 April 2024, "list-2024-10-01.csv" itself), or None."""
    if found := FULL_DATE.search(name):
        return _day(*map(int, found.groups()))
    if found := MONTH_AND_YEAR.search(name):
        month = MONTHS.index(found[1].lower()) + 1
        return _day(2000 + int(found[2]) % 100, month, 1)
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
