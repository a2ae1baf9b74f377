"""Every page of the matrix, wide and narrow, in a real browser: axe, a quiet console, no page wider than the window."""

import pytest

from tests.cast import build_world
from tests.house.sweep import NOT_PAGES, readable
from tests.house.test_xss import sign_in_by_cookie
from tests.journeys.browser import OF_LAYOUT, faults

pytestmark = pytest.mark.django_db(transaction=True)


WIDTHS = (1280, 390)


@pytest.mark.once
@pytest.mark.parametrize("half", [0, 1])
def test_every_page(live_server, page, context, half):
    """Each page is loaded at one width and then made the other, where axe looks at its layout once more.

    By turns the wide one comes first, and the narrow one.
    """
    world = build_world()
    errors: list[str] = []
    page.on("console", lambda m: errors.append(f"{page.url}: {m.text}") if m.type == "error" else None)
    paths = [(who, row.path(world)) for row, who in readable()]
    paths = [(who, path) for who, path in paths if not path.partition("?")[0].endswith(NOT_PAGES)]
    here = paths[half::2]
    found: dict[str, list[str]] = {}
    for who in dict.fromkeys(who for who, _ in here):
        sign_in_by_cookie(context, live_server.url, world, who)
        for n, path in enumerate(p for w, p in here if w == who):
            first, then = WIDTHS if n % 2 else reversed(WIDTHS)
            page.set_viewport_size({"width": first, "height": 844})
            page.goto(live_server.url + path)
            wrong = faults(page)
            page.set_viewport_size({"width": then, "height": 844})
            if wrong := [*wrong, *faults(page, OF_LAYOUT)]:
                found[f"{who} {path} at {first}, then {then}"] = wrong
    assert found == {}
    assert errors == []


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/password/reset/", "/nowhere/", "/privacy/"])
def test_pages_before_sign_in(live_server, page, path):
    page.goto(live_server.url + path)
    assert faults(page) == []


def test_the_second_look_sees_the_layout(page):
    """Negative control."""
    page.set_content(
        "<html lang=en><title>t</title><main><h1 style='color:#eee;background:#fff'>Pale words</h1></main></html>"
    )
    assert [fault.split(":")[0] for fault in faults(page, OF_LAYOUT)] == ["color-contrast"]


def test_axe_finds_planted_faults(page):
    """Negative control."""
    page.set_content("<html lang=en><title>t</title><main><h1>x</h1><img src=y><input></main></html>")
    assert {fault.split(":")[0] for fault in faults(page)} >= {"image-alt", "label"}
