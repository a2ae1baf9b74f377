"""/clusters/…/without-owner/: what somebody left, until it is handed over (F34)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from clusters import services
from clusters.models import RoleAssignment
from clusters.services import end_role
from clusters.services.hosting import begin_hosting
from meetings.models import Action, Ask
from qiplans.models import Project
from reporting.selectors.ownerless import (
    ACTION,
    ASKED,
    PROJECT,
    QUESTION,
    RAISED,
    RUNG,
    Alone,
    _left,
    alone_in,
)
from tests.escalations.story import confidential, raised
from tests.meetings.minutes import an_action, an_ask
from tests.qiplans.conftest import a_plan

PATH = "/clusters/rowan/without-owner/"


def ran_out(world):
    """Callum's role ran out three days ago, by its date; Una leads since. He left four things."""
    an_action(world, what="Audit the recall list")
    project = a_plan(world).project
    Project.objects.filter(pk=project.pk).update(lead=world.callum)
    raised(world, by=world.callum)
    an_ask(world, question="Who pays?")
    RoleAssignment.objects.filter(person=world.callum).update(ends_on=world.today - timedelta(days=2))
    services.assign_role(
        person=world.una, role=Role.CQL, at=world.rowan, starts_on=world.today - timedelta(days=2), by=world.priya
    )


def kinds(world):
    return sorted(thing.kind for thing in alone_in([world.rowan], on=world.today))


def test_all_of_it_is_seen_though_nobody_ended_anything(world, as_person):
    ran_out(world)
    assert kinds(world) == [
        "escalation raised for the cluster",
        "open action",
        "project without a lead",
        "question to the HSCP",
    ]
    home = as_person(world.una).get("/").content.decode()
    assert "3 things have no owner in Rowan since" in home  # the escalation was never hers to read
    assert "(2 days ago)" in home
    page = as_person(world.una).get(PATH).content.decode()
    assert "Left by Callum Reid" in page
    assert "Audit the recall list" in page
    role = world.callum.roles_held.get()
    assert reverse("clusters:role_hand_over", args=[role.pk]) in page


def test_above_there_are_numbers_and_no_words(world, as_person):
    ran_out(world)
    heather = as_person(world.heather)
    assert "4 things have no owner in Rowan" in heather.get("/").content.decode()
    page = heather.get(PATH).content.decode()
    assert "1 open action" in page
    assert "Audit the recall list" not in page
    assert "4 without an owner for 2 days" in heather.get("/tracker/").content.decode()


def left_twice(world, times):
    """What a page says of `times` things of each kind that one person left."""
    things = [
        Alone(kind, world.rowan, "", "", who_id=world.callum.pk)
        for kind in (ACTION, PROJECT, QUESTION, ASKED, RAISED, RUNG)
        for _ in range(times)
    ]
    return _left(world.callum, things, inside=False).phrases


def test_two_of_each_kind_are_said_in_the_plural(world):
    assert left_twice(world, 2) == [
        "2 open actions",
        "2 projects without a lead",
        "2 questions waiting for a reply",
        "2 questions to the HSCP",
        "2 escalations raised for the cluster",
        "2 escalations on a rung that nobody holds",
    ]
    assert left_twice(world, 1)[3] == "1 question to the HSCP"


def test_the_page_says_them(world, as_person):
    an_ask(world, question="Who counts?")
    ran_out(world)
    page = as_person(world.heather).get(PATH).content.decode()
    assert "<li>2 questions to the HSCP</li>" in page
    assert "<li>1 open action</li>" in page


def test_it_is_gone_once_handed_over(world, as_person):
    ran_out(world)
    path = reverse("clusters:role_hand_over", args=[world.callum.roles_held.get().pk])
    assert as_person(world.una).post(path, {"successor_email": "una@example.org"}).status_code == 302
    assert kinds(world) == ["escalation raised for the cluster"]
    assert "no owner" not in as_person(world.una).get("/").content.decode()
    assert "1 thing has no owner" in as_person(world.heather).get("/").content.decode()
    as_person(world.heather).post(path, {"successor_email": "una@example.org"})
    assert kinds(world) == []
    assert "no owner" not in as_person(world.heather).get("/").content.decode()


@pytest.mark.parametrize("how", ["about", "skip"])
def test_inside_nothing_is_counted_of_what_the_reader_may_not_open(world, as_person, how):
    """What Asha raised about Callum, or past him, does not show him that it is there when she has left."""
    raised(world, **({"about": world.callum} if how == "about" else {"skip_cluster": True}))
    end_role(held=world.asha.roles_held.get(), last_day=world.today - timedelta(days=1), by=world.priya)
    callum = as_person(world.callum)
    assert "no owner" not in callum.get("/").content.decode()
    assert "escalation" not in callum.get(PATH).content.decode().split("<h1>")[1].split("</main>")[0]
    assert "1 thing has no owner in Rowan" in as_person(world.heather).get("/").content.decode()


def test_nobody_above_is_told_of_what_is_about_them(world, as_person):
    raised(world, about=world.heather)
    end_role(held=world.asha.roles_held.get(), last_day=world.today - timedelta(days=1), by=world.priya)
    assert kinds(world) == ["escalation raised for the cluster"]
    heather = as_person(world.heather)
    assert "no owner" not in heather.get("/").content.decode()
    assert "without an owner" not in heather.get("/tracker/").content.decode()
    assert "Left by" not in heather.get(PATH).content.decode()


def test_while_the_role_lasts_nothing_is_alone(world):
    """Negative control."""
    an_action(world)
    an_ask(world)
    assert kinds(world) == []


def test_a_part_by_way_of_an_hscp_that_acts_for_another_is_a_part(world):
    """The first query does not look at hostings; what is left over is looked at closer."""
    host = {"person": world.una, "role": Role.HSCP_LEAD, "hscp": world.neighbour, "starts_on": world.since}
    RoleAssignment.objects.create(**host)
    ask = an_ask(world)
    Ask.objects.filter(pk=ask.pk).update(to=world.una)
    assert kinds(world) == ["question waiting for a reply"]
    begin_hosting(
        host=world.neighbour, served=world.strath, service="Phlebotomy", starts_on=world.today, by=world.priya
    )
    assert kinds(world) == []


def test_a_confidential_matter_never_counts(world):
    confidential(world)
    RoleAssignment.objects.filter(person__in=[world.asha, world.heather]).update(ends_on=world.today)
    assert kinds(world) == []


def test_a_rung_that_nobody_holds_is_counted_for_readers_above(world, as_person):
    matter = raised(world)
    RoleAssignment.objects.filter(cluster=world.rowan).exclude(person=world.gail).update(ends_on=world.today)
    assert matter.forum == world.rowan.forum
    assert kinds(world) == ["escalation on a rung that nobody holds"]
    assert "On a rung that nobody holds" in as_person(world.heather).get(PATH).content.decode()


def test_whoever_is_shut_out_owns_nothing_any_more(world):
    an_action(world)
    services.stop_sign_in(person=world.callum, by=world.priya)
    assert kinds(world) == ["open action"]


@pytest.mark.parametrize("who", ["nell", "una", "fergus"])
def test_strangers_see_nothing(world, as_person, who):
    an_action(world, owner=world.fergus)
    assert as_person(getattr(world, who)).get(PATH).status_code == 404


def test_one_thing_and_twenty_take_the_same_queries(world):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            found = alone_in([world.rowan], on=world.today)
        return len(seen), len(found)

    an_action(world, owner=world.fergus)
    one, found = queries()
    assert found == 1
    for n in range(20):
        an_action(world, owner=world.fergus, what=f"Thing {n}")
    assert queries() == (one, 21)
    assert Action.objects.count() == 21


def test_handing_over_is_offered_only_where_its_page_opens(world, as_person):
    ran_out(world)
    callum_was = world.callum.roles_held.get()
    path = reverse("clusters:role_hand_over", args=[callum_was.pk])
    heather = as_person(world.heather)
    assert path in heather.get(PATH).content.decode()
    RoleAssignment.objects.filter(pk=callum_was.pk).update(cluster=world.birch)
    text = heather.get(PATH).content.decode()
    assert heather.get(path).status_code == 404
    assert "Left by Callum Reid" in text
    assert path not in text
