"""A practice is missing from the list: Priya finds what became of it, and its history stays within reach.

On the demo, on a phone: Spindle Court is no longer listed, and Bramblehaugh of the same cluster grew by its patients.
"""

import re

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from portal.demo.building.places import code_of
from portal.demo.people import PASSWORD
from practices.models import Practice
from tests.journeys.browser import check, follow
from tests.journeys.test_log_a_meeting import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def demo(live_server, capsys):
    call_command("demo", is_allowed=True)
    return live_server.url


def test_what_became_of_a_missing_practice(demo, page):
    sign_in(page, demo, "priya@example.org", PASSWORD)
    follow(page, page.get_by_role("link", name=re.compile("^Decide")).first)
    follow(page, page.get_by_role("link", name=re.compile("Missing since the list of")))
    check(page)
    merged_into_what_fits(page)
    the_old_page_leads_on(page)
    found_by_its_old_code(page, demo)


def merged_into_what_fits(page: Page) -> None:
    """What fits fills the form; without a word on how, the page says so; then it is shown and confirmed."""
    follow(page, page.get_by_role("link", name=re.compile("Bramblehaugh Surgery")))
    expect(page.get_by_label("It merged into another practice")).to_be_checked()
    follow(page, page.get_by_role("button", name="See what would change"))
    expect(page.locator("#error-summary")).to_be_focused()
    page.get_by_label(re.compile("^How it came about")).fill("Its last GP retired; Bramblehaugh took on its patients")
    follow(page, page.get_by_role("button", name="See what would change"))
    check(page)
    main = page.locator("main")
    expect(main).to_contain_text("Spindle Court Practice is merged into Bramblehaugh Surgery")
    expect(main).to_contain_text("Nothing has changed yet.")
    expect(main).to_contain_text("no longer sees Hawthorn")
    assert not Practice.objects.get(code=code_of("hawthorn6")).closed_on
    follow(page, page.get_by_role("button", name="Yes, this is what happened"))


def the_old_page_leads_on(page: Page) -> None:
    check(page)
    main = page.locator("main")
    expect(main).to_contain_text("Its history stays.")
    expect(main).to_contain_text("Merged on")
    follow(page, main.get_by_role("link", name=re.compile("Bramblehaugh Surgery")).first)
    check(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bramblehaugh Surgery")
    expect(main).to_contain_text(f"{code_of('hawthorn6')} Spindle Court Practice merged into it on")


def found_by_its_old_code(page: Page, demo: str) -> None:
    page.goto(f"{demo}/registry/practices/?q={code_of('hawthorn6')}")
    rows = page.locator("table tbody tr")
    expect(rows).to_have_count(1)
    expect(rows.first).to_contain_text("Bramblehaugh Surgery")
    page.goto(f"{demo}/registry/")
    expect(page.locator("main")).to_contain_text("Practices missing from the last list: 0")
