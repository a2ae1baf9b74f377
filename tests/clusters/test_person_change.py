"""Another name or address, the same person: history keeps the name that it was written with (F37)."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, FormerPersonName
from clusters.services.invitations import invite
from tests.cast import PASSWORD
from tests.escalations.story import raised
from tests.house.rows.clusters_invitations import a_newcomer
from tests.meetings.minutes import published
from tests.office.post import delivered

NEW = {"full_name": "Asha  Rahman-Kerr", "email": "Asha.Kerr@Example.org"}


def path_of(person):
    return reverse("clusters:person_change", args=[person.pk])


@pytest.fixture
def asha(world):
    EmailAddress.objects.create(user=world.asha, email=world.asha.email, verified=True, primary=True)
    return world.asha


def test_the_same_account_under_another_name_and_address(world, asha, as_person):
    audit.record("practice.seen", world.alder, by=asha)
    page = as_person(world.priya).post(path_of(asha), NEW, follow=True).content.decode()
    assert "Asha Rahman-Kerr signs in with asha.kerr@example.org" in page
    old = Client().post(reverse("account_login"), {"login": "asha@example.org", "password": PASSWORD})
    assert old.status_code == 200
    new = Client().post(reverse("account_login"), {"login": "asha.kerr@example.org", "password": PASSWORD})
    assert new.status_code == 302
    assert AuditEvent.objects.get(verb="practice.seen").actor == "Asha Rahman"
    event = AuditEvent.objects.get(verb="person changed")
    assert event.by == world.priya
    assert event.changes == {
        "full_name": ["Asha Rahman", "Asha Rahman-Kerr"],
        "email": ["asha@example.org", "asha.kerr@example.org"],
    }
    assert asha.roles_held.count() == 1


def test_minutes_and_steps_keep_the_name_of_their_day(world, asha, as_person):
    """F37, with a year between."""
    then = timezone.now() - timedelta(days=300)
    minutes = published(world, held_on=world.today - timedelta(days=300))
    matter = raised(world)
    matter.steps.update(taken_at=then)
    client = as_person(world.callum)
    paths = f"/meetings/{minutes.pk}/", f"/escalations/{matter.reference}/"
    before = [client.get(path).content.decode().count("Asha Rahman") for path in paths]
    assert all(before)
    as_person(world.priya).post(path_of(asha), NEW)
    pages = [client.get(path).content.decode() for path in paths]
    assert "Asha Rahman-Kerr" not in pages[0]
    assert "by Asha Rahman\n" in pages[1] or "by Asha Rahman " in pages[1] or "by Asha Rahman<" in pages[1]
    asha.refresh_from_db()
    assert asha.called_on(world.today - timedelta(days=1)) == "Asha Rahman"
    assert asha.called_on(world.today) == "Asha Rahman-Kerr"


def test_the_name_of_the_day_through_two_changes(world, asha):
    today = world.today
    for days, name in ((100, "Asha One"), (50, "Asha Two")):
        FormerPersonName.objects.create(person=asha, full_name=name, until=today - timedelta(days=days))
    days = [today - timedelta(days=days) for days in (101, 100, 51, 50, 0)]
    assert [asha.called_on(day) for day in days] == [
        "Asha One",
        "Asha Two",
        "Asha Two",
        "Asha Rahman",
        "Asha Rahman",
    ]


def test_the_old_address_is_told(world, asha, as_person):
    as_person(world.priya).post(path_of(asha), NEW)
    (message,) = delivered()
    assert message.to == ["asha@example.org"]
    assert "asha.kerr@example.org" in message.body
    assert "Priya Nair" in message.body


def test_a_link_to_reset_the_password_that_went_to_the_old_address_is_void(world, asha, as_person):
    Client().post(reverse("account_reset_password"), {"email": "asha@example.org"})
    (message,) = delivered()
    path = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", message.body).group(1)
    assert "Choose a new password" in Client().get(path, follow=True).content.decode()
    as_person(world.priya).post(path_of(asha), NEW)
    assert "This link no longer works" in Client().get(path, follow=True).content.decode()


def test_an_invitation_that_went_to_the_old_address_is_taken_back(world, as_person):
    ruth = a_newcomer(world)
    invite(person=ruth, by=world.priya)
    as_person(world.priya).post(path_of(ruth), {"full_name": "Ruth Mackie", "email": "r.mackie@example.org"})
    assert ruth.invitations.get().state == "REVOKED"
    assert [message.to for message in delivered()] == [["ruth@example.org"]]


def test_a_new_name_alone_writes_to_nobody(world, asha, as_person):
    as_person(world.priya).post(path_of(asha), {"full_name": "Asha R. Kerr", "email": asha.email})
    assert delivered() == []
    asha.refresh_from_db()
    assert asha.full_name == "Asha R. Kerr"


def test_saving_what_is_there_changes_nothing(world, asha, as_person):
    as_person(world.priya).post(path_of(asha), {"full_name": asha.full_name, "email": asha.email})
    assert not AuditEvent.objects.filter(verb="person changed").exists()


@pytest.mark.parametrize("email", ["callum@example.org", "CALLUM@example.org"])
def test_the_address_of_somebody_else_is_refused(world, asha, as_person, email):
    page = as_person(world.priya).post(path_of(asha), {**NEW, "email": email}).content.decode()
    assert "Somebody else has this e-mail address" in page
    asha.refresh_from_db()
    assert (asha.full_name, asha.email) == ("Asha Rahman", "asha@example.org")


@pytest.mark.parametrize(("who", "status"), [("isla", 403), ("olive", 403), ("callum", 404), ("nell", 404)])
def test_only_who_looks_after_all_of_scotland(world, asha, as_person, who, status):
    """An address opens every role of a person: who keeps one HSCP must not take over an administrator's account."""
    client = as_person(getattr(world, who))
    assert client.get(path_of(asha)).status_code == status
    assert client.post(path_of(asha), NEW).status_code == status
    asha.refresh_from_db()
    assert asha.email == "asha@example.org"
