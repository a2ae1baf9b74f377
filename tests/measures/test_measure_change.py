"""Changing what is counted."""

import pytest

from measures import services
from tests.measures.practices import a_measure_by_practice
from tests.qiplans.conftest import a_measure


@pytest.fixture
def measure(world, work):
    return a_measure(world, work.project)


def path_to(measure):
    return f"/measures/{measure.pk}/change/"


def words(**changes):
    start = {"name": "Recalled", "unit": "PERCENT", "direction": "UP", "frequency": "MONTH", "version": 1}
    return {**start, **changes}


def test_the_second_of_two_who_change_it_is_told(world, as_person, measure):
    client = as_person(world.tom)
    assert client.post(path_to(measure), words(name="Recalled in good time")).status_code == 302
    measure.refresh_from_db()
    assert (measure.name, measure.version) == ("Recalled in good time", 2)
    answer = client.post(path_to(measure), words(name="Recalled late"))
    assert answer.status_code == 409
    assert "Recalled in good time" in answer.content.decode()


def test_a_chart_that_no_longer_fits_goes_back_to_the_run_chart(world, as_person):
    measure = a_measure_by_practice(world)
    services.choose_ruleset(by=world.callum, measure=measure, chart="p", ruleset="MDC", version=1)
    sent = words(version=2, scope="PRACT", numerator="People seen", denominator="People on the register")
    for unit, version, chart in (("PERCENT", 2, ("p", "MDC")), ("COUNT", 3, ("run", "PERLA"))):
        as_person(world.callum).post(path_to(measure), {**sent, "unit": unit, "version": version})
        measure.refresh_from_db()
        assert (measure.unit, measure.chart, measure.ruleset) == (unit, *chart)


def test_a_name_in_use_is_refused_beside_the_field(world, as_person, work, measure):
    a_measure(world, work.project, name="Upset by texts")
    page = as_person(world.callum).post(path_to(measure), words(name="UPSET by texts")).content.decode()
    assert "Your cluster has a measure called “Upset by texts”." in page
    assert as_person(world.callum).post(path_to(measure), words(name="RECALLED IN TIME")).status_code == 302


def test_unit_and_frequency_stay_once_there_are_figures(world, as_person, work):
    measure = a_measure(world, work.project, [50], name="Feet checked")
    changed = words(name="Feet checked", unit="COUNT", frequency="WEEK")
    page = as_person(world.callum).post(path_to(measure), changed).content.decode()
    assert page.count("There are figures counted by the old answer.") == 4  # beside each, and in the summary
    assert "Set “How often it is counted” back to what it was." in page
