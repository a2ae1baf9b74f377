"""Minutes of a forum that is no cluster: shared in its own words, and posted back to the clusters around it."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from clusters.models import ForumMember
from meetings.models import Audience, Item, Meeting
from meetings.selectors import posted_back
from meetings.services import (
    ActionEntry,
    AttendanceEntry,
    GuestEntry,
    ItemEntry,
    MinuteEntry,
    change_sharing,
    publish_meeting,
    save_minute,
)
from tests.meetings.minutes import logged, published


def body(response) -> str:
    return response.content.decode()


def quality_minutes(w, *, forum=None, by=None) -> Meeting:
    """A draft of the locality quality group: one item that all may read, one that its members keep."""
    entry = MinuteEntry(
        held_on=w.today,
        attendances=(
            AttendanceEntry(None, "PRESENT", person=w.callum.pk),
            AttendanceEntry(None, "APOLOGY", person=w.rhona.pk),
        ),
        guests=(GuestEntry("Ina Guest", "Pharmacy", is_from_hscp=True),),
        items=(
            ItemEntry(
                title="Phlebotomy",
                decision="Two sessions more from January",
                actions=(ActionEntry("Write to the practices", w.today, owner=w.rhona.pk),),
            ),
            ItemEntry(title="Trust in the room", discussion="Said among us", is_kept_in_cluster=True),
        ),
    )
    forum = forum or w.east_quality
    return save_minute(by=by or w.rhona, forum=forum, entry=entry, nonce=uuid4(), at=timezone.now())


def posted(w, *, by=None, level="CLUSTER", for_clusters=True, meeting=None) -> Meeting:
    meeting = meeting or quality_minutes(w)
    kept = list(meeting.items.filter(is_kept_in_cluster=True).values_list("pk", flat=True))
    return publish_meeting(
        by=by or w.rhona,
        meeting=meeting,
        at=timezone.now(),
        version=meeting.version,
        share_level=level,
        kept_items=kept,
        is_for_clusters=for_clusters,
    )


def test_the_clusters_around_read_what_was_decided_and_by_whom_it_is_done(world, as_person):
    path = reverse("meetings:meeting", args=[posted(world).pk])
    for member_of_a_cluster in (world.asha, world.tom, world.pam):
        page = body(as_person(member_of_a_cluster).get(path))
        assert "Two sessions more from January" in page
        assert "Write to the practices" in page
        assert "This is what East Strath quality group shares beyond its members." in page
        for inside in ("Trust in the room", "Said among us", "Ina Guest", "apologies"):
            assert inside not in page, inside
    inside = body(as_person(world.callum).get(path))
    assert "Trust in the room" in inside
    assert "kept by the members" in inside
    assert "guest for the HSCP" in inside
    assert as_person(world.nell).get(path).status_code == 404


def test_without_the_tick_no_cluster_reads_them(world, as_person):
    """The control: the same minutes, not published for clusters."""
    path = reverse("meetings:meeting", args=[posted(world, for_clusters=False).pk])
    assert as_person(world.asha).get(path).status_code == 404
    assert as_person(world.callum).get(path).status_code == 200  # he sits there


def test_a_draft_for_clusters_waits_until_it_is_published(world, as_person):
    meeting = quality_minutes(world)
    Meeting.objects.filter(pk=meeting.pk).update(is_for_clusters=True)
    assert as_person(world.asha).get(reverse("meetings:meeting", args=[meeting.pk])).status_code == 404


def test_the_outcome_is_posted_back_to_each_cluster(world, as_person):
    posted(world)
    last = posted(world)
    page = body(as_person(world.asha).get(reverse("meetings:meeting_list", args=[world.rowan.forum])))
    assert "From the forums around" in page
    assert page.count("East Strath quality group,") == 1
    assert reverse("meetings:meeting", args=[last.pk]) in page
    above = body(as_person(world.heather).get(reverse("meetings:meeting_list", args=[world.rowan.forum])))
    assert "From the forums around" not in above
    assert posted_back(world.larch.forum, on=world.today) == [last]
    assert posted_back(world.birch.forum, on=world.today) == []
    assert posted_back(world.east_quality, on=world.today) == []


def test_whoever_reads_one_finds_the_list_and_the_forum_leads_there(world, as_person):
    meeting, hidden = posted(world), posted(world, for_clusters=False)
    path = reverse("meetings:meeting_list", args=[world.east_quality])
    listed = body(as_person(world.asha).get(path))
    assert reverse("meetings:meeting", args=[meeting.pk]) in listed
    assert reverse("meetings:meeting", args=[hidden.pk]) not in listed
    assert path in body(as_person(world.asha).get(reverse("reporting:forum", args=[world.east_quality.slug])))
    assert as_person(world.nell).get(path).status_code == 404
    decisions = body(as_person(world.asha).get(reverse("meetings:decision_list", args=[world.east_quality])))
    assert decisions.count("Two sessions more from January") == 1


def test_the_preview_speaks_of_members_and_shows_the_clusters_what_they_will_read(world, as_person):
    meeting = quality_minutes(world)
    path = reverse("meetings:meeting_share", args=[meeting.pk])
    page = body(as_person(world.rhona).get(path))
    assert "The members will see" in page
    assert "Members only" in page
    assert "Members, HSCP and health board" in page
    assert "Keep among the members (peer support, relationships, confidential)" in page
    assert "Cluster Quality Lead shares" not in page
    around = page.split("The clusters around it will see")[1]
    assert "Not these minutes." in around
    typed = {"do": "preview", "share_level": "CLUSTER", "is_for_clusters": "on", "version": meeting.version}
    around = body(as_person(world.rhona).post(path, typed)).split("The clusters around it will see")[1]
    assert "Two sessions more from January" in around
    assert "Ina Guest" not in around
    done = as_person(world.rhona).post(path, {**typed, "do": "publish"}, follow=True)
    assert "published. Who reads it: Members only; the clusters around it." in body(done)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.is_for_clusters) == ("PUBL", True)


def test_the_tick_can_be_taken_back(world):
    meeting = posted(world)
    again = change_sharing(
        by=world.rhona,
        meeting=meeting,
        share_level="CLUSTER",
        kept_items=[Item.objects.get(title="Trust in the room").pk],
        version=meeting.version,
        at=timezone.now(),
    )
    assert not again.is_for_clusters


def test_a_clusters_minutes_are_never_for_other_clusters(world, as_person):
    meeting = logged(world)
    with pytest.raises(ValidationError, match="other clusters"):
        posted(world, by=world.callum, meeting=meeting)
    done = published(world, held_on=world.today)
    with pytest.raises(ValidationError, match="other clusters"):
        change_sharing(
            by=world.callum,
            meeting=done,
            share_level="CLUSTER",
            kept_items=(),
            version=done.version,
            at=timezone.now(),
            is_for_clusters=True,
        )
    path = reverse("meetings:meeting_share", args=[meeting.pk])
    assert "is_for_clusters" not in body(as_person(world.callum).get(path))


def test_who_only_runs_a_cluster_publishes_for_members_and_shares_no_further(world):
    ForumMember.objects.create(forum=world.east_quality, person=world.morag, starts_on=world.since)
    with pytest.raises(PermissionDenied, match="beyond the members"):
        posted(world, by=world.morag)
    assert Meeting.objects.get().state == "DRAFT"
    meeting = posted(world, by=world.morag, meeting=Meeting.objects.get(), for_clusters=False)
    assert meeting.state == "PUBL"


def test_a_board_committee_has_no_hscp_between_its_members_and_the_board(world, as_person):
    meeting = quality_minutes(world, forum=world.committee, by=world.bruce)
    page = body(as_person(world.bruce).get(reverse("meetings:meeting_share", args=[meeting.pk])))
    assert "Members and health board" in page
    assert "Members and HSCP" not in page
    assert "The HSCP will see" not in page
    assert Audience.HSCP not in {seen for seen in Audience if f"{seen.label} will see" in page}
