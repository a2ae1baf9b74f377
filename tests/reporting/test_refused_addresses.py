"""Addresses that the mail server refuses are flagged to the HSCP lead, people of their HSCP alone (F19)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from office.models import Letter
from office.services.delivery import deliver_letters
from office.services.letters import queue_letter


def page_of(world):
    return reverse("reporting:hscp", args=[world.strath.code])


def to_refuse(*people, reason="refused"):
    """A letter each to an address that does not exist."""
    for person in people:
        person.email = f"never{person.pk}@example.org"
        person.save(update_fields=["email"])
        queue_letter(to=person.email, person=person, subject="Hello", body="Hello", reason=f"{reason}:{person.pk}")


@pytest.fixture
def refused(world, smtp):
    to_refuse(world.asha, world.nell)
    deliver_letters()
    return world


def test_the_lead_is_told_at_home_and_sees_whose_on_the_page_of_the_hscp(refused, as_person):
    heather = as_person(refused.heather)
    home = heather.get("/").content.decode()
    assert "1 e-mail address in" in home
    assert f"{page_of(refused)}#refused" in home
    page = heather.get(page_of(refused)).content.decode()
    assert "Addresses that were refused" in page
    assert "Asha Rahman" in page
    assert "550 5.1.1 no such user" in page
    assert "Nell Croft" not in page


@pytest.mark.parametrize(
    ("who", "is_told"),
    [
        ("isla", True),
        ("priya", True),
        ("callum", False),
        ("lewis", False),
        ("rhona", False),
        ("bruce", False),
        ("olive", False),
    ],
)
def test_who_else_is_told(refused, as_person, who, is_told):
    page = as_person(getattr(refused, who)).get(page_of(refused)).content.decode()
    assert ("Addresses that were refused" in page) is is_told
    assert "e-mail address in" not in as_person(getattr(refused, who)).get("/").content.decode()


def test_a_busy_mailbox_is_no_wrong_address(world, smtp, as_person):
    queue_letter(to="later@example.org", person=world.asha, subject="Hello", body="Hello", reason="later")
    world.asha.email = "later@example.org"
    world.asha.save()
    deliver_letters()
    assert "Addresses that were refused" not in as_person(world.heather).get(page_of(world)).content.decode()


def test_an_address_put_right_or_that_takes_letters_again_is_forgotten(refused, as_person):
    heather = as_person(refused.heather)
    refused.asha.email = "asha@example.org"
    refused.asha.save()
    assert "Addresses that were refused" not in heather.get(page_of(refused)).content.decode()
    letter = Letter.objects.get(person=refused.asha)
    refused.asha.email = letter.to
    refused.asha.save()
    assert "Addresses that were refused" in heather.get(page_of(refused)).content.decode()
    queue_letter(to=letter.to, person=refused.asha, subject="Hello", body="Hello", reason="again")
    later = timezone.now() + timedelta(hours=1)
    Letter.objects.filter(reason="again").update(state="SENT", sent_at=later)
    assert "Addresses that were refused" not in heather.get(page_of(refused)).content.decode()


def test_somebody_refused_twice_stands_there_once(refused, as_person):
    to_refuse(refused.asha, reason="more")
    deliver_letters()
    page = as_person(refused.heather).get(page_of(refused)).content.decode()
    assert page.count(refused.asha.email) == 1
    assert "for 1 person" in page


def test_as_many_queries_for_one_as_for_twenty(refused, as_person):
    heather = as_person(refused.heather)

    def queries(path):
        with CaptureQueriesContext(connection) as seen:
            assert heather.get(path).status_code == 200
        return len(seen)

    one = queries(page_of(refused)), queries("/")
    to_refuse(*(p for name, p in refused.people.items() if name not in ("heather", "asha", "una", "fergus")))
    deliver_letters()
    assert (queries(page_of(refused)), queries("/")) == one
