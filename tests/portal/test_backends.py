"""The person of a session comes with the roles of the day, and with nothing that has gone."""

from datetime import timedelta

from django.contrib.auth import get_user
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clusters.models import RoleAssignment
from clusters.selectors import reach_of
from portal.backends import PersonWithRoles
from portal.middleware import _reach


def test_every_page_begins_with_three_queries(world, as_person):
    client = as_person(world.callum)
    client.get("/accessibility/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/accessibility/")
    assert len(queries) == 3  # the session, the person with their roles, where these reach


def test_whoever_holds_no_role_is_still_somebody(world):
    RoleAssignment.objects.filter(person=world.callum).delete()
    person = PersonWithRoles().get_user(world.callum.pk)
    assert person == world.callum
    assert person.roles_on == (world.today, [])


def test_nobody_comes_back_who_may_not_sign_in(world):
    world.callum.is_active = False
    world.callum.save()
    assert PersonWithRoles().get_user(world.callum.pk) is None


def test_reach_is_the_same_either_way(world, as_person):
    for person in (world.callum, world.asha, world.heather, world.bruce, world.priya):
        request = as_person(person).get("/accessibility/").wsgi_request
        assert request.reach == reach_of(person, on=world.today)


def test_roles_of_another_day_are_asked_for_again(world, as_person, monkeypatch):
    """Midnight between the session's person and the page."""
    request = as_person(world.callum).get("/accessibility/").wsgi_request
    person = get_user(request)
    tomorrow = world.today + timedelta(days=1)
    RoleAssignment.objects.filter(person=world.callum).update(ends_on=tomorrow)
    monkeypatch.setattr("portal.middleware.today", lambda: tomorrow)
    assert _reach(person).holdings == ()


def test_what_ends_is_gone_on_the_next_page(world, as_person):
    """The question about roles is kept from page to page, its answer never."""
    client = as_person(world.callum)
    assert client.get("/clusters/rowan/").status_code == 200
    assert client.get("/clusters/rowan/meetings/log/").status_code == 200
    RoleAssignment.objects.filter(person=world.callum).update(ends_on=world.today)
    assert client.get("/clusters/rowan/meetings/log/").status_code in (403, 404)
