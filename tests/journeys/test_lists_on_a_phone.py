"""On a phone a row of a list is a block: every cell is in view and says what it is."""

import pytest

from tests.cast import build_world
from tests.house.test_xss import sign_in_by_cookie
from tests.meetings.minutes import an_action

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_cell_is_in_view(live_server, page, context):
    world = build_world()
    an_action(world, owner=world.callum)
    sign_in_by_cookie(context, live_server.url, world, "callum")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{live_server.url}/clusters/rowan/actions/")
    cells = page.get_by_role("row").last.get_by_role("cell")
    assert cells.count() >= 4
    for cell in cells.all():
        box = cell.bounding_box()
        assert box is None or box["x"] + box["width"] <= 390
    due = page.locator("td[data-label='Due']").first
    assert due.evaluate("cell => getComputedStyle(cell, '::before').content") == '"Due: "'
    page.set_viewport_size({"width": 1280, "height": 844})
    assert due.evaluate("cell => getComputedStyle(cell, '::before').content") == "none"
