"""The cluster page: everything inside, what is visible upward above, structure only for the registry."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from clusters.models import FormerName, Membership, RoleAssignment
from tests.reporting import told

PATH = "/clusters/rowan/"


def text_for(as_person, person, path=PATH):
    response = as_person(person).get(path)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def lived_in(world):
    """A year in words that can be looked for."""
    shared = told.meeting(world, days=41, share="HSCP", next_in=14)
    told.action(world, "OWNACTION", item=told.item(shared, "OPENITEM"))
    told.action(world, "KEPTACTION", item=told.item(shared, "KEPTITEM", kept=True))
    told.action(world, "HEATHERSACTION", owner=world.heather, item=shared.items.first())
    world.private = told.meeting(world, days=80)
    world.shared = shared
    world.draft = told.meeting(world, days=2, state="DRAFT")
    told.ask(world, "ASKEDWORDS")
    plan = told.plan(world)
    told.project(plan, "SHAREDPROJECT", shared=True)
    told.project(plan, "PRIVATEPROJECT")
    told.escalation(world, "OPENMATTER")
    told.escalation(world, "SECRETMATTER", is_confidential=True, named_lead=world.rhona)
    return world


def test_a_cql_sees_it_all_and_logs_in_one_tap(lived_in, as_person):
    text = text_for(as_person, lived_in.callum)
    assert '<a class="ds_button" href="/clusters/rowan/meetings/log/">Log a meeting</a>' in text
    assert text.count('class="ds_button"') == 1, "one primary button"
    for word in ("OWNACTION", "KEPTACTION", "ASKEDWORDS", "SHAREDPROJECT", "PRIVATEPROJECT", "Open actions (3)"):
        assert word in text
    for path in (f"/meetings/{lived_in.private.pk}/", f"/meetings/{lived_in.draft.pk}/"):
        assert path in text
    assert "7 practices" in text
    assert "35,000 patients" in text
    assert "6 of 7 practices represented" in text
    assert "nobody holds this role" in text


@pytest.mark.once
def test_every_link_of_the_page_opens(lived_in, as_person):
    for who in (lived_in.callum, lived_in.asha, lived_in.heather, lived_in.lewis, lived_in.priya, lived_in.duncan):
        client = as_person(who)
        for path in ("/", PATH, "/clusters/rowan/who-sees-what/", "/practices/90000/"):
            text = client.get(path).content.decode()
            for link in sorted(set(re.findall(r'href="(/[^"#]*)', text))):
                if not link.startswith(("/static/", "/accounts/")):
                    assert client.get(link.replace("&amp;", "&")).status_code == 200, f"{who} {path} {link}"


def test_a_pql_reads_but_does_not_log(lived_in, as_person):
    text = text_for(as_person, lived_in.asha)
    assert "Log a meeting" not in text
    assert "KEPTACTION" in text
    assert f"/meetings/{lived_in.draft.pk}/" not in text
    assert "Raise an escalation" in text
    assert "SECRETMATTER" in text, "she raised it"


def test_above_sees_only_what_is_visible_upward(lived_in, as_person):
    text = text_for(as_person, lived_in.heather)
    for word in ("SHAREDPROJECT", "ASKEDWORDS", "OPENMATTER", "HEATHERSACTION", "Open actions (3)"):
        assert word in text
    assert f"/meetings/{lived_in.shared.pk}/" in text
    for word in ("OWNACTION", "KEPTACTION", "KEPTITEM", "PRIVATEPROJECT", "SECRETMATTER"):
        assert word not in text
    for meeting in (lived_in.private, lived_in.draft):
        assert f"/meetings/{meeting.pk}/" not in text
    assert "Log a meeting" not in text
    assert "Raise an escalation" not in text


def test_who_was_away_is_not_told_above(lived_in, as_person):
    text = text_for(as_person, lived_in.heather)
    assert "6 of 7 practices represented" in text
    assert "Not there" not in text


def test_the_board_reads_less_than_the_hscp(lived_in, as_person):
    text = text_for(as_person, lived_in.bruce)
    assert f"/meetings/{lived_in.shared.pk}/" not in text
    assert "OPENMATTER" not in text


@pytest.mark.parametrize("who", ["priya", "olive"])
def test_the_registry_sees_structure_only(lived_in, as_person, who):
    lived_in.rowan.mission = "MISSIONWORDS"
    lived_in.rowan.save()
    text = text_for(as_person, getattr(lived_in, who))
    assert "Alder Medical Practice" in text
    for word in ("ACTION", "ASKED", "PROJECT", "MATTER", "MISSIONWORDS", "Last met", "/meetings/", "/plan/"):
        assert word not in text


def test_a_stranger_finds_nothing(lived_in, as_person):
    assert as_person(lived_in.nell).get(PATH).status_code == 404
    assert as_person(lived_in.nell).get("/clusters/nowhere/").status_code == 404


def test_a_cluster_across_hscps_shows_them_all(world, as_person):
    Membership.objects.filter(practice=world.rose).update(ends_on=world.today)
    Membership.objects.create(practice=world.rose, cluster=world.rowan, starts_on=world.today)
    text = text_for(as_person, world.callum)
    assert str(world.strath) in text
    assert f"{world.neighbour}" in text
    assert f"led by {world.strath}" in text


def test_nobody_leads_and_nothing_was_logged(world, as_person):
    RoleAssignment.objects.on(world.today).filter(role=Role.CQL, cluster=world.rowan).update(ends_on=world.today)
    text = text_for(as_person, world.asha)
    assert "nobody holds this role" in text
    assert "no meeting yet" in text
    assert "No minutes yet." in text
    assert "No plan yet" in text


def test_an_action_of_somebody_else_is_read_not_closed(lived_in, as_person):
    pk = lived_in.shared.items.first().actions.get(what="OWNACTION").pk
    assert f"/actions/{pk}/close/" in text_for(as_person, lived_in.callum)
    assert f"/actions/{pk}/close/" not in text_for(as_person, lived_in.asha)


def test_the_number_of_queries_does_not_grow(world, as_person):
    def fill(n):
        for k in range(n):
            told.action(world, f"Thing {k}", item=told.item(told.meeting(world, days=60 + k, share="HSCP")))
            told.ask(world, f"Question {k}?")
            told.escalation(world, f"Matter {k}", forum=world.management)

    def count(person):
        client = as_person(person)
        with CaptureQueriesContext(connection) as made:
            assert client.get(PATH).status_code == 200
        return len(made)

    told.project(told.plan(world), shared=True)
    fill(1)
    few = [count(p) for p in (world.callum, world.heather)]
    fill(19)
    assert [count(p) for p in (world.callum, world.heather)] == few


def test_a_former_name_leads_to_the_page_for_those_in_reach(world, as_person):
    FormerName.objects.create(forum=world.rowan.forum, name="Old Rowan", slug="old-rowan", until=world.today)
    answer = as_person(world.callum).get("/clusters/old-rowan/")
    assert answer.status_code == 307
    assert answer["Location"] == PATH
    assert as_person(world.nell).get("/clusters/old-rowan/").status_code == 404
