"""Correcting a figure."""

from decimal import Decimal

import pytest

from accounts.models import AuditEvent
from tests.qiplans.conftest import a_measure, a_plan


@pytest.fixture
def point(world, work):
    return a_measure(world, work.project, [60]).points.get()


def path_to(point):
    return f"/measures/{point.measure_id}/figures/{point.pk}/"


def test_it_is_corrected_with_a_trace(world, as_person, point):
    page = as_person(world.tom).get(path_to(point)).content.decode()
    assert 'value="60"' in page
    assert "Jan 2025" in page
    assert as_person(world.tom).post(path_to(point), {"value": "61", "version": 1}).status_code == 302
    point.refresh_from_db()
    assert (point.value, point.version) == (Decimal(61), 2)
    assert AuditEvent.objects.get(verb="figure changed").changes["value"] == ["60.0000", "61"]


def test_the_second_editor_sees_both(world, as_person, point):
    as_person(world.tom).post(path_to(point), {"value": "61", "version": 1})
    answer = as_person(world.callum).post(path_to(point), {"value": "65", "version": 1})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "<td>61</td><td>65</td>" in page
    point.refresh_from_db()
    assert point.value == 61


def test_a_figure_of_another_measure_is_not_there(world, as_person, point):
    other = a_measure(world, a_plan(world, world.larch).project)
    assert as_person(world.duncan).get(f"/measures/{other.pk}/figures/{point.pk}/").status_code == 404


def test_strangers_and_readers(world, as_person, point):
    assert as_person(world.nell).get(path_to(point)).status_code == 404
    assert as_person(world.asha).get(path_to(point)).status_code == 403
