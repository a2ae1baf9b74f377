"""The minute of a meeting that was planned: its agenda is there to write under, and what hangs on an item stays."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from meetings.models import Action, Attendance, Item, Meeting, SignificantEvent, Topic
from meetings.services import save_minute
from shared.dates import in_words
from tests.meetings.minutes import entry, log_fields, logged


def planned(w, *, held_on=None, **fields) -> Meeting:
    """A planned meeting of Rowan with two items, the first from a topic that Asha proposed."""
    stamp = {"planned_at": timezone.now(), "planned_by": w.callum, "nonce": uuid4()}
    meeting = Meeting.objects.create(
        forum=w.rowan.forum, held_on=held_on or w.today, state=Meeting.State.PLANNED, mode="PERSON", **stamp, **fields
    )
    topic = Topic.objects.create(
        forum=w.rowan.forum,
        title="Recall",
        why="Lists differ",
        nonce=uuid4(),
        proposed_at=timezone.now(),
        proposed_by=w.asha,
    )
    paper = {"paper_title": "Lists compared", "paper_link": "https://example.org/lists"}
    Item.objects.create(
        meeting=meeting, position=1, title="Recall", topic=topic, proposer=w.asha, minutes_allowed=10, **paper
    )
    Item.objects.create(
        meeting=meeting, position=2, title="Money", kind="CONTR", paper_title="Bad", paper_link="javascript:alert(1)"
    )
    return meeting


def fields_on(page: str, w, **changes) -> dict[str, str]:
    """What the page would post, with every practice present."""
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    return {**log_fields(w), **hidden, "items": "4", "item-1-title": "Money", "item-1-kind": "CONTR", **changes}


def opened(as_person, w, meeting, who="callum", **changes) -> dict[str, str]:
    page = as_person(getattr(w, who)).get(f"/meetings/{meeting.pk}/log/").content.decode()
    return fields_on(page, w, **{"item-0-title": "Recall", **changes})


def test_the_agenda_is_there_to_write_under(world, as_person):
    meeting = planned(world)
    page = as_person(world.callum).get(f"/meetings/{meeting.pk}/log/").content.decode()
    assert 'value="Recall"' in page
    assert 'value="Money"' in page
    assert 'value="PERSON" class="" id' in page or re.search(r'value="PERSON"[^>]*checked', page)
    assert "Asha Rahman" in page
    assert 'href="https://example.org/lists"' in page
    assert "javascript:alert" not in page


def test_saving_begins_the_minutes_and_keeps_what_hangs_on_the_items(world, as_person):
    meeting = planned(world)
    before = {i.title: i.pk for i in meeting.items.all()}
    more = {
        "item-0-options": "Letters",
        "item-0-how_decided": "MAJOR",
        "item-0-dissent": "Texts miss some",
        "item-0-review_on": str(world.today + timedelta(days=90)),
        "item-1-is_parked": "on",
        "guest-0-name": "Heather Lind",
        "guest-0-is_from_hscp": "on",
    }
    answer = as_person(world.callum).post(f"/meetings/{meeting.pk}/log/", opened(as_person, world, meeting, **more))
    assert answer.status_code == 302, answer.content.decode()[:3000]
    meeting.refresh_from_db()
    assert (meeting.state, meeting.logged_by, meeting.version) == ("DRAFT", world.callum, 2)
    assert {i.title: i.pk for i in meeting.items.all()} == before
    first, second = meeting.items.all()
    assert (first.topic.title, first.proposer, first.minutes_allowed) == ("Recall", world.asha, 10)
    assert first.paper_link == "https://example.org/lists"
    assert (first.options, first.how_decided, first.dissent) == ("Letters", "MAJOR", "Texts miss some")
    assert first.review_on == world.today + timedelta(days=90)
    assert (second.kind, second.is_parked) == ("CONTR", True)
    assert Attendance.objects.get(presence="GUEST").is_from_hscp
    assert AuditEvent.objects.filter(verb="meeting.logged").count() == 1


def test_an_action_stays_the_row_it_was_when_its_words_change(world, as_person):
    meeting = planned(world)
    path = f"/meetings/{meeting.pk}/log/"
    as_person(world.callum).post(path, opened(as_person, world, meeting, do="later"))
    action = Action.objects.get()
    fields = opened(as_person, world, meeting, "morag", **{"item-0-action-0-what": "Alder: ring all by 31 Dec"})
    assert as_person(world.morag).post(path, fields).status_code == 302
    again = Action.objects.get()
    assert (again.pk, again.added_by, again.what) == (action.pk, world.callum, "Ring all")


def test_an_id_of_another_meeting_names_nothing(world, as_person):
    foreign = logged(world)
    there = foreign.items.get(title="Diabetes recall")
    taken = there.actions.first()
    meeting = planned(world)
    forged = {"item-0-row": str(there.pk), "item-0-action-0-row": str(taken.pk), "item-1-row": "9" * 40}
    path = f"/meetings/{meeting.pk}/log/"
    assert as_person(world.callum).post(path, opened(as_person, world, meeting, **forged)).status_code == 302
    there.refresh_from_db()
    taken.refresh_from_db()
    assert (there.title, there.meeting, taken.item) == ("Diabetes recall", foreign, there)
    assert sorted(meeting.items.values_list("title", flat=True)) == ["Money", "Recall"]


def test_a_meeting_that_was_called_off_has_no_minutes(world, as_person):
    stamp = {"cancelled_at": timezone.now(), "cancelled_by": world.callum}
    meeting = planned(world)
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.CANCELLED, **stamp)
    answer = as_person(world.callum).get(f"/meetings/{meeting.pk}/log/")
    assert answer.status_code == 403
    assert "called off, so it has no minutes" in answer.content.decode()
    assert as_person(world.callum).post(f"/meetings/{meeting.pk}/log/", log_fields(world)).status_code == 403


def test_minutes_of_a_day_to_come_are_not_begun(world, as_person):
    meeting = planned(world, held_on=world.today + timedelta(days=3))
    held_on = str(world.today + timedelta(days=3))
    fields = opened(as_person, world, meeting, do="later", held_on=held_on)
    answer = as_person(world.callum).post(f"/meetings/{meeting.pk}/log/", fields)
    assert "still to come" in answer.content.decode()
    meeting.refresh_from_db()
    assert meeting.state == "PLAN"


def test_a_review_comes_after_the_meeting(world, as_person):
    meeting = planned(world)
    fields = opened(as_person, world, meeting, **{"item-0-review_on": str(world.today)})
    page = as_person(world.callum).post(f"/meetings/{meeting.pk}/log/", fields).content.decode()
    assert "Give a date after the meeting" in page


def test_an_item_with_an_analysis_is_not_taken_away(world):
    meeting = logged(world)
    item = meeting.items.first()
    SignificantEvent.objects.create(item=item, what_happened="…", written_at=timezone.now(), written_by=world.callum)
    with pytest.raises(Exception, match="the item stays"):
        save_minute(
            by=world.callum,
            forum=world.rowan.forum,
            entry=entry(world, items=()),
            nonce=uuid4(),
            at=timezone.now(),
            meeting=meeting,
            version=1,
        )
    assert Item.objects.filter(pk=item.pk).exists()


# --- two editors ---------------------------------------------------------------------------------


def test_different_parts_of_two_editors_go_together_by_themselves(world, as_person):
    meeting = logged(world)
    path = f"/meetings/{meeting.pk}/log/"
    same = {
        "item-0-title": "Diabetes recall",
        "items": "3",
        "item-1-title": meeting.items.all()[1].title,
        "item-1-kind": "PEER",
    }
    hers = opened(as_person, world, meeting, "morag", **same)
    his = opened(as_person, world, meeting, "callum", **same)
    assert as_person(world.morag).post(path, {**hers, "item-0-options": "Letters"}).status_code == 302
    answer = as_person(world.callum).post(path, {**his, "item-0-dissent": "Texts miss some"})
    assert answer.status_code == 302
    item = Item.objects.get(title="Diabetes recall")
    assert (item.options, item.dissent) == ("Letters", "Texts miss some")
    assert Meeting.objects.get(pk=meeting.pk).version == 3


@pytest.mark.parametrize(
    ("choice", "kept"), [("mine", "His words"), ("theirs", "Her words"), ("both", "Her words / His words")]
)
def test_what_both_changed_is_chosen(world, as_person, choice, kept):
    meeting = planned(world)
    path = f"/meetings/{meeting.pk}/log/"
    as_person(world.callum).post(path, opened(as_person, world, meeting, do="later"))
    hers, his = (
        opened(as_person, world, meeting, who, **{"item-0-discussion": words, "item-1-title": "Money"})
        for who, words in (("morag", "Her words"), ("callum", "His words"))
    )
    assert as_person(world.morag).post(path, hers).status_code == 302
    answer = as_person(world.callum).post(path, his)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "One line of discussion: which one?" in page
    assert page.count("which one?") == 1
    again = {**his, **fields_on(page, world), **{k: v for k, v in his.items() if k.startswith("item-")}}
    again |= {"pick-item-0-discussion": choice}
    assert as_person(world.callum).post(path, again).status_code == 302
    assert Item.objects.get(title="Recall").discussion == kept


def test_the_next_meeting_is_asked_for_only_where_none_is_planned(world, as_person):
    meeting, client = planned(world), as_person(world.callum)
    path = f"/meetings/{meeting.pk}/log/"
    assert 'name="next_on"' in client.get(path).content.decode()
    Meeting.objects.create(**another(world, days=12, state="CANCEL"))
    assert 'name="next_on"' in client.get(path).content.decode()
    Meeting.objects.create(**another(world, days=40))
    following = Meeting.objects.create(**another(world, days=26))
    Meeting.objects.create(**another(world, days=5, forum=world.birch.forum))
    page = client.get(path).content.decode()
    assert 'name="next_on"' not in page
    assert f'href="/meetings/{following.pk}/">{in_words(following.held_on)}</a>' in page
    assert client.post(path, opened(as_person, world, meeting)).status_code == 302
    meeting.refresh_from_db()
    assert meeting.next_on == following.held_on


def test_a_next_day_that_was_typed_before_it_was_planned_is_kept(world, as_person):
    meeting, client = planned(world), as_person(world.callum)
    typed = opened(as_person, world, meeting, next_on=str(world.today + timedelta(days=30)))
    Meeting.objects.create(**another(world, days=26))
    path = f"/meetings/{meeting.pk}/log/"
    page = client.post(path, {**typed, "do": "more_items"}).content.decode()
    assert 'name="next_on"' in page
    assert client.post(path, typed).status_code == 302
    meeting.refresh_from_db()
    assert meeting.next_on == world.today + timedelta(days=30)


def test_a_meeting_is_not_its_own_next_one(world, as_person):
    """Held before the day that it was planned for."""
    meeting = planned(world)
    fields = opened(as_person, world, meeting, do="refresh", held_on=str(world.today - timedelta(days=2)))
    page = as_person(world.callum).post(f"/meetings/{meeting.pk}/log/", fields).content.decode()
    assert 'name="next_on"' in page


def another(w, *, days, state="PLAN", forum=None) -> dict[str, object]:
    off = {"cancelled_at": timezone.now(), "cancelled_by": w.callum} if state == "CANCEL" else {}
    stamp = {"planned_at": timezone.now(), "planned_by": w.callum, "nonce": uuid4(), "state": state, **off}
    return {"forum": forum or w.rowan.forum, "held_on": w.today + timedelta(days=days), **stamp}
