"""The aim as its parts are typed: the browser builds the sentence that is saved."""

from django.conf import settings
from playwright.sync_api import Page, expect

from qiplans.rules.aims import SMALL
from tests.qiplans.aims import PARTS, SENTENCES


def test_the_browser_builds_the_sentence_that_is_saved(page: Page):
    boxes = "".join(f'<input name="aim_{name}">' for name in PARTS)
    page.set_content(
        f'<form data-aim data-aim-small="{" ".join(SMALL)}">{boxes}<output data-aim-sentence></output></form>'
    )
    page.add_script_tag(path=settings.ROOT / "static" / "portal" / "aim.js")
    for typed, sentence in SENTENCES:
        for name, words in zip(PARTS, typed, strict=True):
            page.locator(f"[name=aim_{name}]").fill(words)
        expect(page.locator("output")).to_have_text(sentence)
