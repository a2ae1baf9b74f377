"""Weeks, months and quarters: where a period begins, what it is called, and which one follows."""

from datetime import date, timedelta

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MOST = 600  # periods on one axis: 11 years of weeks


def first_day(day: date, frequency: str) -> date:
    """The first day of the week (Monday), month or quarter that `day` lies in."""
    if frequency == "WEEK":
        return day - timedelta(days=day.weekday())
    if frequency == "QUARTER":
        return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return day.replace(day=1)


def following(first: date, frequency: str) -> date:
    """The first day of the next period."""
    if frequency == "WEEK":
        return first + timedelta(days=7)
    months = first.year * 12 + first.month - 1 + (3 if frequency == "QUARTER" else 1)
    return date(months // 12, months % 12 + 1, 1)


def preceding(first: date, frequency: str) -> date:
    """The first day of the period before."""
    return first_day(first - timedelta(days=1), frequency)


def name_of(first: date, frequency: str) -> str:
    """The period in words: "Nov 2026", "Oct–Dec 2026", "week of 9 Nov 2026"."""
    if frequency == "WEEK":
        return f"week of {first.day} {MONTHS[first.month - 1]} {first.year}"
    if frequency == "QUARTER":
        return f"{MONTHS[first.month - 1]}–{MONTHS[first.month + 1]} {first.year}"
    return f"{MONTHS[first.month - 1]} {first.year}"


def short_name_of(first: date, frequency: str) -> str:
    """The period as it fits under an axis."""
    if frequency == "WEEK":
        return f"{first.day} {MONTHS[first.month - 1]} {first.year % 100:02}"
    return name_of(first, frequency)


def all_between(first: date, last: date, frequency: str) -> list[date]:
    """Every period from `first` to `last`, both included, so that a gap in the figures is a gap on the axis."""
    days = [first]
    while days[-1] < last and len(days) < MOST:
        days.append(following(days[-1], frequency))
    return days
