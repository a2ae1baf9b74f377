"""The topic box and the decision log: who proposes, how far a topic got, and whether a decision held."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from meetings import rules
from meetings.models import Item, LookBack, Topic, TopicStep
from meetings.services import ItemEntry
from meetings.services.topics import MovedMeanwhile, look_back, move_topic, propose_topic
from tests.meetings.minutes import entry, logged, published


def body(response):
    return response.content.decode()


def proposed(w, *, by=None, title="Shared care of lithium", nonce=None, forum=None) -> Topic:
    return propose_topic(
        by=by or w.asha,
        forum=forum or w.rowan.forum,
        title=title,
        why="Three practices do it three ways",
        nonce=nonce or uuid4(),
        at=timezone.now(),
    )


def moved(w, topic, stage, *, was=None, by=None, pilot=None, note="Agreed at the meeting") -> Topic:
    return move_topic(
        by=by or w.callum, topic=topic, was=was or topic.stage, stage=stage, note=note, pilot=pilot, at=timezone.now()
    )


def decided(w, **changes) -> Item:
    """A decision of published minutes that asks to be looked back on."""
    first, kept = entry(w).items
    items = (replace(first, review_on=w.today, **changes), kept)
    meeting = published(w, share_level="HSCP", items=items, held_on=w.today - timedelta(days=40))
    return meeting.items.first()


def back_on(w, item, *, by=None, verdict="PARTLY", again_on=None, nonce=None) -> LookBack:
    return look_back(
        by=by or w.callum,
        item=item,
        verdict=verdict,
        reflection="Two practices forgot",
        again_on=again_on,
        nonce=nonce or uuid4(),
        at=timezone.now(),
    )


def test_a_member_proposes_and_sees_what_became_of_it(world, as_person):
    new = reverse("meetings:topic_new", args=[world.rowan.forum])
    typed = {"title": "Shared care of lithium", "why": "Three ways of doing it", "nonce": str(uuid4())}
    assert "Say why it matters." in body(as_person(world.pam).post(new, {**typed, "why": ""}))
    for _ in range(2):
        assert as_person(world.pam).post(new, typed).status_code == 302
    topic = Topic.objects.get()
    page = reverse("meetings:topic", args=[topic.pk])
    step = {"was": "RAISED", "stage": "IMPORT", "note": "All practices see it", "pilot": ""}
    assert as_person(world.morag).post(page, step).status_code == 302
    read = body(as_person(world.pam).get(page))
    assert "All practices see it" in read
    assert "How far is it now?" not in read
    assert as_person(world.pam).post(page, step).status_code == 403
    assert "Agreed to matter" in body(
        as_person(world.tom).get(reverse("meetings:topic_list", args=[world.rowan.forum]))
    )


def test_a_topic_takes_only_the_steps_that_follow(world):
    for was in Topic.Stage.values:
        for stage in Topic.Stage.values:
            topic = proposed(world)
            Topic.objects.filter(pk=topic.pk).update(stage=was)
            topic.refresh_from_db()
            if stage in rules.TOPIC_MOVES[was]:
                assert moved(world, topic, stage, pilot=world.alder).stage == stage
            else:
                with pytest.raises(ValidationError):
                    moved(world, topic, stage, pilot=world.alder)


def test_a_trial_names_its_practice(world, as_person):
    topic = moved(world, proposed(world), "IMPORT")
    page = reverse("meetings:topic", args=[topic.pk])
    step = {"was": "IMPORT", "stage": "PILOT", "note": "Alder begins", "pilot": ""}
    assert "Choose the practice" in body(as_person(world.callum).post(page, step))
    assert as_person(world.callum).post(page, {**step, "pilot": world.alder.code}).status_code == 302
    assert f"{world.alder.name} tries it" in body(as_person(world.asha).get(page))


def test_two_who_move_it_at_once(world):
    topic = proposed(world)
    moved(world, topic, "IMPORT", was="RAISED")
    with pytest.raises(MovedMeanwhile):
        moved(world, topic, "STOP", was="RAISED")
    assert TopicStep.objects.count() == AuditEvent.objects.filter(verb="topic.moved").count() == 1


@pytest.mark.parametrize("name", ["heather", "nell", "priya", "fergus"])
def test_others_propose_nothing_and_read_nothing(world, as_person, name):
    with pytest.raises(PermissionDenied):
        proposed(world, by=getattr(world, name))
    topic = proposed(world)
    assert as_person(getattr(world, name)).get(reverse("meetings:topic", args=[topic.pk])).status_code in (403, 404)


def test_the_log_tells_each_reader_what_they_may_read(world, as_person):
    decided(world, dissent="One would rather ring")
    path = reverse("meetings:decision_list", args=[world.rowan.forum])
    inside, above = body(as_person(world.asha).get(path)), body(as_person(world.heather).get(path))
    assert "All practices send texts" in inside
    assert "Private decision" in inside
    assert "One would rather ring" in inside
    assert "All practices send texts" in above
    assert "Private decision" not in above
    assert "One would rather ring" not in above


def test_a_draft_has_no_decisions_yet(world, as_person):
    logged(world)
    path = reverse("meetings:decision_list", args=[world.rowan.forum])
    for reader in (world.callum, world.asha, world.heather):
        assert "No decision is written down yet" in body(as_person(reader).get(path))


def test_on_its_day_it_is_asked_for_and_the_answer_is_kept(world, as_person):
    item = decided(world)
    path = reverse("meetings:decision_list", args=[world.rowan.forum])
    assert "▲ To look back on since" in body(as_person(world.callum).get(path + "?show=due"))
    form = reverse("meetings:decision_look_back", args=[item.pk])
    nonce = str(uuid4())
    typed = {"verdict": "PARTLY", "reflection": "Two practices forgot", "again_on": "", "nonce": nonce}
    assert "Say in a line" in body(as_person(world.callum).post(form, {**typed, "reflection": ""}))
    passed = {**typed, "again_on": str(world.today)}
    assert "still to come" in body(as_person(world.callum).post(form, passed))
    for _ in range(2):
        assert as_person(world.callum).post(form, typed).status_code == 302
    assert LookBack.objects.count() == 1
    read = body(as_person(world.asha).get(path))
    assert "Two practices forgot" in read
    assert "No decision fits" in body(as_person(world.callum).get(path + "?show=due"))
    assert "Two practices forgot" not in body(as_person(world.heather).get(path))


def test_it_is_asked_on_its_day_and_looked_back_on_at_will_only_where_no_day_is_set(world, as_person):
    item = decided(world)
    back = reverse("meetings:decision_look_back", args=[item.pk])
    path = reverse("meetings:decision_list", args=[world.rowan.forum])

    def offered(ask_on):
        Item.objects.filter(pk=item.pk).update(review_on=ask_on)
        page = body(as_person(world.callum).get(path))
        words = page.partition(f'href="{back}">')[2]
        return words.partition("<")[0]

    assert offered(world.today) == "Did it hold?"
    assert offered(world.today + timedelta(days=1)) == ""
    assert offered(None) == "Look back on it"
    assert back not in body(as_person(world.asha).get(path))


def test_it_is_asked_again_when_somebody_said_so(world, as_person):
    item = decided(world)
    again = world.today + timedelta(days=30)
    back_on(world, item, again_on=again)
    path = reverse("meetings:decision_list", args=[world.rowan.forum])
    assert "No decision fits" in body(as_person(world.callum).get(path + "?show=due"))
    LookBack.objects.update(again_on=world.today)
    assert "▲ To look back on since" in body(as_person(world.callum).get(path + "?show=due"))


@pytest.mark.parametrize("name", ["asha", "heather", "nell", "fergus"])
def test_others_do_not_look_back(world, name):
    item = decided(world)
    with pytest.raises(PermissionDenied):
        back_on(world, item, by=getattr(world, name))


def test_words_narrow_the_log(world, as_person):
    decided(world)
    path = reverse("meetings:decision_list", args=[world.rowan.forum])
    assert "All practices send texts" in body(as_person(world.callum).get(path + "?q=TEXTS"))
    assert "No decision fits" in body(as_person(world.callum).get(path + "?q=zebra"))


def test_lists_take_as_many_queries_for_one_row_as_for_twenty(world, as_person):
    client, counts = as_person(world.callum), []
    paths = [reverse(f"meetings:{name}", args=[world.rowan.forum]) for name in ("topic_list", "decision_list")]
    for more in (1, 19):
        for n in range(more):
            proposed(world)
            published(world, held_on=world.today - timedelta(days=n + more))
        found = []
        for path in paths:
            client.get(path)
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            found.append(len(queries))
        counts.append(found)
    assert counts[0] == counts[1]


def test_other_words_in_a_form_that_was_sent_already_are_another_topic(world):
    """Back, typed over, and sent again: nothing of it is lost."""
    nonce = uuid4()
    for title in ("Lithium", "Lithium", "Flu clinics"):
        proposed(world, title=title, nonce=nonce)
    assert sorted(Topic.objects.values_list("title", flat=True)) == ["Flu clinics", "Lithium"]


def test_the_decision_log_tells_no_more_above_than_the_preview_showed(world, as_person):
    said = {"options": "Wait a year", "how_decided": "VOTE", "review_on": world.today, "dissent": "Too early"}
    published(world, share_level="HSCP", items=(ItemEntry(title="Texts", decision="We send texts", **said),))
    path = reverse("meetings:decision_list", args=[world.rowan.forum])
    inside, above = (as_person(who).get(path).content.decode() for who in (world.tom, world.heather))
    for word in ("Wait a year", "By vote", "Too early", "To look back on"):
        assert word in inside
        assert word not in above
    assert "We send texts" in above
