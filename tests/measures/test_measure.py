"""Who reads a measure."""

import pytest

from accounts.roles import Role
from clusters.models import RoleAssignment
from measures.models import DataPoint, Measure
from qiplans.models import Project, ProjectMeasure
from tests.measures.practices import a_measure_by_practice, given
from tests.meetings.files import words_of
from tests.qiplans.conftest import a_measure


def test_above_the_cluster_it_is_read_where_its_project_is(world, as_person, work):
    path = f"/measures/{a_measure(world, work.project, [60]).pk}/"
    assert as_person(world.heather).get(path).status_code == 404
    Project.objects.update(share_level=Project.ShareLevel.HSCP)
    page = as_person(world.heather).get(path)
    assert page.status_code == 200
    assert "Change the measure" not in page.content.decode()
    assert as_person(world.bruce).get(path).status_code == 404
    assert as_person(world.nell).get(path).status_code == 404


@pytest.mark.parametrize("who", ["asha", "callum"])
def test_who_speaks_for_two_of_three_practices_reads_no_total(world, as_person, work, who):
    measure = a_measure_by_practice(world)
    for practice, count in ((world.alder, 21), (world.ash, 22), (world.beech, 24)):
        given(world, measure, practice, count)
    DataPoint.objects.update(is_from_practice=True)
    RoleAssignment.objects.create(person=world.asha, role=Role.PQL, practice=world.ash, starts_on=world.since)
    ProjectMeasure.objects.create(project=work.project, measure=measure)
    client, path = as_person(getattr(world, who)), f"/measures/{measure.pk}/"
    page, file = client.get(path).content.decode(), words_of(client.get(f"{path}chart.docx").content)
    project = client.get(f"/projects/{work.project.pk}/").content.decode()
    assert "Seen in time" in project
    for text in (page, file, project):
        assert ("44.67%" in text) is (who == "callum")


@pytest.mark.parametrize("has_figures", [False, True])
def test_who_enters_figures_of_practices_comes_to_the_table_from_the_chart(world, as_person, work, has_figures):
    measure = a_measure_by_practice(world)
    ProjectMeasure.objects.create(project=work.project, measure=measure)
    Project.objects.update(share_level=Project.ShareLevel.HSCP)
    if has_figures:
        for practice in (world.alder, world.ash, world.beech):
            given(world, measure, practice, 20)
    bring = f'href="/measures/{measure.pk}/upload/"'
    pages = f"/measures/{measure.pk}/", f"/projects/{work.project.pk}/"

    def offered(who):
        return [bring in as_person(getattr(world, who)).get(page).content.decode() for page in pages]

    assert [offered(who) for who in ("callum", "pam", "tom", "heather")] == [[True] * 2] * 3 + [[False] * 2]
    Measure.objects.update(ended_on=world.today)
    assert offered("callum") == [False] * 2


def test_the_table_has_no_column_without_anything_in_it(world, as_person, work):
    one, client = a_measure(world, work.project, [60, 61, 62]), as_person(world.callum)
    by_practice = a_measure_by_practice(world)
    for practice in (world.alder, world.ash, world.beech):
        given(world, by_practice, practice, 20)
    noted, change = '<th scope="col">What happened then</th>', '<span class="visually-hidden">Change</span></th>'

    def stands(measure):
        page = client.get(f"/measures/{measure.pk}/").content.decode()
        return noted in page, change in page

    assert (stands(one), stands(by_practice)) == ((False, True), (False, False))
    DataPoint.objects.filter(measure=one, value=61).update(note="Texts began")
    assert stands(one) == (True, True)
