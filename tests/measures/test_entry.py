"""One small form a period for a practice."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import AuditEvent
from measures.models import DataPoint
from practices.models import ListSize
from tests.measures.practices import a_measure_by_practice, given

SEP = date(2026, 9, 1)


@pytest.fixture
def measure(world):
    return a_measure_by_practice(world)


def path_to(measure, practice, day="2026-09-01"):
    return f"/measures/{measure.pk}/practices/{practice.code}/{day}/"


def test_the_value_is_worked_out(world, as_person, measure):
    typed = {"numerator": "31", "denominator": "50", "minutes_taken": "12", "quality_note": "Two weeks are missing"}
    answer = as_person(world.pam).post(path_to(measure, world.alder), typed, follow=True)
    assert "The figure for Sep 2026 is saved." in answer.content.decode()
    point = DataPoint.objects.get()
    assert (point.value, point.numerator, point.denominator) == (62, 31, 50)
    assert (point.practice, point.period_on, point.minutes_taken) == (world.alder, SEP, 12)
    assert (point.entered_by, point.is_from_practice) == (world.pam, True)
    assert "62% (31 of 50)" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "state", "value", "denominator"),
    [
        ({"numerator": "0", "denominator": "50"}, "GIVEN", 0, 50),
        ({"state": "MISSING"}, "MISSING", None, None),
        ({"state": "SUPPR", "denominator": "50"}, "SUPPR", None, 50),
        ({"numerator": "*", "denominator": "50"}, "SUPPR", None, 50),
        ({"numerator": "<5"}, "SUPPR", None, None),
        ({"numerator": "C", "denominator": "50"}, "SUPPR", None, 50),
    ],
)
def test_nought_and_none_and_too_small_are_three_things(world, as_person, measure, typed, state, value, denominator):
    assert as_person(world.asha).post(path_to(measure, world.alder), typed).status_code == 302
    point = DataPoint.objects.get()
    assert (point.state, point.value, point.denominator) == (state, value, denominator)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Write the count, or say that there is no figure for this period."),
        ({"numerator": "51", "denominator": "50"}, "More are counted (51) than there are (50)."),
        ({"numerator": "1.5", "denominator": "50"}, "A count is a whole number."),
        ({"numerator": "-1", "denominator": "50"}, "A figure here can’t be below zero."),
        ({"numerator": "0", "denominator": "0"}, "say that there is no figure"),
        ({"numerator": "31"}, "Say out of how many."),
        ({"numerator": "*", "denominator": "9999999999"}, "This figure is too large."),
        ({"state": "SUPPR", "denominator": "1.5"}, "A count is a whole number."),
        ({"numerator": "some", "denominator": "50"}, "If it is too small to show, write *."),
        ({"numerator": "31", "denominator": "50", "state": "MISSING"}, "Keep one of the two."),
        ({"numerator": "31", "denominator": "50", "minutes_taken": "2000"}, "That is more than a day."),
    ],
)
def test_what_is_wrong_is_said(world, as_person, measure, typed, sentence):
    page = as_person(world.pam).post(path_to(measure, world.alder), {**typed, "note": "Kept words"}).content.decode()
    assert sentence in page
    assert "Kept words" in page
    assert not DataPoint.objects.exists()


def test_a_correction_keeps_the_figure_before_on_file(world, as_person, measure):
    client = as_person(world.asha)
    client.post(path_to(measure, world.alder), {"numerator": "31", "denominator": "50"})
    page = client.get(path_to(measure, world.alder)).content.decode()
    assert 'value="31"' in page
    assert client.post(path_to(measure, world.alder), {"numerator": "32", "denominator": "50", "version": 1})
    assert DataPoint.objects.get().value == 64
    assert AuditEvent.objects.get(verb="figure changed").changes["numerator"] == ["31.0000", "32"]


def test_of_two_at_once_the_second_sees_both(world, as_person, measure):
    as_person(world.asha).post(path_to(measure, world.alder), {"numerator": "31", "denominator": "50"})
    answer = as_person(world.pam).post(path_to(measure, world.alder), {"numerator": "32", "denominator": "50"})
    assert answer.status_code == 409
    assert "<td>31</td><td>32</td>" in answer.content.decode()
    again = as_person(world.pam).post(path_to(measure, world.alder), {"numerator": "31", "denominator": "50"})
    assert again.status_code == 302  # the very same is no conflict
    assert DataPoint.objects.get().version == 1


def test_who_writes_up_the_cluster_enters_and_does_not_see_what_a_practice_gave(world, as_person, measure):
    callum = as_person(world.callum)
    assert callum.post(path_to(measure, world.ash), {"numerator": "31", "denominator": "50"}).status_code == 302
    assert 'value="31"' in callum.get(path_to(measure, world.ash)).content.decode()
    as_person(world.pam).post(path_to(measure, world.alder), {"numerator": "17", "denominator": "50"})
    refused = callum.get(path_to(measure, world.alder))
    assert refused.status_code == 403
    assert "17" not in callum.get(f"/practices/{world.alder.code}/measures/").content.decode().split("<h2>")[1]


def test_a_practice_takes_over_what_was_entered_for_it(world, as_person, measure):
    as_person(world.callum).post(path_to(measure, world.alder), {"numerator": "31", "denominator": "50"})
    as_person(world.pam).post(path_to(measure, world.alder), {"numerator": "33", "denominator": "50", "version": 1})
    assert DataPoint.objects.get().is_from_practice
    assert as_person(world.callum).get(path_to(measure, world.alder)).status_code == 403


def test_a_rate_starts_from_the_size_of_the_list(world, as_person):
    rate = a_measure_by_practice(world, name="Attendances", unit="RATE")
    ListSize.objects.create(practice=world.alder, counted_on=date(2026, 7, 1), patients=4800)
    assert 'value="4800"' in as_person(world.pam).get(path_to(rate, world.alder)).content.decode()


def test_a_rate_too_large_to_keep_is_said(world, as_person):
    rate = a_measure_by_practice(world, name="Attendances", unit="RATE")
    page = as_person(world.pam).post(path_to(rate, world.alder), {"numerator": "900000000", "denominator": "1"})
    assert "This figure is too large. Check the number of noughts." in page.content.decode()
    assert not DataPoint.objects.exists()


def test_a_count_asks_for_no_denominator(world, as_person):
    count = a_measure_by_practice(world, name="Falls", unit="COUNT", denominator="")
    page = as_person(world.pam).get(path_to(count, world.alder)).content.decode()
    assert "Out of" not in page
    as_person(world.pam).post(path_to(count, world.alder), {"numerator": "7"})
    assert (DataPoint.objects.get().value, DataPoint.objects.get().denominator) == (Decimal(7), None)


@pytest.mark.parametrize("day", ["2026-09-02", "2099-01-01", "1926-01-01", "soon"])
def test_a_day_that_begins_no_period_is_not_there(world, as_person, measure, day):
    assert as_person(world.pam).get(path_to(measure, world.alder, day)).status_code == 404


def test_strangers_and_others(world, as_person, measure):
    given(world, measure, world.alder, 20, on=SEP)
    assert as_person(world.nell).get(path_to(measure, world.alder)).status_code == 404
    assert as_person(world.tom).get(path_to(measure, world.alder)).status_code == 403
    assert as_person(world.heather).get(path_to(measure, world.alder)).status_code == 403
    assert as_person(world.pam).get(path_to(measure, world.gean)).status_code == 404
