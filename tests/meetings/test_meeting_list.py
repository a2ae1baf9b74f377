"""The meetings of a cluster, and one meeting, for each reader."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.meetings.minutes import logged, published


@pytest.fixture
def path(world):
    return f"/clusters/{world.rowan.forum.slug}/meetings/"


def body(response) -> str:
    return response.content.decode()


def test_empty_says_what_to_do(world, as_person, path):
    assert "No meeting has been logged yet" in body(as_person(world.callum).get(path))
    assert "Log a meeting" in body(as_person(world.morag).get(path))
    assert "No minutes are shared with you" in body(as_person(world.heather).get(path))
    assert "Log a meeting" not in body(as_person(world.asha).get(path))


def test_numbers_of_a_row(world, as_person, path):
    published(world, share_level="HSCP")
    page = body(as_person(world.asha).get(path))
    assert "6 of 7" in page
    assert ' class="portal-number">2</td>' in page
    assert ' class="portal-number">3</td>' in page


def test_a_kept_decision_is_not_counted_above(world, as_person, path):
    published(world, share_level="HSCP")
    page = body(as_person(world.heather).get(path))
    assert ' class="portal-number">1</td>' in page
    assert ' class="portal-number">2</td>' not in page


def test_drafts_and_unshared_minutes_are_not_listed(world, as_person, path):
    draft, kept = logged(world), published(world)
    assert f"/meetings/{draft.pk}/" not in body(as_person(world.asha).get(path))
    assert f"/meetings/{draft.pk}/" in body(as_person(world.morag).get(path))
    assert f"/meetings/{kept.pk}/" in body(as_person(world.asha).get(path))
    assert "No minutes are shared with you" in body(as_person(world.heather).get(path))
    assert as_person(world.nell).get(path).status_code == 404


@pytest.mark.parametrize("who", ["callum", "heather"])
def test_as_many_queries_for_one_row_as_for_twenty(world, as_person, path, who):
    published(world, share_level="HSCP")
    client = as_person(getattr(world, who))
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(path)
    for n in range(1, 20):
        published(world, share_level="HSCP", held_on=world.today - timedelta(days=n))
    with CaptureQueriesContext(connection) as twenty:
        client.get(path)
    assert len(one) == len(twenty)


def test_pages(world, as_person, path):
    for n in range(26):
        published(world, held_on=world.today - timedelta(days=n), items=())
    assert "Showing 1 to 25 of 26" in body(as_person(world.asha).get(path))
    assert "Showing 26 to 26 of 26" in body(as_person(world.asha).get(f"{path}?page=2"))


def test_the_page_of_a_meeting_for_insiders(world, as_person):
    page = body(as_person(world.tom).get(f"/meetings/{published(world).pk}/"))
    assert all(word in page for word in ("Elm Medical Practice", "apologies", "Ann Lee", "Private decision"))
    assert "Go on writing" not in page


def test_the_page_of_a_meeting_for_the_hscp(world, as_person):
    meeting = published(world, share_level="HSCP")
    page = body(as_person(world.heather).get(f"/meetings/{meeting.pk}/"))
    assert "6 of 7 practices represented" in page
    assert "Fund the texts" in page
    for word in ("Elm", "Ann Lee", "Gordon", "Private", "colleague", "Share text template", "Alder"):
        assert word not in page, word
    for who in ("nell", "priya", "una", "bruce"):
        assert as_person(getattr(world, who)).get(f"/meetings/{meeting.pk}/").status_code == 404


def test_the_page_of_a_meeting_keeps_its_number_of_queries(world, as_person):
    small = published(world, items=())
    client = as_person(world.callum)
    client.get(f"/meetings/{small.pk}/")
    big = published(world)
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/meetings/{big.pk}/")
    assert len(queries) <= 21


@pytest.mark.parametrize("pk", ["0", "999999", "99999999999999999999"])
def test_no_such_meeting(world, as_person, pk):
    for suffix in ("", "log/", "share/"):
        assert as_person(world.callum).get(f"/meetings/{pk}/{suffix}").status_code == 404


def test_a_question_links_only_for_those_who_may_open_it(world, as_person):
    meeting = published(world, share_level="BOARD")
    for who, links in (("asha", True), ("heather", True), ("lewis", False), ("bruce", False)):
        client = as_person(getattr(world, who))
        page = body(client.get(f"/meetings/{meeting.pk}/"))
        assert "Who pays for the texts?" in page, who
        assert ("/asks/" in page) is links, who


def test_a_question_of_a_draft_says_when_it_goes_out(world, as_person):
    page = body(as_person(world.callum).get(f"/meetings/{logged(world).pk}/"))
    assert "goes out when you publish" in page
    assert "/asks/" not in page


def test_both_is_said_in_words(world, as_person):
    meeting = published(world, mode="BOTH")
    assert "In person and video." in body(as_person(world.asha).get(f"/meetings/{meeting.pk}/"))
