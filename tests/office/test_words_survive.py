"""Nothing typed is lost to an ended session (F14) or a renewed form token (F15), and nobody else gets it."""

import re
from urllib.parse import urlencode

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from meetings.models import Meeting
from office.models import Draft
from office.selectors import EARLIER, draft_of
from office.services import keep_draft, keep_token, read_keep_token, redact_words
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


def test_two_forms_open_when_the_session_ends_both_come_back(people):
    client = real_browser()
    sign_in(client, "callum@example.org")
    form = opened(client, people.path)
    other = {**form, "keep": keep_token(people.callum, "other"), "title": "The other form"}
    Session.objects.all().delete()
    client.post(people.path, form)
    client.post(people.path, other)
    sign_in(client, "callum@example.org")
    client.get("/")
    assert Draft.objects.count() == 2
    assert Draft.objects.get(key="other").fields["title"] == "The other form"


def test_no_more_than_five_forms_wait_in_one_session(people):
    client = real_browser()
    sign_in(client, "callum@example.org")
    form = opened(client, people.path)
    Session.objects.all().delete()
    for n in range(7):
        client.post(people.path, {**form, "keep": keep_token(people.callum, f"form {n}")})
    sign_in(client, "callum@example.org")
    client.get("/")
    assert sorted(Draft.objects.values_list("key", flat=True)) == [f"form {n}" for n in range(2, 7)]


def test_words_that_waited_do_not_replace_newer_ones_from_elsewhere(people):
    client = real_browser()
    sign_in(client, "callum@example.org")
    form = opened(client, people.path)
    Session.objects.all().delete()
    client.post(people.path, form)
    key = read_keep_token(form["keep"]).key
    keep_draft(owner=people.callum, key=key, fields={"item-0-discussion": "Typed later on the telephone"})
    sign_in(client, "callum@example.org")
    answer = client.get(people.path, follow=True)
    earlier = reverse("office:drafts_earlier")
    assert answer.redirect_chain[0][0].startswith(f"{earlier}?next=")
    page = answer.content.decode()
    assert "says Ærøskøbing" in page
    assert "Both are kept" in page
    assert f'href="{people.path}"' in page
    assert draft_of(people.callum, key).fields == {"item-0-discussion": "Typed later on the telephone"}
    form = {"form": field(answer, "form"), "next": earlier, "csrfmiddlewaretoken": field(answer, "csrfmiddlewaretoken")}
    assert "Nothing is kept here" in client.post(reverse("office:draft_drop"), form, follow=True).content.decode()
    assert Draft.objects.count() == 1


def test_nobody_sees_the_earlier_words_of_somebody_else(people, as_person):
    keep_draft(owner=people.callum, key=f"k{EARLIER}1", fields={"a": WORDS})
    assert "Ærøskøbing" in shown(as_person(people.callum), reverse("office:drafts_earlier"))
    assert "Ærøskøbing" not in shown(as_person(people.nell), reverse("office:drafts_earlier"))


@pytest.mark.parametrize(
    ("posted", "referer", "lands"),
    [
        ({"next": "/actions/?sort=due"}, "", "/actions/?sort=due"),
        ({"next": "https://evil.example/"}, "", "/"),
        ({}, "http://testserver/clusters/rowan/plan/?x=1", "/clusters/rowan/plan/?x=1"),
        ({}, "https://evil.example/actions/", "/"),
        ({}, "", "/"),
    ],
)
def test_a_button_pressed_after_the_session_ended_leads_back_to_its_page(people, client, posted, referer, lands):
    headers = {"referer": referer} if referer else {}
    answer = client.post(reverse("office:draft_drop"), {"form": "x", **posted}, headers=headers)
    assert (answer.status_code, answer["Location"]) == (302, f"{LOGIN}?{urlencode({'next': lands})}")


def test_blacked_out_words_do_not_come_back_by_way_of_a_session(people):
    client = real_browser()
    sign_in(client, "callum@example.org")
    form = opened(client, people.path)
    keep_draft(owner=people.callum, key=read_keep_token(form["keep"]).key, fields={"a": "says Ærøskøbing"})
    redact_words(words="says Ærøskøbing", why="A name", ignore_case=True, by=people.iona)
    Session.objects.all().delete()
    answer = client.post(people.path, form)
    assert answer.status_code == 422
    assert "says Ærøskøbing" in answer.content.decode()
    assert all("Ærøskøbing" not in str(s.get_decoded()) for s in Session.objects.all())


def test_a_form_caught_by_the_compulsory_second_step_keeps_its_words(people, as_person, settings):
    client = as_person(people.callum)
    form = {"keep": keep_token(people.callum, "k"), "title": WORDS}
    settings.SECOND_STEP_REQUIRED = True
    answer = client.post(people.path, form)
    assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_activate_totp"))
    assert Draft.objects.get().fields == {"title": WORDS}


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


# --- Negative controls: without what keeps them the words are gone ------------------------------------


def test_control_after_the_session_ended_without_the_keeper(people, settings):
    client = real_browser()
    sign_in(client, "callum@example.org")
    form = opened(client, people.path)
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != "portal.middleware.KeepTypedWords"]
    settings.CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"
    Session.objects.all().delete()
    client.handler.load_middleware()
    client.post(people.path, form)
    sign_in(client, "callum@example.org")
    assert "Ærøskøbing" not in shown(client, people.path)


def test_control_a_renewed_token_with_the_answer_of_the_framework(people, settings):
    client = real_browser()
    sign_in(client, "callum@example.org")
    form = {**opened(client, people.path), "csrfmiddlewaretoken": "x" * 64}
    settings.CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"
    assert client.post(people.path, form).status_code == 403
    assert not Draft.objects.exists()
