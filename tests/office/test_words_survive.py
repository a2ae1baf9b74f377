"""Nothing typed is lost to an ended session (F14) or a renewed form token (F15), and nobody else gets it."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from meetings.models import Meeting
from office.models import Draft
from office.services import keep_token
from tests.cast import PASSWORD
from tests.shared.test_chi import number

LOGIN = reverse("account_login")
WORDS = "Recall: “texts” help – 71 %, says Ærøskøbing\r\nSecond line"


@pytest.fixture
def people(world):
    for someone in (world.callum, world.nell):
        EmailAddress.objects.create(user=someone, email=someone.email, verified=True, primary=True)
    world.path = reverse("meetings:meeting_log", args=["rowan"])
    return world


def real_browser():
    return Client(enforce_csrf_checks=True)


def field(page, name):
    return re.search(rf'name="{name}"[^>]*value="([^"]*)"', page.content.decode()).group(1)


def sign_in(client, email):
    token = field(client.get(LOGIN), "csrfmiddlewaretoken")
    return client.post(LOGIN, {"login": email, "password": PASSWORD, "csrfmiddlewaretoken": token})


def opened(client, path):
    """The form as the browser would post it back, with words typed into every text area."""
    page = client.get(path)
    assert page.status_code == 200
    return {
        "csrfmiddlewaretoken": field(page, "csrfmiddlewaretoken"),
        "keep": field(page, "keep"),
        **dict.fromkeys(re.findall(r'<textarea[^>]*name="([^"]+)"', page.content.decode()), WORDS),
    }


def shown(client, path):
    return client.get(path).content.decode().replace("&quot;", '"')


def test_a_form_posted_after_the_session_ended_comes_back_with_every_character(people):
    client = real_browser()
    sign_in(client, "callum@example.org")
    form = opened(client, people.path)
    assert WORDS in form.values()
    Session.objects.all().delete()
    answer = client.post(people.path, form)
    assert answer.status_code == 302
    assert answer["Location"].startswith(f"{LOGIN}?next=")
    assert not Meeting.objects.exists()
    assert not Draft.objects.exists()
    sign_in(client, "callum@example.org")
    page = shown(client, people.path)
    assert "says Ærøskøbing" in page
    assert "Second line" in page
    assert Draft.objects.get().owner == people.callum
    assert set(Draft.objects.get().fields) >= {name for name, value in form.items() if value == WORDS}


def test_another_person_who_signs_in_there_sees_nothing_and_it_is_forgotten(people):
    client = real_browser()
    sign_in(client, "callum@example.org")
    form = opened(client, people.path)
    Session.objects.all().delete()
    client.post(people.path, form)
    sign_in(client, "nell@example.org")
    assert "Ærøskøbing" not in shown(client, reverse("meetings:meeting_log", args=["birch"]))
    assert not Draft.objects.exists()
    client.post(
        reverse("account_logout"),
        {"csrfmiddlewaretoken": field(client.get(reverse("account_logout")), "csrfmiddlewaretoken")},
    )
    sign_in(client, "callum@example.org")
    assert "Ærøskøbing" not in shown(client, people.path)


def test_a_forged_token_keeps_nothing(people):
    client = real_browser()
    sign_in(client, "callum@example.org")
    form = {**opened(client, people.path), "keep": "WzEsImsiXQ:1abc:forged"}
    Session.objects.all().delete()
    client.post(people.path, form)
    sign_in(client, "callum@example.org")
    assert "Ærøskøbing" not in shown(client, people.path)
    assert not Draft.objects.exists()


def test_a_token_renewed_in_another_tab_gives_the_form_back_with_a_new_one(people):
    client = real_browser()
    sign_in(client, "callum@example.org")
    form = opened(client, people.path)
    sign_in_again = Client(enforce_csrf_checks=True)
    sign_in(sign_in_again, "callum@example.org")
    client.cookies = sign_in_again.cookies
    answer = client.post(people.path, form, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain == [(people.path, 302)]
    assert "says Ærøskøbing" in page
    assert field(answer, "csrfmiddlewaretoken") != form["csrfmiddlewaretoken"]
    assert not Meeting.objects.exists()


def test_someone_elses_form_with_an_old_token_is_just_refused(people):
    client = real_browser()
    sign_in(client, "nell@example.org")
    form = {"keep": keep_token(people.callum, "k"), "title": WORDS, "csrfmiddlewaretoken": "x" * 64}
    assert client.post(reverse("meetings:meeting_log", args=["birch"]), form).status_code == 403
    assert not Draft.objects.exists()


def test_a_patient_number_never_waits_in_a_session(people, caplog):
    client = real_browser()
    sign_in(client, "callum@example.org")
    form = {**opened(client, people.path), "free": f"Saw {number()} today", "other": "Also this"}
    Session.objects.all().delete()
    answer = client.post(people.path, form)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f"Saw {number()} today" in page
    assert "Also this" in page
    assert all(number() not in str(s.get_decoded()) for s in Session.objects.all())
    assert number() not in caplog.text


def test_autosave_after_sign_out_says_so_and_keeps_the_words(people):
    client = real_browser()
    sign_in(client, "callum@example.org")
    form = opened(client, people.path)
    Session.objects.all().delete()
    answer = client.post(reverse("office:draft_keep"), form)
    assert (answer.status_code, answer["Location"]) == (302, f"{LOGIN}?next=%2F")
    sign_in(client, "callum@example.org")
    assert "says Ærøskøbing" in shown(client, people.path)


def test_autosave_with_a_renewed_token_is_kept(people):
    client = real_browser()
    sign_in(client, "callum@example.org")
    form = {**opened(client, people.path), "csrfmiddlewaretoken": "x" * 64}
    answer = client.post(reverse("office:draft_keep"), form)
    assert (answer.status_code, list(answer.json())) == (200, ["kept_at"])
    assert Draft.objects.count() == 1
