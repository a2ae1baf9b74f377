"""What the HSCP took away from a meeting stands on its page, in a line for the members (ACT-13)."""

import pytest
from django.utils import timezone

from meetings.models import Action, Ask
from meetings.selectors.promised import Promised, promised_at
from meetings.services import withdraw_ask
from tests.meetings.minutes import logged, publish, published

TOOK = "The HSCP took"


def body(response) -> str:
    return response.content.decode()


def test_a_question_and_an_action_wait(world, as_person):
    meeting = published(world, share_level="HSCP")
    assert promised_at(meeting) == Promised(2, 2)
    page = body(as_person(world.tom).get(f"/meetings/{meeting.pk}/"))
    assert f"{TOOK} 2 things away from this meeting; 2 still wait." in page
    assert 'href="/clusters/rowan/waiting/"' in page
    assert TOOK not in body(as_person(world.heather).get(f"/meetings/{meeting.pk}/"))


def test_done_answered_and_taken_back(world, as_person):
    meeting = published(world)
    Action.objects.filter(owner=world.heather).update(state="DONE", closed_at=timezone.now(), closed_by=world.heather)
    assert promised_at(meeting) == Promised(2, 1)
    withdraw_ask(by=world.callum, ask=Ask.objects.get(), at=timezone.now())
    assert promised_at(meeting) == Promised(1, 0)
    page = body(as_person(world.callum).get(f"/meetings/{meeting.pk}/"))
    assert f"{TOOK} 1 thing away from this meeting: all done or answered." in page


def test_an_action_that_waits_for_the_hscp_counts_whoever_holds_it(world):
    meeting = published(world)
    told = {"waiting_on": "Estates", "waiting_since": world.today, "waits_for_hscp": True}
    Action.objects.filter(what="Share text template").update(**told)
    assert promised_at(meeting) == Promised(3, 3)


@pytest.mark.parametrize("items", [(), None])
def test_nothing_was_taken_away(world, as_person, items):
    """Without items, and while nobody but who writes up has seen the minutes."""
    meeting = publish(world, logged(world, items=())) if items == () else logged(world)
    assert promised_at(meeting) is None
    assert TOOK not in body(as_person(world.callum).get(f"/meetings/{meeting.pk}/"))
