"""Days as a person says them, and working days as Scotland keeps them."""

from collections.abc import Mapping
from datetime import MINYEAR, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
from django.core.exceptions import ValidationError
from django.utils import timezone

SCOTLAND = ZoneInfo("Europe/London")


def today() -> date:
    """The local date in Scotland (a due date is a local date, not a moment)."""
    return timezone.localdate()


@lru_cache(maxsize=64)
def _bank_holidays(year: int) -> Mapping[date, str]:
    return dict(holidays.country_holidays("GB", subdiv="SCT", years=year))


def holiday_name(day: date) -> str:
    """What a Scottish public holiday is called; nothing for any other day."""
    return _bank_holidays(day.year).get(day, "")


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


# --- Times by the clock in Scotland --------------------------------------------------------------


def moment(day: date, at: time) -> datetime:
    """The moment at which the clock in Scotland shows `at` on `day`.

    Raises ValidationError for a time that the clock skips or shows twice that night (F28), with the nearest others.
    """
    local = datetime.combine(day, at, SCOTLAND)
    if _is_plain(local):
        return local
    before, after = (_nearest(local, step) for step in (-1, 1))
    is_skipped = local.utcoffset() < local.replace(fold=1).utcoffset()  # type: ignore[operator]
    what = f"forward, and {at:%H:%M} is left out" if is_skipped else f"back, and {at:%H:%M} comes twice"
    raise ValidationError(
        f"On {in_words(day)} the clocks go {what}. Choose {before:%H:%M} or earlier, or {after:%H:%M} or later.",
        code="clock",
    )


def _is_plain(local: datetime) -> bool:
    return local.utcoffset() == local.replace(fold=1).utcoffset()


def _nearest(local: datetime, step: int) -> datetime:
    while not _is_plain(local):
        local += timedelta(minutes=step)
    return local
