"""Sign-in and security pages in a real browser: axe finds nothing at either width, and no content policy is broken."""

import pytest
from allauth.account.models import EmailAddress
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from tests.cast import PASSWORD
from tests.journeys.browser import follow

WIDTHS = [1280, 390]
OPEN = ["account_login", "account_signup", "account_reset_password", "account_reset_password_done"]
OWN = [
    "account_email",
    "account_change_password",
    "mfa_index",
    "mfa_activate_totp",
    "usersessions_list",
    "account_logout",
]


@pytest.fixture
def reader(page, live_server, transactional_db):
    """A browser page that notes every console error and breach of the content policy."""
    from tests.cast import build_world

    world = build_world()
    for someone in (world.callum, world.iona):
        EmailAddress.objects.create(user=someone, email=someone.email, verified=True, primary=True)
    page.problems = []
    page.on("console", lambda message: page.problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    return page


def check(page):
    assert page.problems == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert found.violations_count == 0, found.generate_report()


def press(page, button):
    follow(page, page.get_by_role("button", name=button, exact=True))


def sign_in(page, live_server, email):
    page.goto(f"{live_server.url}{reverse('account_login')}")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Sign in")


@pytest.mark.parametrize("width", WIDTHS)
def test_sign_in_pages(reader, live_server, width):
    reader.set_viewport_size({"width": width, "height": 900})
    for name in OPEN:
        reader.goto(f"{live_server.url}{reverse(name)}")
        check(reader)
    reader.goto(f"{live_server.url}{reverse('account_login')}")
    press(reader, "Sign in")
    assert reader.title().startswith("Error: ")
    expect(reader.locator("#error-summary")).to_be_focused()
    check(reader)


@pytest.mark.parametrize("width", WIDTHS)
def test_security_pages(reader, live_server, width):
    reader.set_viewport_size({"width": width, "height": 900})
    sign_in(reader, live_server, "callum@example.org")
    reader.goto(f"{live_server.url}{reverse('account_reauthenticate')}")
    check(reader)
    reader.get_by_label("Password").fill(PASSWORD)
    press(reader, "Go on")
    for name in OWN:
        reader.goto(f"{live_server.url}{reverse(name)}")
        check(reader)


@pytest.mark.parametrize("width", WIDTHS)
def test_blacking_out(reader, live_server, width):
    reader.set_viewport_size({"width": width, "height": 900})
    sign_in(reader, live_server, "iona@example.org")
    reader.goto(f"{live_server.url}{reverse('office:redact')}")
    check(reader)
    press(reader, "Find them")
    check(reader)
    reader.get_by_label("Words to black out").fill("Jean Brodie")
    reader.get_by_label("Why").fill("A name")
    press(reader, "Find them")
    check(reader)
    reader.goto(f"{live_server.url}{reverse('office:redact_log')}")
    check(reader)
