"""A topic is chosen at a meeting; and where people see it differently."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from meetings.models import Item
from meetings.services.decisions import note_decision
from qiplans.models import Candidate, Disagreement, Plan, Priority
from qiplans.rules import plan_year_of
from qiplans.services import ChangedMeanwhile
from qiplans.services import choices as services
from qiplans.services.studio import SettledMeanwhile, answer_request, set_aside
from tests.qiplans.conftest import a_meeting, a_plan
from tests.qiplans.studios import AT, a_candidate, a_score, an_asked_topic
from tests.qiplans.test_votes import body


def chosen(world, candidate=None, meeting=None, **words):
    return services.choose_candidate(
        by=world.callum,
        candidate=candidate or a_candidate(world),
        year=plan_year_of(world.today),
        meeting=meeting or a_meeting(world),
        purpose="Fewer people are lost.",
        orientation="INTR",
        reason="Most dots, and everybody can do it",
        at=timezone.now(),
        **words,
    )


def a_disagreement(world, plan):
    return services.record_disagreement(
        by=world.callum,
        plan=plan,
        about="Whether texts reach everybody",
        positions="Texts reach nearly all\nOlder people need a call",
        decider="CLUSTER",
        nonce=uuid4(),
        at=AT,
    )


def test_a_choice_is_a_decision_with_reasons_and_a_priority(world, as_person):
    candidate, meeting = a_candidate(world), a_meeting(world)
    client, year = as_person(world.callum), plan_year_of(world.today)
    asked = {
        "meeting": meeting.pk,
        "year": year,
        "reason": "Most dots",
        "purpose": "Nobody is lost.",
        "orientation": "INTR",
        "how_decided": "VOTE",
        "dissent": "One would rather do falls",
    }
    assert candidate.why in body(client.get(f"/candidates/{candidate.pk}/choose/"))
    answer = client.post(f"/candidates/{candidate.pk}/choose/", asked)
    assert answer.url == f"/clusters/rowan/plan/?year={year}"
    item, priority = Item.objects.get(), Priority.objects.get()
    assert (item.meeting, item.kind, item.decision_reason, item.how_decided) == (meeting, "DECN", "Most dots", "VOTE")
    assert (item.decision, item.dissent) == (
        f"A priority of the plan for {priority.plan.years}: {candidate.title}",
        "One would rather do falls",
    )
    assert (priority.title, priority.purpose, priority.chosen_by) == (candidate.title, "Nobody is lost.", "CLUSTER")
    candidate.refresh_from_db()
    assert (candidate.state, candidate.priority, candidate.decision) == ("CHOSEN", priority, item)
    plan = body(client.get(answer.url))
    assert f'href="/candidates/{candidate.pk}/"' in plan
    assert f"#item-{item.pk}" in plan
    again = client.post(f"/candidates/{candidate.pk}/choose/", asked, follow=True)
    assert "The topic is settled already: chosen." in body(again)
    assert Priority.objects.count() == Item.objects.count() == 1


def test_who_chose_it_follows_from_where_it_came_from(world):
    asked = an_asked_topic(world)
    assert chosen(world, asked).chosen_by == "HSCP"
    asked.refresh_from_db()
    assert asked.answer == "Most dots, and everybody can do it"


def test_who_chooses_what_an_hscp_asked_for_knows_that_it_reads_the_reason(world, as_person):
    client, told = as_person(world.callum), "The HSCP reads this as your answer."
    a_meeting(world)
    assert told in body(client.get(f"/candidates/{an_asked_topic(world).pk}/choose/"))
    assert told not in body(client.get(f"/candidates/{a_candidate(world).pk}/choose/"))


def test_a_topic_of_the_list_was_chosen_by_the_list(world):
    assert chosen(world, a_candidate(world, source="LIST", suggestion="pain")).chosen_by == "LIST"


def test_without_a_meeting_that_takes_decisions_the_page_leads_to_one(world, as_person):
    candidate = a_candidate(world)
    a_meeting(world, state="AGREED")
    a_meeting(world, held_on=world.today + timedelta(days=3))
    page = body(as_person(world.callum).get(f"/candidates/{candidate.pk}/choose/"))
    assert "The cluster has no meeting whose minutes still take decisions." in page


@pytest.mark.parametrize("state", ["AGREED", "PUBL"])
def test_minutes_that_are_agreed_take_no_decision(world, state):
    with pytest.raises(PermissionDenied):
        chosen(world, meeting=a_meeting(world, state=state))
    assert Plan.objects.count() == 0


def test_minutes_that_are_published_may_have_the_decision_already(world, as_person):
    minutes = a_meeting(world, state="PUBL")
    told = Item.objects.create(meeting=minutes, position=1, kind="DECN", title="Feet", decision="We check feet")
    candidate, client, year = a_candidate(world), as_person(world.callum), plan_year_of(world.today)
    path, words = f"/candidates/{candidate.pk}/choose/", {"year": year, "orientation": "INTR", "purpose": "Feet"}
    assert "We check feet" in body(client.get(path))
    asked = {"meeting": f"decision-{told.pk}", "reason": "Most dots", **words}
    refused = body(client.post(path, {**asked, "how_decided": "VOTE", "dissent": "One would rather do falls"}))
    assert refused.count("These minutes stand as they are.") == 4  # above the form, and beside each box
    assert "One would rather do falls" in refused
    assert client.post(path, asked).url == f"/clusters/rowan/plan/?year={year}"
    candidate.refresh_from_db()
    assert (candidate.decision, candidate.settled_reason) == (told, "Most dots")
    assert Item.objects.get() == told
    assert f"#item-{told.pk}" in body(client.get("/clusters/rowan/plan/"))


def test_a_decision_of_another_meeting_or_forum_is_not_taken(world, as_person):
    elsewhere = a_meeting(world, world.birch, state="PUBL")
    told = Item.objects.create(meeting=elsewhere, position=1, kind="DECN", title="Falls", decision="We look at falls")
    candidate = a_candidate(world)
    asked = {"meeting": f"decision-{told.pk}", "reason": "Most dots", "purpose": "Feet", "orientation": "INTR"}
    a_meeting(world)
    answer = as_person(world.callum).post(
        f"/candidates/{candidate.pk}/choose/", {**asked, "year": plan_year_of(world.today)}
    )
    assert "Choose one of this cluster’s own meetings" in body(answer)
    with pytest.raises(ValidationError):
        chosen(world, candidate, decision=told)
    assert Priority.objects.count() == 0


def test_a_decision_is_noted_once_by_who_writes_up(world):
    meeting = a_meeting(world, state="DRAFT")
    words = {"meeting": meeting, "key": "candidate:1", "at": timezone.now(), "title": "Pain", "decision": "Yes"}
    first = note_decision(by=world.callum, reason="Because", **words)
    assert note_decision(by=world.morag, reason="Because", **words) == first
    meeting.refresh_from_db()
    assert meeting.version == 2
    with pytest.raises(ValidationError):
        note_decision(by=world.callum, reason=" ", **words)
    with pytest.raises(PermissionDenied):
        note_decision(by=world.asha, reason="Because", **words)


@pytest.mark.parametrize(("source", "is_kept"), [("EVENT", True), ("MEMBER", False)])
def test_what_an_event_led_to_is_decided_inside_the_cluster(world, source, is_kept):
    assert chosen(world, a_candidate(world, source=source)).plan
    assert Item.objects.get().is_kept_in_cluster == is_kept


def test_what_is_settled_or_elsewhere_is_not_chosen(world):
    candidate = a_candidate(world)
    with pytest.raises(ValidationError):
        chosen(world, candidate, a_meeting(world, world.birch))
    set_aside(by=world.callum, candidate=candidate, reason="Enough", at=AT)
    with pytest.raises(SettledMeanwhile):
        chosen(world, candidate)
    assert Candidate.objects.get().priority is None


def test_the_warning_stands_where_it_is_chosen(world, as_person):
    candidate = a_candidate(world)
    a_score(world, candidate, data=3)
    a_meeting(world)
    page = body(as_person(world.callum).get(f"/candidates/{candidate.pk}/choose/"))
    assert "Only its data speaks for it so far." in page


def test_a_disagreement_is_kept_and_settled_inside(world, as_person):
    plan = a_plan(world).plan
    client, nonce = as_person(world.callum), uuid4()
    words = {"about": "Texts or calls", "positions": "Texts\nCalls", "decider": "LOCAL", "route": "In January"}
    for _ in range(2):
        client.post(f"/plans/{plan.pk}/disagreements/new/", {**words, "nonce": nonce})
    kept = Disagreement.objects.get()
    assert "Not settled yet" in body(as_person(world.asha).get("/clusters/rowan/plan/"))
    assert "Texts or calls" not in body(as_person(world.heather).get("/clusters/rowan/plan/"))
    assert "Say what came of it." in body(client.post(f"/disagreements/{kept.pk}/", {"outcome": ""}))
    client.post(f"/disagreements/{kept.pk}/", {"outcome": "Both, by choice", "version": 1})
    kept.refresh_from_db()
    assert (kept.outcome, kept.settled_by) == ("Both, by choice", world.callum)
    assert "Both, by choice" in body(as_person(world.asha).get("/clusters/rowan/plan/"))
    with pytest.raises(ValidationError):
        services.settle_disagreement(by=world.callum, disagreement=kept, version=2, outcome=" ", at=AT)


def test_two_who_say_what_came_of_it_at_once_see_both_texts(world, as_person):
    kept = a_disagreement(world, a_plan(world).plan)
    url, callum = f"/disagreements/{kept.pk}/", as_person(world.callum)
    assert 'name="keep"' in body(callum.get(url))
    assert as_person(world.morag).post(url, {"outcome": "Both, by choice", "version": 1}).status_code == 302
    late = callum.post(url, {"outcome": "Calls first", "version": 1})
    assert late.status_code == 409
    assert "<td>Both, by choice</td><td>Calls first</td>" in body(late)
    kept.refresh_from_db()
    assert (kept.outcome, kept.settled_by) == ("Both, by choice", world.morag)
    assert callum.post(url, {"outcome": "Calls first", "version": 2}).status_code == 302
    kept.refresh_from_db()
    assert (kept.outcome, kept.version) == ("Calls first", 3)
    assert callum.post(url, {"outcome": "Calls first", "version": 1}).status_code == 302


def test_a_choice_that_comes_late_keeps_its_words(world, as_person):
    candidate, meeting = a_candidate(world), a_meeting(world)
    asked = {
        "meeting": meeting.pk,
        "year": plan_year_of(world.today),
        "reason": "Everybody wants it",
        "purpose": "Nobody is lost.",
        "orientation": "INTR",
    }
    set_aside(by=world.morag, candidate=candidate, reason="Enough", at=AT)
    late = body(as_person(world.callum).post(f"/candidates/{candidate.pk}/choose/", asked))
    assert "Somebody settled this topic first." in late
    assert "Everybody wants it</textarea>" in late


def test_a_choice_does_not_silently_replace_the_answer_to_the_hscp(world):
    asked = an_asked_topic(world)
    answer_request(by=world.morag, candidate=asked, version=1, answer="Yes, in May", at=AT)
    with pytest.raises(ChangedMeanwhile):
        chosen(world, asked, version=1)
    assert chosen(world, asked, version=2)
