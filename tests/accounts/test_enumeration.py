"""Nobody learns who has an account (S48): known, unknown, inactive and invited addresses are answered alike."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from accounts.services import add_person
from clusters.services.invitations import invite
from office.models import Letter
from office.services import delivery

ADDRESSES = ["callum@example.org", "nobody@example.org", "hamish@example.org", "ruth@example.org"]


@pytest.fixture
def everybody(world):
    for someone in (world.callum, world.hamish):
        EmailAddress.objects.create(user=someone, email=someone.email, verified=True, primary=True)
    invite(person=add_person(email="ruth@example.org", full_name="Ruth Mackie", by=world.priya), by=world.priya)
    return world


def seen(answer):
    """What a visitor can tell apart: status, way, headers (but for the clock's) and text."""
    differ = ("Set-Cookie", "Content-Length", "Expires", "Last-Modified", "Date")
    headers = {name: value for name, value in answer.headers.items() if name not in differ}
    text = re.sub(r'name="csrf[^>]*>|nonce="[^"]*"|[\w.]+@example.org', "", answer.content.decode())
    return answer.status_code, getattr(answer, "redirect_chain", []), headers, text


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("account_reset_password", {}),
        ("account_login", {"password": "wrong-password-here"}),
        ("account_signup", {"password1": "otter heather teapot", "password2": "otter heather teapot"}),
    ],
)
def test_every_address_is_answered_alike(everybody, name, data):
    answers = [seen(Client().post(reverse(name), {"email": to, "login": to, **data}, follow=True)) for to in ADDRESSES]
    assert all(answer == answers[0] for answer in answers)


def test_no_mail_server_is_asked_while_somebody_waits(everybody, monkeypatch, django_capture_on_commit_callbacks):
    """The letter of a known address is one row; sending it is another's work, so both answers take the same time."""
    monkeypatch.setattr(delivery, "deliver_letters", lambda **_: pytest.fail("the request sent a letter"))
    Client().post(reverse("account_reset_password"), {"email": "callum@example.org"})
    assert Letter.objects.filter(to="callum@example.org", state="QUEUED").count() == 1


def test_whoever_can_no_longer_sign_in_gets_no_letter(everybody):
    before = Letter.objects.count()
    for to in ("nobody@example.org", "hamish@example.org"):
        Client().post(reverse("account_reset_password"), {"email": to})
    assert Letter.objects.count() == before


def test_the_check_sees_a_difference(everybody):
    """Negative control: a right password is told apart from a wrong one."""
    from tests.cast import PASSWORD

    def answer(word):
        sent = {"login": "callum@example.org", "password": word}
        return seen(Client().post(reverse("account_login"), sent, follow=True))

    assert answer(PASSWORD) != answer("wrong-password-here")
