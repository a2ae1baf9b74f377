"""The pages on which clusters merge or close: what is refused is said beside the field, and how it reads afterwards."""

from datetime import timedelta

import pytest
from django.utils import timezone

from clusters.models import Cluster, Membership, RoleAssignment
from clusters.selectors import members_of
from shared.dates import in_words
from tests.clusters.test_ending import merge

WORDS = {"reason": "Too small alone", "confirmed": "yes"}


@pytest.fixture
def elsewhere(world):
    """Larch belongs to another locality than the practices of Rowan."""
    Cluster.objects.filter(pk=world.larch.pk).update(locality=world.west)
    return world


def the_answers(world, page):
    """What the form of a page is sent: all of Rowan goes to Larch today."""
    members = list(members_of(world.rowan, on=world.today).values_list("code", flat=True))
    to = {"into": "larch"} if page == "merge" else {f"to_{code}": "larch" for code in members}
    return {**WORDS, **to, "on": world.today.strftime("%d/%m/%Y"), "seen": " ".join(f"{c}:rowan" for c in members)}


@pytest.mark.parametrize("page", ["merge", "close"])
def test_without_a_reason_for_another_locality_the_page_asks_again(elsewhere, as_person, page):
    world, address = elsewhere, f"/registry/clusters/rowan/{page}/"
    priya, answers = as_person(world.priya), the_answers(elsewhere, page)
    answer = priya.post(address, answers)
    assert answer.status_code == 200
    assert "locality_reason" in answer.context["form"].errors
    assert b"What would change" in answer.content
    assert members_of(world.rowan, on=world.today).count() == 7
    assert priya.post(address, {**answers, "locality_reason": "One building"}).status_code == 302
    assert Membership.objects.filter(locality_reason="One building").count() == 7


# --- Once it has closed ----------------------------------------------------------------------------


def page_of(as_person, person, address):
    return " ".join(as_person(person).get(address).content.decode().split())


def test_a_closed_cluster_warns_of_no_empty_role(world, as_person):
    RoleAssignment.objects.filter(cluster=world.rowan).update(withdrawn_at=timezone.now(), withdrawn_by=world.priya)
    warns = "nobody holds this role"
    assert warns in page_of(as_person, world.priya, "/clusters/rowan/")
    assert warns in page_of(as_person, world.priya, "/clusters/rowan/about/")
    merge(world)
    page = page_of(as_person, world.priya, "/clusters/rowan/")
    assert warns not in page
    assert "Nobody leads this cluster today" not in page
    assert "Nobody led it on its last day." in page
    assert warns not in page_of(as_person, world.priya, "/clusters/rowan/about/")


def test_its_history_opens_on_its_last_day(world, as_person):
    merge(world)
    address = "/clusters/rowan/history/"
    yesterday = in_words(world.today - timedelta(days=1))
    page = page_of(as_person, world.priya, address)
    assert f"On its last day, {yesterday}" in page
    assert "7 practices" in page
    assert "there was no such cluster" not in page
    assert "there was no such cluster" in page_of(as_person, world.priya, f"{address}?on={world.today}")


def test_a_day_to_come_on_which_a_practice_leaves_is_said_as_one(world, as_person):
    merge(world, on=world.today + timedelta(days=9))
    address = "/clusters/rowan/history/"
    assert "leaves on" in page_of(as_person, world.priya, address)
    assert "left on" not in page_of(as_person, world.priya, address)
