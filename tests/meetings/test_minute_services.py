"""Saving, publishing and sharing minutes: rows, audit, refusals, races."""

import threading
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent
from clusters.models import Membership, RoleAssignment
from clusters.selectors import reach_of
from meetings.models import Action, Ask, Attendance, Item, Meeting, ShareLevel
from meetings.selectors import entry_of
from meetings.services import ActionEntry, AskEntry, EditedMeanwhile, change_sharing, save_minute
from tests.cast import build_world
from tests.meetings.minutes import entry, logged, publish, published


def save(w, made, *, by=None, nonce=None, **kwargs):
    return save_minute(
        by=by or w.callum, forum=w.rowan.forum, entry=made, nonce=nonce or uuid4(), at=timezone.now(), **kwargs
    )


def test_a_log_is_stored_whole_and_read_back_the_same(world):
    meeting = logged(world)
    assert meeting.state == Meeting.State.DRAFT
    assert entry_of(meeting) == entry(world).settled()
    event = AuditEvent.objects.get(verb="meeting.logged")
    assert (event.by, event.subject_id, event.changes["decisions"]) == (world.callum, meeting.pk, 2)
    assert "Diabetes" not in str(event.changes) + event.subject


def test_peer_support_is_kept_whatever_was_ticked(world):
    logged(world)
    assert Item.objects.get(kind=Item.Kind.PEER_SUPPORT).is_kept_in_cluster is True
    assert Item.objects.get(kind=Item.Kind.DISCUSSION).is_kept_in_cluster is False


def test_the_same_form_twice_makes_one_meeting(world):
    nonce = uuid4()
    first, second = save(world, entry(world), nonce=nonce), save(world, entry(world), nonce=nonce)
    assert first.pk == second.pk
    assert Meeting.objects.count() == 1
    assert AuditEvent.objects.filter(verb="meeting.logged").count() == 1
    assert Action.objects.count() == 3


def test_the_same_form_with_other_words_loses_neither(world):
    nonce = uuid4()
    save(world, entry(world), nonce=nonce)
    with pytest.raises(EditedMeanwhile):
        save(world, entry(world, items=()), nonce=nonce)
    assert Item.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_make_one_meeting():
    world, nonce = build_world(), uuid4()
    together, made, failed = threading.Barrier(8), [], []

    def press():
        try:
            together.wait()
            made.append(save(world, entry(world), nonce=nonce).pk)
        except Exception as problem:
            failed.append(repr(problem))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(set(made)) == 1
    assert Meeting.objects.count() == 1
    assert Action.objects.count() == 3
    assert Attendance.objects.count() == 8
    assert AuditEvent.objects.filter(verb="meeting.logged").count() == 1
    connection.close()


def test_an_edit_replaces_the_draft(world):
    meeting = logged(world)
    changed = replace(entry(world), items=entry(world).items[:1])
    again = save(world, changed, by=world.morag, meeting=meeting, version=1)
    assert again.version == 2
    assert again.saved_by == world.morag
    assert [i.title for i in again.items.all()] == ["Diabetes recall"]
    assert AuditEvent.objects.get(verb="meeting.rewritten").changes["version"] == [1, 2]


def test_the_second_editor_is_told_and_nothing_is_lost(world):
    meeting = logged(world)
    save(world, entry(world, next_on=world.today + timedelta(days=30)), by=world.morag, meeting=meeting, version=1)
    with pytest.raises(EditedMeanwhile) as told:
        save(world, entry(world, items=()), meeting=meeting, version=1)
    assert told.value.meeting.saved_by == world.morag
    assert Item.objects.count() == 2
    save(world, entry(world, items=()), meeting=meeting, version=2)  # having seen both, on purpose
    assert Item.objects.count() == 0


@pytest.mark.parametrize("who", ["asha", "heather", "nell", "fergus", "gail", "una"])
def test_others_may_not_write_up(world, who):
    with pytest.raises(PermissionDenied):
        save(world, entry(world), by=getattr(world, who))
    assert Meeting.objects.count() == 0


def test_the_reach_of_somebody_else_opens_nothing(world):
    callums = reach_of(world.callum, on=world.today)
    with pytest.raises(PermissionDenied):
        save(world, entry(world), by=world.asha, reach=callums)


def test_publishing(world):
    meeting = published(world, share_level=ShareLevel.HSCP)
    assert (meeting.state, meeting.published_by, meeting.share_level) == ("PUBL", world.callum, "HSCP")
    event = AuditEvent.objects.get(verb="meeting.published")
    assert event.changes["share_level"] == ["CLUSTER", "HSCP"]
    assert event.changes["kept_items"] == [Item.objects.get(kind=Item.Kind.PEER_SUPPORT).pk]


def test_publishing_twice_is_once(world):
    meeting = published(world)
    again = publish(world, meeting, at=timezone.now() + timedelta(hours=1))
    assert again.published_at == meeting.published_at
    assert AuditEvent.objects.filter(verb="meeting.published").count() == 1


def test_questions_go_out_when_published(world):
    meeting = logged(world)
    assert not Ask.objects.live().exists()
    assert not Action.objects.live().exists()
    at = timezone.now() + timedelta(hours=2)
    publish(world, meeting, at=at)
    assert Ask.objects.live().get().asked_at == at
    assert Action.objects.live().count() == 3


def test_only_the_lead_shares_above_the_cluster(world):
    meeting = logged(world)
    with pytest.raises(PermissionDenied):
        publish(world, meeting, by=world.morag, share_level=ShareLevel.HSCP)
    assert Meeting.objects.get().state == Meeting.State.DRAFT
    publish(world, meeting, by=world.morag)
    with pytest.raises(PermissionDenied):
        share(world, meeting, by=world.morag, share_level="HSCP", version=2)


def test_sharing_can_be_raised_and_lowered_and_the_words_stay(world):
    meeting = published(world)
    before = entry_of(meeting)
    raised = share(world, meeting, share_level="BOARD")
    lowered = share(world, raised, share_level="CLUSTER")
    assert lowered.share_level == "CLUSTER"
    assert entry_of(lowered) == before
    assert AuditEvent.objects.filter(verb="meeting.sharing_changed").count() == 2


def test_published_minutes_do_not_change(world):
    meeting = published(world)
    with pytest.raises(PermissionDenied, match="published and don’t change"):
        save(world, entry(world, items=()), meeting=meeting, version=meeting.version)
    assert Item.objects.count() == 2


def test_nothing_is_published_that_was_not_previewed(world):
    meeting = logged(world)
    save(world, entry(world, items=()), by=world.morag, meeting=meeting, version=1)
    for version in (1, 0, 3):
        with pytest.raises(EditedMeanwhile):
            publish(world, meeting, version=version)


def test_attendance_must_be_whole(world):
    made = entry(world)
    meeting = save(world, replace(made, attendances=made.attendances[:-1]))
    with pytest.raises(ValidationError, match="Willow"):
        publish(world, meeting)


def test_a_practice_that_joined_later_is_not_missed(world):
    Membership.objects.filter(practice=world.willow).update(starts_on=world.today)
    made = entry(world, held_on=world.today - timedelta(days=3))
    meeting = save(world, replace(made, attendances=made.attendances[:-1]))
    assert publish(world, meeting).state == Meeting.State.PUBLISHED


def share(w, meeting, *, by=None, share_level="CLUSTER", kept=(), version=None):
    return change_sharing(
        by=by or w.callum,
        meeting=meeting,
        share_level=share_level,
        kept_items=kept,
        version=meeting.version if version is None else version,
        at=timezone.now(),
    )


def test_a_stale_choice_of_readers_turns_nothing_off(world):
    meeting = published(world, share_level=ShareLevel.HSCP)
    item = Item.objects.get(title="Diabetes recall")
    kept = share(world, meeting, share_level="HSCP", kept=[item.pk])
    assert kept.version == meeting.version + 1
    for version in (meeting.version, 0):
        with pytest.raises(EditedMeanwhile) as told:
            share(world, meeting, share_level="BOARD", version=version)
        assert told.value.meeting.version == kept.version
    item.refresh_from_db()
    assert item.is_kept_in_cluster
    assert Meeting.objects.get().share_level == "HSCP"
    again = share(world, meeting, share_level="HSCP", kept=[item.pk])  # the same choice pressed twice
    assert again.version == kept.version
    assert AuditEvent.objects.filter(verb="meeting.sharing_changed").count() == 1


@pytest.mark.parametrize("version", [None, 0, 7])
def test_without_the_version_that_was_seen_nothing_is_replaced(world, version):
    meeting = logged(world)
    with pytest.raises(EditedMeanwhile):
        save(world, entry(world, items=()), by=world.morag, meeting=meeting, version=version)
    assert Item.objects.count() == 2


def test_a_nonce_is_ones_own(world):
    nonce = uuid4()
    mine = save(world, entry(world), nonce=nonce)
    theirs = save_minute(
        by=world.nell, forum=world.birch.forum, entry=replace(entry(world), items=()), nonce=nonce, at=timezone.now()
    )
    assert theirs.pk != mine.pk
    assert theirs.forum == world.birch.forum


def test_what_stays_as_it_was_stays_whose_it_was(world):
    meeting, later = logged(world), timezone.now() + timedelta(hours=3)
    first = entry(world).items[0]
    more = ActionEntry("Ring the lab", world.today + timedelta(days=9), owner=world.tom.pk)
    made = entry(world, items=(replace(first, actions=(*first.actions, more)), entry(world).items[1]))
    save_minute(
        by=world.morag, forum=world.rowan.forum, entry=made, nonce=uuid4(), at=later, meeting=meeting, version=1
    )
    ask = Ask.objects.get()
    assert (ask.asked_by, ask.asked_at) == (world.callum, meeting.logged_at)
    whose = {a.what: (a.added_by, a.added_at) for a in Action.objects.all()}
    assert whose["Ring the lab"] == (world.morag, later)
    assert {whose[what] for what in whose if what != "Ring the lab"} == {(world.callum, meeting.logged_at)}


def test_the_administrator_asks_in_the_name_of_the_lead(world):
    save(world, entry(world), by=world.morag)
    assert Ask.objects.get().asked_by == world.callum
    assert {a.added_by for a in Action.objects.all()} == {world.morag}


def test_without_a_lead_the_administrator_asks_nothing(world):
    RoleAssignment.objects.filter(person=world.callum).update(ends_on=world.today)
    with pytest.raises(ValidationError, match="there is none at present"):
        save(world, entry(world), by=world.morag)
    assert Meeting.objects.count() == 0


def test_a_question_goes_only_to_those_who_answer_here(world):
    item = replace(entry(world).items[0], asks=(AskEntry("Who pays?", world.nell.pk, world.today),))
    with pytest.raises(ValidationError, match="does not answer for this cluster"):
        save(world, entry(world, items=(item,)))
    assert Meeting.objects.count() == 0


def test_what_is_still_to_come_is_not_published(world):
    meeting = logged(world, held_on=world.today + timedelta(days=1))
    with pytest.raises(ValidationError, match="still to come"):
        publish(world, meeting)
    assert publish(world, meeting, at=timezone.now() + timedelta(days=1)).state == Meeting.State.PUBLISHED


def test_a_question_that_waited_too_long_wants_a_new_date(world):
    meeting = logged(world)
    with pytest.raises(ValidationError, match="give a new date"):
        publish(world, meeting, at=timezone.now() + timedelta(days=15))
    RoleAssignment.objects.filter(person=world.heather).update(ends_on=world.today)
    with pytest.raises(ValidationError, match="Heather Lind no longer answers"):
        publish(world, meeting)


def test_saving_takes_as_many_queries_for_two_items_as_for_twelve(world):
    few, many = (
        entry(world, items=tuple(replace(entry(world).items[0], title=f"Item {n}") for n in range(count)))
        for count in (2, 12)  # more are written in two goes on SQLite, which takes 999 values a statement
    )
    counts = []
    for made in (few, many):
        with CaptureQueriesContext(connection) as log:
            meeting = save(world, made)
        with CaptureQueriesContext(connection) as rewrite:
            save(world, replace(made, next_on=world.today + timedelta(days=30)), meeting=meeting, version=1)
        counts.append((len(log), len(rewrite)))
    assert counts[0] == counts[1]
