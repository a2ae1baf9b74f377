"""The page of letters: who looks after the registry sees what waits and what was refused, never a link."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from office.models import Letter
from office.services.daily import run_job
from office.services.delivery import deliver_letters
from office.services.letters import queue_letter
from portal.jobs import reminders
from shared.sealing import LINK

LIST = reverse("office:letter_list")


def letters_to(world, *addresses):
    for to in addresses:
        queue_letter(
            to=to,
            person=world.callum,
            subject="Priya Nair invites you",
            body=f"Open {LINK}",
            reason=f"to {to}",
            link="/invitation/secretword/",
        )


@pytest.fixture
def sent(world, smtp):
    letters_to(world, "good@example.org", "never@example.org", "later@example.org")
    deliver_letters()
    return world


def test_says_what_became_of_each(sent, as_person):
    page = as_person(sent.priya).get(LIST).content.decode()
    for words in ("good@example.org", "Refused", "550 5.1.1 no such user", "Waiting to be sent; next try", "Sent "):
        assert words in page
    assert page.count("Try again to send to") == 1
    assert "secretword" not in page


def test_narrows(sent, as_person):
    page = as_person(sent.priya).get(LIST, {"state": "REFUSED"}).content.decode()
    assert "never@example.org" in page
    assert "good@example.org" not in page
    page = as_person(sent.priya).get(LIST, {"q": "later@"}).content.decode()
    assert "later@example.org" in page
    assert "never@example.org" not in page


def test_says_how_many_are_in_each_state(sent, as_person):
    client = as_person(sent.priya)
    page = client.get(LIST).content.decode()
    assert "Waiting to be sent: 1 · Sent: 1 · Refused: 1" in page
    letters_to(sent, *(f"never{n}@example.org" for n in range(250)))
    deliver_letters()
    page = client.get(LIST, {"state": "REFUSED"}).content.decode()
    assert "Refused: 251" in page
    assert "of 251" in page
    assert "Sent: 1" not in page


def test_says_when_reminders_were_last_written(sent, as_person):
    client = as_person(sent.priya)
    assert "No reminders were written yet" in client.get(LIST).content.decode()
    run_job(reminders, at=timezone.now())
    assert "Reminders were last written on" in client.get(LIST).content.decode()


def test_empty(world, as_person):
    assert "No letter fits" in as_person(world.priya).get(LIST).content.decode()


@pytest.mark.parametrize("who", ["isla", "olive", "callum", "nell"])
def test_strangers_are_turned_away(sent, as_person, who):
    assert as_person(getattr(sent, who)).get(LIST).status_code == 404


def test_as_many_queries_for_one_letter_as_for_twenty(world, as_person):
    client = as_person(world.priya)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            assert client.get(LIST).status_code == 200
        return len(seen)

    letters_to(world, "a0@example.org")
    one = queries()
    letters_to(world, *(f"a{n}@example.org" for n in range(1, 20)))
    assert queries() == one


def test_tries_again(sent, as_person):
    letter = Letter.objects.get(to="never@example.org")
    path = reverse("office:letter_again", args=[letter.pk])
    client = as_person(sent.priya)
    assert "550 5.1.1" in client.get(path).content.decode()
    assert "on its way again" in client.post(path, follow=True).content.decode()
    letter.refresh_from_db()
    assert letter.state == Letter.State.QUEUED
    again = client.post(path).content.decode()
    assert "has left, waits already" in again
    good = Letter.objects.get(to="good@example.org")
    assert "has left" in client.post(reverse("office:letter_again", args=[good.pk])).content.decode()
