"""The loop closes: what has waited longest for the HSCP is found, answered with reasons, and read by whoever asked.

On the demo, as its people: Heather leads the HSCP, Callum asked for his cluster, Gillian's practice raised the matter.
"""

import re

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from accounts.models import User
from escalations.models import Escalation
from portal.demo.people import PASSWORD
from tests.journeys.browser import check, follow
from tests.journeys.test_log_a_meeting import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
REASONS = "The hospital agreed to one list of practice addresses, kept by its records team from January."


@pytest.fixture
def demo(live_server, capsys):
    call_command("demo", is_allowed=True)
    return live_server.url


def test_the_longest_wait_is_found_and_answered(demo, page):
    sign_in(page, demo, "heather@example.org", PASSWORD)
    check(page)
    matter = oldest_on_the_tracker(page, demo)
    decide(page)
    raiser_reads_the_answer(page, demo, matter)


def oldest_on_the_tracker(page: Page, demo: str) -> Escalation:
    """From the tracker's first line to the matter that waited longest; gives it."""
    page.goto(f"{demo}/tracker/")
    summary = page.get_by_role("link", name=re.compile(r"Waiting for us \d+"))
    oldest = re.search(r"oldest (\d+) working days", page.locator("main").inner_text())
    assert oldest
    follow(page, summary)
    check(page)
    follow(page, page.get_by_role("link", name=re.compile(rf"decision, {oldest[1]} working days")))
    check(page)
    follow(page, page.locator("main").get_by_role("link", name=re.compile("Discharge letters")).first)
    check(page)
    return Escalation.objects.get(reference=page.url.rstrip("/").rsplit("/", 1)[-1])


def decide(page: Page) -> None:
    """Reasons are asked for; with them the decision stands on the page."""
    page.locator("label", has_text="Decide here").click()
    send = page.get_by_role("button", name=re.compile("^(Decide|Send|Save)"))
    follow(page, send.first)
    expect(page.locator("#error-summary")).to_be_focused()
    check(page)
    page.get_by_label(re.compile("^Reasons")).fill(REASONS)
    follow(page, page.get_by_role("button", name=re.compile("^(Decide|Send|Save)")).first)
    expect(page.locator("main")).to_contain_text(REASONS)
    check(page)


def raiser_reads_the_answer(page: Page, demo: str, matter: Escalation) -> None:
    """On the home page of whoever raised it, with the reasons one click away."""
    person = matter.raised_by
    person.set_password(PASSWORD)
    User.objects.filter(pk=person.pk).update(password=person.password)
    page.context.clear_cookies()
    sign_in(page, demo, person.email, PASSWORD)
    line = page.locator("main li, main tr, main p", has_text=matter.title).first
    expect(line).to_be_visible()
    check(page)
    follow(page, line.get_by_role("link", name=re.compile("Read")))
    expect(page.locator("main")).to_contain_text(REASONS)
    check(page)


def test_the_cluster_without_a_cql_is_one_click_away(demo, page):
    sign_in(page, demo, "heather@example.org", PASSWORD)
    page.goto(f"{demo}/tracker/")
    follow(page, page.get_by_role("link", name=re.compile(r"no CQL 1")))
    expect(page.get_by_role("row", name=re.compile("Hawthorn"))).to_contain_text("no Cluster Quality Lead")
    check(page)


def test_a_question_is_answered_and_the_cluster_reads_it(demo, page):
    sign_in(page, demo, "heather@example.org", PASSWORD)
    follow(
        page, page.locator("li, tr", has_text="Who pays for the text reminders").get_by_role("link", name="Reply").first
    )
    page.get_by_label(re.compile("reply", re.IGNORECASE)).last.fill(
        "The HSCP pays until March, from the prevention fund."
    )
    follow(page, page.get_by_role("button", name=re.compile("reply", re.IGNORECASE)))
    expect(page.locator("main")).to_contain_text("prevention fund")
    check(page)
    page.context.clear_cookies()
    sign_in(page, demo, "callum@example.org", PASSWORD)
    line = page.locator("main li, main tr", has_text="Who pays for the text reminders").first
    follow(page, line.get_by_role("link").first)
    expect(page.locator("main")).to_contain_text("prevention fund")
