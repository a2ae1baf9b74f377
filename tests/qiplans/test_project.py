"""The project page."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from qiplans import services
from tests.qiplans.conftest import a_measure

SERIES = [52, 48, 55, 49, 51, 47, 53, 50, 46, 54, 52, None, 61, 63, 62, 66, 64, 65, 68, 67, 70]


def path_to(work):
    return f"/projects/{work.project.pk}/"


def read(as_person, person, work):
    return as_person(person).get(path_to(work)).content.decode()


def test_members_read_all_of_it(world, as_person, work):
    a_measure(world, work.project, SERIES)
    services.write_update(by=world.tom, project=work.project, text="First line")
    services.write_update(by=world.tom, project=work.project, text="Second line")
    services.move_project(by=world.tom, project=work.project, to_state="TESTING")
    page = read(as_person, world.asha, work)
    for words in (
        "70% of people",
        "Tom Kerr",
        "Alder Medical Practice, Beech Medical Practice",
        "First line",
        "Second line",
    ):
        assert words in page
    assert "Idea → Testing" in page
    assert "One figure for the whole cluster." in page
    assert "10 points in a row" not in page
    assert "9 points in a row from Jan 2026 to Sep 2026" in page
    assert "1: Texts began" in page
    assert "no figure" in page
    assert 'role="img"' in page
    assert "Add a figure" not in page


def test_a_stretch_of_figures_is_read_by_rules_and_said_in_words(world, as_person, work):
    a_measure(world, work.project, SERIES[:7])
    page = read(as_person, world.callum, work)
    assert "Not enough data yet: 6 points lie off the median and 10 are needed." in page
    assert "part of a" not in page


def test_its_lead_keeps_it_and_other_members_don_t(world, as_person, work):
    assert "Change the project" in read(as_person, world.tom, work)
    assert "Say how you will measure it" in read(as_person, world.tom, work)
    assert "Share above the cluster" not in read(as_person, world.tom, work)
    assert "Change the project" not in read(as_person, world.asha, work)


def test_the_hscp_sees_it_only_when_shared_and_then_in_part(world, as_person, work):
    a_measure(world, work.project, SERIES)
    services.write_update(by=world.tom, project=work.project, text="First line")
    services.write_update(by=world.tom, project=work.project, text="Second line")
    services.plan_action(by=world.tom, project=work.project, what="Send texts", owner=world.asha, due_on=world.today)
    assert as_person(world.heather).get(path_to(work)).status_code == 404
    services.share_project(by=world.callum, project=work.project, level="BOARD")
    page = read(as_person, world.heather, work)
    for words in (
        "Texts for recall",
        "70% of people",
        "Second line",
        "A shift by the run chart rules of Perla and colleagues: 9 points",
        "Money for texts",
        "70%",
    ):
        assert words in page
    for words in ("First line", "Tom Kerr", "Alder Medical", "Texts began", "Send texts", "Change"):
        assert words not in page
    assert as_person(world.nell).get(path_to(work)).status_code == 404


def test_more_of_everything_costs_no_more_queries(world, as_person, work):
    a_measure(world, work.project, SERIES[:2])
    services.write_update(by=world.tom, project=work.project, text="Going")
    services.move_project(by=world.tom, project=work.project, to_state="TESTING")
    more(world, work)
    client = as_person(world.callum)
    client.get(path_to(work))
    with CaptureQueriesContext(connection) as few:
        client.get(path_to(work))
    for _ in range(10):
        more(world, work)
    with CaptureQueriesContext(connection) as many:
        client.get(path_to(work))
    assert len(many) == len(few)


def more(world, work):
    services.write_update(by=world.tom, project=work.project, text="Going")
    services.plan_action(
        by=world.tom, project=work.project, what="Send", owner=world.asha, due_on=world.today, at=timezone.now()
    )


def test_the_page_has_a_list_of_its_parts_and_each_is_there(world, as_person, work):
    services.share_project(by=world.callum, project=work.project, level="HSCP")
    for person in (world.callum, world.heather):
        page = as_person(person).get(f"/projects/{work.project.pk}/").content.decode()
        contents = page.split('aria-labelledby="on-this-page"')[1].split("</nav>")[0]
        parts = re.findall(r'href="#([\w-]+)"', contents)
        assert len(parts) >= 4
        assert [part for part in parts if f'id="{part}"' not in page] == []
        assert ("#charter" in contents) == (person == world.callum)
