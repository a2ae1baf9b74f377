"""Signing in: by invitation, without telling who has an account, and with a second step where it is required."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, User
from tests.cast import PASSWORD
from tests.office.post import delivered

LOGIN = reverse("account_login")
RESET = reverse("account_reset_password")


@pytest.fixture
def people(world):
    for someone in world.people.values():
        EmailAddress.objects.create(user=someone, email=someone.email, verified=True, primary=True)
    return world


def sign_in(client, email, password=PASSWORD, **extra):
    return client.post(LOGIN, {"login": email, "password": password}, **extra)


def trail():
    return [(e.verb, e.actor, e.subject_id) for e in AuditEvent.objects.order_by("pk")]


def reset_link(message):
    return re.search(r"/accounts/password/reset/key/\S+", message.body).group()


def test_signs_in_and_leads_home(people, client):
    answer = sign_in(client, "Callum@Example.org")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(people.callum.pk)
    assert trail() == [("signed.in", "Callum Reid", people.callum.pk)]


@pytest.mark.parametrize("email", ["callum@example.org", "nobody@example.org", "hamish@example.org"])
def test_refusals_look_the_same(people, client, email):
    answer = sign_in(client, email, "wrong-password-here")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "<title>Error: Sign in" in page
    assert "not correct" in page
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(("email", "known"), [("Callum@example.org", True), ("nobody@example.org", False)])
def test_a_failed_sign_in_is_on_the_trail_without_what_was_typed(people, client, email, known):
    sign_in(client, email, "wrong-password-here")
    assert trail() == [("sign-in.failed", "not signed in", people.callum.pk if known else None)]
    event = AuditEvent.objects.get()
    assert email.lower() not in f"{event.subject} {event.changes}".lower()


def test_whoever_is_no_longer_active_cannot_sign_in(people, client):
    sign_in(client, "hamish@example.org")
    assert "_auth_user_id" not in client.session


def test_nobody_signs_up(people, client):
    path = reverse("account_signup")
    assert "Accounts come with a role" in client.get(path).content.decode()
    client.post(path, {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD})
    assert not User.objects.filter(email="new@example.org").exists()


def test_a_reset_link_works_once(people, client):
    client.post(RESET, {"email": "callum@example.org"})
    (message,) = delivered()
    assert message.to == ["callum@example.org"]
    form = client.get(reset_link(message), follow=True)
    assert "Choose a new password" in form.content.decode()
    new = "quite-different-otters"
    done = client.post(form.request["PATH_INFO"], {"password1": new, "password2": new}, follow=True)
    assert "Your password is changed" in done.content.decode()
    assert trail()[-1] == ("password.reset", "Callum Reid", people.callum.pk)
    assert sign_in(Client(), "callum@example.org", new).status_code == 302
    again = Client().get(reset_link(message), follow=True)
    assert "This link no longer works" in again.content.decode()


def test_unknown_addresses_get_no_mail_and_the_same_answer(people, client):
    known = client.post(RESET, {"email": "callum@example.org"}, follow=True)
    assert len(delivered()) == 1
    unknown = Client().post(RESET, {"email": "nobody@example.org"}, follow=True)
    assert delivered() == []
    assert (known.status_code, known.redirect_chain) == (unknown.status_code, unknown.redirect_chain)
    strip = lambda page: re.sub(r'name="csrf[^>]*>|nonce="[^"]*"', "", page.content.decode())  # noqa: E731
    assert strip(known) == strip(unknown)


def test_too_many_tries_are_refused_in_plain_words_and_colleagues_still_get_in(people, client):
    pages = [sign_in(client, "callum@example.org", "wrong-password-here") for _ in range(12)]
    last = pages[-1]
    assert last.status_code in (200, 429)
    assert "Too many" in last.content.decode()
    assert sign_in(Client(), "asha@example.org").status_code == 302


def test_the_second_step_is_asked_and_its_secret_is_not_kept_in_clear(people):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(people.callum, secret)
    assert secret not in str(Authenticator.objects.get().data)
    client = Client()
    answer = sign_in(client, "callum@example.org")
    assert answer["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    assert client.get("/")["Location"].startswith(LOGIN)
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "<title>Error: Second step" in wrong.content.decode()
    assert trail() == [("second_step.failed", "not signed in", people.callum.pk)]
    done = client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert (done.status_code, done["Location"]) == (302, "/")
    assert trail()[-1] == ("signed.in", "Callum Reid", people.callum.pk)


def test_changing_the_password_is_on_the_trail(people, client):
    sign_in(client, "callum@example.org")
    new = "quite-different-otters"
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert trail()[-1] == ("password.changed", "Callum Reid", people.callum.pk)


@pytest.mark.parametrize(
    ("signal", "verb"),
    [
        (signals.authenticator_added, "second_step.added"),
        (signals.authenticator_removed, "second_step.removed"),
        (signals.authenticator_reset, "second_step.renewed"),
    ],
)
def test_setting_up_and_taking_away_the_second_step_are_on_the_trail(people, signal, verb):
    own = totp.TOTP.activate(people.callum, totp.generate_totp_secret()).instance
    signal.send(sender=Authenticator, request=None, user=people.callum, authenticator=own)
    assert trail() == [(verb, "Callum Reid", people.callum.pk)]
    assert AuditEvent.objects.get().changes == {"method": "totp"}


def test_a_refusal_is_on_the_trail_with_the_page_and_without_what_was_typed(people, as_person):
    client = as_person(people.nell)
    client.post(reverse("office:draft_keep"), {"keep": "forged", "title": "Mrs Smith"})
    event = AuditEvent.objects.get()
    assert (event.verb, event.by, event.changes) == ("access.refused", people.nell, {"page": "office:draft_keep"})


def code_of(secret):
    return totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))


def test_a_required_second_step_leads_to_its_set_up_and_nowhere_else(people, as_person, settings):
    settings.SECOND_STEP_REQUIRED = True
    client = as_person(people.callum)
    for path in ("/", reverse("meetings:action_list"), reverse("clusters:cluster_list"), reverse("account_email")):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_activate_totp"))
    for name in ("mfa_activate_totp", "account_logout", "privacy", "accessibility", "health"):
        assert (
            client.get(reverse(name))
            .get("Location", reverse("account_reauthenticate"))
            .startswith(reverse("account_reauthenticate"))
        )
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(people.callum, secret)
    assert client.get(reverse("meetings:action_list")).status_code == 200


def test_single_sign_on_makes_no_accounts(people):
    from accounts.adapters import InvitedOnlyAdapter

    assert InvitedOnlyAdapter().is_open_for_signup(None, None) is False
