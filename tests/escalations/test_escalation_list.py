"""Waiting for you, and what else you can see."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from escalations.models import Escalation
from tests.escalations.story import acknowledge, raised, resolve


def lists(client, query=""):
    page = client.get(f"/escalations/{query}").content.decode()
    return page.split("Sent by you, and what else you can see</h2>")


def test_two_parts_oldest_first(world, as_person):
    new, old = raised(world), raised(world, days_ago=30)
    waiting, other = lists(as_person(world.callum))
    assert waiting.index(old.reference) < waiting.index(new.reference)
    assert "working days" in waiting
    assert "◆ Very high (4 × 5)" in waiting
    assert "Nothing here yet" in other
    waiting, other = lists(as_person(world.asha))
    assert "Nothing waits for you" in waiting
    assert old.reference in other


def test_the_clock_stands_while_information_is_awaited(world, as_person):
    esc = raised(world, days_ago=60)
    assert "late by" in "".join(lists(as_person(world.callum)))
    Escalation.objects.filter(pk=esc.pk).update(state=Escalation.State.ASKED)
    page = "".join(lists(as_person(world.callum)))
    assert "the clock stands while information is awaited" in page
    assert "late by" not in page


def test_narrowed_by_state_and_theme(world, as_person):
    first, second = raised(world, theme="IT"), raised(world, theme="FUNDING")
    acknowledge(escalation=second, by=world.callum)
    client = as_person(world.callum)
    for query, shown, hidden in (
        ("?theme=IT", first, second),
        ("?state=ACK", second, first),
    ):
        page = "".join(lists(client, query))
        assert shown.reference in page
        assert hidden.reference not in page
    assert "Nothing with this state and theme" in "".join(lists(client, "?theme=PREMISES"))


@pytest.mark.parametrize("query", ["?state=²", "?theme=%00", "?waiting-sort=pk&seen-sort=-raised_by__password",
                                   "?waiting-page=0&seen-page=x", "?waiting-page=9999"])  # fmt: skip
def test_nonsense_in_the_address_narrows_nothing(world, as_person, query):
    esc = raised(world)
    page = as_person(world.callum).get(f"/escalations/{query}")
    assert page.status_code == 200
    assert esc.reference in page.content.decode()


@pytest.mark.parametrize("column", ["score", "cluster", "forum", "state", "raised_at", "due_on"])
def test_sorts_both_ways(world, as_person, column):
    raised(world)
    raised(world, likelihood=1, days_ago=9)
    for sign in ("", "-"):
        assert as_person(world.callum).get(f"/escalations/?waiting-sort={sign}{column}").status_code == 200


def test_as_many_queries_with_twenty_rows_as_with_one(world, as_person):
    client = as_person(world.callum)
    raised(world)
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get("/escalations/")
    for number in range(20):
        resolve(escalation=raised(world, days_ago=number), by=world.callum, reasons="Agreed.")
        raised(world, days_ago=number)
    with CaptureQueriesContext(connection) as many:
        client.get("/escalations/")
    assert len(many) <= len(one) + 1  # the second list counted nothing before


def test_a_stranger_reads_an_empty_page(world, as_person):
    esc = raised(world)
    page = "".join(lists(as_person(world.nell)))
    assert esc.reference not in page
    assert "Raise an escalation from Birch" in page
