"""Two people write up the same meeting in two browsers: both texts stay, with a script and without."""

import pytest
from playwright.sync_api import Browser, Page

from meetings.models import Item
from tests.cast import PASSWORD, build_world
from tests.journeys.browser import check, follow
from tests.journeys.test_log_a_meeting import sign_in, with_address
from tests.meetings.minutes import logged

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]
TITLE = "Diabetes recall"


def opened(browser: Browser, url: str, person, pk: int, *, scripts: bool) -> Page:
    page = browser.new_context(java_script_enabled=scripts, viewport={"width": 390, "height": 844}).new_page()
    sign_in(page, url, person.email, PASSWORD)
    page.goto(f"{url}/meetings/{pk}/log/")
    return page


@pytest.mark.parametrize("scripts", [True, False])
def test_both_texts_stay(live_server, browser, scripts):
    world = build_world()
    meeting = logged(world)
    for person in (world.callum, world.morag):
        with_address(person)
    his, hers = (opened(browser, live_server.url, p, meeting.pk, scripts=scripts) for p in (world.callum, world.morag))
    for page, words in ((hers, "Texts help, says Morag"), (his, "Letters help, says Callum")):
        page.locator("[data-item]").nth(0).get_by_label("One line of discussion").fill(words)
    follow(hers, hers.get_by_role("button", name="Save and come back later"))
    follow(his, his.get_by_role("button", name="Save and come back later"))
    his.get_by_text("One line of discussion: which one?").wait_for()
    if scripts:
        check(his)
    his.get_by_text("Keep both", exact=True).click()
    follow(his, his.get_by_role("button", name="Save and come back later"))
    kept = Item.objects.get(title=TITLE).discussion
    assert "Texts help, says Morag" in kept
    assert "Letters help, says Callum" in kept
    for page in (his, hers):
        page.context.close()
