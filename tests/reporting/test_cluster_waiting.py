"""/clusters/…/waiting/: what the HSCP owes a cluster, the oldest first (ACT-13)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meetings.models import Action, Ask
from shared.dates import working_days_between
from tests.escalations.story import confidential, raised
from tests.meetings.minutes import an_action, an_ask

PATH = "/clusters/rowan/waiting/"


def body(response) -> str:
    return response.content.decode()


def waits(world, what="Open the clinic room", days=12, for_hscp=True) -> Action:
    action = an_action(world, what=what)
    since = world.today - timedelta(days=days)
    told = {"waiting_on": "Estates", "waiting_since": since, "waits_for_hscp": for_hscp}
    Action.objects.filter(pk=action.pk).update(**told)
    return action


def asked(world, days) -> Ask:
    ask = an_ask(world)
    Ask.objects.filter(pk=ask.pk).update(asked_at=timezone.now() - timedelta(days=days))
    return ask


def test_questions_matters_and_actions_the_oldest_first(world, as_person):
    asked(world, 30)
    waits(world, days=20)
    matter = raised(world, by=world.asha, skip_cluster=True)
    waits(world, what="Not for the HSCP", for_hscp=False)
    page = body(as_person(world.tom).get(PATH))
    places = [page.index(words) for words in ("Who pays for the texts?", "Open the clinic room")]
    assert places == sorted(places)
    assert "Estates" in page
    assert f"{working_days_between(world.today - timedelta(days=20), world.today)} working days" in page
    assert "Not for the HSCP" not in page
    assert matter.title not in page  # raised by a colleague: Tom may not read it
    own = body(as_person(world.asha).get(PATH))
    assert own.index("Open the clinic room") < own.index(matter.title)


def test_what_a_clusters_action_says_stays_in_it(world, as_person):
    waits(world)
    for who in (world.heather, world.rhona, world.lewis, world.bruce):
        page = body(as_person(who).get(PATH))
        assert "Open the clinic room" not in page
        assert "1 thing waits" in page
        assert "What it says is for the cluster" in page


def test_who_holds_it_above_reads_it(world, as_person):
    action = waits(world)
    Action.objects.filter(pk=action.pk).update(owner=world.heather)
    assert "Open the clinic room" in body(as_person(world.heather).get(PATH))
    assert "Open the clinic room" not in body(as_person(world.rhona).get(PATH))


def test_what_somebody_of_the_hscp_promised_is_owed(world, as_person):
    promised = an_action(world, what="Send the clinic times", owner=world.heather)
    an_action(world, what="Ours to do", owner=world.callum)
    an_action(world, what="The board’s to do", owner=world.bruce)
    page = body(as_person(world.tom).get(PATH))
    assert "Send the clinic times" in page
    assert "Heather Lind" in page
    assert "Ours to do" not in page
    assert "The board’s to do" not in page
    Action.objects.filter(pk=promised.pk).update(state="DONE", closed_at=timezone.now(), closed_by=world.heather)
    assert "Nothing waits for the HSCP" in body(as_person(world.tom).get(PATH))


def test_a_confidential_matter_is_not_even_counted(world, as_person):
    confidential(world)
    for who in (world.tom, world.lewis):
        page = body(as_person(who).get(PATH))
        assert "Nothing waits for the HSCP" in page


def test_what_is_over_is_not_owed(world, as_person):
    action = waits(world)
    Action.objects.filter(pk=action.pk).update(state="DONE", closed_at=timezone.now(), closed_by=world.callum)
    Ask.objects.filter(pk=an_ask(world).pk).update(state="WITHDR")
    assert "Nothing waits for the HSCP" in body(as_person(world.callum).get(PATH))


@pytest.mark.parametrize("name", ["callum", "heather"])
def test_as_many_queries_for_one_as_for_twenty(world, as_person, name):
    def more(number: int) -> None:
        for n in range(number):
            asked(world, n)
            waits(world, days=n)

    more(1)
    client = as_person(getattr(world, name))
    client.get(PATH)
    with CaptureQueriesContext(connection) as one:
        client.get(PATH)
    more(19)
    with CaptureQueriesContext(connection) as twenty:
        client.get(PATH)
    assert len(one) == len(twenty)


def test_the_cluster_page_and_the_actions_lead_here(world, as_person):
    an_ask(world)
    client = as_person(world.callum)
    assert f'href="{PATH}"' in body(client.get("/clusters/rowan/"))
    assert f'href="{PATH}"' in body(client.get("/clusters/rowan/actions/"))
