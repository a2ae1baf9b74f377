"""The badge of data quality: a word, and facts that can be put right."""

from datetime import date

import pytest
import time_machine

from measures.analysis.quality import Held, quality_of
from tests.measures.practices import a_measure_by_practice, given


def test_nothing_to_come_has_no_quality():
    assert quality_of([], 0) is None


def test_all_there_is_good():
    quality = quality_of([Held(7, 7)] * 12, 0)
    assert (quality.word, quality.reasons) == ("Good", ("84 of 84 figures of the last 12 periods are there",))


def test_what_is_kept_back_or_noted_makes_it_fair():
    assert quality_of([Held(7, 7, is_kept_back=True)], 0).word == "Fair"
    quality = quality_of([Held(7, 7)], 2)
    assert (quality.word, quality.reasons[1]) == ("Fair", "2 figures with a note on how far to trust it")


def test_a_quarter_missing_makes_it_weak():
    assert quality_of([Held(7, 7), Held(0, 7)], 0).word == "Weak"
    assert quality_of([Held(9, 7), Held(6, 7)], 0).word == "Fair"


@pytest.fixture
def in_april():
    """Asked for before `world`, so that its people have their roles on that day."""
    with time_machine.travel("2026-04-10 09:00Z", tick=False):
        yield


def test_the_data_page_says_so(in_april, world, as_person):
    measure = a_measure_by_practice(world)
    for practice in (world.alder, world.ash, world.beech, world.elm):
        given(world, measure, practice, 20, on=date(2026, 1, 1))
        given(world, measure, practice, 20, on=date(2026, 3, 1))
    page = as_person(world.callum).get("/clusters/rowan/data/").content.decode()
    assert "Data quality: weak" in page
    assert "8 of 21 figures of the last 3 periods are there." in page
