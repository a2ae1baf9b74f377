"""Preview and publish: what is shown is what is shared."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings.models import Ask, Item, Meeting
from shared.dates import in_words
from tests.meetings.minutes import logged, publish, published
from tests.meetings.test_circulation import agreed


def body(response) -> str:
    return response.content.decode()


def panels(page: str) -> list[str]:
    """The three previews: cluster, HSCP, board."""
    return page.split('<section class="portal-m-preview">')[1:]


@pytest.fixture
def draft(world):
    return logged(world)


def test_cluster_only_by_default(world, as_person, draft):
    page = body(as_person(world.callum).get(f"/meetings/{draft.pk}/share/"))
    inside, hscp, board = panels(page)
    assert "Private decision" in inside
    assert "Not these minutes" in hscp
    assert "6 of 7 practices represented, 3 actions open" in hscp
    assert "Not these minutes" in board
    met = f"the cluster met on {in_words(draft.held_on)}, 6 of 7 practices represented, 3 actions open"
    assert met in hscp
    assert met in board
    assert "Shown to their owner only:" in hscp
    assert "Fund the texts" in hscp
    assert "owner only" not in inside + board
    assert "Who pays for the texts?" in hscp  # the question goes to Heather whatever is shared


def test_who_does_what_by_when_stands_before_the_button_that_sends_it(world, as_person, draft):
    client = as_person(world.callum)
    before = body(client.get(f"/meetings/{draft.pk}/share/")).split('value="publish"')[0]
    assert "Check 3 actions: who, and by when" in before
    table = before.split('id="check-actions"')[1]
    for who, in_days, what in (("Alder", 21, "Share text template"), ("Heather Lind", 30, "Fund the texts")):
        row = next(row for row in table.split("<tr>") if what in row)
        assert who in row
        assert in_words(world.today + timedelta(days=in_days)) in row
    assert f'href="/meetings/{draft.pk}/log/"' in table
    publish(world, draft)
    assert "Check 3 actions" not in body(client.get(f"/meetings/{draft.pk}/share/"))


def test_actions_that_have_left_the_draft_are_not_said_to_be_about_to(world, as_person):
    page = body(as_person(world.callum).get(f"/meetings/{agreed(world).pk}/share/"))
    assert "3 actions: who, and by when" in page
    assert "since the minutes left the draft" in page
    for said in ("Check 3 actions", "as soon as the minutes leave", "Change an action"):
        assert said not in page


def test_previewing_shows_the_chosen_level_and_changes_nothing(world, as_person, draft):
    sent = {"share_level": "HSCP", "do": "preview", "version": "1"}
    answer = as_person(world.callum).post(f"/meetings/{draft.pk}/share/", sent)
    _, hscp, board = panels(body(answer))
    assert "All practices send texts" in hscp
    assert hscp.count("Fund the texts") == 1
    assert "owner only" not in hscp
    for word in ("Elm", "Ann Lee", "Gordon", "Private", "Share text template"):
        assert word not in hscp, word
    assert "Not these minutes" in board
    assert Meeting.objects.get().state == "DRAFT"


def test_keeping_an_item_takes_it_out_of_the_preview(world, as_person, draft):
    item = Item.objects.get(title="Diabetes recall")
    sent = {"share_level": "BOARD", "kept": [item.pk], "do": "preview", "version": "1"}
    _, hscp, board = panels(body(as_person(world.callum).post(f"/meetings/{draft.pk}/share/", sent)))
    assert "Diabetes recall" not in hscp + board
    assert "3 open" in hscp
    assert "Fund the texts" in hscp.split("Shown to their owner only:")[1]


def test_publish(world, as_person, draft):
    item = Item.objects.get(title="Diabetes recall")
    sent = {"share_level": "HSCP", "kept": [item.pk], "do": "publish", "version": "1"}
    answer = as_person(world.callum).post(f"/meetings/{draft.pk}/share/", sent, follow=True)
    assert "is published to the cluster and the HSCP." in body(answer)
    meeting = Meeting.objects.get()
    assert (meeting.state, meeting.share_level, meeting.published_by) == ("PUBL", "HSCP", world.callum)
    item.refresh_from_db()
    assert item.is_kept_in_cluster


def test_publishing_twice_says_it_once(world, as_person, draft):
    sent, client = {"share_level": "CLUSTER", "do": "publish", "version": "1"}, as_person(world.callum)
    first = client.post(f"/meetings/{draft.pk}/share/", sent)
    second = client.post(f"/meetings/{draft.pk}/share/", sent)
    assert first["Location"] == second["Location"]


def test_the_administrator_publishes_to_the_cluster_only(world, as_person, draft):
    page = body(as_person(world.morag).get(f"/meetings/{draft.pk}/share/"))
    assert "Only the Cluster Quality Lead shares above the cluster." in page
    assert 'value="HSCP"' not in page
    sent = {"share_level": "HSCP", "do": "publish", "version": "1"}
    answer = as_person(world.morag).post(f"/meetings/{draft.pk}/share/", sent)
    assert answer.status_code == 200
    assert Meeting.objects.get().state == "DRAFT"
    sent["share_level"] = "CLUSTER"
    assert as_person(world.morag).post(f"/meetings/{draft.pk}/share/", sent).status_code == 302


def test_a_changed_draft_is_not_published_unread(world, as_person, draft):
    Meeting.objects.update(version=2)
    sent = {"share_level": "CLUSTER", "do": "publish", "version": "1"}
    answer = as_person(world.callum).post(f"/meetings/{draft.pk}/share/", sent)
    page = body(answer)
    assert answer.status_code == 409
    assert "Somebody changed this after you opened it." in page
    assert 'name="version" value="2"' in page  # what is shown now can be published
    assert Meeting.objects.get().state == "DRAFT"


def test_the_lead_changes_later_who_may_read(world, as_person):
    meeting = published(world)
    path = f"/meetings/{meeting.pk}/share/"
    sent = {"share_level": "BOARD", "do": "publish", "version": "2"}
    answer = as_person(world.callum).post(path, sent, follow=True)
    assert "Cluster, HSCP and health board" in body(answer)
    assert as_person(world.bruce).get(f"/meetings/{meeting.pk}/").status_code == 200
    as_person(world.callum).post(path, {"share_level": "CLUSTER", "do": "publish", "version": "3"})
    assert as_person(world.bruce).get(f"/meetings/{meeting.pk}/").status_code == 404
    assert as_person(world.morag).get(path).status_code == 403


@pytest.mark.parametrize(
    "junk", [{"share_level": "WORLD"}, {"share_level": ""}, {"kept": "x"}, {"kept": "²"}, {"kept": "999999"}]
)
def test_junk(world, as_person, draft, junk):
    sent = {"share_level": "CLUSTER", "do": "publish", "version": "1", **junk}
    assert as_person(world.callum).post(f"/meetings/{draft.pk}/share/", sent).status_code == 200
    assert Meeting.objects.get().state == "DRAFT"


@pytest.mark.parametrize("version", ["1", "", "0", "²", "9" * 30, None])
def test_a_stale_page_changes_nothing_and_shows_what_is_so(world, as_person, version):
    meeting = published(world, share_level="HSCP")
    item = Item.objects.get(title="Diabetes recall")
    path, client = f"/meetings/{meeting.pk}/share/", as_person(world.callum)
    client.post(path, {"share_level": "HSCP", "kept": [item.pk], "do": "publish", "version": "2"})
    stale = {"share_level": "HSCP", "do": "publish", "version": version}
    answer = client.post(path, {name: value for name, value in stale.items() if value is not None})
    assert answer.status_code == 409
    page = body(answer)
    assert "Here it is as it stands now" in page
    assert f'id="kept-{item.pk}" checked' in page
    assert 'name="version" value="3"' in page
    item.refresh_from_db()
    assert item.is_kept_in_cluster


def test_a_question_too_late_is_said_at_the_preview(world, as_person, draft):
    Ask.objects.update(reply_by=world.today - timedelta(days=1))
    sent = {"share_level": "CLUSTER", "do": "publish", "version": "1"}
    page = body(as_person(world.callum).post(f"/meetings/{draft.pk}/share/", sent))
    assert "Go back and give a new date" in page
    assert Meeting.objects.get().state == "DRAFT"


def test_the_three_previews_are_read_at_once(world, as_person, draft):
    client, path = as_person(world.callum), f"/meetings/{draft.pk}/share/"
    client.get(path)
    with CaptureQueriesContext(connection) as log:
        client.get(path)
    assert sum('FROM "meetings_attendance"' in q["sql"] for q in log) == 1
    assert sum('FROM "meetings_item"' in q["sql"] for q in log) <= 2
    assert len(log) <= 22


def test_readers_find_nothing(world, as_person, draft):
    for who in ("asha", "heather", "nell", "priya"):
        assert as_person(getattr(world, who)).get(f"/meetings/{draft.pk}/share/").status_code == 404
