"""/actions/chase/: what is late or due soon, and a reminder of one or of all (ACT-03)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.roles import Role
from clusters.models import RoleAssignment
from meetings.models import Action, ActionStep
from meetings.services import ActionEntry, add_action, close_action
from meetings.services.chasing import nudge_late
from office.models import Letter
from tests.meetings.minutes import an_action, logged

PATH = "/actions/chase/"


def body(response) -> str:
    return response.content.decode()


def nudges():
    return Letter.objects.filter(reason__startswith="nudge:")


def of_larch(world) -> Action:
    entry = ActionEntry("Ring the lab", world.today - timedelta(days=1), owner_practice=world.pine.pk)
    return add_action(by=world.duncan, forum=world.larch.forum, entry=entry, at=timezone.now())


def test_late_and_soon_of_all_her_clusters(world, as_person):
    RoleAssignment.objects.create(
        person=world.morag, role=Role.CLUSTER_SUPPORT, cluster=world.larch, starts_on=world.since
    )
    an_action(world, what="Soon thing", due_in=7, owner=world.tom)
    an_action(world, what="Late thing", due_in=-2, owner_practice=world.alder)
    an_action(world, what="Later thing", due_in=8, owner=world.tom)
    an_action(world, what="Her own thing", due_in=-2, owner=world.morag)
    close_action(by=world.callum, action=an_action(world, what="Done thing", due_in=-2), at=timezone.now())
    logged(world)  # what stands in a draft is nobody's yet
    of_larch(world)
    page = body(as_person(world.morag).get(PATH))
    assert page.index("Late thing") < page.index("Ring the lab") < page.index("Soon thing")
    for hidden in ("Later thing", "Her own thing", "Done thing", "Share text template"):
        assert hidden not in page
    assert "Remind of all the late ones (2)" in page
    assert "Ring the lab" not in body(as_person(world.callum).get(PATH))


def test_one_press_reminds_and_stays_in_the_list(world, as_person):
    action = an_action(world, due_in=-2, owner=world.tom)
    client = as_person(world.morag)
    assert client.get(f"{PATH}{action.pk}/").status_code == 405
    page = body(client.post(f"{PATH}{action.pk}/", follow=True))
    assert "A reminder is on its way to Tom Kerr." in page
    assert "Reminded today" in page
    assert "Remind of all the late ones" not in page
    assert nudges().get().person == world.tom
    assert "reminded today already" in body(client.post(f"{PATH}{action.pk}/", follow=True))
    assert nudges().count() == 1


def test_all_the_late_ones_after_a_look(world, as_person):
    an_action(world, what="Late one", due_in=-2, owner=world.tom)
    an_action(world, what="Late two", due_in=-5, owner_practice=world.alder)
    an_action(world, what="Soon one", due_in=2, owner=world.tom)
    client = as_person(world.morag)
    page = body(client.get(f"{PATH}all/"))
    assert "Send 2 reminders" in page
    assert "Soon one" not in page
    assert not nudges().exists()
    assert "Reminders of 2 late actions are sent." in body(client.post(f"{PATH}all/", follow=True))
    assert {letter.person for letter in nudges()} == {world.tom, world.asha, world.pam}
    assert AuditEvent.objects.filter(verb="action.nudged", by=world.morag).count() == 2
    client.post(f"{PATH}all/")
    assert nudges().count() == 3
    assert ActionStep.objects.filter(kind="NUDGE").count() == 2
    assert "No late action is left" in body(client.get(f"{PATH}all/"))


def test_nobody_to_write_to_stops_no_other(world, as_person):
    an_action(world, what="Nobody has it", due_in=-9, owner=world.hamish)
    an_action(world, what="Late one", due_in=-2, owner=world.tom)
    page = body(as_person(world.morag).post(f"{PATH}all/", follow=True))
    assert "Reminders of 1 late action are sent." in page
    assert "Nobody who holds “Nobody has it” can be written to" in page
    assert nudges().count() == 1


def test_tomorrow_again(world):
    an_action(world, due_in=-2, owner=world.tom)
    assert nudge_late(by=world.morag, at=timezone.now()).reminded == 1
    assert nudge_late(by=world.morag, at=timezone.now()).reminded == 0
    assert nudge_late(by=world.morag, at=timezone.now() + timedelta(days=1)).reminded == 1


@pytest.mark.parametrize("name", ["asha", "una", "nell", "lewis"])
def test_others_remind_nobody(world, as_person, name):
    an_action(world, due_in=-2, owner=world.tom)
    as_person(getattr(world, name)).post(f"{PATH}all/")
    assert nudge_late(by=getattr(world, name), at=timezone.now()).reminded == 0
    assert not nudges().exists()


def test_nothing_to_chase(world, as_person):
    client = as_person(world.morag)
    assert "Nothing is late" in body(client.get(PATH))
    assert f'href="{PATH}"' in body(client.get("/actions/"))
    assert f'href="{PATH}"' not in body(as_person(world.tom).get("/actions/"))


def test_as_many_queries_for_one_row_as_for_twenty(world, as_person):
    an_action(world, due_in=-1, owner=world.tom)
    client = as_person(world.morag)
    client.get(PATH)
    with CaptureQueriesContext(connection) as one:
        client.get(PATH)
    for n in range(19):
        an_action(world, due_in=-n, owner=world.tom)
    with CaptureQueriesContext(connection) as twenty:
        client.get(PATH)
    assert len(one) == len(twenty)
