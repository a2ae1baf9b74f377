"""A Cluster Quality Lead with a phone logs a whole meeting, and it takes fewer than 25 taps and typed fields."""

import sys
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from accounts.roles import Role
from clusters.models import Cluster, Membership, RoleAssignment
from meetings.models import Action, Attendance, Item, Meeting
from portal.demo.people import PASSWORD as DEMO_PASSWORD
from shared.dates import today
from tests.cast import PASSWORD, build_world
from tests.journeys.browser import check, follow

pytestmark = pytest.mark.django_db(transaction=True)
MOST = 25


@dataclass
class Hand:
    """Counts what a person does on the page: a click, a tap and a field typed into are one each."""

    page: Page
    interactions: int = 0

    def tap(self, target: Locator) -> None:
        target.click()
        self.interactions += 1

    def follow(self, target: Locator) -> None:
        follow(self.page, target)
        self.interactions += 1

    def type(self, target: Locator, text: str) -> None:
        target.fill(text)
        target.dispatch_event("change")
        self.interactions += 1


def sign_in(page: Page, base_url: str, email: str, password: str) -> None:
    page.goto(f"{base_url}/accounts/login/")
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(password)
    follow(page, page.locator("main button[type=submit]"))
    expect(page).to_have_url(f"{base_url}/")


def log_a_meeting(page: Page, base_url: str, email: str, password: str, slug: str) -> int:
    """Sign in, open the cluster page, log and publish a meeting of seven practices; how many interactions it took.

    Two deputies, a guest, two decisions and three actions. Every page on the way passes axe, none is wider than the
    window, and the console stays silent.
    """
    page.set_viewport_size({"width": 390, "height": 844})
    errors: list[str] = []
    page.on("console", lambda m: errors.append(f"{page.url}: {m.text}") if m.type == "error" else None)
    page.on("pageerror", lambda problem: errors.append(str(problem)))
    sign_in(page, base_url, email, password)
    page.goto(f"{base_url}/clusters/{slug}/")
    check(page)
    hand = Hand(page)
    hand.follow(page.get_by_role("link", name="Log a meeting").first)
    check(page)
    _fill(page, hand)
    check(page)
    hand.follow(page.get_by_role("button", name="Preview what each reader will see"))
    check(page)
    hand.follow(page.get_by_role("button", name="Publish", exact=True))
    expect(page.get_by_text("is published to the cluster")).to_be_visible()
    check(page)
    assert errors == []
    return hand.interactions


def _fill(page: Page, hand: Hand) -> None:
    seats = page.locator("[data-seat]")
    assert seats.count() == 7
    names = [seats.nth(n).locator("legend strong").inner_text() for n in range(7)]
    by = f"{today() + timedelta(days=21):%-d %b}"
    for n, deputy in ((1, "Ann Lee"), (4, "Dr Bob Hay")):
        hand.tap(seats.nth(n).get_by_text("Deputy", exact=True))
        hand.type(seats.nth(n).get_by_label("Name of the deputy"), deputy)
    hand.tap(page.get_by_role("button", name="All present"))
    expect(page.locator("[data-represented]")).to_have_text("7 of 7 practices")
    hand.type(page.get_by_label("Guest’s name"), "Gordon Hill")
    hand.type(page.get_by_label("From (organisation)"), "Diabetes specialist nurses")
    first, second = page.locator("[data-item]").nth(0), page.locator("[data-item]").nth(1)
    hand.type(first.get_by_label("What it was about"), "Diabetes recall")
    hand.type(first.get_by_label("One line of discussion"), "Recall rate up to 71 %, texts help")
    hand.type(first.get_by_label("Decision", exact=True), "All practices send texts from next month")
    hand.type(first.get_by_label("Action", exact=True).nth(0), f"{names[0]}: share text template by {by}")
    page.get_by_text(f"→ {names[0]}").first.wait_for()  # what it means is shown at once, for confirmation
    hand.type(first.get_by_label("Action", exact=True).nth(1), f"{names[2]} to audit recall list by {by}")
    hand.type(second.get_by_label("What it was about"), "Phlebotomy")
    hand.type(second.get_by_label("Decision", exact=True), "One shared clinic a week, on trial")
    hand.type(second.get_by_label("Action", exact=True).nth(0), f"{names[6]}: offer a room by {by}")
    hand.tap(page.get_by_text("Yes", exact=True))


def say(capsys: pytest.CaptureFixture[str], taken: int) -> None:
    """Print the number whatever the options of the run: it is what the page promises."""
    with capsys.disabled():
        sys.stdout.write(f"\ninteractions: {taken}\n")


def was_kept(slug: str) -> None:
    """What the database holds afterwards."""
    meeting = Meeting.objects.get(forum__slug=slug, state=Meeting.State.PUBLISHED, held_on=today())
    there = Attendance.objects.filter(meeting=meeting)
    assert set(there.filter(presence="DEPUTY").values_list("name", flat=True)) == {"Ann Lee", "Dr Bob Hay"}
    assert there.filter(presence="PRESENT").count() == 5
    assert there.get(presence="GUEST").organisation == "Diabetes specialist nurses"
    assert Item.objects.filter(meeting=meeting).exclude(decision="").count() == 2
    actions = Action.objects.filter(item__meeting=meeting)
    assert [a.what for a in actions.order_by("pk")] == ["Share text template", "Audit recall list", "Offer a room"]
    assert {a.due_on for a in actions} == {today() + timedelta(days=21)}
    assert all(a.owner_practice_id for a in actions)
    assert meeting.was_data_present is True
    assert meeting.share_level == "CLUSTER"


def test_rowan(live_server, page, capsys):
    world = build_world()
    with_address(world.callum)
    taken = log_a_meeting(page, live_server.url, world.callum.email, PASSWORD, world.rowan.forum.slug)
    say(capsys, taken)
    assert taken < MOST
    was_kept(world.rowan.forum.slug)


def test_the_demos_seven_practices(live_server, page, capsys):
    with capsys.disabled():
        call_command("demo", is_allowed=True, stdout=StringIO())
    taken = log_a_meeting(page, live_server.url, "callum@example.org", DEMO_PASSWORD, "rowan")
    say(capsys, taken)
    assert taken < MOST
    was_kept("rowan")


def test_a_real_cluster(live_server, page, practice_data, capsys):
    cluster = a_real_cluster_of_seven(practice_data)
    lead = User.objects.create_user("lead@example.org", "Catriona Lead", PASSWORD)
    with_address(lead)
    since = today() - timedelta(days=30)
    RoleAssignment.objects.create(person=lead, role=Role.CQL, cluster=cluster, starts_on=since)
    for n, member in enumerate(Membership.objects.on(today()).filter(cluster=cluster)):
        someone = User.objects.create_user(f"pql{n}@example.org", f"Person{n} Lead{n}", PASSWORD)
        RoleAssignment.objects.create(person=someone, role=Role.PQL, practice=member.practice, starts_on=since)
    taken = log_a_meeting(page, live_server.url, lead.email, PASSWORD, cluster.forum.slug)
    say(capsys, taken)
    assert taken < MOST
    was_kept(cluster.forum.slug)


def a_real_cluster_of_seven(folder: Path) -> Cluster:
    """Imports the real practice file and gives its first cluster of seven practices."""
    file = folder / "practice_contactdetails_apr2024-open-data.csv"
    call_command("import_practices", str(file), as_of="2024-04-01", stdout=StringIO())
    return next(
        c for c in Cluster.objects.order_by("pk") if Membership.objects.on(today()).filter(cluster=c).count() == 7
    )


def with_address(person: User) -> None:
    """A person who has confirmed their e-mail address, as an invitation leaves them."""
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)


def test_what_is_wrong_is_said_on_the_phone(live_server, page):
    """Errors are listed, linked and beside their fields; what was typed is still there, in a form that still fits."""
    world = build_world()
    with_address(world.callum)
    sign_in(page, live_server.url, world.callum.email, PASSWORD)
    page.goto(f"{live_server.url}/clusters/rowan/meetings/log/")
    item = page.locator("[data-item]").nth(0)
    item.get_by_label("Action", exact=True).nth(0).fill("look into recall")
    item.get_by_label("Decision", exact=True).fill("We look into it")
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
    check(page)
    follow(page, page.get_by_role("button", name="Preview what each reader will see"))
    assert page.title().startswith("Error: ")
    expect(page.locator("#error-summary")).to_be_focused()
    check(page)
    page.get_by_role("link", name="Item 1: Who will do it?").click()
    expect(page.locator("#id_item-0-action-0-owner")).to_be_focused()
    assert item.get_by_label("Action", exact=True).nth(0).input_value() == "look into recall"


def test_rows_are_added_in_the_browser(live_server, page):
    world = build_world()
    with_address(world.callum)
    sign_in(page, live_server.url, world.callum.email, PASSWORD)
    page.goto(f"{live_server.url}/clusters/rowan/meetings/log/")
    page.get_by_role("button", name="+ Next item").click()
    page.get_by_role("button", name="+ Guest").click()
    fourth = page.locator("[data-item]").nth(3)
    fourth.get_by_label("What it was about").fill("A fourth item")
    for n in range(4):
        fourth.get_by_label("Action", exact=True).nth(n).fill(f"Alder: thing {n} by 31 Dec")
        fourth.get_by_role("button", name="+ Action").click()
    page.locator("[data-guest]").nth(1).get_by_label("Guest’s name").fill("Second Guest")
    page.get_by_role("button", name="All present").click()
    follow(page, page.get_by_role("button", name="Preview what each reader will see"))
    assert [a.what for a in Action.objects.order_by("pk")] == ["Thing 0", "Thing 1", "Thing 2", "Thing 3"]
    assert Item.objects.get().title == "A fourth item"
    assert Attendance.objects.get(presence="GUEST").name == "Second Guest"


def test_what_was_chosen_by_hand_stays(live_server, page):
    """The sentence is read again when it changes; who and when that a person chose are not."""
    world = build_world()
    with_address(world.callum)
    sign_in(page, live_server.url, world.callum.email, PASSWORD)
    page.goto(f"{live_server.url}/clusters/rowan/meetings/log/")
    row = page.locator("[data-action]").nth(0)
    sentence, owner, due = row.locator("[data-sentence]"), row.locator("[data-owner]"), row.locator("[data-due]")
    meaning = row.locator("[data-proposal]")

    def say_(text: str) -> None:
        """Leave the box, as a person does, and wait until what was read is shown."""
        meaning.evaluate("line => { line.textContent = '' }")
        sentence.fill(text)
        sentence.blur()
        expect(meaning).to_contain_text("✓")

    say_("Alder: audit recall by 2026-12-03")
    expect(due).to_have_value("2026-12-03")
    say_("Beech: audit recall by 2026-12-04")  # nobody chose: what was read is read anew
    expect(due).to_have_value("2026-12-04")
    expect(owner).to_have_value(f"practice:{world.beech.pk}")
    row.locator("summary").click()
    owner.select_option(f"person:{world.tom.pk}")
    due.fill("2026-12-24")
    say_("Alder: audit the recall list by 2026-12-05")
    expect(owner).to_have_value(f"person:{world.tom.pk}")
    expect(due).to_have_value("2026-12-24")


def test_without_javascript_it_works_too(live_server, browser):
    world = build_world()
    with_address(world.callum)
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    sign_in(page, live_server.url, world.callum.email, PASSWORD)
    page.goto(f"{live_server.url}/clusters/rowan/meetings/log/")
    seat = page.locator("[data-seat]").nth(1)
    seat.get_by_text("Deputy", exact=True).click()
    seat.get_by_label("Name of the deputy").fill("Ann Lee")
    follow(page, page.get_by_role("button", name="All present"))
    expect(seat.get_by_label("Name of the deputy")).to_have_value("Ann Lee")
    item = page.locator("[data-item]").nth(0)
    item.get_by_label("What it was about").fill("Recall")
    item.get_by_label("Action", exact=True).nth(0).fill("Alder: audit recall list by 31 Dec")
    follow(page, page.get_by_role("button", name="Preview what each reader will see"))
    expect(page.get_by_text("Audit recall list").first).to_be_visible()
    follow(page, page.get_by_role("button", name="Publish", exact=True))
    expect(page.get_by_text("is published to the cluster")).to_be_visible()
    assert Action.objects.get().owner_practice == world.alder
    context.close()
