"""Every page of the matrix, wide and narrow, in a real browser: axe, a quiet console, no page wider than the window."""

import pytest

from tests.cast import build_world
from tests.house.sweep import readable
from tests.house.test_xss import sign_in_by_cookie
from tests.journeys.browser import faults

pytestmark = pytest.mark.django_db(transaction=True)
NOT_PAGES = (".csv", ".xlsx", ".txt", "/health/")


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page(live_server, page, context, width):
    world = build_world()
    page.set_viewport_size({"width": width, "height": 844})
    errors: list[str] = []
    page.on("console", lambda m: errors.append(f"{page.url}: {m.text}") if m.type == "error" else None)
    paths = [(who, row.path(world)) for row, who in readable()]
    found: dict[str, list[str]] = {}
    for who in dict.fromkeys(who for who, _ in paths):
        sign_in_by_cookie(context, live_server.url, world, who)
        for path in [p for w, p in paths if w == who and not p.partition("?")[0].endswith(NOT_PAGES)]:
            page.goto(live_server.url + path)
            if wrong := faults(page):
                found[f"{who} {path}"] = wrong
    assert found == {}
    assert errors == []


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/password/reset/", "/nowhere/", "/privacy/"])
def test_pages_before_sign_in(live_server, page, path):
    page.goto(live_server.url + path)
    assert faults(page) == []


def test_axe_finds_planted_faults(page):
    """Negative control."""
    page.set_content("<html lang=en><title>t</title><main><h1>x</h1><img src=y><input></main></html>")
    assert {fault.split(":")[0] for fault in faults(page)} >= {"image-alt", "label"}
