"""Preview and publish: what is shown is what is shared."""

import pytest

from meetings.models import Item, Meeting
from tests.meetings.minutes import logged, published


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
    assert "Who pays for the texts?" in hscp  # the question goes to Heather whatever is shared


def test_previewing_shows_the_chosen_level_and_changes_nothing(world, as_person, draft):
    sent = {"share_level": "HSCP", "do": "preview", "version": "1"}
    answer = as_person(world.callum).post(f"/meetings/{draft.pk}/share/", sent)
    _, hscp, board = panels(body(answer))
    assert "All practices send texts" in hscp
    assert "Fund the texts" in hscp
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
    page = body(as_person(world.callum).post(f"/meetings/{draft.pk}/share/", sent))
    assert "Somebody changed the draft" in page
    assert Meeting.objects.get().state == "DRAFT"


def test_the_lead_changes_later_who_may_read(world, as_person):
    meeting = published(world)
    path = f"/meetings/{meeting.pk}/share/"
    answer = as_person(world.callum).post(path, {"share_level": "BOARD", "do": "publish"}, follow=True)
    assert "Cluster, HSCP and health board" in body(answer)
    assert as_person(world.bruce).get(f"/meetings/{meeting.pk}/").status_code == 200
    as_person(world.callum).post(path, {"share_level": "CLUSTER", "do": "publish"})
    assert as_person(world.bruce).get(f"/meetings/{meeting.pk}/").status_code == 404
    assert as_person(world.morag).get(path).status_code == 403


@pytest.mark.parametrize("junk", [{"share_level": "WORLD"}, {"share_level": ""}, {"kept": "x"}, {"kept": "999999"}])
def test_junk(world, as_person, draft, junk):
    sent = {"share_level": "CLUSTER", "do": "publish", "version": "1", **junk}
    assert as_person(world.callum).post(f"/meetings/{draft.pk}/share/", sent).status_code == 200
    assert Meeting.objects.get().state == "DRAFT"


def test_readers_find_nothing(world, as_person, draft):
    for who in ("asha", "heather", "nell", "priya"):
        assert as_person(getattr(world, who)).get(f"/meetings/{draft.pk}/share/").status_code == 404
