"""What the cluster, the HSCP and the board read of the same meeting."""

from dataclasses import asdict

from clusters.selectors import reach_of
from meetings.models import Audience, Item
from meetings.selectors import meetings_within, what_audience_sees, what_reader_sees
from tests.meetings.minutes import logged, published

PRIVATE = ("Private", "colleague", "Elm", "Ann Lee", "Gordon", "Diabetes team", "Asha")


def seen_by(w, who, meeting):
    return what_reader_sees(meeting, reach_of(getattr(w, who), on=w.today))


def may_open(w, who):
    return meetings_within(reach_of(getattr(w, who), on=w.today)).exists()


def test_the_cluster_reads_everything(world):
    seen = seen_by(world, "asha", published(world))
    text = str(asdict(seen))
    assert all(word in text for word in PRIVATE)
    assert (seen.represented, seen.practices, seen.guests, seen.open_actions) == (6, 7, 1, 3)


def test_the_hscp_reads_what_is_shared_and_never_who_was_away(world):
    meeting = published(world, share_level="HSCP")
    seen = seen_by(world, "heather", meeting)
    text = str(asdict(seen))
    assert [w for w in PRIVATE if w in text] == []
    assert (seen.represented, seen.practices, seen.guests, seen.open_actions, seen.done_actions) == (6, 7, 1, 3, 0)
    assert seen.attendances == ()
    assert [i.title for i in seen.items] == ["Diabetes recall"]
    assert [a.what for a in seen.items[0].actions] == ["Fund the texts"]  # the one the HSCP itself holds
    assert [a.question for a in seen.items[0].asks] == ["Who pays for the texts?"]


def test_without_the_filter_it_would_leak(world):
    """Negative control: the cluster's view of the same meeting holds all that the HSCP's must not."""
    text = str(asdict(what_audience_sees(published(world, share_level="HSCP"), Audience.CLUSTER)))
    assert [w for w in PRIVATE if w in text] == list(PRIVATE)


def test_a_kept_item_gives_nothing_but_numbers(world):
    meeting = logged(world)
    item = Item.objects.get(title="Diabetes recall")
    seen = what_audience_sees(meeting, Audience.HSCP, kept_items={item.pk})
    assert seen.items == ()
    assert seen.open_actions == 3


def test_peer_support_cannot_be_let_out(world):
    seen = what_audience_sees(published(world, share_level="HSCP"), Audience.HSCP, kept_items=set())
    assert [i.title for i in seen.items] == ["Diabetes recall"]


def test_preview_and_page_are_the_same(world):
    meeting = published(world, share_level="BOARD")
    assert seen_by(world, "heather", meeting) == what_audience_sees(meeting, Audience.HSCP)
    assert seen_by(world, "bruce", meeting) == what_audience_sees(meeting, Audience.BOARD)
    assert seen_by(world, "pam", meeting) == what_audience_sees(meeting, Audience.CLUSTER)


def test_levels_open_to_whom_they_name(world):
    logged(world)
    assert [w for w in ("callum", "morag", "asha", "heather", "bruce", "nell") if may_open(world, w)] == [
        "callum",
        "morag",
    ]


def test_cluster_level_stays_in_the_cluster(world):
    published(world)
    assert [
        w for w in ("callum", "asha", "tom", "heather", "rhona", "bruce", "nell", "priya") if may_open(world, w)
    ] == [
        "callum",
        "asha",
        "tom",
    ]


def test_hscp_level_does_not_reach_the_board(world):
    meeting = published(world, share_level="HSCP")
    assert may_open(world, "heather")
    assert may_open(world, "lewis")
    assert not may_open(world, "bruce")
    assert seen_by(world, "bruce", meeting) is None
    assert seen_by(world, "nell", meeting) is None


def test_a_clinical_lead_who_leads_another_cluster_reads_as_the_hscp(world):
    seen = seen_by(world, "duncan", published(world, share_level="HSCP"))
    assert seen.audience is Audience.HSCP
