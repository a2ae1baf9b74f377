"""Saying how a project is measured."""

import pytest

from measures.models import Measure
from qiplans import services
from qiplans.models import Project
from qiplans.selectors.measures import measures_of
from tests.qiplans.conftest import a_measure


def path_to(work):
    return f"/projects/{work.project.pk}/measures/new/"


def words(**changes):
    start = {"name": "Recalled", "kind": "PROCESS", "unit": "PERCENT", "direction": "UP", "numerator": "Recalled"}
    return {**start, "denominator": "On the register", "goal": "70 %", **changes}


def test_a_project_has_several_and_the_first_is_shown_in_lists(world, as_person, work):
    client = as_person(world.tom)
    assert client.post(path_to(work), words()).status_code == 302
    assert client.post(path_to(work), words(name="Upset by texts", kind="BALANCE")).status_code == 302
    first, second = measures_of(work.project)
    assert (first.cluster, first.kind, first.frequency, first.goal) == (world.rowan, "PROCESS", "MONTH", 70)
    assert (first.numerator, first.denominator) == ("Recalled", "On the register")
    assert (second.name, second.kind, second.in_project.position) == ("Upset by texts", "BALANCE", 2)
    page = client.get(f"/projects/{work.project.pk}/").content.decode()
    assert page.index("<h3>Recalled</h3>") < page.index("<h3>Upset by texts</h3>")
    assert "Add another measure" in page


def test_a_name_in_use_is_refused_beside_the_field(world, as_person, work):
    a_measure(world, work.project, name="Recalled")
    page = as_person(world.tom).post(path_to(work), words(name="recalled")).content.decode()
    assert "Your cluster has a measure called “Recalled”." in page
    assert 'value="recalled"' in page
    assert Measure.objects.count() == 1


def test_the_same_definition_sent_twice_is_one(world, work):
    measure = services.measure_project(by=world.tom, project=work.project, name="Recalled")
    stale = Project.objects.get(pk=work.project.pk)
    assert services.measure_project(by=world.callum, project=stale, name="Recalled") == measure
    with pytest.raises(services.NameTaken) as taken:
        services.measure_project(by=world.callum, project=stale, name="Recalled", unit="COUNT")
    assert taken.value.measure == measure


def test_a_goal_out_of_its_unit(world, as_person, work):
    page = as_person(world.callum).post(path_to(work), words(goal="170")).content.decode()
    assert "A goal in per cent lies between 0 and 100." in page
    assert 'value="170"' in page
    assert not Measure.objects.exists()


def test_strangers_and_readers(world, as_person, work):
    assert as_person(world.nell).post(path_to(work), words()).status_code == 404
    assert as_person(world.asha).post(path_to(work), words()).status_code == 403
