"""Intrinsic or extrinsic: what follows by itself, what somebody marks, and that marking changes no minutes."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from clusters.selectors import reach_of
from meetings.models import Action, Ask, Item
from meetings.selectors import entry_of, what_reader_sees
from meetings.selectors.gathering import actions_of_forum
from meetings.selectors.tags import tagged_items
from meetings.services import ActionEntry, AskEntry, ItemEntry, withdraw_ask
from meetings.services.tags import tag
from tests.meetings.minutes import an_action, an_ask, log_fields, logged, published


def items(world, *entries):
    meeting = published(world, items=entries)
    return list(tagged_items(Item.objects.filter(meeting=meeting)).order_by("position"))


@pytest.mark.parametrize(
    ("kind", "follows"),
    [
        ("PEER", "INTR"),
        ("LEARN", "INTR"),
        ("DATA", "INTR"),
        ("SEA", "INTR"),
        ("DISC", ""),
        ("DECN", ""),
        ("ACTION", ""),
    ],
)
def test_what_follows_from_the_kind_of_item(world, kind, follows):
    assert items(world, ItemEntry(title="Something", kind=kind))[0].tag == follows


def test_a_question_to_the_hscp_makes_an_item_extrinsic_until_it_is_taken_back(world):
    ask = AskEntry("Who pays?", world.heather.pk, world.today + timedelta(days=9))
    assert items(world, ItemEntry(title="Data on texts", kind="DATA", asks=(ask,)))[0].tag == "EXTR"
    withdraw_ask(by=world.callum, ask=Ask.objects.get(), at=timezone.now())
    assert tagged_items(Item.objects.all()).get().tag == "INTR"


def test_what_somebody_marked_goes_before_what_follows(world):
    assert items(world, ItemEntry(title="Data", kind="DATA", orientation="EXTR"))[0].tag == "EXTR"


def test_an_action_follows_its_item_until_it_is_marked_itself(world):
    action = ActionEntry("Count again", world.today, owner=world.callum.pk)
    published(world, items=(ItemEntry(title="Data", kind="DATA", actions=(action,)),))
    loose = an_action(world, what="Loose")
    tags = {a.what: a.tag for a in actions_of_forum(world.rowan.forum)}
    assert tags == {"Count again": "INTR", "Loose": ""}
    tag(by=world.morag, thing=loose, orientation="EXTR", on=world.today)
    tag(by=world.morag, thing=Action.objects.get(what="Count again"), orientation="EXTR", on=world.today)
    assert {a.tag for a in actions_of_forum(world.rowan.forum)} == {"EXTR"}


def test_a_question_is_extrinsic_unless_marked(world):
    ask = an_ask(world)
    assert ask.counts_as == "extrinsic"
    assert tag(by=world.callum, thing=ask, orientation="INTR", on=world.today).counts_as == "intrinsic"


# --- One press -------------------------------------------------------------------------------------


def test_one_press_on_the_minutes_marks_an_item_and_changes_nothing_else(world, as_person):
    meeting = published(world)
    item = meeting.items.first()
    before = entry_of(meeting)
    client = as_person(world.callum)
    page = client.get(reverse("meetings:meeting", args=[meeting.pk])).content.decode()
    assert "Discussion, extrinsic" in page, "it holds a question"
    assert "Count as intrinsic" in page
    sent = client.post(reverse("meetings:item_tag", args=[item.pk]), {"orientation": "INTR"})
    assert sent.url == f"{reverse('meetings:meeting', args=[meeting.pk])}#item-{item.pk}"
    assert "Discussion, intrinsic" in client.get(sent.url).content.decode()
    after = entry_of(meeting)
    assert after.items[0].orientation == "INTR"
    assert [i.discussion for i in after.items] == [i.discussion for i in before.items]
    event = AuditEvent.objects.get(verb="item.tagged")
    assert (event.by, event.changes) == (world.callum, {"orientation": ["", "INTR"]})


def test_the_same_press_twice_is_one_change(world):
    action = an_action(world)
    for _ in range(2):
        tag(by=world.callum, thing=action, orientation="EXTR", on=world.today)
    assert AuditEvent.objects.filter(verb="action.tagged").count() == 1


def test_a_draft_is_marked_in_its_form(world, as_person):
    draft = logged(world)
    path = reverse("meetings:item_tag", args=[draft.items.first().pk])
    assert as_person(world.callum).post(path, {"orientation": "INTR"}).status_code == 404
    fields = log_fields(world, **{"item-0-orientation": "EXTR", "do": "later"})
    as_person(world.callum).post(reverse("meetings:meeting_edit", args=[draft.pk]), fields)
    draft.refresh_from_db()
    assert draft.items.first().orientation == "EXTR"
    page = as_person(world.callum).get(reverse("meetings:meeting_edit", args=[draft.pk]))
    assert page.context["forms"].items[0].main["orientation"].value() == "EXTR"


def test_nonsense_is_refused_in_words(world, as_person):
    action = an_action(world)
    sent = as_person(world.callum).post(
        reverse("meetings:action_tag", args=[action.pk]), {"orientation": "X"}, follow=True
    )
    assert "Choose intrinsic or extrinsic." in sent.content.decode()
    action.refresh_from_db()
    assert action.orientation == ""


def test_who_only_reads_sees_the_word_and_no_button(world, as_person):
    meeting = published(world, share_level="HSCP")
    for person in (world.asha, world.heather):
        text = as_person(person).get(reverse("meetings:meeting", args=[meeting.pk])).content.decode()
        assert "Discussion, extrinsic" in text
        assert "Count as" not in text


def test_a_stranger_marks_nothing(world):
    with pytest.raises(PermissionDenied):
        tag(by=world.nell, thing=an_action(world), orientation="EXTR", on=world.today)


def test_the_word_is_in_what_every_reader_sees(world):
    meeting = published(world, share_level="HSCP")
    seen = what_reader_sees(meeting, reach_of(world.heather, on=world.today))
    assert [item.tag for item in seen.items] == ["extrinsic"]


def test_the_list_of_actions_has_a_press_for_who_writes_up(world, as_person):
    an_action(world, owner_practice=world.alder)
    path = reverse("meetings:cluster_actions", args=["rowan"])
    assert "Count as extrinsic" in as_person(world.morag).get(path).content.decode()
    assert "Count as extrinsic" not in as_person(world.asha).get(path).content.decode()


# --- Ways of working at each meeting ---------------------------------------------------------------


def test_the_ways_of_working_stand_at_each_meeting(world, as_person):
    meeting = published(world, share_level="HSCP")
    log, read = reverse("meetings:meeting_log", args=["rowan"]), reverse("meetings:meeting", args=[meeting.pk])
    client = as_person(world.callum)
    assert "How we work together" not in client.get(log).content.decode()
    sent = {"text": "Everybody speaks once.", "agreed_on": str(world.today)}
    client.post(reverse("clusters:cluster_ways_change", args=["rowan"]), sent)
    for path in (log, read):
        assert "Everybody speaks once." in client.get(path).content.decode()
    assert "Everybody speaks once." not in as_person(world.heather).get(read).content.decode()


def test_minutes_show_what_held_on_their_day(world, as_person):
    earlier = published(world, held_on=world.today - timedelta(days=30), items=())
    client = as_person(world.callum)
    sent = {"text": "Everybody speaks once.", "agreed_on": str(world.today)}
    client.post(reverse("clusters:cluster_ways_change", args=["rowan"]), sent)
    assert "speaks once" not in client.get(reverse("meetings:meeting", args=[earlier.pk])).content.decode()
