"""The data of a cluster."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from measures.analysis.periods import first_day, preceding
from measures.models import Measure
from tests.measures.practices import a_measure_by_practice, consent, given
from tests.qiplans.conftest import a_measure

PATH = "/clusters/rowan/data/"


@pytest.fixture
def last_month(world):
    return preceding(first_day(world.today, "MONTH"), "MONTH")


def read(as_person, person):
    return as_person(person).get(PATH).content.decode()


def test_empty_it_says_what_to_do(world, as_person):
    assert 'href="/clusters/rowan/measures/new/"' in read(as_person, world.callum)
    assert "The Cluster Quality Lead or the administrator adds one" in read(as_person, world.pam)
    assert 'href="/clusters/rowan/data/"' in as_person(world.callum).get("/clusters/rowan/").content.decode()
    assert 'href="/clusters/rowan/data/"' in as_person(world.callum).get("/clusters/rowan/plan/").content.decode()


def test_a_measure_of_the_cluster_is_added(world, as_person):
    typed = {"name": "Seen", "unit": "PERCENT", "direction": "UP", "scope": "PRACT"}
    page = as_person(world.callum).post("/clusters/rowan/measures/new/", typed).content.decode()
    assert page.count("Every practice will count by these words: write them down.") == 4
    words = {**typed, "numerator": "Seen", "denominator": "All"}
    assert as_person(world.callum).post("/clusters/rowan/measures/new/", words).status_code == 302
    assert Measure.objects.get().is_by_practice
    assert (
        "Your cluster has a measure called “Seen”."
        in as_person(world.callum).post("/clusters/rowan/measures/new/", words).content.decode()
    )


def test_it_says_how_complete_and_whose_figures_are_to_come(world, as_person, last_month):
    measure = a_measure_by_practice(world)
    for practice in (world.alder, world.ash, world.beech, world.elm):
        given(world, measure, practice, 20, on=last_month)
    inside = read(as_person, world.pam)
    assert "4 of 7 practices gave a figure" in inside
    awaited = inside.split("Still to come: ")[1].split("</span>")[0]
    assert awaited == "Hazel Medical Practice, Holly Medical Practice, Willow Medical Practice"
    assert "40%" in inside
    above = read(as_person, world.heather)
    assert "4 of 7 practices gave a figure" in above
    assert "Still to come" not in above
    assert "Hazel" not in above


def test_members_read_how_practices_share(world, as_person):
    consent(world, world.elm, inside="NAMED", on=world.today)
    page = read(as_person, world.pam)
    assert page.count("not said yet") == 6
    assert f'href="/practices/{world.alder.code}/sharing/rowan/"' in page
    assert f"/practices/{world.elm.code}/sharing/" not in page
    assert "How practices share" not in read(as_person, world.heather)


def test_above_there_is_no_measure_of_work_that_stays_inside(world, as_person, work):
    a_measure(world, work.project, [60])
    assert "Recalled in time" in read(as_person, world.tom)
    assert "Recalled in time" not in read(as_person, world.heather)


def test_many_measures_cost_no_more_queries(world, as_person, last_month):
    given(world, a_measure_by_practice(world), world.alder, 20, on=last_month)
    client = as_person(world.callum)
    client.get(PATH)
    with CaptureQueriesContext(connection) as few:
        client.get(PATH)
    for n in range(20):
        given(world, a_measure_by_practice(world, name=f"Measure {n}"), world.ash, 20, on=last_month)
    with CaptureQueriesContext(connection) as many:
        client.get(PATH)
    assert len(many) == len(few)


def test_strangers(world, as_person):
    assert as_person(world.nell).get(PATH).status_code == 404
