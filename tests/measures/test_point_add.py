"""Entering a figure."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from measures.models import DataPoint
from tests.qiplans.conftest import a_measure


@pytest.fixture
def path(world, work):
    return f"/measures/{a_measure(world, work.project, [60]).pk}/figures/new/"


def errors_of(client, path, **typed):
    return client.post(path, {"period_on": "2026-03-17", **typed}).content.decode()


def test_any_day_of_the_month_will_do(world, as_person, path):
    answer = as_person(world.tom).post(
        path, {"period_on": "17/3/2026", "value": "62.5 %", "note": "Texts"}, follow=True
    )
    assert "The figure for Mar 2026 is on the chart." in answer.content.decode()
    point = DataPoint.objects.get(period_on=date(2026, 3, 1))
    assert (point.value, point.note, point.entered_by) == (Decimal("62.5"), "Texts", world.tom)


def test_zero_is_a_figure_and_none_is_said(world, as_person, path):
    client = as_person(world.callum)
    assert client.post(path, {"period_on": "2026-03-01", "value": "0"}).status_code == 302
    assert client.post(path, {"period_on": "2026-04-01", "has_no_figure": "on", "note": "Down"}).status_code == 302
    assert DataPoint.objects.get(period_on=date(2026, 3, 1)).value == 0
    assert DataPoint.objects.get(period_on=date(2026, 4, 1)).value is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"value": "101"}, "Per cent goes from 0 to 100."),
        ({"value": "-1"}, "A figure here can’t be below zero."),
        ({"value": ""}, "Write the figure, or say that there is none for this period."),
        ({"value": "many"}, "Write the figure in digits, for example 62.5."),
        ({"value": "NaN"}, "Write the figure in digits, for example 62.5."),
        ({"value": "71,5"}, "Write the figure with a point, for example 71.5."),
        ({"value": "0,500"}, "Write the figure with a point, for example 71.5."),
        ({"value": "1.23456"}, "Write at most four digits after the point."),
        ({"value": "5", "has_no_figure": "on"}, "Keep one of the two."),
        ({"value": "5", "period_on": ""}, "Say which period the figure is for."),
        ({"value": "5", "period_on": "soon"}, "Write a date, such as 1/11/2026."),
        ({"value": "5", "period_on": "1926-01-01"}, "Check the year."),
        (
            {"value": "5", "period_on": "2025-01-31"},
            "Jan 2025 has a figure already (60%). Change that one in the table.",
        ),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(world, as_person, path, typed, sentence):
    page = errors_of(as_person(world.callum), path, note="Kept words", **typed)
    assert sentence in page
    assert "Kept words" in page
    assert DataPoint.objects.count() == 1


def test_a_period_to_come_has_no_figure_yet(world, as_person, path):
    page = errors_of(as_person(world.callum), path, value="5", period_on=world.today + timedelta(days=40))
    assert "This period has not begun yet." in page


def test_strangers_and_readers(world, as_person, path):
    assert as_person(world.nell).post(path, {}).status_code == 404
    assert as_person(world.asha).post(path, {}).status_code == 403
