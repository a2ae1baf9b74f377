"""Templates of projects: those that ship, starting from one, and an HSCP's own."""

import pytest

from measures.models import Measure
from qiplans.models import OwnTemplate, Project
from qiplans.reference.templates import SHIPPED
from qiplans.services.templates import free_name, start_from_template
from tests.house.rows.qiplans_templates import WORDS, a_template


def test_what_ships_is_whole_and_named_once():
    slugs = [template.slug for template in SHIPPED]
    assert len(slugs) == len(set(slugs)) >= 23
    for template in SHIPPED:
        assert template.measures, template.slug
        assert len(template.ideas) >= 3, template.slug
        for measure in template.measures:
            assert measure.kind in Measure.Kind.values
            assert measure.unit in Measure.Unit.values
            assert measure.direction in Measure.Direction.values
            assert measure.frequency in Measure.Frequency.values
            assert max(map(len, (measure.name, measure.numerator, measure.denominator, measure.source))) <= 300


@pytest.mark.parametrize("template", SHIPPED, ids=lambda template: template.slug)
def test_each_can_be_started_from(world, work, template):
    project = start_from_template(by=world.callum, priority=work.priority, template=template)
    assert project.measured.count() == len(template.measures)
    assert project.aim.startswith("By ")
    assert project.charter.change_ideas.splitlines() == list(template.ideas)


def test_starting_twice_gives_other_names_and_pressing_twice_one_project(world, as_person, work):
    client, path = as_person(world.callum), "/projects/templates/advance-care-planning/start/"
    nonce = "8a1d6e8e-3b0f-4a7e-9d55-0f7a8f6b7c11"
    for _ in range(2):
        assert client.post(path, {"priority": work.priority.pk, "nonce": nonce}).status_code == 302
    assert Project.objects.filter(charter__from_template="advance-care-planning").count() == 1
    client.post(path, {"priority": work.priority.pk})
    names = set(Measure.objects.filter(cluster=world.rowan).values_list("name", flat=True))
    assert {"Plans shared", "Plans shared (2)"} <= names
    assert free_name("Plans", {"plans", "plans (2)"}) == "Plans (3)"


def test_only_priorities_that_one_writes_are_offered(world, as_person, work):
    answer = as_person(world.duncan).post(
        "/projects/templates/advance-care-planning/start/", {"priority": work.priority.pk}
    )
    assert answer.status_code == 403
    assert Project.objects.count() == 1


def test_the_list_is_searched_by_words_and_topic(world, as_person):
    client = as_person(world.asha)
    found = client.get("/projects/templates/?q=stroke").content.decode()
    assert "Stroke risk in atrial fibrillation" in found
    assert "pulmonary" not in found.lower()
    assert (
        "One pathway for lasting pain" in client.get("/projects/templates/?topic=Long-term+conditions").content.decode()
    )
    assert "No template fits" in client.get("/projects/templates/?q=zebra").content.decode()


def test_an_hscp_adds_one_for_its_clusters_and_retires_it(world, as_person, work):
    heather, callum = as_person(world.heather), as_person(world.callum)
    assert heather.post("/projects/templates/new/", {**WORDS, "hscp": world.strath.pk}).status_code == 302
    row = OwnTemplate.objects.get()
    assert "Lithium checks" in callum.get("/projects/templates/").content.decode()
    assert "Lithium checks" not in as_person(world.nell).get("/projects/templates/").content.decode()
    callum.post(f"/projects/templates/own-{row.pk}/start/", {"priority": work.priority.pk})
    assert Project.objects.filter(title="Lithium checks").exists()
    heather.post(f"/projects/templates/own-{row.pk}/retire/")
    assert "Lithium checks" not in callum.get("/projects/templates/").content.decode()


def test_nobody_writes_for_another_hscp(world, as_person):
    answer = as_person(world.heather).post("/projects/templates/new/", {**WORDS, "hscp": world.neighbour.pk})
    assert "Choose an HSCP that you write for." in answer.content.decode()
    assert not OwnTemplate.objects.exists()


def test_a_retired_one_says_so_and_starts_nothing(world, as_person, work):
    row = a_template(world)
    as_person(world.lewis).post(f"/projects/templates/own-{row.pk}/retire/")
    callum, path = as_person(world.callum), f"/projects/templates/own-{row.pk}/"
    assert "Offered no more" in callum.get(path).content.decode()
    for answer in (callum.get(f"{path}start/"), callum.post(f"{path}start/", {"priority": work.priority.pk})):
        assert answer.url == "/projects/templates/"
    assert Project.objects.count() == 1


def test_the_priority_goes_along_from_the_plan_to_the_project(world, as_person, work):
    client, under = as_person(world.callum), f"?priority={work.priority.pk}"
    plan, listed = client.get("/clusters/rowan/plan/").content.decode(), f"/projects/templates/{under}"
    assert f'href="{listed}"' in plan
    page = client.get(f"{listed}&q=stroke").content.decode()
    assert f"For the priority “{work.priority.title}”" in page
    assert f'name="priority" value="{work.priority.pk}"' in page
    assert f'href="/projects/templates/{under}">Show all' in page
    one = f"/projects/templates/advance-care-planning/{under}"
    assert f'href="{one}"' in client.get(listed).content.decode()
    start = f"/projects/templates/advance-care-planning/start/{under}"
    assert f'href="{start}"' in client.get(one).content.decode()
    asked = client.get(start).content.decode()
    assert f'<option value="{work.priority.pk}" selected>' in asked
    assert f'href="{one}"' in asked


def test_a_priority_that_is_not_ones_own_is_not_taken_along(world, as_person, work):
    page = as_person(world.nell).get(f"/projects/templates/?priority={work.priority.pk}").content.decode()
    assert work.priority.title not in page


def test_priorities_of_years_that_are_over_are_not_offered(world, as_person, work):
    plan = work.priority.plan
    type(plan).objects.filter(pk=plan.pk).update(year=plan.year - 1)
    client, path = as_person(world.callum), "/projects/templates/advance-care-planning/start/"
    assert client.get(path).status_code == 403
    assert client.post(path, {"priority": work.priority.pk}).status_code == 403
    assert Project.objects.count() == 1
