"""An agenda is put together on a phone by keyboard alone: add, move, park, take in, with a script and without."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from meetings.models import Item
from tests.cast import PASSWORD, build_world
from tests.journeys.browser import check
from tests.journeys.test_log_a_meeting import sign_in, with_address
from tests.meetings.test_agenda import ahead, put
from tests.meetings.test_topics import proposed

pytestmark = pytest.mark.django_db(transaction=True)


def press(page: Page, target: Locator) -> None:
    """Come to a link or button with Tab, press Enter on it, and wait for the page that follows."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if target.evaluate("there => there === document.activeElement"):
            break
    expect(target).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def order(page: Page) -> list[str]:
    return page.locator(".portal-m-agenda > li .portal-m-minute-title strong").all_inner_texts()


def button(page: Page, what: str, title: str) -> Locator:
    return page.get_by_role("button", name=re.compile(f"^{what} ?: {title}$"))


@pytest.mark.parametrize("scripts", [True, False])
def test_by_keyboard_at_390_px(live_server, browser: Browser, scripts):
    world = build_world()
    with_address(world.callum)
    meeting = ahead(world)
    for title in ("Welcome", "Recall"):
        put(world, meeting, title)
    proposed(world, title="Shared care")
    page = browser.new_context(java_script_enabled=scripts, viewport={"width": 390, "height": 844}).new_page()
    sign_in(page, live_server.url, world.callum.email, PASSWORD)
    page.goto(f"{live_server.url}/meetings/{meeting.pk}/agenda/")
    press(page, page.get_by_role("link", name="Add an item"))
    page.get_by_label("What it is about").focus()
    page.keyboard.type("Rooms")
    page.get_by_label("Minutes for it").focus()
    page.keyboard.type("25")
    page.keyboard.press("Enter")
    expect(page.get_by_text("“Rooms” is on the agenda.")).to_be_visible()
    assert order(page) == ["Welcome", "Recall", "Rooms"]
    press(page, button(page, "Up", "Rooms"))
    assert order(page) == ["Welcome", "Rooms", "Recall"]
    press(page, button(page, "Down", "Rooms"))
    assert order(page) == ["Welcome", "Recall", "Rooms"]
    expect(page.get_by_text("45 of 60 minutes: 15 minutes left.")).to_be_visible()
    press(page, button(page, "Park", "Rooms"))
    expect(page.get_by_text("20 of 60 minutes: 40 minutes left.")).to_be_visible()
    press(page, button(page, "Take it in", "Shared care"))
    assert order(page) == ["Welcome", "Recall", "Rooms", "Shared care"]
    if scripts:
        check(page)
    assert list(meeting.items.values_list("title", flat=True).order_by("position")) == order(page)
    assert Item.objects.get(title="Rooms").is_parked
    page.context.close()
