"""Weeks, months and quarters."""

from datetime import date

import pytest

from measures.analysis.periods import all_between, first_day, following, name_of, short_name_of


@pytest.mark.parametrize(
    ("frequency", "first", "after", "name", "short"),
    [
        ("WEEK", date(2026, 11, 9), date(2026, 11, 16), "week of 9 Nov 2026", "9 Nov 26"),
        ("MONTH", date(2026, 11, 1), date(2026, 12, 1), "Nov 2026", "Nov 2026"),
        ("QUARTER", date(2026, 10, 1), date(2027, 1, 1), "Oct–Dec 2026", "Oct–Dec 2026"),
    ],
)
def test_the_period_of_12_november_2026(frequency, first, after, name, short):
    assert first_day(date(2026, 11, 12), frequency) == first
    assert following(first, frequency) == after
    assert name_of(first, frequency) == name
    assert short_name_of(first, frequency) == short


def test_gaps_are_periods_too():
    days = all_between(date(2025, 11, 1), date(2026, 2, 1), "MONTH")
    assert days == [date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]
    assert len(all_between(date(1, 1, 1), date(9000, 1, 1), "WEEK")) == 600
