"""The library of measures: definitions to find and to count the same by."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from measures.models import Measure
from tests.measures.practices import a_measure_by_practice


@pytest.fixture
def theirs(world):
    """A measure of Birch, in another HSCP."""
    return a_measure_by_practice(world, world.birch, name="Feet checked", source="Diabetes register", goal=80)


def read(as_person, person, query=""):
    return as_person(person).get(f"/measures/{query}").content.decode()


def test_a_definition_is_seen_elsewhere_when_it_is_offered(world, as_person, theirs):
    assert "Feet checked" not in read(as_person, world.callum)
    Measure.objects.update(is_offered=True)
    page = read(as_person, world.callum)
    assert "People seen, out of: People on the register" in page
    assert f'href="/measures/{theirs.pk}/use/"' in page
    assert f'href="/measures/{theirs.pk}/"' not in page
    assert f'href="/measures/{theirs.pk}/"' in read(as_person, world.nell)
    assert "Use this definition" not in read(as_person, world.asha)
    assert as_person(world.callum).get(f"/measures/{theirs.pk}/").status_code == 404


def test_it_is_narrowed_in_the_address(world, as_person):
    a_measure_by_practice(world, name="Feet checked", kind="PROCESS")
    a_measure_by_practice(world, name="Seen in time", kind="OUTCOME")
    assert "Seen in time" not in read(as_person, world.callum, "?q=feet")
    assert "Feet checked" in read(as_person, world.callum, "?q=register+feet")
    assert "Feet checked" not in read(as_person, world.callum, "?kind=OUTCOME")
    assert "No measure fits." in read(as_person, world.callum, "?unit=COUNT")


def test_a_definition_is_copied_without_its_goal(world, as_person, theirs):
    Measure.objects.update(is_offered=True)
    page = as_person(world.callum).get(f"/measures/{theirs.pk}/use/").content.decode()
    assert 'value="Feet checked"' in page
    words = {"numerator": "Feet", "denominator": "All", "scope": "PRACT", "unit": "PERCENT", "direction": "UP"}
    words |= {"name": "Feet checked", "cluster": world.rowan.pk}
    answer = as_person(world.callum).post(f"/measures/{theirs.pk}/use/", words)
    assert answer["Location"] == "/clusters/rowan/data/"
    copied = Measure.objects.get(cluster=world.rowan)
    assert (copied.name, copied.goal, copied.is_offered) == ("Feet checked", None, False)
    again = as_person(world.callum).post(f"/measures/{theirs.pk}/use/", words).content.decode()
    assert "Your cluster has a measure called “Feet checked”." in again
    elsewhere = as_person(world.callum).post(f"/measures/{theirs.pk}/use/", {**words, "cluster": world.birch.pk})
    assert "Choose one of your own clusters." in elsewhere.content.decode()


def test_many_definitions_cost_no_more_queries(world, as_person):
    a_measure_by_practice(world)
    client = as_person(world.callum)
    client.get("/measures/")
    with CaptureQueriesContext(connection) as few:
        client.get("/measures/")
    for n in range(19):
        a_measure_by_practice(world, name=f"Measure {n}")
    with CaptureQueriesContext(connection) as many:
        client.get("/measures/")
    assert len(many) == len(few)
