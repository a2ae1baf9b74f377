"""Accepting an invitation: once, by who was invited, and by nothing that only opens links or presses buttons (S18)."""

import logging
import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, Invitation
from accounts.roles import Role
from accounts.services import add_person, change_person, stop_sign_in
from clusters.services import assign_role
from clusters.services.invitations import invite, take_back
from portal.logs import NoPatientNumbers
from tests.accounts.test_sign_in import code_of
from tests.house.test_patient_numbers import everything_stored
from tests.house.test_requests import NoWrites
from tests.office.post import delivered

PAGE = reverse("accounts:invitation")
PASSWORD = "otter heather teapot 🦦"
GOOD = {"email": "Ruth@Example.org ", "password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def ruth(world):
    person = add_person(email="ruth@example.org", full_name="Ruth Mackie", by=world.priya)
    assign_role(person=person, role=Role.CQL, at=world.rowan, starts_on=world.today, by=world.priya)
    return person


@pytest.fixture
def link(world, ruth):
    invite(person=ruth, by=world.priya)
    return link_in(*delivered())


def link_in(message):
    return re.search(r"http://testserver(/invitation/[A-Za-z]{23}/)", message.body).group(1)


def state_of(person):
    return person.invitations.first().state


def is_closed(answer):
    return "This invitation no longer works" in answer.content.decode()


def opened(link):
    client = Client()
    client.get(link)
    return client


# --- The letter ------------------------------------------------------------------------------------


def test_the_letter_says_who_invites_to_what_and_until_when(world, ruth):
    invitation = invite(person=ruth, by=world.priya)
    (message,) = delivered()
    assert message.to == ["ruth@example.org"]
    assert message.subject == "Priya Nair invites you to the GP Cluster Portal"
    assert "- Cluster Quality Lead at Rowan" in message.body
    assert f"{timezone.localtime(invitation.valid_until):%H:%M}" in message.body
    assert "priya@example.org" in message.body
    assert invitation.valid_until - invitation.invited_at == timedelta(days=7)


def test_the_token_stands_nowhere_in_the_database(world, link):
    token = link.split("/")[2]
    opened(link).get(PAGE)
    assert token not in everything_stored()
    assert Invitation.objects.get().token_hash in everything_stored()


# --- Opening is not accepting ------------------------------------------------------------------------


def test_whatever_opens_the_link_changes_nothing(link, ruth):
    guard, client = NoWrites(), Client()
    with connection.execute_wrapper(guard):
        for path in (link, PAGE, link, PAGE):
            for ask in (client.get, client.head, client.options):
                assert ask(path).status_code < 500
        for sent in ({}, {"how": "nhs"}, {"email": "", "password1": "", "password2": ""}, {"email": "x@example.org"}):
            assert not is_closed(client.post(PAGE, sent))
        assert client.post(link, GOOD).status_code == 405
    assert guard.seen == []
    assert state_of(ruth) == "WAITING"
    assert client.post(PAGE, GOOD).status_code == 302


def test_the_token_leaves_the_address_and_no_page_submits_itself(link):
    client = Client()
    answer = client.get(link)
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    answer = client.get(PAGE)
    page = answer.content.decode()
    assert link.split("/")[2] not in page
    assert answer["Referrer-Policy"] == "same-origin"
    assert "onload" not in page
    assert "http-equiv" not in page
    assert "ruth" not in page.lower()
    for box in ("password1", "password2"):
        assert re.search(rf'<input[^>]*name="{box}"[^>]*autocomplete="new-password"', page)
    assert "onpaste" not in page


# --- Accepting ---------------------------------------------------------------------------------------


def test_sets_the_password_and_signs_nobody_in(link, ruth):
    client = opened(link)
    answer = client.post(PAGE, GOOD, follow=True)
    assert answer.redirect_chain == [(reverse("account_login"), 302)]
    assert "Your password is set" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    ruth.refresh_from_db()
    assert ruth.check_password(PASSWORD)
    assert state_of(ruth) == "ACCEPTED"
    event = AuditEvent.objects.filter(verb="invitation accepted").get()
    assert (event.by, event.subject_type) == (ruth, "accounts.invitation")
    assert client.post(reverse("account_login"), {"login": "ruth@example.org", "password": PASSWORD})["Location"] == "/"
    assert "Rowan" in client.get("/").content.decode()


def test_a_required_second_step_is_set_up_before_anything_opens(link, ruth, settings):
    settings.SECOND_STEP_REQUIRED = True
    client = opened(link)
    client.post(PAGE, GOOD)
    client.post(reverse("account_login"), {"login": "ruth@example.org", "password": PASSWORD})
    assert client.get("/")["Location"] == reverse("mfa_activate_totp")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'class="portal-key">([A-Z2-7]+)<', page).group(1)
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert client.get("/").status_code == 200


def test_the_session_is_a_new_one_afterwards(link):
    client = opened(link)
    before = client.session.session_key
    client.post(PAGE, GOOD)
    assert client.session.session_key != before
    assert "invitation" not in client.session


@pytest.mark.parametrize("wrong", ["priya@example.org", "nobody@example.org", "ruth@example.com"])
def test_another_address_is_refused_the_same_way_whoever_has_it(link, ruth, wrong):
    answer = opened(link).post(PAGE, {**GOOD, "email": wrong})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "This is not the address that the invitation was sent to" in page
    assert PASSWORD not in page
    ruth.refresh_from_db()
    assert not ruth.has_usable_password()
    event = AuditEvent.objects.get(verb="invitation.refused")
    assert (event.actor, event.subject_id) == ("not signed in", ruth.pk)
    assert wrong not in str(event.changes)


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("short", "at least 12"),
        ("password1234", "too common"),
        ("ruth mackiee", "too similar"),
        ("Mackie-Cluster-2026", "words that everybody here would try"),
        ("Lanarkshire2026!", "words that everybody here would try"),
        ("ruth@example.org", "too similar"),
    ],
)
def test_weak_passwords_are_refused_beside_their_box(link, ruth, password, says):
    answer = opened(link).post(PAGE, {**GOOD, "password1": password, "password2": password})
    assert says in answer.content.decode()
    assert state_of(ruth) == "WAITING"


@pytest.mark.parametrize("password", ["x y " * 16, "a1b2" * 32, "  spaces at both ends  ", "🦦🦡🦔🐿🦊🐺🦝🐗🐴🦄🐝🐛"])
def test_long_and_strange_passwords_are_kept_whole(link, ruth, password):
    assert opened(link).post(PAGE, {**GOOD, "password1": password, "password2": password}).status_code == 302
    ruth.refresh_from_db()
    assert ruth.check_password(password)
    assert not ruth.check_password(password[:-1])


def test_two_different_passwords_are_refused(link, ruth):
    page = opened(link).post(PAGE, {**GOOD, "password2": "otter heather teapots"}).content.decode()
    assert "The two passwords differ" in page
    assert state_of(ruth) == "WAITING"


# --- What no longer works, looks the same --------------------------------------------------------------


def used(world, ruth, link):
    opened(link).post(PAGE, GOOD)


def expired(world, ruth, link):
    Invitation.objects.update(valid_until=timezone.now())


def replaced(world, ruth, link):
    invite(person=ruth, by=world.priya)


def taken_back(world, ruth, link):
    take_back(person=ruth, by=world.priya)


def stopped(world, ruth, link):
    stop_sign_in(person=ruth, by=world.priya)


def moved(world, ruth, link):
    change_person(person=ruth, full_name="Ruth Mackie", email="ruth.mackie@example.org", by=world.priya)


def reset(world, ruth, link):
    ruth.set_password("came in another way")
    ruth.save()


@pytest.mark.parametrize("what", [used, expired, replaced, taken_back, stopped, moved, reset])
def test_void_links_lead_to_one_plain_page_and_change_nothing(world, ruth, link, what):
    waiting = opened(link)  # somebody who has the form open already
    what(world, ruth, link)
    ruth.refresh_from_db()
    before = ruth.password
    late = opened(link)
    pages = [late.get(PAGE), late.post(PAGE, GOOD), waiting.post(PAGE, GOOD), opened("/invitation/unknown/").get(PAGE)]
    assert all(is_closed(page) for page in pages)
    texts = {re.sub(r'name="csrf[^>]*>|nonce="[^"]*"', "", page.content.decode()) for page in pages}
    assert len(texts) == 1
    ruth.refresh_from_db()
    assert ruth.password == before


def test_expires_after_seven_days(link):
    with time_machine.travel(timezone.now() + timedelta(days=6, hours=23), tick=False):
        assert not is_closed(opened(link).get(PAGE))
    with time_machine.travel(timezone.now() + timedelta(days=7, seconds=1), tick=False):
        assert is_closed(opened(link).get(PAGE))


def test_the_newer_link_works_and_the_older_does_not(world, ruth, link):
    invite(person=ruth, by=world.priya)
    newer = link_in(*delivered())
    assert is_closed(opened(link).get(PAGE))
    assert opened(newer).post(PAGE, GOOD).status_code == 302
    assert sorted(ruth.invitations.values_list("state", flat=True)) == ["ACCEPTED", "REPLACED"]


def test_resetting_the_password_settles_the_invitation(world, ruth, link):
    client = Client()
    client.post(reverse("account_reset_password"), {"email": "ruth@example.org"})
    (message,) = delivered()
    path = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", message.body).group(1)
    form = client.get(path, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    assert state_of(ruth) == "ACCEPTED"


def test_once_taken_back_no_link_to_set_a_password_is_sent(world, ruth, link):
    take_back(person=ruth, by=world.priya)
    Client().post(reverse("account_reset_password"), {"email": "ruth@example.org"})
    assert delivered() == []


def test_nor_does_one_work_that_was_sent_before(world, ruth, link):
    client = Client()
    client.post(reverse("account_reset_password"), {"email": "ruth@example.org"})
    (message,) = delivered()
    path = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", message.body).group(1)
    take_back(person=ruth, by=world.priya)
    form = client.get(path, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    ruth.refresh_from_db()
    assert not ruth.has_usable_password()


def test_an_expired_invitation_still_lets_them_ask_for_one(ruth, link):
    """Negative control: the first administrator of an installation has nobody to invite them again."""
    Invitation.objects.update(valid_until=timezone.now() - timedelta(days=1))
    Client().post(reverse("account_reset_password"), {"email": "ruth@example.org"})
    assert len(delivered()) == 1


def test_without_a_link_there_is_nothing_to_see(db):
    assert is_closed(Client().get(PAGE))
    assert is_closed(Client().post(PAGE, GOOD))


def test_who_is_signed_in_changes_nothing(world, ruth, link, as_person):
    client = as_person(world.callum)
    client.get(link)
    for answer in (client.get(PAGE), client.post(PAGE, GOOD)):
        assert "You are signed in as Callum Reid" in answer.content.decode()
    assert state_of(ruth) == "WAITING"


def test_guessing_the_address_is_slowed_and_the_link_still_works_later(link, ruth):
    client = opened(link)
    answers = [client.post(PAGE, {**GOOD, "email": f"guess{n}@example.org"}) for n in range(12)]
    assert [answer.status_code for answer in answers] == [200] * 10 + [429] * 2
    assert answers[-1]["Retry-After"] == "900"
    assert "Wait a quarter of an hour" in answers[-1].content.decode()
    assert client.post(PAGE, GOOD).status_code == 429
    assert state_of(ruth) == "WAITING"


def test_without_its_token_a_form_changes_nothing(link, ruth):
    client = Client(enforce_csrf_checks=True)
    client.get(link)
    assert client.post(PAGE, GOOD).status_code == 403
    assert state_of(ruth) == "WAITING"


def test_no_log_line_holds_the_token(link):
    record = logging.LogRecord("django.server", 20, "", 0, f'"GET {link} HTTP/1.1" 302', (), None)
    assert NoPatientNumbers("%(message)s").format(record) == '"GET /invitation/[key]/ HTTP/1.1" 302'
