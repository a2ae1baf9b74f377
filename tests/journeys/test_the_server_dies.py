"""A real server is killed while minutes are typed and while they are saved (F01, F02): nothing is halved."""

import pytest
from django.utils import timezone
from playwright.sync_api import Error, Page, expect

from accounts.models import AuditEvent
from meetings.models import Action, Attendance, Item, Meeting
from office.models import Draft
from tests.cast import PASSWORD, build_world
from tests.journeys.browser import follow
from tests.journeys.mortal import AFTER_COMMIT, BEFORE_COMMIT, Server, serving
from tests.journeys.test_log_a_meeting import sign_in, with_address

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]
PATH = "/clusters/rowan/meetings/log/"


def opened(page: Page, server: Server, person) -> Page:
    """That person on the form of a new meeting."""
    sign_in(page, server.url, person.email, PASSWORD)
    page.goto(server.url + PATH)
    return page


def words(page: Page):
    return page.get_by_label("One line of discussion").first


def kept(page: Page):
    return page.locator("form[data-keep] [data-kept]")


def callum():
    world = build_world()
    with_address(world.callum)
    return world.callum


# --- Between two autosaves ---------------------------------------------------------------------------


@pytest.mark.parametrize("is_kept", [True, False], ids=["as it is", "negative control: nothing is kept"])
def test_server_and_laptop_die_between_two_autosaves(page, browser, tmp_path, is_kept):
    """What was typed before the last autosave is there again; without autosave nothing would be."""
    person = callum()
    with serving(tmp_path) as server:
        opened(page, server, person)
        if not is_kept:
            page.route("**/drafts/", lambda route: route.fulfill(json={"kept_at": "12:00:00"}))
        with page.expect_response("**/drafts/"):
            words(page).fill("Recall rate is up")
        expect(kept(page)).to_contain_text("Saved ")
        server.kill()
        words(page).fill("Recall rate is up, and this was typed since")
        page.context.close()
        server.start()
        again = opened(browser.new_context().new_page(), server, person)
        expect(words(again)).to_have_value("Recall rate is up" if is_kept else "")
        again.context.close()


def test_a_page_that_stays_open_loses_nothing_at_all(page, tmp_path):
    """It says that it is not saved, and keeps all of it by itself as soon as the server is back."""
    person = callum()
    with serving(tmp_path) as server:
        opened(page, server, person)
        with page.expect_response("**/drafts/"):
            words(page).fill("Recall rate is up")
        server.kill()
        words(page).fill("Recall rate is up, and this was typed since")
        expect(kept(page)).to_have_text("Not saved: no connection")
        server.start()
        expect(kept(page)).to_contain_text("Saved ")
    assert "and this was typed since" in str(Draft.objects.get().fields)


def test_who_never_pauses_is_kept_within_thirty_seconds(page, live_server):
    """The clock of the page is moved by hand: a key a second, never the two quiet seconds that autosave waits for."""
    sign_in(page, live_server.url, callum().email, PASSWORD)
    page.clock.install()
    page.goto(live_server.url + PATH)
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.url.endswith("/drafts/") else None)
    box, typed = words(page), 0
    box.focus()
    while not sent and typed < 60:
        page.keyboard.type("a")
        page.clock.run_for(1000)
        typed += 1
    assert 2 < typed <= 30
    expect(kept(page)).to_contain_text("Saved ")  # the server has answered: nothing is under way when the test ends


# --- While it is saved -------------------------------------------------------------------------------


def filled(page: Page) -> None:
    page.get_by_role("button", name="All present").click()
    item = page.locator("[data-item]").first
    item.get_by_label("What it was about").fill("Diabetes recall")
    with page.expect_response("**/drafts/"):
        item.get_by_label("Action", exact=True).first.fill("Alder: audit recall list by 31 Dec")
    expect(kept(page)).to_contain_text("Saved ")


def pressed(page: Page) -> None:
    """Press the button whose answer never comes: the browser shows an error page of its own."""
    with pytest.raises(Error, match=r"ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET"):
        follow(page, preview(page))
    page.wait_for_url("chrome-error://chromewebdata/")


def preview(page: Page):
    return page.get_by_role("button", name="Preview what each reader will see")


def rows() -> dict[str, int]:
    trail = AuditEvent.objects.filter(verb="meeting.logged")
    kinds = {"meetings": Meeting.objects, "seats": Attendance.objects, "items": Item.objects, "actions": Action.objects}
    return {name: found.count() for name, found in {**kinds, "trail": trail}.items()}


NONE = dict.fromkeys(("meetings", "seats", "items", "actions", "trail"), 0)
ONE = {"meetings": 1, "seats": 7, "items": 1, "actions": 1, "trail": 1}


@pytest.mark.parametrize("without", ["", "transaction"], ids=["as it is", "negative control: no transaction"])
def test_killed_before_the_commit(page, tmp_path, without):
    """Nothing is half-written; opening the form again and pressing the button saves it all, once."""
    person = callum()
    with serving(tmp_path, without=without) as server:
        opened(page, server, person)
        filled(page)
        server.dies(BEFORE_COMMIT)
        pressed(page)
        if without:
            assert (rows()["meetings"], rows()["trail"]) == (1, 0)
            return
        assert rows() == NONE
        page.goto(server.url + PATH)
        expect(page.locator("[data-sentence]").first).to_have_value("Alder: audit recall list by 31 Dec")
        follow(page, preview(page))
        expect(page.get_by_role("heading", name="Preview and publish")).to_be_visible()
        assert rows() == ONE


@pytest.mark.parametrize("without", ["", "nonce"], ids=["as it is", "negative control: no nonce"])
def test_killed_after_the_commit(page, tmp_path, without):
    """The same form sent again lands on the meeting that is there, and the page says when it was saved."""
    person = callum()
    with serving(tmp_path, without=without) as server:
        opened(page, server, person)
        filled(page)
        server.dies(AFTER_COMMIT)
        pressed(page)
        assert rows() == ONE
        page.reload()
        expect(page.get_by_role("heading", name="Preview and publish")).to_be_visible()
        if without:
            assert (rows()["meetings"], rows()["trail"]) == (2, 2)
            return
        saved = timezone.localtime(Meeting.objects.get().saved_at)
        expect(page.get_by_text(f"Already saved at {saved:%H:%M}.")).to_be_visible()
        assert rows() == ONE


def test_opening_the_form_again_after_the_commit_leads_to_what_is_saved(page, tmp_path):
    person = callum()
    with serving(tmp_path) as server:
        opened(page, server, person)
        filled(page)
        server.dies(AFTER_COMMIT)
        pressed(page)
        page.goto(server.url + PATH)
        expect(page.get_by_label("What it was about").first).to_have_value("")
        follow(page, page.get_by_role("link", name="the meeting of"))
        expect(page.get_by_text("Diabetes recall").first).to_be_visible()
        assert rows() == ONE
