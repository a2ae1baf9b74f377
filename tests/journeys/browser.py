"""What the browser tests share: accessibility by axe, the console, the width of the page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


def faults(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA, and whether the page is wider than the window."""
    result = Axe().run(page, options=RULES)
    found = [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in result.response["violations"]]
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        found.append("wider than the window")
    return found


def check(page: Page) -> None:
    """Fail with what axe found on the page as it is now."""
    assert faults(page) == [], page.url
