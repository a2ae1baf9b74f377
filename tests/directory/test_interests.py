"""/account/interests/…: what people declare about themselves."""

from datetime import timedelta

import pytest

from accounts.models import AuditEvent
from directory.models import Interest
from directory.services.interests import declare_interest

NEW = "/account/interests/new/"


def declare(client, world, **fields):
    return client.post(NEW, {"kind": "LMC", "what": "Secretary", "starts_on": str(world.today), **fields})


def own(world):
    return Interest.objects.filter(person=world.callum)


def test_declared_and_shown_on_the_account(world, as_person):
    client = as_person(world.callum)
    assert declare(client, world).status_code == 302
    page = client.get("/account/").content.decode()
    assert "Local Medical Committee: Secretary" in page
    assert f"/account/interests/{own(world).get().pk}/end/" in page


def test_ended_not_deleted(world, as_person):
    client = as_person(world.callum)
    declare(client, world, starts_on=str(world.today - timedelta(days=30)))
    interest = own(world).get()
    path = f"/account/interests/{interest.pk}/end/"
    assert client.post(path, {"last_day": str(world.today - timedelta(days=1))}).status_code == 302
    interest.refresh_from_db()
    assert interest.ends_on == world.today
    assert "Secretary" in client.get("/account/").content.decode()
    assert client.get(path).status_code == 404  # there is nothing left to end


def test_only_ones_own(world, as_person):
    declare(as_person(world.callum), world)
    path = f"/account/interests/{own(world).get().pk}/end/"
    for who in ("nell", "heather", "priya"):
        assert as_person(getattr(world, who)).post(path, {"last_day": str(world.today)}).status_code == 404
    assert own(world).get().ends_on is None


def test_nothing_to_declare_is_a_declaration_too(world, as_person):
    client = as_person(world.callum)
    assert declare(client, world, kind="NONE", what="").status_code == 302
    assert "Nothing to declare" in as_person(world.asha).get(f"/people/{world.callum.pk}/").content.decode()
    assert "already" in declare(client, world, kind="NONE", what="").content.decode()


def test_an_interest_ends_it(world, as_person):
    client = as_person(world.callum)
    declare(client, world, kind="NONE", what="")
    declare(client, world)
    nothing = own(world).get(kind="NONE")
    assert nothing.ends_on == world.today
    assert [one.kind for one in own(world).on(world.today)] == ["LMC"]
    assert AuditEvent.objects.filter(verb="interest ended").count() == 1


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"what": ""}, "Say in a line what it is"),
        ({"kind": "NONE"}, "still holds. End that first"),
        ({"what": "already HERE"}, "declared this already"),
        ({"kind": "X"}, "Choose one from the list"),
        ({"starts_on": "9999-12-31"}, "today or an earlier day"),
        ({"starts_on": "0001-01-01"}, "Check the year"),
    ],
)
def test_what_is_refused_is_said(world, as_person, fields, told):
    declare_interest(person=world.callum, kind="LMC", what="Already here", starts_on=world.today, by=world.callum)
    page = declare(as_person(world.callum), world, **fields).content.decode()
    assert told in page
    assert own(world).count() == 1


@pytest.mark.parametrize(("last", "told"), [(1, "today or an earlier day"), (-1, "Choose that day or a later one")])
def test_a_last_day_that_cannot_be(world, as_person, last, told):
    client = as_person(world.callum)
    declare(client, world)
    path = f"/account/interests/{own(world).get().pk}/end/"
    page = client.post(path, {"last_day": str(world.today + timedelta(days=last))}).content.decode()
    assert told in page
    assert own(world).get().ends_on is None


def test_what_was_typed_is_in_no_trail(world, as_person):
    declare(as_person(world.callum), world, what="Zzsecret")
    assert all("Zzsecret" not in f"{e.subject}{e.changes}" for e in AuditEvent.objects.all())
