"""The agenda of a planned meeting: its items and times, who writes it, and two who do so at once."""

from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import AuditEvent
from clusters.selectors import reach_of
from meetings import rules
from meetings.models import Item, LeftOut, Meeting, StandingItem
from meetings.selectors.agenda import agenda_of, mark_of
from meetings.services import agenda as writing
from meetings.services import standing
from tests.meetings.minutes import an_action
from tests.meetings.test_topics import proposed

WORDS = {"kind": "DISC", "minutes_allowed": 10, "proposer": None, "paper_title": "", "paper_link": ""}


def ahead(w, *, days=7, forum=None, **fields) -> Meeting:
    """A meeting of Rowan, or of another forum, that is planned and has nothing on its agenda."""
    stamp = {"planned_at": timezone.now(), "planned_by": w.callum, "nonce": uuid4()}
    return Meeting.objects.create(
        forum=forum or w.rowan.forum,
        held_on=w.today + timedelta(days=days),
        **{"state": Meeting.State.PLANNED, "starts_at": time(12, 30), "minutes_long": 60, **stamp, **fields},
    )


def put(w, meeting, title, *, by=None, nonce=None, **words) -> Item:
    return writing.add_agenda_item(
        by=by or w.callum,
        meeting=meeting,
        nonce=nonce or uuid4(),
        at=timezone.now(),
        title=title,
        **{**WORDS, **words},
    )


def changed(w, item, *, by=None, version=None, **words) -> Item:
    return writing.change_agenda_item(
        by=by or w.callum,
        item=item,
        version=mark_of(item) if version is None else version,
        at=timezone.now(),
        **{**WORDS, "title": item.title, **words},
    )


def seen(w, meeting, who=None):
    return agenda_of(Meeting.objects.get(pk=meeting.pk), reach_of(who or w.callum, on=w.today))


def titles(w, meeting):
    return [slot.title for slot in seen(w, meeting).slots]


def keys(agenda):
    return [line.key for _, lines in agenda.groups for line in lines]


def test_times_run_from_the_beginning_and_the_rest_is_said_in_words(world):
    meeting = ahead(world)
    for title, minutes in (("Welcome", 5), ("Recall", 40), ("Money", 27)):
        put(world, meeting, title, minutes_allowed=minutes, kind="CONTR" if title == "Money" else "DISC")
    agenda = seen(world, meeting)
    assert [slot.begins for slot in agenda.slots] == [time(12, 30), time(12, 35), time(13, 15)]
    assert (agenda.minutes, agenda.over, agenda.contract_minutes) == (72, 12, 27)
    assert agenda.time_in_words == "72 of 60 minutes: 12 minutes over."


def test_after_an_item_without_a_time_nobody_knows_when_the_next_begins(world):
    meeting = ahead(world)
    put(world, meeting, "Welcome", minutes_allowed=59)
    put(world, meeting, "Open end", minutes_allowed=None)
    put(world, meeting, "Money", minutes_allowed=None)
    agenda = seen(world, meeting)
    assert [slot.begins for slot in agenda.slots] == [time(12, 30), time(13, 29), None]
    assert agenda.time_in_words == "59 of 60 minutes: 1 minute left. 2 items have no time yet."


def test_what_is_parked_takes_no_time(world):
    meeting = ahead(world)
    first = put(world, meeting, "Long", minutes_allowed=50)
    put(world, meeting, "Short", minutes_allowed=10)
    writing.park_agenda_item(by=world.callum, item=first, is_parked=True, at=timezone.now())
    agenda = seen(world, meeting)
    assert agenda.minutes == 10
    assert agenda.slots[1].begins == time(12, 30)


def test_items_change_places_and_go(world):
    meeting = ahead(world)
    items = [put(world, meeting, title) for title in "ABC"]
    at = timezone.now()
    writing.move_agenda_item(by=world.morag, item=items[2], is_up=True, at=at)
    assert titles(world, meeting) == ["A", "C", "B"]
    writing.move_agenda_item(by=world.morag, item=items[0], is_up=True, at=at)
    writing.move_agenda_item(by=world.morag, item=items[0], is_up=False, at=at)
    assert titles(world, meeting) == ["C", "A", "B"]
    writing.remove_agenda_item(by=world.morag, item=items[0], at=at)
    writing.remove_agenda_item(by=world.morag, item=items[0], at=at)
    assert titles(world, meeting) == ["C", "B"]
    assert list(meeting.items.values_list("position", flat=True)) == [1, 2]
    assert AuditEvent.objects.filter(verb="agenda.item_removed").count() == 1


def test_the_same_form_twice_adds_one(world):
    meeting, nonce = ahead(world), uuid4()
    assert put(world, meeting, "Recall", nonce=nonce) == put(world, meeting, "Recall", nonce=nonce)
    assert meeting.items.count() == 1


def test_every_change_is_noticed_by_minutes_that_were_opened_before(world):
    meeting = ahead(world)
    item = put(world, meeting, "Recall")
    changed(world, item, title="Recall lists")
    writing.move_agenda_item(by=world.callum, item=item, is_up=True, at=timezone.now())
    meeting.refresh_from_db()
    assert meeting.version == 3
    put(world, meeting, "Money")
    writing.move_agenda_item(by=world.callum, item=item, is_up=False, at=timezone.now())
    meeting.refresh_from_db()
    assert meeting.version == 5


def test_the_second_editor_of_an_item_is_told(world):
    item = put(world, ahead(world), "Recall")
    old = mark_of(item)
    changed(world, item, by=world.morag, title="Hers")
    with pytest.raises(writing.ItemChangedMeanwhile) as told:
        changed(world, item, version=old, title="His")
    assert told.value.item.title == "Hers"
    assert changed(world, item, version=old, title="Hers").title == "Hers"


@pytest.mark.parametrize("name", ["asha", "pam", "heather", "nell", "fergus", "una"])
def test_others_write_no_agenda(world, name):
    meeting, at = ahead(world), timezone.now()
    item, somebody = put(world, meeting, "Recall"), getattr(world, name)
    topic = proposed(world)
    deeds = (
        lambda: put(world, meeting, "Mine", by=somebody),
        lambda: changed(world, item, by=somebody, title="Mine"),
        lambda: writing.remove_agenda_item(by=somebody, item=item, at=at),
        lambda: writing.move_agenda_item(by=somebody, item=item, is_up=True, at=at),
        lambda: writing.park_agenda_item(by=somebody, item=item, is_parked=True, at=at),
        lambda: writing.take_in(by=somebody, meeting=meeting, key=f"topic:{topic.pk}", at=at),
        lambda: writing.leave_out(by=somebody, meeting=meeting, key=f"topic:{topic.pk}", at=at),
        lambda: writing.put_back(by=somebody, meeting=meeting, key=f"topic:{topic.pk}", at=at),
        lambda: standing.standing_items_onto(meeting, by=somebody, at=at),
        lambda: standing.begin_standing_items(by=somebody, forum=world.rowan.forum, at=at),
    )
    for deed in deeds:
        with pytest.raises(PermissionDenied):
            deed()
    assert titles(world, meeting) == ["Recall"]


def test_once_the_minutes_are_begun_the_agenda_stays(world):
    meeting = ahead(world)
    item = put(world, meeting, "Recall")
    Meeting.objects.filter(pk=meeting.pk).update(state="DRAFT", logged_at=timezone.now(), logged_by=world.callum)
    with pytest.raises(PermissionDenied):
        changed(world, item, title="Too late")
    with pytest.raises(PermissionDenied):
        put(world, meeting, "Too late")


def test_no_more_than_the_minutes_can_hold(world):
    meeting = ahead(world)
    for n in range(rules.MOST_ON_AGENDA):
        put(world, meeting, f"Item {n}")
    with pytest.raises(ValidationError):
        put(world, meeting, "One more")


def test_a_suggestion_becomes_an_item_and_is_suggested_no_more(world):
    meeting, topic = ahead(world), proposed(world)
    key = f"topic:{topic.pk}"
    assert key in keys(seen(world, meeting))
    for _ in range(2):
        item = writing.take_in(by=world.callum, meeting=meeting, key=key, at=timezone.now())
    assert (item.topic, item.proposer, item.source) == (topic, world.asha, key)
    assert meeting.items.count() == 1
    assert key not in keys(seen(world, meeting))
    writing.remove_agenda_item(by=world.callum, item=item, at=timezone.now())
    assert key in keys(seen(world, meeting))


def test_what_waits_for_nobody_cannot_be_taken_in(world):
    meeting = ahead(world)
    elsewhere = proposed(world, by=world.duncan, forum=world.larch.forum)
    for key in ("topic:999999", f"topic:{elsewhere.pk}", "", "rubbish", "item:1"):
        with pytest.raises(ValidationError):
            writing.take_in(by=world.callum, meeting=meeting, key=key, at=timezone.now())
        with pytest.raises(ValidationError):
            writing.leave_out(by=world.callum, meeting=meeting, key=key, at=timezone.now())


def test_a_suggestion_is_left_out_this_time_and_put_back(world):
    meeting, action = ahead(world), an_action(world)
    key, at = f"action:{action.pk}", timezone.now()
    for _ in range(2):
        writing.leave_out(by=world.callum, meeting=meeting, key=key, at=at)
    agenda = seen(world, meeting)
    assert key not in keys(agenda)
    assert [line.key for line in agenda.left_out] == [key]
    assert key in keys(seen(world, ahead(world, days=40)))
    writing.put_back(by=world.callum, meeting=meeting, key=key, at=at)
    assert key in keys(seen(world, meeting))
    assert not LeftOut.objects.exists()


def test_what_stands_on_every_agenda_is_put_there_once(world):
    forum, at = world.rowan.forum, timezone.now()
    for _ in range(2):
        standing.begin_standing_items(by=world.callum, forum=forum, at=at)
    usual = list(StandingItem.objects.filter(forum=forum))
    assert "PEER" in [row.kind for row in usual]
    meeting = ahead(world)
    assert standing.standing_items_onto(meeting, by=None, at=at) == len(usual)
    assert standing.standing_items_onto(meeting, by=world.callum, at=at) == 0
    assert titles(world, meeting) == [row.title for row in usual]
    assert seen(world, meeting).has_peer_talk
    standing.remove_standing_item(by=world.callum, item=usual[0], at=at)
    assert len(titles(world, meeting)) == len(usual)
    assert standing.standing_items_onto(ahead(world, days=30), by=None, at=at) == len(usual) - 1


def test_standing_items_are_put_in_order_and_kept_once(world):
    forum, at = world.rowan.forum, timezone.now()
    add = {"by": world.morag, "forum": forum, "kind": "DATA", "minutes_allowed": 10, "at": at}
    one, two = (standing.add_standing_item(title=title, **add) for title in ("Data", "Peer talk"))
    assert standing.add_standing_item(title="DATA", **add) == one
    standing.move_standing_item(by=world.morag, item=two, is_up=True, at=at)
    assert list(StandingItem.objects.filter(forum=forum)) == [two, one]
    old = mark_of(one)
    words = {"by": world.callum, "item": one, "kind": "DATA", "minutes_allowed": 15, "at": at}
    standing.change_standing_item(version=old, title="Our data", **words)
    with pytest.raises(standing.StandingChangedMeanwhile):
        standing.change_standing_item(version=old, title="Figures", **words)
    with pytest.raises(PermissionDenied):
        standing.remove_standing_item(by=world.asha, item=one, at=at)
    for n in range(standing.MOST - 2):
        standing.add_standing_item(title=f"Item {n}", **add)
    with pytest.raises(ValidationError):
        standing.add_standing_item(title="One too many", **add)
