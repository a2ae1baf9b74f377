"""Autosave in a real browser: what is typed is kept within seconds, and every refusal is said on the page."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from office.models import Draft
from tests.cast import PASSWORD, build_world
from tests.journeys.browser import follow
from tests.shared.test_chi import number


@pytest.fixture
def minute(page, live_server, transactional_db):
    """Callum on the form of a new meeting, with its first box for words at hand."""
    world = build_world()
    EmailAddress.objects.create(user=world.callum, email=world.callum.email, verified=True, primary=True)
    page.goto(f"{live_server.url}{reverse('account_login')}")
    page.get_by_label("E-mail address").fill(world.callum.email)
    page.get_by_label("Password").fill(PASSWORD)
    follow(page, page.get_by_role("button", name="Sign in", exact=True))
    page.goto(f"{live_server.url}{reverse('meetings:meeting_log', args=['rowan'])}")
    page.words = page.locator("form[data-keep] input[type=text]:visible").first
    page.line = page.locator("form[data-keep] [data-kept]")
    return page


def write(minute, words):
    """Type, and wait for what the first attempt to keep it is answered."""
    with minute.expect_response("**/drafts/"):
        minute.words.fill(words)


def test_saved_refused_signed_out_and_taken_up_again(minute):
    write(minute, "Recall rate up")
    expect(minute.line).to_contain_text("Saved ")
    assert "Recall rate up" in str(Draft.objects.get().fields)

    write(minute, f"Saw {number()}")
    expect(minute.line).to_contain_text("patient’s CHI number")
    assert number() not in str(Draft.objects.get().fields)

    write(minute, "Recall rate up, texts help")
    expect(minute.line).to_contain_text("Saved ")
    minute.reload()
    expect(minute.words).to_have_value("Recall rate up, texts help")

    Session.objects.all().delete()
    write(minute, "Recall rate up, texts help most")
    expect(minute.line).to_contain_text("You are signed out")


def test_without_a_connection_it_says_so_and_tries_again(minute):
    minute.route("**/drafts/", lambda route: route.abort())
    minute.words.fill("Recall rate up")
    expect(minute.line).to_have_text("Not saved: no connection")
    minute.unroute("**/drafts/")
    expect(minute.line).to_contain_text("Saved ")
    assert "Recall rate up" in str(Draft.objects.get().fields)


def test_leaving_the_page_keeps_the_last_words(minute, live_server):
    minute.words.fill("Typed and gone")
    minute.goto(f"{live_server.url}{reverse('accessibility')}")
    for _ in range(300):  # the page that was left shows no answer to wait for
        if Draft.objects.exists():
            break
        minute.wait_for_timeout(100)
    assert "Typed and gone" in str(Draft.objects.get().fields)


def test_a_field_may_be_called_as_it_likes(minute, live_server):
    """On a form one field of which is named "dataset", as a property of every form is."""
    minute.goto(f"{live_server.url}{reverse('qiplans:candidate_add', args=['rowan'])}")
    with minute.expect_response("**/drafts/"):
        minute.locator("form[data-keep] [name=title]").fill("Blood forms")
    expect(minute.locator("form[data-keep] [data-kept]")).to_contain_text("Saved ")
    assert "Blood forms" in str(Draft.objects.get().fields)
