"""What fills the agenda by itself, for whom, and at what cost."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clusters.models import ForumMember
from clusters.selectors import reach_of
from escalations.models import Escalation
from meetings.models import Ask, Item, Meeting, TopicStep
from meetings.plugs import suggestions_for
from meetings.selectors.agenda import agenda_of
from meetings.services import ItemEntry, close_action, reply_to_ask
from meetings.services.agenda import take_in
from qiplans.models import Plan, Priority, Project
from tests.meetings.minutes import an_action, an_ask, entry, logged, published
from tests.meetings.test_agenda import ahead, put
from tests.meetings.test_topics import back_on, decided, moved, proposed


def lines(w, meeting, who=None, *, on=None):
    """Group, text and detail of what is suggested."""
    reach = reach_of(who, on=w.today) if who else None
    return suggestions_for(meeting.forum, on=on or meeting.held_on, reach=reach)


def keys(*args, **kwargs):
    return [line.key for line in lines(*args, **kwargs)]


def of_group(found, group):
    return [line.text for line in found if line.group.name == group]


def an_escalation(w, *, cluster=None, forum=None, state="OPEN", title="Phlebotomy", **fields) -> Escalation:
    """An escalation of Rowan that Callum raised and that waits in the governance group."""
    return Escalation.objects.create(
        reference=f"ESC-2026-{Escalation.objects.count() + 1:04}",
        cluster=cluster or w.rowan,
        title=title,
        situation="No sessions",
        ask_text="Fund two sessions",
        likelihood=3,
        impact=3,
        state=state,
        forum=forum or w.governance,
        due_on=w.today + timedelta(days=9),
        nonce=uuid4(),
        raised_at=timezone.now(),
        raised_by=w.callum,
        **fields,
    )


def answered(w, escalation, kind="RESOLVED") -> Escalation:
    escalation.steps.create(
        kind=kind, forum=escalation.forum, reasons="Money", taken_at=timezone.now(), taken_by=w.heather
    )
    return escalation


def test_what_was_not_reached_comes_back_until_the_next_meeting(world):
    parked = ItemEntry(title="The fridge", is_parked=True)
    last = published(world, items=(*entry(world).items, parked), held_on=world.today - timedelta(days=30))
    meeting = ahead(world)
    assert of_group(lines(world, meeting), "PARKED") == ["The fridge"]
    item = take_in(by=world.callum, meeting=meeting, key=f"item:{last.items.get(is_parked=True).pk}", at=timezone.now())
    assert (item.title, item.is_parked) == ("The fridge", False)
    published(world, held_on=world.today - timedelta(days=2))
    assert of_group(lines(world, meeting), "PARKED") == []


def test_a_draft_says_nothing_yet(world):
    parked = ItemEntry(title="The fridge", is_parked=True)
    logged(world, items=(*entry(world).items, parked), held_on=world.today - timedelta(days=3))
    assert lines(world, ahead(world)) == []


def test_a_meeting_that_was_called_off_leaves_its_agenda_to_the_next(world):
    off = ahead(world, days=3)
    put(world, off, "Recall")
    Item.objects.create(meeting=off, position=2, title="Welcome", source="standing:1")
    stamp = {"cancelled_at": timezone.now(), "cancelled_by": world.callum}
    Meeting.objects.filter(pk=off.pk).update(state="CANCEL", **stamp)
    found = lines(world, ahead(world, days=9))
    assert of_group(found, "PARKED") == ["Recall"]
    assert "called off" in found[0].detail


def test_what_was_parked_and_waits_for_other_reasons_too_is_listed_once(world):
    topic = proposed(world)
    item = replace(entry(world).items[0], title="Lithium", actions=(), asks=(), is_parked=True)
    last = published(world, items=(item,), held_on=world.today - timedelta(days=20))
    last.items.update(topic=topic, source=f"topic:{topic.pk}")
    found = lines(world, ahead(world))
    assert [(line.key, line.group.name) for line in found] == [(f"topic:{topic.pk}", "PARKED")]


def test_topics_wait_for_the_step_that_is_theirs(world):
    meeting, topic = ahead(world), proposed(world)
    assert "does it matter" in lines(world, meeting)[0].detail
    topic = moved(world, topic, "IMPORT")
    assert "who tries it" in lines(world, meeting)[0].detail
    topic = moved(world, topic, "PILOT", pilot=world.alder)
    assert lines(world, meeting) == []
    TopicStep.objects.update(at=timezone.now() - timedelta(weeks=9))
    assert lines(world, meeting)[0].detail == f"{world.alder}, time to report back"
    topic = moved(world, topic, "REPORT")
    assert "adopt, adapt or stop" in lines(world, meeting)[0].detail
    moved(world, topic, "ADOPT")
    assert lines(world, meeting) == []


def test_actions_carry_on_until_they_are_closed(world):
    late, still_open = an_action(world, due_in=2), an_action(world, due_in=30, what="Later")
    meeting = ahead(world)
    found = lines(world, meeting)
    assert of_group(found, "LATE") == ["Audit recall list"]
    assert of_group(found, "OPEN") == ["Later"]
    for action in (late, still_open):
        close_action(by=world.callum, action=action, evidence="Done", at=timezone.now())
    assert lines(world, meeting) == []


def test_answers_are_told_once(world):
    published(world, items=(), held_on=world.today - timedelta(days=10))
    ask, before = an_ask(world), an_ask(world, question="And the lamps?")
    for one in (ask, before):
        reply_to_ask(by=world.heather, ask=one, reply="We do", at=timezone.now())
    Ask.objects.filter(pk=before.pk).update(replied_at=timezone.now() - timedelta(days=11))
    assert of_group(lines(world, ahead(world)), "REPLIES") == ["Who pays for the texts?"]


def test_decisions_ask_on_their_day_whether_they_held(world):
    item = decided(world)
    meeting = ahead(world)
    assert of_group(lines(world, meeting), "LOOK_BACK") == ["Did it hold? All practices send texts"]
    assert of_group(lines(world, meeting, on=world.today - timedelta(days=1)), "LOOK_BACK") == []
    back_on(world, item)
    assert of_group(lines(world, meeting), "LOOK_BACK") == []


def test_minutes_of_forums_around_reach_the_clusters_they_are_for(world):
    stamp = {"logged_at": timezone.now(), "logged_by": world.rhona, "nonce": uuid4()}
    above = Meeting.objects.create(
        forum=world.east_quality,
        held_on=world.today - timedelta(days=4),
        state="PUBL",
        published_at=timezone.now(),
        published_by=world.rhona,
        is_for_clusters=True,
        **stamp,
    )
    here, elsewhere = ahead(world), ahead(world, forum=world.birch.forum)
    assert keys(world, here) == [f"minutes:{above.pk}"]
    assert keys(world, elsewhere) == []
    Meeting.objects.filter(pk=above.pk).update(is_for_clusters=False)
    assert keys(world, here) == []


def test_the_plan_says_what_is_due(world):
    plan = Plan.objects.create(cluster=world.rowan, year=_year(world.today + timedelta(days=7)))
    priority = Priority.objects.create(plan=plan, title="Diabetes", purpose="Better recall")
    project = Project.objects.create(
        priority=priority, title="Texts", aim="80 %", lead=world.tom, next_review_on=world.today
    )
    meeting = ahead(world)
    assert set(of_group(lines(world, meeting), "PLAN")) == {"Texts", f"The plan for {plan.years}"}
    Project.objects.filter(pk=project.pk).update(state="COMPLET")
    stamp = {"state": "AGREED", "agreed_version": 1, "agreed_at": timezone.now(), "agreed_by": world.callum}
    Plan.objects.filter(pk=plan.pk).update(**stamp)
    assert lines(world, meeting) == []


def _year(day):
    return day.year if day.month >= 4 else day.year - 1


# --- Each line for those alone who may open it -----------------------------------------------------


def test_what_came_of_an_escalation_is_told_to_who_may_read_it(world):
    escalation = answered(world, an_escalation(world, state="RESOLVED"))
    meeting = ahead(world)
    found = lines(world, meeting, world.callum)
    assert [(line.key, line.is_private, line.is_kept) for line in found] == [
        (f"escalation:{escalation.reference}", True, True)
    ]
    assert found[0].detail == "Strath clinical and care governance decided"
    for reader in (None, world.asha, world.morag, world.nell):
        assert lines(world, meeting, reader) == []


@pytest.mark.parametrize("secret", ["confidential", "about"])
def test_a_confidential_matter_stands_on_no_agenda(world, secret):
    held = {"is_confidential": True, "named_lead": world.heather} if secret == "confidential" else {"about": world.tom}
    answered(world, an_escalation(world, state="RESOLVED", **held))
    an_escalation(world, **held)
    for meeting in (ahead(world), ahead(world, forum=world.governance)):
        for reader in (world.callum, world.heather, world.morag):
            assert lines(world, meeting, reader) == []


def test_a_forum_above_is_fed_by_the_clusters(world):
    waiting = an_escalation(world)
    ask = an_ask(world)
    meeting = ahead(world, forum=world.governance)
    found = lines(world, meeting, world.heather)
    assert set(of_group(found, "CLUSTERS")) == {"Phlebotomy", "Rowan asks: Who pays for the texts?"}
    assert all(line.is_private for line in found)
    assert {line.key for line in found} == {f"escalation:{waiting.reference}", f"ask:{ask.pk}"}
    # Somebody who only sits there opens neither, and sees neither.
    ForumMember.objects.create(forum=world.governance, person=world.nell, starts_on=world.since)
    assert lines(world, meeting, world.nell) == []


def test_who_sees_a_line_alone_is_told_so_and_an_item_made_of_it_stays_in_the_cluster(world):
    escalation = answered(world, an_escalation(world, state="RESOLVED"))
    meeting = ahead(world)
    item = take_in(by=world.callum, meeting=meeting, key=f"escalation:{escalation.reference}", at=timezone.now())
    assert item.is_kept_in_cluster


def test_nothing_fills_itself_for_somebody_outside(world):
    proposed(world)
    meeting = ahead(world)
    assert agenda_of(meeting, reach_of(world.asha, on=world.today)).groups
    assert agenda_of(meeting, reach_of(world.nell, on=world.today)).groups == ()


# --- Cost ------------------------------------------------------------------------------------------


def test_the_agenda_takes_as_many_queries_for_many_lines_as_for_one(world):
    meeting, counts = ahead(world), []
    plan = Plan.objects.create(cluster=world.rowan, year=_year(meeting.held_on))
    priority = Priority.objects.create(plan=plan, title="Diabetes", purpose="Better recall")
    held = timedelta(days=60)
    for more in (1, 15):
        for n in range(more):
            proposed(world)
            put(world, meeting, f"Item {n}", proposer=world.asha) if n < 12 else None
            an_action(world, due_in=n), an_action(world, owner_practice=world.alder)
            reply_to_ask(by=world.heather, ask=an_ask(world, question=f"Q {n}"), reply="We do", at=timezone.now())
            answered(world, an_escalation(world, state="RESOLVED"))
            Project.objects.create(priority=priority, title="Texts", aim="80 %", next_review_on=world.today)
            items = tuple(ItemEntry(title="Parked", is_parked=True) for _ in range(n + 1))
            first = replace(entry(world).items[0], review_on=world.today)
            published(world, items=(first, *items), held_on=world.today - held)
            held -= timedelta(days=1)
        reach = reach_of(world.callum, on=world.today)
        with CaptureQueriesContext(connection) as asked:
            agenda_of(meeting, reach)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[1] <= 25
