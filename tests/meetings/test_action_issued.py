"""/actions/asked-of-clusters/: what the HSCP requested or mandated, and what came back (ACT-08 to 10)."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meetings.models import Action
from meetings.services import action_steps
from meetings.services.meanwhile import Pen
from tests.meetings.minutes import an_action
from tests.meetings.test_action import issued, replied

PATH = "/actions/asked-of-clusters/"


def body(response) -> str:
    return response.content.decode()


def named(action, what) -> Action:
    Action.objects.filter(pk=action.pk).update(what=what)
    return action


def test_replies_that_wait_come_first_and_the_agreed_are_not_here(world, as_person):
    judged = named(replied(world), "Judged thing")
    action_steps.judge_reply(Pen(world.heather, timezone.now(), 2), judged, verdict="PARTLY", reason="Half")
    named(issued(world, due_on=world.today - timedelta(days=3)), "Late thing")
    named(issued(world, kind="REQUEST"), "Open thing")
    named(replied(world), "Replied thing")
    an_action(world, what="Their own thing")
    page = body(as_person(world.heather).get(PATH))
    order = [page.index(what) for what in ("Replied thing", "Late thing", "Open thing", "Judged thing")]
    assert order == sorted(order)
    for words in (
        "Replied, waits for your answer",
        "late by 3 days",
        "Reply: accepted in part",
        "Requested",
        "Mandated",
    ):
        assert words in page
    assert "Their own thing" not in page


def test_where_to_find_it(world, as_person):
    assert f'href="{PATH}"' in body(as_person(world.rhona).get("/actions/"))
    assert f'href="{PATH}"' not in body(as_person(world.callum).get("/actions/"))
    assert "Nothing was requested or mandated yet" in body(as_person(world.rhona).get(PATH))
    assert "/clusters/rowan/actions/issue/" in body(as_person(world.heather).get("/clusters/rowan/"))
    assert "/clusters/rowan/actions/issue/" not in body(as_person(world.callum).get("/clusters/rowan/"))


def test_as_many_queries_for_one_row_as_for_twenty(world, as_person):
    issued(world)
    client = as_person(world.heather)
    client.get(PATH)
    with CaptureQueriesContext(connection) as one:
        client.get(PATH)
    for _ in range(19):
        issued(world)
    with CaptureQueriesContext(connection) as twenty:
        client.get(PATH)
    assert len(one) == len(twenty)
