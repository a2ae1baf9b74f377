"""Months back from any day, the first of the calendar included."""

from datetime import date

import pytest

from shared.dates import months_before


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 11, 23), 12, date(2025, 11, 23)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(1, 2, 3), 1, date(1, 1, 3)),
        (date(1, 2, 3), 2, date.min),
        (date(1, 1, 1), 500, date.min),
    ],
)
def test_months_before(day, months, before):
    assert months_before(day, months) == before
