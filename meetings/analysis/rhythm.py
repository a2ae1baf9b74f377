"""The days of a series: every so many weeks, or on the n-th or last such weekday of every so many months."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import takewhile

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday

LAST = 5  # the last such weekday of the month, whether it is the fourth or the fifth
ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", LAST: "last"}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Rhythm:
    """Every `every` weeks from `first_on`; with `nth` every so many months on the n-th `weekday` of the month."""

    every: int
    weekday: int
    first_on: date
    nth: int | None = None

    def days(self) -> Iterator[date]:
        """Every day of the series, for as long as calendars go."""
        start = datetime.combine(self.first_on, time())
        if self.nth is None:
            rule = rrule(WEEKLY, interval=self.every, byweekday=weekday(self.weekday), dtstart=start)
        else:
            on = weekday(self.weekday)(-1 if self.nth == LAST else self.nth)
            rule = rrule(MONTHLY, interval=self.every, byweekday=on, dtstart=start)
        return (moment.date() for moment in rule)

    @property
    def usual_days(self) -> int:
        """About how many days lie between two meetings."""
        return self.every * 7 if self.nth is None else round(self.every * 30.4)

    @property
    def in_words(self) -> str:
        """As somebody would say it: "every 5 weeks, on Thursday"; "every 2 months, on the last Tuesday"."""
        day = WEEKDAYS[self.weekday]
        if self.nth is None:
            return f"{_every(self.every, 'week')}, on {day}"
        return f"{_every(self.every, 'month')}, on the {ORDINALS[self.nth]} {day}"


def _every(number: int, unit: str) -> str:
    return f"every {unit}" if number == 1 else f"every {number} {unit}s"


def slots(rhythm: Rhythm, *, since: date, until: date, least: int) -> list[date]:
    """The days of the series from `since` up to `until`, and as many later ones as make it `least`."""
    ahead = (day for day in rhythm.days() if day >= since)
    found: list[date] = []
    for day in takewhile(lambda day: day <= until or len(found) < least, ahead):
        found.append(day)
    return found
