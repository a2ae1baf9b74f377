"""Home: what needs me, whatever roles I hold."""

from datetime import time, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Invitation
from accounts.reach import Holding
from accounts.roles import Place, Right, Role
from clusters.models import Membership, PracticeList, RoleAssignment
from clusters.selectors import reach_of
from clusters.services import appoint
from meetings.models import Action, Meeting
from meetings.rules import forums_written_up
from qiplans.services import write_update
from qiplans.services.charters import add_milestone, reach_milestone
from reporting.selectors.home import _practices
from tests.qiplans.conftest import a_plan
from tests.reporting import told


def page(as_person, person):
    response = as_person(person).get("/")
    assert response.status_code == 200
    return response, response.content.decode()


def needs(response):
    return [(need.word, need.text, need.button) for need in response.context["home"].needs]


@pytest.fixture
def all_led(world):
    """Every Rowan practice has a PQL, so that nothing else needs Callum."""
    for name in ("ash", "elm", "hazel", "holly", "willow"):
        RoleAssignment.objects.create(
            person=world.tom, role=Role.PQL, practice=getattr(world, name), starts_on=world.since
        )


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-11-12 08:00Z", "Good morning"),
        ("2026-11-12 14:00Z", "Good afternoon"),
        ("2026-11-12 19:00Z", "Good evening"),
    ],
)
def test_greets_by_the_time_of_day_and_says_who_i_am(world, as_person, at, said):
    with time_machine.travel(at, tick=False):
        _, text = page(as_person, world.callum)
    assert f"{said}, Callum" in text
    assert "Cluster Quality Lead · Rowan cluster · East Strath · 7 practices" in text


def test_a_locality_with_the_number_of_my_cluster_lends_it_no_practices():
    lead = Holding(Role.CQL, Place.CLUSTER, 7, clusters=frozenset({7}), practices=frozenset({1, 2}))
    above = Holding(Role.CLINICAL_LEAD, Place.LOCALITY, 7, clusters=frozenset({7, 8}), practices=frozenset({1, 2, 3}))
    assert _practices(SimpleNamespace(holdings=(lead, above)), 7) == "2 practices"


def test_the_next_meeting_leads_to_its_page(world, as_person):
    stamp = {"planned_at": timezone.now(), "planned_by": world.callum, "nonce": uuid4(), "starts_at": time(12, 30)}
    day = world.today + timedelta(days=8)
    planned = Meeting.objects.create(forum=world.rowan.forum, held_on=day, state=Meeting.State.PLANNED, **stamp)
    _, text = page(as_person, world.asha)
    assert f'<a href="/meetings/{planned.pk}/">' in text
    assert "12:30, in 8 days" in text


def test_nothing_needs_me_says_what_comes_next(world, as_person, all_led):
    told.meeting(world, days=20, next_in=28)
    response, text = page(as_person, world.callum)
    assert needs(response) == []
    assert "Nothing needs you. Next: Rowan" in text


def test_a_meeting_of_today_comes_first(world, as_person, all_led):
    told.action(world, due_in=-3)
    told.meeting(world, days=28, next_in=0)
    response, text = page(as_person, world.callum)
    assert needs(response)[0] == ("Today", "Rowan meeting", "Log the meeting")
    assert needs(response)[1] == ("Late 3 days", "Send the recall letter", "Done")
    assert text.count("ds_button ds_button--small portal-need__button") == 1, "one primary button"


@pytest.mark.parametrize(("in_days", "word"), [(0, "Today 12:30"), (-3, "Late 3 days")])
def test_a_planned_meeting_is_logged_where_it_was_planned(world, as_person, all_led, in_days, word):
    told.meeting(world, days=28, next_in=1)
    planned = Meeting.objects.create(
        forum=world.rowan.forum,
        held_on=world.today + timedelta(days=in_days),
        starts_at=time(12, 30),
        state=Meeting.State.PLANNED,
        nonce=uuid4(),
        planned_at=timezone.now(),
        planned_by=world.callum,
    )
    response, text = page(as_person, world.callum)
    assert [n[0::2] for n in needs(response)] == [(word, "Log the meeting")]
    assert f'href="/meetings/{planned.pk}/log/"' in text


def test_a_meeting_that_was_begun_is_gone_on_with(world, as_person, all_led):
    told.meeting(world, days=28, next_in=0)
    told.meeting(world, days=0, state="DRAFT")
    response, _ = page(as_person, world.callum)
    assert needs(response) == [("Today", "Rowan meeting", "Go on with the minutes")]


def test_a_meeting_nobody_logged_is_late(world, as_person, all_led):
    told.meeting(world, days=40, next_in=-2)
    response, _ = page(as_person, world.callum)
    assert needs(response)[0][0] == "Late 2 days"


def test_who_runs_another_forum_is_asked_to_log_its_meeting_too(world, as_person, all_led):
    gone_by = world.today - timedelta(days=2)
    stamp = {"planned_at": timezone.now(), "planned_by": world.rhona, "nonce": uuid4(), "starts_at": time(9, 0)}
    planned = Meeting.objects.create(forum=world.east_quality, held_on=gone_by, state=Meeting.State.PLANNED, **stamp)
    reach = reach_of(world.duncan, on=world.today)
    assert world.east_quality.pk in forums_written_up(reach) - reach.forums(Right.WRITE_UP)
    response, text = page(as_person, world.duncan)
    assert "East Strath quality group meeting" in needs(response)[0][1]
    assert f'href="/meetings/{planned.pk}/log/"' in text


def test_only_the_last_meeting_says_when_the_next_is(world, as_person, all_led):
    told.meeting(world, days=90, next_in=-50)
    told.meeting(world, days=50)
    assert needs(page(as_person, world.callum)[0]) == []


def test_a_pql_is_not_told_to_log(world, as_person):
    told.meeting(world, days=40, next_in=-2)
    told.meeting(world, days=1, state="DRAFT")
    response, _ = page(as_person, world.asha)
    assert needs(response) == []


def test_answers_arrive_for_two_weeks(world, as_person, all_led):
    told.answered(world, told.ask(world))
    told.answered(world, told.ask(world, "An old one?"), days=20)
    response, _ = page(as_person, world.callum)
    assert needs(response) == [("Answer arrived", "“Who pays for the texts?”: Heather Lind replied", "Read")]


def test_an_escalation_that_was_decided_waits_for_its_raiser(world, as_person):
    told.escalation(world, state="RESOLVED")
    response, _ = page(as_person, world.asha)
    ((word, text, button),) = needs(response)
    assert (word, button) == ("Answer arrived", "Read")
    assert "Phlebotomy at Alder" in text


def test_what_waits_for_the_hscp_lead(world, as_person):
    told.ask(world)
    told.escalation(world)
    told.escalation(world, "About a colleague", is_confidential=True, named_lead=world.rhona)
    response, text = page(as_person, world.heather)
    assert [button for *_, button in needs(response)] == ["Reply", "Decide", "See them"]
    assert "About a colleague" not in text
    assert response.context["home"].summary.waiting == 2


def test_a_confidential_matter_reaches_its_named_lead_alone(world, as_person):
    told.escalation(world, "About a colleague", is_confidential=True, named_lead=world.rhona)
    response, _ = page(as_person, world.rhona)
    assert [button for *_, button in needs(response)] == ["Decide"]
    for other in (world.heather, world.duncan, world.bruce, world.callum):
        assert "About a colleague" not in page(as_person, other)[1]


def test_practices_without_a_pql(world, as_person, all_led):
    RoleAssignment.objects.filter(practice=world.hazel).update(ends_on=world.today)
    response, _ = page(as_person, world.callum)
    ((word, text, button),) = needs(response)
    assert (word, button) == ("Gap", "Find a successor")
    assert text.startswith("Hazel Medical Practice has had no Practice Quality Lead since")


def test_many_gaps_are_one_line(world, as_person):
    response, _ = page(as_person, world.callum)
    assert needs(response) == [("Gaps", "5 practices of Rowan have no Practice Quality Lead", "Find successors")]


def test_what_others_owe_me(world, as_person):
    told.ask(world, by=world.asha, days=7)
    response, text = page(as_person, world.asha)
    assert response.context["home"].owed.replies == 1
    assert "The HSCP owes you" in text


def test_a_matter_in_my_own_cluster_is_not_owed_by_the_hscp(world, as_person):
    told.escalation(world, forum=world.rowan.forum, by=world.asha)
    _, text = page(as_person, world.asha)
    assert "The HSCP owes you" not in text
    assert "1 escalation of yours" in text


def test_replies_and_decisions_each_lead_to_all_of_them(world, as_person):
    for _ in range(2):
        told.ask(world, by=world.asha)
        told.escalation(world, by=world.asha)
    told.escalation(world, forum=world.rowan.forum, by=world.asha)
    _, text = page(as_person, world.asha)
    assert '<a href="/actions/">2 replies</a>' in text
    assert '<a href="/escalations/">2 decisions</a>' in text


def test_the_registry_decides_on_missing_practices_and_previews(world, as_person):
    world.elm.missing_since = world.today
    world.elm.save()
    PracticeList.objects.create(
        as_of=world.today, file_name="list.csv", file_hash="x", rows=[], uploaded_at=told.moment(world.today)
    )
    response, _ = page(as_person, world.priya)
    assert [word for word, *_ in needs(response)][:2] == ["Preview", "Missing"]
    assert needs(page(as_person, world.olive)[0]) == [], "an auditor only looks"


def test_the_registry_is_told_of_gaps_and_lost_invitations_in_its_part(world, as_person):
    Membership.objects.filter(practice=world.elm).update(ends_on=world.today)
    RoleAssignment.objects.on(world.today).filter(cluster=world.rowan, role=Role.CQL).update(ends_on=world.today)
    invited = appoint(
        email="ruth@example.org", full_name="Ruth", role=Role.DEPUTY, at=world.alder, starts_on=world.today, by=None
    )
    Invitation.objects.filter(person=invited.person).update(valid_until=timezone.now())
    response, _ = page(as_person, world.isla)
    lines = {need.text: need.path for need in response.context["home"].needs}
    assert lines["1 practice has no cluster"] == "/registry/practices/?lacks=cluster"
    assert lines["1 cluster has no Cluster Quality Lead"] == "/clusters/?vacancy=cql"
    assert lines["1 invitation expired unused"] == "/registry/people/invitations/?when=expired"
    assert any(text.endswith("have no Practice Quality Lead") for text in lines)
    for path in lines.values():
        assert as_person(world.isla).get(path).status_code == 200
    assert needs(page(as_person, world.olive)[0]) == [], "an auditor only looks"


def test_the_registry_has_no_line_for_what_is_not_there(world, as_person):
    texts = [text for _, text, _ in needs(page(as_person, world.isla)[0])]
    assert not [text for text in texts if text.startswith("0")]
    assert not [text for text in texts if "invitation" in text or "no cluster" in text]


def test_the_administrator_of_several_clusters_sees_all_of_them(world, as_person):
    RoleAssignment.objects.create(
        person=world.morag, role=Role.CLUSTER_SUPPORT, cluster=world.larch, starts_on=world.since
    )
    told.meeting(world, days=20, next_in=14)
    told.meeting(world, world.larch, days=20, next_in=7)
    told.meeting(world, world.larch, days=1, state="DRAFT", by=world.morag)
    response, text = page(as_person, world.morag)
    desk = response.context["home"].desk
    assert [need.place for need in desk.coming] == ["Larch", "Rowan"]
    assert [need.button for need in desk.minutes] == ["Go on with the minutes"]
    assert needs(response) == []
    assert "My cluster" not in text


def test_one_home_for_two_roles(world, as_person):
    told.meeting(world, world.larch, days=30, next_in=0, by=world.duncan)
    told.escalation(world)
    response, text = page(as_person, world.duncan)
    assert [button for *_, button in needs(response)][:1] == ["Log the meeting"]
    assert "Decide" in [button for *_, button in needs(response)]
    assert "Clinical lead" in text
    assert "Cluster Quality Lead" in text


@pytest.mark.parametrize("who", ["una", "fergus", "gail"])
def test_without_a_role_it_says_whom_to_ask(world, as_person, who):
    _, text = page(as_person, getattr(world, who))
    assert "You have no role here today" in text
    assert "priya@example.org" in text
    assert "Rowan" not in text


def test_a_stranger_reads_nothing_of_another_cluster(world, as_person):
    told.meeting(world, days=40, next_in=0, share="BOARD")
    told.action(world, what="Rowan words")
    told.ask(world)
    _, text = page(as_person, world.nell)
    assert "Rowan" not in text
    assert "texts" not in text


def test_the_number_of_queries_does_not_grow(world, as_person):
    def fill(n):
        for k in range(n):
            told.action(world, f"Thing {k}", due_in=-1)
            told.ask(world, f"Question {k}?", by=world.asha)
            told.escalation(world, f"Matter {k}")
            told.meeting(world, days=60 + k)
            told.meeting(world, days=1 + k, state="DRAFT")

    def count(person):
        client = as_person(person)
        with CaptureQueriesContext(connection) as made:
            assert client.get("/").status_code == 200
        return len(made)

    fill(1)
    few = [count(p) for p in (world.callum, world.heather)]
    fill(19)
    assert [count(p) for p in (world.callum, world.heather)] == few


def test_an_action_is_done_in_one_press_as_in_the_lists(world, as_person):
    mine = told.action(world)
    asked = told.action(world, "Check the fridges", kind="MANDATE", issuer="Management team", grounds="Audit")
    every = told.action(world, "Return the survey")
    Action.objects.filter(pk=every.pk).update(owner=None, is_for_every_practice=True)
    response, text = page(as_person, world.callum)
    assert f'<form method="post" action="/actions/{mine.pk}/done/"' in text
    assert f'<a href="/actions/{mine.pk}/">Send the recall letter</a>' in text
    assert f'action="/actions/{asked.pk}/done/"' not in text  # it is answered in words
    assert ("Due today", "Check the fridges", "Reply") in needs(response)
    # Who tells for a practice does not close it for all of them.
    RoleAssignment.objects.create(person=world.callum, role=Role.DEPUTY, practice=world.elm, starts_on=world.since)
    for person in (world.pam, world.callum):
        response, text = page(as_person, person)
        assert ("Due today", "Return the survey", "Open") in needs(response)
        assert f'href="/actions/{every.pk}/"' in text
        assert f'action="/actions/{every.pk}/done/"' not in text
    answer = as_person(world.callum).post(f"/actions/{mine.pk}/done/", follow=True).content.decode()
    assert "Done: Send the recall letter." in answer
    assert f'href="/actions/{mine.pk}/steps/reopen/"' in answer


def test_who_leads_a_project_sees_how_it_stands_and_what_is_next(world, as_person):
    project = a_plan(world).project
    _, text = page(as_person, world.tom)
    assert "Project that you lead" in text
    assert "no update yet" in text
    write_update(by=world.tom, project=project, text="Texts go out")
    day = world.today - timedelta(days=1)
    add_milestone(by=world.tom, project=project, what="Letter agreed", due_on=world.today + timedelta(days=9))
    late = add_milestone(by=world.tom, project=project, what="Team met", due_on=day)
    _, text = page(as_person, world.tom)
    listed = text.split("Project that you lead")[1].split("</ul>")[0]
    assert f'href="/projects/{project.pk}/"' in listed
    assert "“Texts go out”" in listed
    assert "Next: Team met" in listed
    assert "▲ late" in listed
    assert "that you lead" not in page(as_person, world.asha)[1]
    reach_milestone(by=world.tom, milestone=late, is_done=True)
    listed = page(as_person, world.tom)[1].split("Project that you lead")[1].split("</ul>")[0]
    assert "Next: Letter agreed" in listed
    assert "▲ late" not in listed
    type(project).objects.update(state="STOPPED")
    assert "that you lead" not in page(as_person, world.tom)[1]
