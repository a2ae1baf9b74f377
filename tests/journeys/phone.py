"""A person with a phone: goes from page to page by what stands on them, and every press and every box is counted."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Locator, expect

from accounts.models import User
from tests.cast import PASSWORD
from tests.journeys.test_log_a_meeting import Hand, sign_in, with_address


@dataclass
class Phone(Hand):
    """Names of links, buttons, boxes and choices are given by how they begin."""

    errors: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, person: User, *, browser: Browser, base_url: str) -> "Phone":
        """A phone of `person`'s own at the start page, signed in; what its console complains of is kept."""
        with_address(person)
        page = browser.new_context(locale="en-GB", viewport={"width": 390, "height": 844}).new_page()
        phone = cls(page)
        page.on("console", lambda m: phone.errors.append(f"{page.url}: {m.text}") if m.type == "error" else None)
        page.on("pageerror", lambda problem: phone.errors.append(str(problem)))
        sign_in(page, base_url, person.email, PASSWORD)
        return phone

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def go(self, *links: str) -> None:
        """Follow links, one after the other."""
        for name in links:
            self.follow(self.main.get_by_role("link", name=_begins(name)).first)

    def up(self, name: str) -> None:
        """Follow a link of the way back, above the page."""
        self.follow(self.page.locator(".portal-breadcrumbs").get_by_role("link", name=_begins(name)))

    def home(self) -> None:
        """Press the name of the portal, in the head of every page."""
        self.follow(self.page.locator(".portal-brand"))

    def press(self, name: str) -> None:
        self.follow(self.main.get_by_role("button", name=_begins(name)).first)

    def write(self, boxes: dict[str, str]) -> None:
        for label, text in boxes.items():
            self.type(self.main.get_by_label(_begins(label)).first, text)

    def choose(self, *labels: str) -> None:
        """Tap radio buttons, boxes to tick, and what unfolds."""
        for label in labels:
            self.tap(self.main.locator("label, summary").filter(has_text=_begins(label)).first)

    def pick(self, label: str, option: str) -> None:
        """Choose from a drop-down list."""
        box = self.main.get_by_label(_begins(label)).first
        box.select_option(label=box.locator("option").filter(has_text=option).first.inner_text())
        self.interactions += 1

    def reads(self, *words: str) -> None:
        for said in words:
            expect(self.main).to_contain_text(said)


def _begins(text: str) -> re.Pattern[str]:
    """As a reader sees it, in whole words: those that only a screen reader says may leave a space before a colon."""
    return re.compile(rf"^\s*{re.escape(text)}(?!\w)".replace(":", r"\s*:"))
