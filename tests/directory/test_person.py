"""/people/<id>/: roles of today side by side, what they declared, what they are named for."""

from datetime import timedelta

import pytest

from accounts.roles import Role
from clusters.models import RoleAssignment
from directory.models import Interest
from directory.services import support
from directory.services.interests import declare_interest
from directory.services.support import LinkEntry


def path(person):
    return f"/people/{person.pk}/"


def text(client, person):
    response = client.get(path(person))
    assert response.status_code == 200
    return response.content.decode()


def test_roles_side_by_side_with_their_cards_and_places(world, as_person):
    page = text(as_person(world.heather), world.duncan)
    for words in ("Clinical lead", "East Strath", "Cluster Quality Lead", '"/roles/cql/"', '"/clusters/larch/"'):
        assert words in page


def test_a_role_out_of_reach_shows_without_a_link(world, as_person):
    """Whom Callum reaches by one role he knows by all; the page of Larch stays shut."""
    page = text(as_person(world.callum), world.duncan)
    assert "Larch" in page
    assert 'href="/clusters/larch/"' not in page


@pytest.mark.parametrize("who", ["nell", "una", "fergus", "iona"])
def test_a_stranger_finds_nobody(world, as_person, who):
    client = as_person(getattr(world, who))
    for person in (world.callum, world.duncan, world.hamish):
        assert client.get(path(person)).status_code == 404
    assert client.get("/people/999999/").status_code == 404


def test_nobody_finds_who_cannot_sign_in_or_holds_no_role(world, as_person):
    for person in (world.hamish, world.fergus, world.una, world.gail):
        assert as_person(world.priya).get(path(person)).status_code == 404


def test_everybody_finds_themselves(world, as_person):
    assert "You hold no role today" in text(as_person(world.una), world.una)
    assert "Change what I declare" in text(as_person(world.iona), world.iona)
    assert "Change what I declare" not in text(as_person(world.heather), world.callum)


def test_what_they_declared_today_and_no_longer_what_ended(world, as_person):
    long_ago, kinds = world.today - timedelta(days=90), Interest.Kind
    for kind, what in ((kinds.LMC, "Secretary"), (kinds.FINANCIAL, "Shares")):
        declare_interest(person=world.callum, kind=kind, what=what, starts_on=long_ago, by=world.callum)
    assert "has declared nothing yet" in text(as_person(world.heather), world.duncan)
    Interest.objects.filter(what="Shares").update(ends_on=world.today)
    page = text(as_person(world.asha), world.callum)
    assert "Local Medical Committee: Secretary" in page
    assert "Shares" not in page


def test_what_they_are_named_for_as_far_as_the_reader_sees_it(world, as_person):
    for hscp in (world.strath, world.neighbour):
        area = support.add_support_area(hscp=hscp, name=f"Data of {hscp.name}", by=world.priya)
        support.name_link(area=area, entry=LinkEntry(person=world.bruce, starts_on=world.today), by=world.priya)
    page = text(as_person(world.nell), world.bruce)
    assert f"Data of {world.neighbour.name}" in page
    assert f"Data of {world.strath.name}" not in page


def test_a_role_that_ends_takes_the_page_away(world, as_person):
    RoleAssignment.objects.filter(person=world.callum, role=Role.CQL).update(ends_on=world.today)
    assert as_person(world.asha).get(path(world.callum)).status_code == 404
