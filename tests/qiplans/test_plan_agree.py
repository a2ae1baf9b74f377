"""Agreeing a plan at a meeting."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from accounts.models import AuditEvent
from qiplans import services
from shared.dates import in_words
from tests.qiplans.conftest import a_meeting


def path_to(work):
    return f"/plans/{work.plan.pk}/agree/"


def test_a_meeting_of_the_cluster_agrees_it(world, as_person, work):
    meeting = a_meeting(world)
    answer = as_person(world.callum).post(path_to(work), {"meeting": meeting.pk, "version": 2}, follow=True)
    assert "The plan is agreed at the meeting of" in answer.content.decode()
    work.plan.refresh_from_db()
    assert (work.plan.state, work.plan.agreed_at_meeting, work.plan.agreed_by) == ("AGREED", meeting, world.callum)
    assert AuditEvent.objects.filter(verb="plan agreed").count() == 1


def test_other_meetings_are_no_choice(world, as_person, work):
    birch = a_meeting(world, world.birch)
    draft = a_meeting(world, state="DRAFT")
    future = a_meeting(world, held_on=world.today + timedelta(days=9))
    a_meeting(world)
    for meeting in (birch, future, draft):
        page = as_person(world.callum).post(path_to(work), {"meeting": meeting.pk, "version": 2}).content.decode()
        assert "Choose one of this cluster’s own meetings whose minutes are out of draft." in page
    assert "Choose the meeting that agreed the plan." in as_person(world.callum).post(path_to(work)).content.decode()
    work.plan.refresh_from_db()
    assert work.plan.state == "DRAFT"
    for meeting in (birch, draft):
        with pytest.raises(ValueError, match="out of draft"):
            services.agree_plan(by=world.callum, plan=work.plan, meeting=meeting, version=2)


def test_what_is_only_planned_has_no_minutes_to_circulate(world, as_person, work):
    a_meeting(world, state="DRAFT")
    a_meeting(world, state="PLAN", held_on=world.today - timedelta(days=1))
    page = as_person(world.callum).get(path_to(work)).content.decode()
    assert f"Circulate the minutes of {in_words(world.today)} first" in page
    assert f"Write and circulate the minutes of {in_words(world.today - timedelta(days=1))} first" in page


def test_a_plan_that_changed_on_the_way_is_not_agreed_unread(world, as_person, work):
    meeting = a_meeting(world)
    services.add_priority(by=world.morag, plan=work.plan, title="Frailty", purpose="Fewer falls.")
    answer = as_person(world.callum).post(path_to(work), {"meeting": meeting.pk, "version": 2}, follow=True)
    assert "The plan changed while you were looking." in answer.content.decode()
    work.plan.refresh_from_db()
    assert work.plan.state == "DRAFT"


def test_a_changed_plan_stays_agreed_and_can_be_agreed_again(world, as_person, work):
    meeting = a_meeting(world, held_on=world.today - timedelta(days=40))
    services.agree_plan(by=world.callum, plan=work.plan, meeting=meeting, version=2)
    with pytest.raises(services.NothingToAgree):
        services.agree_plan(by=world.callum, plan=work.plan, meeting=meeting, version=2)
    services.add_priority(by=world.callum, plan=work.plan, title="Frailty", purpose="Fewer falls.")
    page = as_person(world.callum).get("/clusters/rowan/plan/").content.decode()
    assert "It has changed since version 1 was agreed." in page
    assert f"version 1</a> (meeting of {in_words(meeting.held_on)})" in page
    assert "Agree the plan at a meeting" in page
    again = services.agree_plan(by=world.callum, plan=work.plan, meeting=meeting, version=3)
    assert not again.has_changed_since_agreed


def test_an_empty_plan_is_not_agreed(world, as_person):
    plan = services.start_plan(by=world.callum, cluster=world.rowan, year=2026)
    answer = as_person(world.callum).post(
        f"/plans/{plan.pk}/agree/", {"meeting": a_meeting(world).pk, "version": 1}, follow=True
    )
    assert "There is nothing to agree" in answer.content.decode()


def test_only_the_lead_agrees(world, as_person, work):
    assert as_person(world.nell).get(path_to(work)).status_code == 404
    assert as_person(world.morag).get(path_to(work)).status_code == 403
    assert as_person(world.heather).get(path_to(work)).status_code == 404


def test_the_page_says_which_minutes_to_send_round_first(world, as_person, work):
    draft = a_meeting(world, state="DRAFT", held_on=world.today - timedelta(days=1))
    a_meeting(world, state="PLAN", held_on=world.today + timedelta(days=9))
    a_meeting(world, world.birch, state="DRAFT")
    page = as_person(world.callum).get(path_to(work)).content.decode()
    assert page.count("Circulate the minutes of") == 1
    assert f'<a href="/meetings/{draft.pk}/">Circulate the minutes of' in page
    draft.state = "CIRC"
    draft.save()
    assert "Circulate the minutes of" not in as_person(world.callum).get(path_to(work)).content.decode()


def test_a_meeting_before_the_newest_priority_says_so(world, as_person, work):
    day = localdate(AuditEvent.objects.filter(verb="priority added").first().at)
    a_meeting(world, held_on=day)
    a_meeting(world, held_on=day - timedelta(days=30))
    page = as_person(world.callum).get(path_to(work)).content.decode()
    assert "“Diabetes recall” was put into the plan on" in page
    assert page.count(", before the newest priority was put in</option>") == 1
