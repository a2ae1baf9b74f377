"""Defining the measure of a project."""

from decimal import Decimal

import pytest

from measures.models import Measure
from qiplans import services
from qiplans.models import Project
from tests.qiplans.conftest import a_measure


def path_to(work):
    return f"/projects/{work.project.pk}/measure/"


def words(**changes):
    start = {"name": "Recalled", "definition": "Of all.", "unit": "PERCENT", "direction": "UP", "frequency": "MONTH"}
    return {**start, "goal": "70 %", **changes}


def test_it_is_defined_once_and_then_changed(world, as_person, work):
    client = as_person(world.tom)
    assert client.post(path_to(work), words()).status_code == 302
    measure = Measure.objects.get()
    work.project.refresh_from_db()
    assert (work.project.measure, measure.cluster, measure.goal) == (measure, world.rowan, Decimal(70))
    assert client.post(path_to(work), words(name="Recalled in time", version=1)).status_code == 302
    measure.refresh_from_db()
    assert (measure.name, measure.version) == ("Recalled in time", 2)
    answer = client.post(path_to(work), words(name="Recalled late", version=1))
    assert answer.status_code == 409
    assert "Recalled in time" in answer.content.decode()


def test_the_second_of_two_who_define_it_is_told(world, work):
    services.measure_project(by=world.tom, project=work.project, name="Recalled")
    stale = Project.objects.get(pk=work.project.pk)
    with pytest.raises(services.ChangedMeanwhile) as clash:
        services.measure_project(by=world.callum, project=stale, name="Feet checked")
    assert clash.value.theirs.name == "Recalled"
    assert services.measure_project(by=world.callum, project=stale, name="Recalled") == Measure.objects.get()


def test_a_goal_out_of_its_unit(world, as_person, work):
    page = as_person(world.callum).post(path_to(work), words(goal="170")).content.decode()
    assert "A goal in per cent lies between 0 and 100." in page
    assert 'value="170"' in page
    assert not Measure.objects.exists()


def test_the_unit_stays_once_there_are_figures(world, as_person, work):
    a_measure(world, work.project, [50])
    page = as_person(world.callum).post(path_to(work), words(unit="COUNT", version=1)).content.decode()
    assert "There are figures in the old unit" in page


def test_strangers_and_readers(world, as_person, work):
    assert as_person(world.nell).post(path_to(work), words()).status_code == 404
    assert as_person(world.asha).post(path_to(work), words()).status_code == 403
