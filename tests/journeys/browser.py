"""What the browser tests share: accessibility by axe, the console, the width of the page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}

# Those that look at where things lie and how they are drawn; what the others read is the same at every width.
OF_LAYOUT = {
    "runOnly": {
        "type": "rule",
        "values": ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"],
    },
    "rules": {"target-size": {"enabled": True}},
}


def faults(page: Page, rules: dict[str, object] = RULES) -> list[str]:
    """What axe finds against WCAG 2.2 AA (or `rules` of it), and whether the page is wider than the window."""
    result = Axe().run(page, options=rules)
    found = [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in result.response["violations"]]
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        found.append("wider than the window")
    return found


def check(page: Page) -> None:
    """Fail with what axe found on the page as it is now."""
    assert faults(page) == [], page.url


def follow(page: Page, target: Locator) -> None:
    """Press a link or a button, and wait for the page that it leads to, however slow the server is."""
    with page.expect_navigation():
        target.click()
