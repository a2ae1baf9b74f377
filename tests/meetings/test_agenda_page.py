"""The page of an agenda: what it shows to whom, what its buttons do, and what stands on every one."""

import re
from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from meetings.analysis import Rhythm
from meetings.models import Item, LeftOut, Meeting, StandingItem
from meetings.selectors.agenda import mark_of
from meetings.selectors.plans import MeetingPlan, SeriesPlan
from meetings.services import agenda as writing
from meetings.services.planning import begin_series, plan_meeting
from meetings.services.standing import TO_BEGIN_WITH, begin_standing_items
from tests.meetings.files import words_of
from tests.meetings.minutes import an_action
from tests.meetings.test_agenda import ahead, put, titles
from tests.meetings.test_topics import proposed

ITEM = {
    "title": "Recall lists",
    "kind": "DATA",
    "minutes_allowed": "10",
    "proposer": "",
    "paper_title": "",
    "paper_link": "",
}


ADD_STANDING = "Add what stands on every agenda"


def at(name, *args):
    return reverse(f"meetings:{name}", args=args)


def body(response):
    return response.content.decode()


def seen(client, meeting):
    return body(client.get(at("agenda", meeting.pk)))


def buttons(page):
    return re.findall(r'name="do" value="(\w+)"', page)


def parked(w, item):
    return writing.park_agenda_item(by=w.callum, item=item, is_parked=True, at=timezone.now())


def test_it_says_what_when_who_and_how_long(world, as_person):
    meeting = ahead(world)
    put(world, meeting, "Recall lists", proposer=world.asha, kind="DATA", minutes_allowed=45)
    put(world, meeting, "Rooms", kind="CONTR", minutes_allowed=20)
    page = seen(as_person(world.tom), meeting)
    for part in ("12:30", "13:15", "Recall lists", "Data, 45 minutes, Asha Rahman", "Rooms"):
        assert part in page
    assert "▲ 65 of 60 minutes: 5 minutes over." in page
    assert "Contract and sustainability take 20 minutes." in page


def test_who_reads_has_no_buttons_and_may_propose(world, as_person):
    meeting = ahead(world)
    put(world, meeting, "Recall")
    proposed(world)
    his, hers = (seen(as_person(person), meeting) for person in (world.callum, world.tom))
    assert set(buttons(his)) == {"park", "take", "leave_out"}
    assert buttons(hers) == []
    assert at("agenda_item_new", meeting.pk) not in hers
    assert at("topic_new", world.rowan.forum) in hers
    assert "Shared care of lithium" in hers


def test_an_empty_agenda_says_what_to_do(world, as_person):
    meeting = ahead(world)
    assert "Nothing is on the agenda yet. Add an item" in seen(as_person(world.callum), meeting)
    assert "Propose a topic: it waits below" in seen(as_person(world.tom), meeting)


def test_an_item_is_added_changed_and_removed(world, as_person):
    meeting, client = ahead(world), as_person(world.morag)
    typed = {**ITEM, "proposer": str(world.asha.pk), "nonce": str(uuid4())}
    for _ in range(2):
        answer = client.post(at("agenda_item_new", meeting.pk), typed)
    item = Item.objects.get(meeting=meeting)
    assert answer["Location"] == f"{at('agenda', meeting.pk)}#item-{item.pk}"
    assert (item.title, item.kind, item.minutes_allowed, item.proposer) == ("Recall lists", "DATA", 10, world.asha)
    change = at("agenda_item", item.pk)
    assert 'value="Recall lists"' in body(client.get(change))
    client.post(change, {**ITEM, "title": "Recall", "minutes_allowed": "", "version": str(mark_of(item))})
    item.refresh_from_db()
    assert (item.title, item.minutes_allowed, item.proposer) == ("Recall", None, None)
    remove = at("agenda_item_remove", item.pk)
    assert "Take “Recall” off the agenda?" in body(client.get(remove))
    assert Item.objects.filter(pk=item.pk).exists()
    client.post(remove)
    assert not Item.objects.filter(pk=item.pk).exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": ""}, "Say in a few words what it is about."),
        ({"minutes_allowed": "0"}, "Give a time from 1 to 480 minutes."),
        ({"minutes_allowed": "ten"}, "Write a number of minutes, such as 10."),
        ({"kind": "XX"}, "Choose a kind from the list."),
        ({"paper_link": "javascript:alert(1)"}, "Give an address that begins with https:// or http://."),
        ({"proposer": "999999"}, "Choose somebody from the list."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(world, as_person, wrong, said):
    meeting = ahead(world)
    path = at("agenda_item_new", meeting.pk)
    typed = {**ITEM, "title": "Typed", "paper_title": "My paper", "nonce": str(uuid4())}
    page = body(as_person(world.callum).post(path, {**typed, **wrong}))
    assert said in page
    assert "There is a problem" in page
    assert 'value="My paper"' in page
    assert not meeting.items.exists()


def test_somebody_of_another_cluster_cannot_be_named(world, as_person):
    meeting = ahead(world)
    typed = {**ITEM, "proposer": str(world.duncan.pk), "nonce": str(uuid4())}
    assert "Choose somebody from the list." in body(
        as_person(world.callum).post(at("agenda_item_new", meeting.pk), typed)
    )


def test_the_second_editor_sees_both_texts(world, as_person):
    item = put(world, ahead(world), "Recall")
    old, path = str(mark_of(item)), at("agenda_item", item.pk)
    as_person(world.morag).post(path, {**ITEM, "title": "Hers", "version": old})
    answer = as_person(world.callum).post(path, {**ITEM, "title": "His", "version": old})
    assert answer.status_code == 409
    assert "Hers" in body(answer)
    assert "His" in body(answer)
    item.refresh_from_db()
    assert item.title == "Hers"
    again = re.search(r'name="version" value="(\d+)"', body(answer))
    assert again
    as_person(world.callum).post(path, {**ITEM, "title": "His", "version": again[1]})
    item.refresh_from_db()
    assert item.title == "His"


def test_buttons_move_and_park(world, as_person):
    meeting, client = ahead(world), as_person(world.callum)
    a, b, c = (put(world, meeting, title) for title in "ABC")
    assert buttons(seen(client, meeting)) == ["down", "park", "up", "down", "park", "up", "park"]
    answer = client.post(at("agenda_item_place", c.pk), {"do": "up"})
    assert answer["Location"] == f"{at('agenda', meeting.pk)}#item-{c.pk}"
    assert titles(world, meeting) == ["A", "C", "B"]
    client.post(at("agenda_item_place", a.pk), {"do": "down"})
    assert titles(world, meeting) == ["C", "A", "B"]
    client.post(at("agenda_item_place", b.pk), {"do": "rubbish"})
    assert titles(world, meeting) == ["C", "A", "B"]
    client.post(at("agenda_item_place", b.pk), {"do": "park"})
    page = seen(client, meeting)
    assert "Parked:" in page
    assert "20 of 60 minutes: 40 minutes left." in page
    client.post(at("agenda_item_place", b.pk), {"do": "unpark"})
    assert "30 of 60 minutes" in seen(client, meeting)


def test_what_waits_is_taken_in_left_out_and_put_back(world, as_person):
    meeting, client = ahead(world), as_person(world.callum)
    topic, action = proposed(world), an_action(world, what="Share the template")
    path = at("agenda_suggestion", meeting.pk)
    client.post(path, {"do": "take", "key": f"topic:{topic.pk}"})
    assert titles(world, meeting) == [topic.title]
    client.post(path, {"do": "leave_out", "key": f"action:{action.pk}"})
    page = seen(client, meeting)
    assert "Left out this time (1)" in page
    assert "Nothing else waits." in page
    client.post(path, {"do": "put_back", "key": f"action:{action.pk}"})
    page = seen(client, meeting)
    assert "Left out" not in page
    assert 'value="leave_out"' in page
    assert not LeftOut.objects.exists()


def test_what_waits_no_longer_is_said(world, as_person):
    meeting = ahead(world)
    answer = as_person(world.callum).post(
        at("agenda_suggestion", meeting.pk), {"do": "take", "key": "topic:999999"}, follow=True
    )
    assert "This waits no longer" in body(answer)
    assert not meeting.items.exists()


def test_what_is_parked_rolls_to_the_next_meeting(world, as_person):
    first = ahead(world, days=-1)
    item = put(world, first, "Not reached", minutes_allowed=15, proposer=world.asha)
    parked(world, item)
    now = timezone.now()
    stamps = {"logged_at": now, "logged_by": world.callum, "published_at": now, "published_by": world.callum}
    Meeting.objects.filter(pk=first.pk).update(state="PUBL", **stamps)
    after, client = ahead(world), as_person(world.callum)
    page = seen(client, after)
    assert "Left from last time" in page
    assert "Not reached" in page
    client.post(at("agenda_suggestion", after.pk), {"do": "take", "key": f"item:{item.pk}"})
    rolled = after.items.get()
    assert (rolled.title, rolled.minutes_allowed, rolled.proposer) == ("Not reached", 15, world.asha)
    assert not rolled.is_parked
    assert "Left from last time" not in seen(client, after)


def test_once_the_minutes_are_begun_it_leads_to_them(world, as_person):
    meeting = ahead(world)
    item = put(world, meeting, "Recall")
    Meeting.objects.filter(pk=meeting.pk).update(state="DRAFT", logged_at=timezone.now(), logged_by=world.callum)
    client = as_person(world.callum)
    assert client.get(at("agenda", meeting.pk))["Location"] == at("meeting", meeting.pk)
    assert client.post(at("agenda_item_place", item.pk), {"do": "park"}).status_code == 404
    assert client.post(at("agenda_item_new", meeting.pk), {**ITEM, "nonce": str(uuid4())}).status_code == 403


def test_the_way_to_the_next_agenda(world, as_person):
    client, path = as_person(world.tom), at("agenda_next", world.rowan.forum)
    assert "No meeting is planned." in body(client.get(path))
    ahead(world, days=30)
    soon = ahead(world, days=7)
    ahead(world, days=-3)
    assert client.get(path)["Location"] == at("agenda", soon.pk)
    for page in (at("meeting_list", world.rowan.forum), reverse("reporting:cluster", args=["rowan"])):
        assert f'href="{path}"' in body(client.get(page))
    assert f'href="{at("agenda", soon.pk)}"' in body(client.get(at("meeting", soon.pk)))


def test_what_stands_on_every_agenda_is_kept(world, as_person):
    client, forum = as_person(world.morag), world.rowan.forum
    here = at("standing_list", forum)
    assert "Begin with these" in body(client.get(here))
    assert "Begin with these" not in body(as_person(world.tom).get(here))
    client.post(at("standing_begin", forum))
    begun = StandingItem.objects.filter(forum=forum).count()
    assert begun == 7
    assert "85 minutes in all." in body(client.get(here))
    words = {"title": "Guest", "kind": "LEARN", "minutes_allowed": "20"}
    client.post(at("standing_item_new", forum), words)
    guest = StandingItem.objects.get(title="Guest")
    client.post(at("standing_item", guest.pk), {**words, "title": "Guest of the month", "version": str(mark_of(guest))})
    client.post(at("standing_item_place", guest.pk), {"do": "up"})
    rows = list(StandingItem.objects.filter(forum=forum).values_list("title", flat=True))
    assert rows[-2] == "Guest of the month"
    assert "off every agenda to come?" in body(client.get(at("standing_item_remove", guest.pk)))
    client.post(at("standing_item_remove", guest.pk))
    assert StandingItem.objects.filter(forum=forum).count() == begun
    meeting = ahead(world)
    assert ADD_STANDING in seen(client, meeting)
    assert ADD_STANDING not in seen(as_person(world.tom), meeting)
    assert "7 items added" in body(client.post(at("agenda_standing", meeting.pk), follow=True))
    assert "They stand there already." in body(client.post(at("agenda_standing", meeting.pk), follow=True))
    assert len(titles(world, meeting)) == begun
    assert ADD_STANDING not in seen(client, meeting)
    parked(world, meeting.items.first())
    assert ADD_STANDING not in seen(client, meeting)
    writing.remove_agenda_item(by=world.callum, item=meeting.items.first(), at=timezone.now())
    assert ADD_STANDING in seen(client, meeting)


def test_where_nothing_stands_on_every_agenda_nothing_is_offered(world, as_person):
    page = seen(as_person(world.callum), ahead(world))
    assert ADD_STANDING not in page
    assert "Add an item, or take in what waits below." in page


def test_a_standing_item_changed_meanwhile_shows_both(world, as_person):
    item = StandingItem.objects.create(forum=world.rowan.forum, position=1, title="Data", kind="DATA")
    path, old = at("standing_item", item.pk), str(mark_of(item))
    words = {"kind": "DATA", "minutes_allowed": "10", "version": old}
    as_person(world.morag).post(path, {**words, "title": "Hers"})
    answer = as_person(world.callum).post(path, {**words, "title": "His"})
    assert answer.status_code == 409
    assert "Hers" in body(answer)
    item.refresh_from_db()
    assert item.title == "Hers"


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_file_has_standing_items_and_the_same_times(world, as_person, form):
    meeting, client = ahead(world), as_person(world.callum)
    StandingItem.objects.create(forum=world.rowan.forum, position=1, title="Peer talk", kind="PEER", minutes_allowed=15)
    client.post(at("agenda_standing", meeting.pk))
    parked(world, put(world, meeting, "No time for it", minutes_allowed=30))
    put(world, meeting, "Recall lists", minutes_allowed=20)
    said = words_of(client.get(at("agenda_file", meeting.pk, form)).content)
    for part in (
        "1. Peer talk",
        "15 min",
        "2. No time for it",
        "Parked",
        "3. Recall lists",
        "12:45",
        "35 of 60 minutes",
    ):
        assert part in said
    assert "13:15" not in said


def test_as_many_queries_for_one_as_for_twenty(world, as_person):
    meeting, client = ahead(world), as_person(world.callum)

    def asked():
        with CaptureQueriesContext(connection) as seen_queries:
            assert client.get(at("agenda", meeting.pk)).status_code == 200
        return len(seen_queries)

    put(world, meeting, "Recall", proposer=world.asha)
    proposed(world)
    an_action(world, what="Share the template")
    LeftOut.objects.create(meeting=meeting, key="topic:0", at=timezone.now(), by=world.callum)
    asked()
    few = asked()
    for n in range(20):
        put(world, meeting, f"Item {n}", proposer=(world.asha, world.pam, world.tom)[n % 3])
        proposed(world, title=f"Topic {n}")
        an_action(world, what=f"Action {n}", due_in=-n)
    assert asked() == few
    assert few <= 40


def test_what_is_planned_begins_with_what_stands_on_every_agenda(world, as_person):
    begin_standing_items(by=world.callum, forum=world.rowan.forum, at=timezone.now())
    usual = [title for title, *_ in TO_BEGIN_WITH]
    plan = MeetingPlan(world.today + timedelta(days=9), time(12, 30))
    one = plan_meeting(by=world.callum, forum=world.rowan.forum, plan=plan, nonce=uuid4(), at=timezone.now())
    assert [item.title for item in one.items.order_by("position")] == usual
    rhythm = Rhythm(6, (world.today + timedelta(days=20)).weekday(), world.today + timedelta(days=20))
    series = begin_series(
        by=world.callum,
        forum=world.rowan.forum,
        plan=SeriesPlan(rhythm, time(12, 30)),
        nonce=uuid4(),
        at=timezone.now(),
    )
    assert {meeting.items.count() for meeting in series.meetings.all()} == {len(usual)}


def test_what_stands_on_another_agenda_to_come_is_not_offered_again(world, as_person):
    topic = proposed(world, title="Shared care")
    first, second = ahead(world, days=7), ahead(world, days=30)
    client = as_person(world.callum)
    assert "Take it in" in seen(client, second)
    item = writing.take_in(by=world.callum, meeting=first, key=f"topic:{topic.pk}", at=timezone.now())
    assert "Shared care" not in seen(client, second)
    writing.park_agenda_item(by=world.callum, item=item, is_parked=True, at=timezone.now())
    assert "Shared care" in seen(client, second)
