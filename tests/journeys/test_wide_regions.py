"""What is wider than the screen says that it scrolls, and a heading in a table is never broken within a word."""

import pytest
from django.conf import settings
from playwright.sync_api import Page

STATIC = settings.ROOT / "static"
HEADS = "".join(f"<th scope=col>{name}</th>" for name in ("Cause", "Count", "Share", "Together", "One of the few"))
ROW = "<tr><th scope=row>No appointment was to be had</th><td>42</td><td>55%</td><td>55%</td><td>\u2713 yes</td></tr>"
BODY = f"""<main><div class=portal-diagram><section class=portal-diagram__list>
<div class=portal-table><table class=ds_table><thead><tr>{HEADS}</tr></thead><tbody>{ROW}</tbody></table></div>
</section>
<div class=portal-diagram__frame><svg width=900 height=20></svg></div></div>
<div class=portal-qi-chart><svg width=720 height=20></svg></div></main>"""
LINES = """els => els.map(el => {
  const text = document.createRange();
  text.selectNodeContents(el);
  return new Set([...text.getClientRects()].map(box => Math.round(box.top))).size;
})"""


@pytest.mark.parametrize(("width", "hints"), [(390, 3), (1280, 0)])
def test_what_is_too_wide_says_so(page: Page, width, hints):
    page.set_viewport_size({"width": width, "height": 800})
    page.set_content(f"<!doctype html><body>{BODY}</body>")
    page.add_style_tag(path=STATIC / "sgds" / "design-system.min.css")
    page.add_style_tag(path=STATIC / "portal" / "portal.css")
    page.add_script_tag(path=STATIC / "portal" / "portal.js")
    page.wait_for_timeout(200)
    assert page.locator(".portal-scrolls").count() == hints
    assert page.locator("thead th").evaluate_all(LINES)[:4] == [1, 1, 1, 1]
