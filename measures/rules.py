"""What a figure must be to make sense, and for how long back figures are taken. Plain Python."""

from datetime import date
from decimal import Decimal

from measures.models import Measure

Unit = Measure.Unit
YEARS_BACK = 10
LARGEST = Decimal(10) ** 9


def figure_trouble(value: Decimal, unit: str) -> str:
    """Why a figure can't be one of its unit, in words; empty when it can. Zero is a figure like any other."""
    if value < 0:
        return "A figure here can’t be below zero."
    if unit == Unit.PERCENT and value > 100:
        return "Per cent goes from 0 to 100. If this is a count, change the unit of the measure."
    if unit == Unit.COUNT and value != value.to_integral_value():
        return "A count is a whole number."
    if value > LARGEST:
        return "This figure is too large. Check the number of noughts."
    return ""


def goal_trouble(goal: Decimal, unit: str) -> str:
    """Why a goal can't be reached in its unit; empty when it can."""
    if unit == Unit.PERCENT and not 0 <= goal <= 100:
        return "A goal in per cent lies between 0 and 100."
    return "A goal here can’t be below zero." if goal < 0 else ""


def period_trouble(day: date, *, today: date) -> str:
    """Why a period can't be taken; empty when it can."""
    if day > today:
        return "This period has not begun yet."
    if day.year < today.year - YEARS_BACK:
        return f"Figures are kept for {YEARS_BACK} years back. Check the year."
    return ""
