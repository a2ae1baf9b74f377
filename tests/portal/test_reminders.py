"""Who is reminded of what: one letter each, of nothing that they may not open that day."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from clusters.models import RoleAssignment
from meetings import rules
from meetings.models import Action, Correction, Item, Meeting, PracticeReturn
from meetings.services.action_steps import judge_reply
from office.models import JobRun, Letter
from office.services.reminders import choose_rhythm
from qiplans.models import Project
from tests.escalations import story
from tests.meetings import minutes
from tests.meetings.test_action import pen, replied
from tests.office.reminded import morning, next_monday, planned, written
from tests.reporting import told

STEPS = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


def test_nobody_with_nothing_is_written_to(world):
    assert written() == {}


def test_one_letter_holds_what_is_late_due_new_and_coming(world):
    minutes.an_action(world, what="Audit recall list", due_in=3, owner=world.callum)
    late = minutes.an_action(world, what="Send the letter", due_in=1, owner=world.callum)
    Action.objects.filter(pk=late.pk).update(due_on=world.today - timedelta(days=2))
    minutes.an_action(world, what="Look at bloods", due_in=40, owner=world.callum)
    planned(world, days=4)
    body = written()["callum"]
    parts = [
        body.index(word) for word in ("LATE", "Send the letter", "DUE SOON", "Audit recall", "NEW FOR YOU", "bloods")
    ]
    assert parts == sorted(parts)
    assert body.index("COMING UP") < body.index("Rowan meeting on")
    assert "Following a link changes nothing" in body
    assert "http://testserver/account/reminders/" in body


def test_who_is_reminded_of_an_action_is_who_the_rule_says(world):
    minutes.an_action(world, what="Callum's own", due_in=3, owner=world.callum)
    minutes.an_action(world, what="Alder's own", due_in=3, owner_practice=world.alder)
    letters = written()
    assert {who for who, body in letters.items() if "Callum's own" in body} == {"callum"}
    assert {who for who, body in letters.items() if "Alder's own" in body} == {"asha", "pam"}


def test_told_once_as_new(world):
    minutes.an_action(world, what="Look at bloods", due_in=40, owner=world.callum)
    assert "bloods" in written()["callum"]
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert "callum" not in written()


def test_what_was_never_delivered_is_told_as_new_again(world):
    minutes.an_action(world, what="Look at bloods", due_in=40, owner=world.callum)
    written()
    Letter.objects.update(state=Letter.State.GIVEN_UP)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert "bloods" in written()["callum"]


def test_an_action_in_a_draft_reminds_nobody_and_is_new_when_the_draft_goes_out(world):
    meeting = minutes.logged(world)
    assert "alder" not in str(written())
    Letter.objects.all().delete()
    minutes.publish(world, meeting)
    assert "Share text template" in written()["asha"]


def test_a_role_that_ended_ends_the_reminders(world):
    minutes.an_action(world, what="Audit recall list", due_in=3, owner=world.callum)
    RoleAssignment.objects.filter(person=world.callum).update(ends_on=world.today)
    assert "callum" not in written()


def test_negative_control_without_the_rule_who_left_would_be_told(world, monkeypatch):
    minutes.an_action(world, what="Audit recall list", due_in=3, owner=world.callum)
    RoleAssignment.objects.filter(person=world.callum).update(ends_on=world.today)
    RoleAssignment.objects.create(
        person=world.callum, role="PQL", practice=world.gean, starts_on=world.since
    )  # a role elsewhere
    assert "callum" not in written()
    monkeypatch.setattr(rules, "is_mine", lambda reach, action: action.owner_id == reach.person_id)
    assert "Audit recall list" in written()["callum"]


def test_who_has_no_way_in_or_is_shut_out_is_not_written_to(world):
    minutes.an_action(world, what="Audit recall list", due_in=3, owner=world.callum)
    world.callum.set_unusable_password()
    world.callum.save()
    assert written() == {}
    User.objects.filter(pk=world.callum.pk).update(password=world.asha.password, is_active=False)
    assert written() == {}
    User.objects.filter(pk=world.callum.pk).update(is_active=True)
    assert set(written()) == {"callum"}


# --- Meetings, questions, decisions ------------------------------------------------------------------


def test_a_meeting_ahead_is_told_inside_its_forum_alone(world):
    planned(world, days=3)
    assert set(written()) == {"callum", "morag", "asha", "pam", "tom"}


@pytest.mark.parametrize(("days", "is_told"), [(0, True), (7, True), (8, False)])
def test_coming_up_is_a_week(world, days, is_told):
    planned(world, days=days)
    assert ("callum" in written()) is is_told


def test_minutes_to_finish_are_for_who_writes_up(world):
    minutes.logged(world)
    letters = written()
    assert {who for who, body in letters.items() if "the minutes are a draft" in body} == {"callum", "morag"}


def test_a_planned_meeting_without_minutes_is_for_who_writes_up(world):
    planned(world, days=-1)
    letters = written()
    assert set(letters) == {"callum", "morag"}
    assert "has no minutes yet" in letters["morag"]


def circulated(world, meeting, *, until):
    Meeting.objects.filter(pk=meeting.pk).update(
        state="CIRC", circulated_at=timezone.now(), circulated_by=world.morag, corrections_until=until
    )


def test_circulated_minutes_are_new_for_all_and_their_corrections_wait_for_who_writes_up(world):
    meeting = minutes.logged(world)
    circulated(world, meeting, until=world.today + timedelta(days=5))
    for text in ("Not Elm", "Not Ash"):
        Correction.objects.create(
            meeting=meeting, text=text, nonce=uuid4(), proposed_at=timezone.now(), proposed_by=world.tom
        )
    letters = written()
    assert "minutes to read, corrections until" in letters["tom"]
    assert "2 corrections wait for an answer" in letters["morag"]
    assert "corrections wait" not in letters["tom"]
    assert "wait to be agreed" not in letters["morag"]
    circulated(world, meeting, until=world.today - timedelta(days=1))
    assert "wait to be agreed" in written(timezone.now() + timedelta(days=1))["morag"]


def test_a_question_is_for_who_was_asked_and_its_reply_for_who_asked(world):
    ask = minutes.an_ask(world, by=world.callum)
    letters = written()
    assert {who for who, body in letters.items() if "Who pays for the texts?" in body} == {"heather"}
    told.answered(world, ask, by=world.heather, days=0)
    later = written(timezone.now() + timedelta(days=1))
    assert "Heather Lind replied: Who pays for the texts?" in later["callum"]
    assert "heather" not in later


def test_a_reply_to_a_request_is_told_once_to_who_answers_for_the_hscp(world):
    replied(world)
    letters = written()
    assert {who for who, body in letters.items() if "Rowan replied: Return the survey" in body} == {
        "heather",
        "duncan",
        "rhona",
    }
    assert written(timezone.now() + timedelta(days=1)) == {}


def test_a_reply_that_was_judged_before_the_digest_is_no_news(world):
    judge_reply(pen(world.heather, 2), replied(world), verdict="NOT", reason="No log")
    assert not [body for body in written().values() if "replied:" in body]


def test_a_decision_to_look_back_on_is_for_the_lead(world):
    minutes.published(world)
    Item.objects.filter(decision="All practices send texts").update(review_on=world.today)
    letters = written()
    assert {who for who, body in letters.items() if "Did it hold? Diabetes recall" in body} == {"callum"}
    item = Item.objects.get(decision="All practices send texts")
    look = {"nonce": uuid4(), "at": timezone.now(), "by": world.callum, "reflection": "It did"}
    item.look_backs.create(verdict="HELD", **look)
    assert "Did it hold?" not in str(written(timezone.now() + timedelta(days=1)))


# --- Escalations and plans ---------------------------------------------------------------------------


def test_an_escalation_is_for_who_decides_and_its_answer_for_who_raised_it(world):
    raised = story.raised(world)
    letters = written()
    assert {who for who, body in letters.items() if raised.reference in body} == {"callum"}
    story.resolve(escalation=raised, by=world.callum, reasons="Two sessions from May.")
    later = written(timezone.now() + timedelta(days=1))
    assert "has an answer" in later["asha"]
    assert raised.reference not in later.get("callum", "")


def test_a_confidential_matter_is_not_named(world):
    escalation = story.confidential(world)
    letters = written()
    assert "A confidential matter waits for your decision" in letters["heather"]
    assert escalation.title not in str(letters)
    assert set(letters) == {"heather"}


def test_an_update_is_due_from_who_leads_the_project(world):
    project = told.project(told.plan(world))
    Project.objects.filter(pk=project.pk).update(lead=world.tom, next_review_on=world.today)
    letters = written()
    assert {who for who, body in letters.items() if "Update of" in body} == {"tom"}
    Project.objects.filter(pk=project.pk).update(lead=None)
    assert {who for who, body in written(timezone.now() + timedelta(days=1)).items() if "Update of" in body} == {
        "callum",
        "gail",  # Cluster Quality Lead from tomorrow
        "morag",
    }


# --- How often ---------------------------------------------------------------------------------------


def chose(person, rhythm):
    choose_rhythm(rhythm=rhythm, by=person, at=timezone.now())


def test_who_wants_none_gets_none(world):
    minutes.an_action(world, what="Audit recall list", due_in=3, owner=world.callum)
    chose(world.callum, "NONE")
    assert written() == {}


def test_choosing_none_holds_back_what_still_waits(world):
    minutes.an_action(world, what="Audit recall list", due_in=3, owner=world.callum)
    written()
    chose(world.callum, "NONE")
    assert Letter.objects.get().state == Letter.State.GIVEN_UP


def ran(day):
    JobRun.objects.create(job="reminders", slot=day, started_at=morning(day), finished_at=morning(day, 7))


def test_the_week_is_told_on_monday_or_at_the_next_run_after_a_missed_one(world):
    minutes.an_action(world, what="Audit recall list", due_in=1, owner=world.callum)
    chose(world.callum, "WEEKLY")
    monday = next_monday(world.today)
    wednesday = monday + timedelta(days=2)
    ran(monday - timedelta(days=1))
    assert set(written(morning(wednesday))) == {"callum"}, "Monday was missed"
    assert written(morning(wednesday + timedelta(days=1))) == {}, "told once a week"


def test_no_week_is_told_on_wednesday_when_monday_had_its_run(world):
    minutes.an_action(world, what="Audit recall list", due_in=1, owner=world.callum)
    chose(world.callum, "WEEKLY")
    monday = next_monday(world.today)
    ran(monday)
    assert written(morning(monday + timedelta(days=2))) == {}
    assert set(written(morning(monday + timedelta(days=7)))) == {"callum"}


# --- Days (F29) --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "part"),
    [
        ("2026-07-14T22:59:59Z", "DUE SOON"),  # 23:59 in Scotland, the day before
        ("2026-07-14T23:30:00Z", "DUE SOON"),  # 00:30 in Scotland, that very day
        ("2026-07-15T22:59:59Z", "DUE SOON"),  # 23:59 that day
        ("2026-07-15T23:00:00Z", "LATE"),  # midnight in Scotland
        ("2026-03-29T00:30:00Z", "LATE"),  # the night in which the clocks go forward
        ("2026-10-25T00:30:00Z", "LATE"),  # and back
    ],
)
def test_due_today_is_a_day_in_scotland(world, now, part):
    at = datetime.fromisoformat(now).astimezone(UTC)
    due = datetime(2026, 7, 15).date() if at.month == 7 else timezone.localdate(at) - timedelta(days=1)
    action = minutes.an_action(world, what="Audit recall list", due_in=3, owner=world.callum)
    Action.objects.filter(pk=action.pk).update(due_on=due)
    RoleAssignment.objects.update(starts_on=due - timedelta(days=400))
    body = written(at)["callum"]
    assert body.index(part) < body.index("Audit recall list")
    assert ("LATE" in body) is (part == "LATE")


def test_negative_control_the_day_of_utc_would_be_wrong_at_half_past_midnight():
    half_past = datetime(2026, 7, 14, 23, 30, tzinfo=UTC)
    assert (timezone.localdate(half_past).day, half_past.date().day) == (15, 14)


# --- Queries (P12) -----------------------------------------------------------------------------------


def queries_of(at):
    with CaptureQueriesContext(connection) as seen:
        letters = written_quickly(at)
    return len([q for q in seen.captured_queries if not q["sql"].startswith(STEPS)]), letters


def written_quickly(at):
    from portal.jobs import reminders

    return reminders(at=at)


def test_fourteen_queries_however_many_are_reminded(world):
    for owner in (world.callum, world.asha, world.tom, world.heather):
        minutes.an_action(world, what="Audit recall list", due_in=3, owner=owner)
    story.raised(world)
    planned(world)
    minutes.an_ask(world)
    first, _ = queries_of(timezone.now())
    for number in range(30):
        someone = User.objects.create_user(f"p{number}@example.org", f"Person {number}", "gentle-rowan-berries")
        RoleAssignment.objects.create(person=someone, role="MDT", cluster=world.rowan, starts_on=world.since)
        minutes.an_action(world, what=f"Number {number}", due_in=3, owner=someone)
    second, said = queries_of(timezone.now() + timedelta(days=1))
    assert said.startswith("3")
    assert first == second <= 14  # one for each source, and four for who is told of what


def test_what_every_practice_was_asked_for_until_theirs_has_done_it(world):
    action = minutes.an_action(world, what="Return the survey", due_in=2)
    Action.objects.filter(pk=action.pk).update(owner=None, is_for_every_practice=True)
    PracticeReturn.objects.create(
        action=action, practice=world.beech, is_done=True, told_at=timezone.now(), told_by=world.tom
    )
    told_now = {name for name, body in written().items() if "Return the survey" in body}
    assert told_now == {"asha", "pam"}


def test_who_holds_the_role_is_reminded(world):
    action = minutes.an_action(world, what="Book the room", due_in=2)
    Action.objects.filter(pk=action.pk).update(owner=None, owner_role="SUPPORT")
    assert {name for name, body in written().items() if "Book the room" in body} == {"morag"}
