"""Priya gives a role; a mail scanner opens and presses everything in the letter; the person still comes in."""

import re
from email import message_from_bytes, policy

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from playwright.sync_api import expect

from accounts.models import User
from tests.cast import PASSWORD, build_world
from tests.journeys.browser import check, follow

pytestmark = pytest.mark.django_db(transaction=True)
OWN = "otter heather teapot"


def sign_in(page, url, email, password):
    page.goto(f"{url}/accounts/login/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(password)
    follow(page, page.get_by_role("button", name="Sign in", exact=True))


def scan(link):
    """What mail filters do before anybody reads the letter: open it twice, ask for its head, send its form empty."""
    visitor = Client()
    for ask in (visitor.get, visitor.head, visitor.get):
        ask(link, follow=True)
    form = visitor.get("/invitation/").content.decode()
    empty = {name: "" for name in re.findall(r'<input[^>]*name="(\w+)"', form) if name != "csrfmiddlewaretoken"}
    assert set(empty) == {"email", "password1", "password2"}
    assert "Set up your sign-in" in visitor.post("/invitation/", empty).content.decode()


@pytest.mark.parametrize("width", [1280, 390])
def test_from_the_role_to_the_cluster(live_server, page, smtp, settings, width):
    url = settings.SITE_ROOT = live_server.url
    world = build_world()
    EmailAddress.objects.create(user=world.priya, email=world.priya.email, verified=True, primary=True)
    page.set_viewport_size({"width": width, "height": 844})

    sign_in(page, url, "priya@example.org", PASSWORD)
    page.goto(f"{url}/registry/roles/assign/")
    page.get_by_label("Role").select_option("CQL")
    follow(page, page.get_by_role("button", name="Go on"))
    page.get_by_label("E-mail address").fill("ruth@example.org")
    page.locator("[name=full_name]").fill("Ruth Mackie")
    page.get_by_label("Where").select_option("cluster:larch")
    follow(page, page.get_by_role("button", name="Give the role"))
    expect(page.get_by_text("An invitation is on its way to ruth@example.org")).to_be_visible()
    page.goto(f"{url}/registry/people/invitations/")
    expect(page.get_by_role("cell", name="Ruth Mackie", exact=True)).to_be_visible()
    check(page)
    page.goto(f"{url}/accounts/logout/")
    follow(page, page.get_by_role("button", name="Sign out"))

    (envelope,) = smtp.taken
    assert envelope.rcpt_tos == ["ruth@example.org"]
    letter = message_from_bytes(envelope.content, policy=policy.default)
    assert letter["Subject"] == "Priya Nair invites you to the GP Cluster Portal"
    link = re.search(rf"{url}(/invitation/\w+/)", letter.get_content()).group(1)
    scan(link)
    assert not User.objects.get(email="ruth@example.org").has_usable_password()

    page.goto(url + link)
    assert page.url == f"{url}/invitation/"
    check(page)
    follow(page, page.get_by_role("button", name="Save the password"))
    expect(page.locator("#error-summary")).to_be_focused()
    check(page)
    page.get_by_label("Your e-mail address").fill("ruth@example.org")
    paste(page, "Choose a password", OWN)
    paste(page, "The password once more", OWN)
    follow(page, page.get_by_role("button", name="Save the password"))
    expect(page.get_by_text("Your password is set")).to_be_visible()
    sign_in(page, url, "ruth@example.org", OWN)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("Larch").first).to_be_visible()

    page.goto(f"{url}/accounts/logout/")
    follow(page, page.get_by_role("button", name="Sign out"))
    page.goto(url + link)
    expect(page.get_by_role("heading", name="This invitation no longer works")).to_be_visible()
    check(page)


def paste(page, label, text):
    """Put text into a box as the clipboard does: with the event that some pages forbid."""
    box = page.get_by_label(label, exact=True)
    box.focus()
    allowed = box.evaluate("box => box.dispatchEvent(new ClipboardEvent('paste', {bubbles: true, cancelable: true}))")
    assert allowed
    page.keyboard.insert_text(text)
    assert box.input_value() == text
