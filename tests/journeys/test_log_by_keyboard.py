"""Minutes of seven practices written and published by keyboard alone: at most 25 interactions, under two minutes.

An interaction is a field filled, a choice made, or a button or link pressed, as in the journey by touch; how often Tab
takes the hand there is counted in keys. The time is what the portal took, and 0.2 seconds a key: the average typist of
the keystroke-level model (Card, Moran and Newell, 1980). Thinking is not counted: that is what the meeting is for.
"""

import sys
import time
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Locator, Page, expect

from meetings.models import Action, Attendance, Item, Meeting
from tests.cast import PASSWORD, build_world
from tests.journeys.test_log_a_meeting import sign_in, with_address
from tests.meetings.test_planned_minute import planned

pytestmark = pytest.mark.django_db(transaction=True)
MOST, SECONDS, A_KEY = 25, 120, 0.2
FOCUSED = "el => el === document.activeElement"


@dataclass
class Keyboard:
    """A person without a mouse: counts what they do, and every key."""

    page: Page
    interactions: int = 0
    keys: int = 0
    begun: float = field(default_factory=time.monotonic)

    def key(self, name: str) -> None:
        self.page.keyboard.press(name)
        self.keys += 1

    def reach(self, target: Locator) -> None:
        """Tab on until the target has the focus; fails when it never has it."""
        for _ in range(250):
            if target.evaluate(FOCUSED):
                return
            self.key("Tab")
        raise AssertionError(f"not reached by keyboard: {target}")

    def write(self, target: Locator, text: str) -> None:
        self.reach(target)
        self.page.keyboard.type(text)
        self.keys += len(text)
        self.interactions += 1

    def choose(self, group: Locator, label: str) -> None:
        """Go into a group of choices, and with the arrows to the one wanted."""
        wanted = group.get_by_label(label, exact=True)
        inside = group.locator("input[type=radio]:checked")
        self.reach(inside if inside.count() else group.locator("input[type=radio]").first)
        while not wanted.is_checked():
            self.key("ArrowRight")
        self.interactions += 1

    def press(self, target: Locator) -> None:
        self.reach(target)
        self.key("Enter")
        self.interactions += 1

    def follow(self, target: Locator) -> None:
        self.reach(target)
        with self.page.expect_navigation():
            self.key("Enter")
        self.interactions += 1

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.begun + self.keys * A_KEY


def written(page: Page, hand: Keyboard, *, is_planned: bool) -> None:
    """All present but two deputies; a guest; two items, each with a decision; three actions; data was looked at."""
    seats = page.locator("[data-seat]")
    assert seats.count() == 7
    hand.press(page.get_by_role("button", name="All present"))
    for n, deputy in ((1, "Ann Lee"), (4, "Dr Bob Hay")):
        hand.choose(seats.nth(n), "Deputy")
        hand.write(seats.nth(n).get_by_label("Name of the deputy"), deputy)
    expect(page.locator("[data-represented]")).to_have_text("7 of 7 practices")
    hand.write(page.get_by_label("Guest’s name"), "Gordon Hill")
    hand.write(page.get_by_label("From (organisation)"), "Diabetes nurses")
    first, second = page.locator("[data-item]").nth(0), page.locator("[data-item]").nth(1)
    if not is_planned:
        hand.write(first.get_by_label("What it was about"), "Recall")
    hand.write(first.get_by_label("One line of discussion"), "Recall up to 71 %, texts help")
    hand.write(first.get_by_label("Decision", exact=True), "All practices send texts")
    hand.write(first.get_by_label("Action", exact=True).nth(0), "Alder: share text by 31 Dec")
    hand.write(first.get_by_label("Action", exact=True).nth(1), "Beech: audit recall list by 31 Dec")
    if not is_planned:
        hand.write(second.get_by_label("What it was about"), "Money")
    hand.write(second.get_by_label("Decision", exact=True), "One shared clinic a week")
    hand.write(second.get_by_label("Action", exact=True).nth(0), "Elm: offer a room by 31 Dec")
    hand.choose(page.get_by_role("group", name="Was data looked at?"), "Yes")
    for row, owner in ((first, "Alder"), (first, "Beech"), (second, "Elm")):  # shown, to be confirmed or put right
        expect(row.get_by_text(f"→ {owner}")).to_contain_text("✓")
    assert not Action.objects.exists()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("is_planned", [True, False], ids=["planned", "new"])
def test_by_keyboard_alone(live_server, page, capsys, tmp_path, width, is_planned):
    world = build_world()
    with_address(world.callum)
    meeting = planned(world) if is_planned else None
    page.set_viewport_size({"width": width, "height": 844})
    page.context.tracing.start(screenshots=True)
    sign_in(page, live_server.url, world.callum.email, PASSWORD)
    page.goto(f"{live_server.url}{f'/meetings/{meeting.pk}/' if meeting else '/clusters/rowan/'}")
    hand = Keyboard(page)
    hand.follow(page.get_by_role("link", name="Log the meeting" if meeting else "Log a meeting").first)
    written(page, hand, is_planned=is_planned)
    hand.follow(page.get_by_role("button", name="Preview what each reader will see"))
    hand.follow(page.get_by_role("button", name="Publish", exact=True))
    expect(page.get_by_text("is published to the cluster")).to_be_visible()
    page.context.tracing.stop(path=tmp_path / "journey.zip")
    seconds = hand.seconds
    with capsys.disabled():
        sys.stdout.write(f"\nby keyboard: {hand.interactions} interactions, {hand.keys} keys, {seconds:.0f} seconds\n")
    assert hand.interactions <= MOST
    assert seconds < SECONDS
    was_kept()


def was_kept() -> None:
    """What the database holds afterwards."""
    meeting = Meeting.objects.get(state=Meeting.State.PUBLISHED)
    there = Attendance.objects.filter(meeting=meeting)
    assert set(there.filter(presence="DEPUTY").values_list("name", flat=True)) == {"Ann Lee", "Dr Bob Hay"}
    assert there.filter(presence="PRESENT").count() == 5
    assert there.get(presence="GUEST").organisation == "Diabetes nurses"
    assert Item.objects.filter(meeting=meeting).exclude(decision="").count() == 2
    actions = Action.objects.filter(item__meeting=meeting)
    assert [a.what for a in actions.order_by("pk")] == ["Share text", "Audit recall list", "Offer a room"]
    assert all(a.owner_practice_id for a in actions)
    assert meeting.was_data_present is True
