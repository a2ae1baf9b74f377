"""Days as a person says them, and working days as Scotland keeps them."""

from datetime import MINYEAR, date, timedelta
from functools import lru_cache

import holidays
from django.utils import timezone


def today() -> date:
    """The local date in Scotland (a due date is a local date, not a moment)."""
    return timezone.localdate()


@lru_cache(maxsize=64)
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="SCT", years=year))


def is_working_day(day: date) -> bool:
    """Monday to Friday, without Scottish bank holidays."""
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after `start` up to and including `end`; 0 when end is not later."""
    return sum(is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


def add_working_days(start: date, days: int) -> date:
    """The date that lies `days` working days after `start`."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return day


def months_before(day: date, months: int) -> date:
    """The same day of the month, `months` earlier; the month's last day where it has no such day.

    Before the calendar begins: its first day.
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < MINYEAR:
        return date.min
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has a 28th")


def relative(day: date, *, to: date) -> str:
    """Say a day as seen from another: "today", "tomorrow", "in 3 days", "5 days ago", "4 months ago"."""
    gap = (day - to).days
    if gap == 0:
        return "today"
    if gap in (1, -1):
        return "tomorrow" if gap == 1 else "yesterday"
    size = abs(gap)
    words = f"{size} days" if size < 61 else f"{round(size / 30.4)} months"
    return f"in {words}" if gap > 0 else f"{words} ago"


def in_words(day: date) -> str:
    """A date as the portal writes it everywhere: "Thu 12 Nov 2026"."""
    return f"{day:%a} {day.day} {day:%b %Y}"
