"""What a practice gave, what it owes, and where it is told so."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clusters.models import Membership
from measures.analysis.periods import first_day, name_of, preceding
from measures.selectors import figures_due
from qiplans.models import Project, ProjectMeasure
from tests.measures.practices import a_measure_by_practice, given
from tests.office.reminded import written
from tests.qiplans.conftest import a_plan


@pytest.fixture
def measure(world):
    return a_measure_by_practice(world)


@pytest.fixture
def months(world):
    """First days of the last four whole months, the latest first."""
    days = [first_day(world.today, "MONTH")]
    for _ in range(4):
        days.append(preceding(days[-1], "MONTH"))
    return days[1:]


def due_from(world, practice):
    found = figures_due([world.rowan.pk], on=world.today, practices=frozenset({practice.pk}))
    return [due.period_on for due in found]


def test_a_new_measure_asks_for_the_last_whole_month(world, measure, months):
    assert due_from(world, world.alder) == months[:1]
    given(world, measure, world.alder, 0, on=months[0], state="MISSING")
    assert due_from(world, world.alder) == []


def test_a_measure_that_goes_on_asks_for_three_months_at_most(world, measure, months):
    given(world, measure, world.ash, 20, on=months[1])
    assert due_from(world, world.alder) == [months[1], months[0]]
    given(world, measure, world.ash, 20, on=months[3])
    assert due_from(world, world.alder) == [months[2], months[1], months[0]]


def test_a_practice_owes_nothing_from_before_it_joined(world, measure, months):
    given(world, measure, world.ash, 20, on=months[3])
    Membership.objects.filter(practice=world.alder).update(starts_on=months[1] + timedelta(days=3))
    assert due_from(world, world.alder) == [months[0]]


def test_nothing_is_owed_to_work_that_is_over(world, measure, months):
    project = a_plan(world).project
    ProjectMeasure.objects.create(project=project, measure=measure)
    assert due_from(world, world.alder) == months[:1]
    Project.objects.filter(pk=project.pk).update(state=Project.State.STOPPED)
    assert due_from(world, world.alder) == []


def test_the_page_lists_what_is_due_and_leads_to_the_form(world, as_person, measure, months):
    page = as_person(world.pam).get(f"/practices/{world.alder.code}/measures/").content.decode()
    assert "To enter (1)" in page
    assert f"/measures/{measure.pk}/practices/{world.alder.code}/{months[0]}/" in page
    assert "Who sees these figures in Rowan" in page
    given(world, measure, world.alder, 20, on=months[0])
    page = as_person(world.pam).get(f"/practices/{world.alder.code}/measures/").content.decode()
    assert "Nothing is due" in page
    assert "40% (20 of 50)" in page
    practice = as_person(world.pam).get(f"/practices/{world.alder.code}/").content.decode()
    assert f'href="/practices/{world.alder.code}/measures/"' in practice


def test_without_measures_it_says_so(world, as_person):
    page = as_person(world.asha).get(f"/practices/{world.alder.code}/measures/").content.decode()
    assert "The cluster asks practices for no figures." in page


def test_home_has_one_quiet_line_for_all_measures(world, as_person, measure, months):
    needs = as_person(world.pam).get("/").context["home"].needs
    (line,) = [need for need in needs if need.word == "To enter"]
    assert line.text == f"Figures of Alder Medical Practice: Seen in time, {name_of(months[0], 'MONTH')}"
    assert line.path == f"/measures/{measure.pk}/practices/{world.alder.code}/{months[0]}/"
    a_measure_by_practice(world, name="Another")
    needs = as_person(world.pam).get("/").context["home"].needs
    (line,) = [need for need in needs if need.word == "To enter"]
    assert line.text.endswith(" and 1 more")
    assert line.path == f"/practices/{world.alder.code}/measures/"
    assert not [need for need in as_person(world.callum).get("/").context["home"].needs if need.word == "To enter"]


def test_the_reminder_has_one_line_too(world, measure, months):
    a_measure_by_practice(world, name="Another")
    letters = written()
    said = f"2 figures of Alder Medical Practice to enter, the first for {name_of(months[0], 'MONTH')}"
    assert {who for who, body in letters.items() if said in body} == {"asha", "pam"}


def test_many_measures_cost_no_more_queries(world, as_person, measure):
    client, path = as_person(world.pam), f"/practices/{world.alder.code}/measures/"
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    for n in range(20):
        a_measure_by_practice(world, name=f"Measure {n}")
    with CaptureQueriesContext(connection) as many:
        client.get(path)
    assert len(many) == len(few)


def test_strangers_and_others(world, as_person, measure):
    path = f"/practices/{world.alder.code}/measures/"
    assert as_person(world.nell).get(path).status_code == 404
    assert as_person(world.tom).get(path).status_code == 403
    assert as_person(world.callum).get(path).status_code == 200
