"""One action from its page: who holds it, what happens to it, and who may."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from clusters.selectors import members_of, reach_of
from meetings import rules
from meetings.models import Action, ActionStep, PracticeReturn
from meetings.selectors import ActionEntry, OwnerEntry, actions_of
from meetings.selectors.owners import people_of, returns_of
from meetings.services import ClosedMeanwhile, action_steps, add_action, close_action
from meetings.services.meanwhile import ChangedMeanwhile, Pen
from office.models import Letter
from tests.meetings.minutes import an_action
from tests.shared.test_chi import number


def body(response):
    return response.content.decode()


def pen(by, version=1, at=None):
    return Pen(by, at or timezone.now(), version)


def given_to(w, who, **more) -> Action:
    entry = ActionEntry.by("Return the survey", w.today + timedelta(days=7), who)
    return add_action(by=w.callum, forum=w.rowan.forum, entry=entry, at=timezone.now(), **more)


def asked_of_all(w) -> Action:
    return given_to(w, OwnerEntry(is_everybody=True))


def issued(w, kind="MANDATE", **changes) -> Action:
    made = given_to(w, OwnerEntry(practice=w.alder.pk), kind=kind, issuer="Management team", grounds="Audit found gaps")
    Action.objects.filter(pk=made.pk).update(**changes)
    made.refresh_from_db()
    return made


def replied(w) -> Action:
    return close_action(by=w.asha, action=issued(w), at=timezone.now(), evidence="All twelve rooms checked")


def mine(w, person):
    return list(actions_of(reach_of(person, on=w.today)))


def test_one_tap_from_its_page_and_how_later(world, as_person):
    action = an_action(world, owner=world.tom)
    tom = as_person(world.tom)
    page = reverse("meetings:action", args=[action.pk])
    assert tom.get(reverse("meetings:action_done", args=[action.pk])).status_code == 405
    assert tom.post(reverse("meetings:action_done", args=[action.pk])).url == page
    action.refresh_from_db()
    assert (action.state, action.closed_by, action.evidence) == ("DONE", world.tom, "")
    said = {"evidence": "List sent round", "learning": "Start with the largest practice", "version": action.version}
    assert tom.post(reverse("meetings:action_step", args=[action.pk, "evidence"]), said).status_code == 302
    read = body(as_person(world.callum).get(page))
    assert "List sent round" in read
    assert "Start with the largest practice" in read


LATER = str(timezone.localdate() + timedelta(days=60))
STEPS = {
    "note": {"text": "Half of the practices answered"},
    "wait": {"waiting_on": "The lab", "for_hscp": "on"},
    "move": {"due_on": LATER, "reason": "The lab is late"},
    "hand-over": {"owner": "role:CQL", "reason": "Tom is away"},
    "drop": {"reason": "Done by the board"},
}


@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_kept_with_who_and_why(world, as_person, step):
    action = an_action(world, owner=world.tom)
    path = reverse("meetings:action_step", args=[action.pk, step])
    assert as_person(world.tom).post(path, {**STEPS[step], "version": "1"}).status_code == 302
    kept = ActionStep.objects.get()
    assert kept.by == world.tom
    assert list(STEPS[step].values())[-1] in (kept.text, "on") or list(STEPS[step].values())[-1] in kept.text
    assert AuditEvent.objects.filter(subject_type="meetings.action", by=world.tom).count() == 1


@pytest.mark.parametrize(
    ("step", "words"), [("note", "how far"), ("wait", "waits for"), ("move", "date"), ("drop", "why")]
)
def test_what_is_missing_is_said_and_nothing_changes(world, as_person, step, words):
    action = an_action(world, owner=world.tom)
    answer = as_person(world.tom).post(reverse("meetings:action_step", args=[action.pk, step]), {"version": "1"})
    assert words in body(answer)
    assert not ActionStep.objects.exists()


def test_a_date_is_not_moved_to_a_day_that_has_passed(world, as_person):
    action = an_action(world, owner=world.tom)
    path, yesterday = reverse("meetings:action_step", args=[action.pk, "move"]), world.today - timedelta(days=1)
    refused = body(as_person(world.tom).post(path, {"due_on": str(yesterday), "reason": "", "version": "1"}))
    assert "This day has passed. Give today or a later day." in refused
    assert "Say why the date moves." in refused  # both are said at once
    assert f'value="{yesterday}"' in refused
    assert not ActionStep.objects.exists()
    today = {"due_on": str(world.today), "reason": "It is wanted today", "version": "1"}
    assert as_person(world.tom).post(path, today).status_code == 302


def test_closed_by_one_and_handed_over_by_another(world, as_person):
    action = an_action(world, owner=world.tom)
    close_action(by=world.tom, action=action, at=timezone.now(), evidence="Done")
    path = reverse("meetings:action_step", args=[action.pk, "hand-over"])
    late = as_person(world.callum).post(path, {"owner": f"person:{world.asha.pk}", "reason": "Leave", "version": "1"})
    assert late.status_code == 409
    assert "This action was closed after you opened it." in body(late)
    assert f"{world.tom}" in body(late)
    assert "Leave" in body(late)  # what was typed is still there
    with pytest.raises(ClosedMeanwhile):
        action_steps.hand_over_action(pen(world.callum), action, to=OwnerEntry(person=world.asha.pk), reason="Leave")
    action.refresh_from_db()
    assert (action.state, action.owner) == ("DONE", world.tom)
    tries = AuditEvent.objects.filter(verb__in=["action.closed", "action.came_too_late"])
    assert {(event.by, event.changes.get("tried")) for event in tries} == {
        (world.tom, None),
        (world.callum, "hand over action"),
    }


def test_an_old_page_of_a_closed_action_leads_to_what_can_be_done_now(world, as_person):
    action = close_action(by=world.tom, action=an_action(world, owner=world.tom), at=timezone.now(), evidence="Done")
    answer = as_person(world.callum).get(reverse("meetings:action_step", args=[action.pk, "move"]), follow=True)
    assert answer.redirect_chain == [(reverse("meetings:action", args=[action.pk]), 302)]
    assert "It is done: see below" in body(answer)
    assert "Open it again" in body(answer)


def test_changed_meanwhile_is_shown_and_nothing_is_lost(world, as_person):
    action = an_action(world, owner=world.tom)
    action_steps.hand_over_action(pen(world.callum), action, to=OwnerEntry(person=world.asha.pk), reason="")
    path = reverse("meetings:action_step", args=[action.pk, "move"])
    typed = {"due_on": LATER, "reason": "The lab is late", "version": "1"}
    late = as_person(world.callum).post(path, typed)
    assert late.status_code == 409
    assert "The lab is late" in body(late)
    assert str(world.asha) in body(late)
    with pytest.raises(ChangedMeanwhile):
        action_steps.move_due_date(pen(world.callum), action, due_on=world.today, reason="x")
    again = as_person(world.callum).post(path, {**typed, "version": "2"})
    assert again.status_code == 302


def test_waiting_and_going_on(world):
    action = an_action(world, owner=world.tom)
    waits = action_steps.set_waiting(pen(world.tom), action, waiting_on="A date from the HSCP", for_hscp=True)
    assert (waits.waits_for_hscp, waits.waiting_since) == (True, world.today)
    on = action_steps.go_on(pen(world.tom, 2), action)
    assert (on.waiting_on, on.waits_for_hscp, on.waiting_since) == ("", False, None)


def test_it_goes_on_when_somebody_closed_it_just_now(world, as_person, monkeypatch):
    action = an_action(world, owner=world.tom)

    def too_late(*_):
        raise ClosedMeanwhile(action)

    monkeypatch.setattr(action_steps, "go_on", too_late)
    answer = as_person(world.tom).post(reverse("meetings:action_go_on", args=[action.pk]), follow=True)
    assert "Somebody changed it just now" in body(answer)


def test_marked_as_first_and_outside_our_control(world, as_person):
    action = an_action(world, owner=world.tom)
    path = reverse("meetings:action_step", args=[action.pk, "mark"])
    client = as_person(world.tom)
    assert client.post(path, {"is_first": "on", "is_outside_control": "on", "version": "1"}).status_code == 302
    action.refresh_from_db()
    assert (action.is_first, action.is_outside_control, action.version) == (True, True, 2)
    assert "checked" in body(client.get(path))
    for page in (reverse("meetings:action", args=[action.pk]), "/actions/"):
        assert "To be done first" in body(client.get(page))
        assert "Outside our control" in body(client.get(page))
    client.post(path, {"is_first": "on", "is_outside_control": "on", "version": "2"})
    assert ActionStep.objects.count() == 1  # the same again is no step


def test_one_press_in_the_list(world, as_person):
    action, asked = an_action(world, owner=world.asha), issued(world)
    page = body(as_person(world.asha).get("/actions/"))
    press = (
        f'action="{reverse("meetings:action_done", args=[action.pk])}"><input type="hidden" name="csrfmiddlewaretoken"'
    )
    assert press in page
    assert f'action="{reverse("meetings:action_done", args=[asked.pk])}"' not in page
    assert f'href="{reverse("meetings:action_close", args=[asked.pk])}"' in page  # a request is answered in words
    others = body(as_person(world.tom).get("/clusters/rowan/actions/"))
    assert reverse("meetings:action_done", args=[action.pk]) not in others


def test_a_late_one_is_taken_up_the_ladder(world, as_person):
    action = an_action(world, owner=world.tom, due_in=-3)
    page = body(as_person(world.callum).get(reverse("meetings:action", args=[action.pk])))
    link = reverse("escalations:escalation_raise", args=["rowan"]) + f"?action={action.pk}"
    assert link in page
    form = body(as_person(world.callum).get(link))
    assert 'value="Audit recall list"' in form
    assert "and is not done." in form
    assert "It carries on from an action that is past its date" in form
    assert "Raise it with the HSCP" not in body(
        as_person(world.morag).get(reverse("meetings:action", args=[action.pk]))
    )
    Action.objects.filter(pk=action.pk).update(due_on=world.today)
    assert as_person(world.callum).get(link).status_code == 404
    assert as_person(world.callum).get(link.split("=")[0] + "=x").status_code == 404


def test_opened_again_with_a_reason(world):
    action = close_action(by=world.callum, action=an_action(world), at=timezone.now())
    with pytest.raises(ValidationError):
        action_steps.reopen_action(pen(world.callum), action, reason=" ")
    again = action_steps.reopen_action(pen(world.callum), action, reason="The list was last year’s")
    assert (again.state, again.closed_at, again.closed_by) == ("OPEN", None, None)
    assert [s.kind for s in again.steps.all()] == ["CLOSED", "REOPEN"]


def test_a_role_holds_it_whoever_has_the_role(world):
    action = given_to(world, OwnerEntry(role="CQL"))
    assert people_of(action, on=world.today) == [world.callum]
    assert action in mine(world, world.callum)
    assert action not in mine(world, world.asha)
    assert not rules.is_mine(reach_of(world.nell, on=world.today), action)  # a CQL, of another cluster
    assert str(action.holder) == "Cluster Quality Lead"


def test_every_practice_says_for_itself(world, as_person):
    action = asked_of_all(world)
    assert action in mine(world, world.asha)
    path = reverse("meetings:action_return", args=[action.pk, world.alder.code])
    assert as_person(world.asha).post(path, {"is_done": "yes", "text": "Sent on Monday"}).status_code == 302
    assert action not in mine(world, world.asha)
    assert action in mine(world, world.tom)
    read = body(as_person(world.callum).get(reverse("meetings:action", args=[action.pk])))
    assert "Sent on Monday" in read
    assert read.count("No answer yet") == 6
    elsewhere = reverse("meetings:action_return", args=[action.pk, world.beech.code])
    assert as_person(world.asha).post(elsewhere, {"is_done": "yes"}).status_code == 403
    assert PracticeReturn.objects.count() == 1


def test_an_answer_that_cannot_be_read_stays_beside_its_practice(world, as_person):
    path = reverse("meetings:action_return", args=[asked_of_all(world).pk, world.alder.code])
    asha = as_person(world.asha)
    answer = asha.post(path, {"is_done": "yes", "text": f"Seen {number()}"})
    read = body(answer)
    assert answer.status_code == 200
    assert f'value="Seen {number()}"' in read
    assert f'href="#text-{world.alder.code}"' in read
    assert f'id="text-{world.alder.code}_error"' in read
    assert "Press “Done” or “Not yet”." in body(asha.post(path, {"text": "Sent"}))
    assert not PracticeReturn.objects.exists()
    assert as_person(world.tom).post(path, {"text": f"Seen {number()}"}).status_code == 403


def test_who_writes_up_answers_for_practices_that_were_asked_alone(world, as_person):
    action = asked_of_all(world)
    elsewhere = members_of(world.birch, on=world.today)[0]
    for practice, status in ((world.alder, 302), (elsewhere, 403)):
        path = reverse("meetings:action_return", args=[action.pk, practice.code])
        assert as_person(world.callum).post(path, {"is_done": "yes"}).status_code == status
    assert PracticeReturn.objects.get().practice == world.alder


def test_the_same_answer_twice_is_one(world):
    action = asked_of_all(world)
    for _ in range(2):
        action_steps.tell_return(pen(world.asha), action, practice=world.alder, is_done=True)
    assert PracticeReturn.objects.count() == ActionStep.objects.count() == 1


def test_a_reminder_goes_to_who_holds_it_once_a_day(world, as_person):
    action = an_action(world, owner=world.tom)
    path = reverse("meetings:action_nudge", args=[action.pk])
    assert as_person(world.morag).post(path).status_code == 302
    as_person(world.morag).post(path)
    letter = Letter.objects.get(reason__startswith="nudge:")
    assert letter.person == world.tom
    assert "Audit recall list" in letter.body
    with pytest.raises(PermissionDenied):
        action_steps.nudge(pen(world.asha), action)


def test_what_every_practice_owes_is_not_closed_by_one_tap(world, as_person):
    action, callum = asked_of_all(world), as_person(world.callum)
    page = body(callum.get(reverse("meetings:action", args=[action.pk])))
    close = reverse("meetings:action_close", args=[action.pk])
    assert reverse("meetings:action_done", args=[action.pk]) not in page
    assert close in page
    assert callum.post(reverse("meetings:action_done", args=[action.pk])).url == close
    action.refresh_from_db()
    assert action.state == "OPEN"
    assert "This closes it for every practice" in body(callum.get(close))


def test_of_every_practice_only_those_that_wait_are_reminded(world):
    action = asked_of_all(world)
    action_steps.tell_return(pen(world.asha), action, practice=world.alder, is_done=True)
    action_steps.nudge(pen(world.callum), action)
    assert world.asha not in {letter.person for letter in Letter.objects.filter(reason__startswith="nudge:")}


def test_the_hscp_mandates_reads_the_reply_and_answers_it(world, as_person):
    issue = reverse("meetings:action_issue", args=[world.rowan.forum])
    typed = {
        "kind": "MANDATE",
        "what": "Check the cold chain",
        "grounds": "Two fridges failed",
        "issuer": "Management team",
        "owner": f"practice:{world.alder.pk}",
        "due_on": str(world.today + timedelta(days=20)),
        "nonce": str(uuid4()),
    }
    assert "why" in body(as_person(world.heather).post(issue, {**typed, "grounds": ""}))
    assert as_person(world.heather).post(issue, typed).status_code == 302
    action = Action.objects.get()
    page = reverse("meetings:action", args=[action.pk])
    for reader in (world.asha, world.callum, world.heather):
        assert "Two fridges failed" in body(as_person(reader).get(page))
    assert as_person(world.nell).get(page).status_code == 404
    with pytest.raises(ValidationError):
        close_action(by=world.asha, action=action, at=timezone.now())
    close_action(by=world.asha, action=action, at=timezone.now(), evidence="Both replaced")
    assert "Rowan replied to “Check the cold chain”" in body(as_person(world.heather).get("/"))
    assert "replied to" not in body(as_person(world.callum).get("/"))
    verdict = reverse("meetings:action_step", args=[action.pk, "verdict"])
    assert "what is missing" in body(as_person(world.heather).post(verdict, {"verdict": "NOT", "version": "2"}))
    said = {"verdict": "NOT", "reason": "No log of temperatures", "version": "2"}
    assert as_person(world.heather).post(verdict, said).status_code == 302
    assert "Check the cold chain" not in body(as_person(world.heather).get("/"))
    assert "No log of temperatures" in body(as_person(world.asha).get(page))


def test_the_next_reply_is_judged_anew(world):
    judged = action_steps.judge_reply(pen(world.heather, 2), replied(world), verdict="NOT", reason="No log")
    again = action_steps.reopen_action(pen(world.callum), judged, reason="We look again")
    assert (again.verdict, again.verdict_reason, again.judged_at, again.judged_by) == ("", "", None, None)
    assert "Not accepted. No log" in [step.text for step in again.steps.all()]


def test_two_who_judge_or_add_to_it_at_once_are_told(world):
    reply = replied(world)
    action_steps.judge_reply(pen(world.heather, 2), reply, verdict="NOT", reason="No log")
    with pytest.raises(ChangedMeanwhile):
        action_steps.judge_reply(pen(world.rhona, 2), reply, verdict="ACCEPT", reason="")
    with pytest.raises(ChangedMeanwhile):
        action_steps.add_evidence(pen(world.asha, 2), reply, evidence="Other words", learning="")
    reply.refresh_from_db()
    assert (reply.verdict, reply.evidence) == ("NOT", "All twelve rooms checked")


def test_what_the_cluster_agreed_itself_is_not_judged(world):
    action = close_action(by=world.callum, action=an_action(world), at=timezone.now())
    with pytest.raises(PermissionDenied):
        action_steps.judge_reply(pen(world.heather), action, verdict="ACCEPT", reason="")


@pytest.mark.parametrize("name", ["asha", "heather", "nell", "fergus"])
def test_others_change_nothing(world, name):
    action = an_action(world, owner=world.tom)
    with pytest.raises(PermissionDenied):
        action_steps.drop_action(pen(getattr(world, name)), action, reason="No")
    action.refresh_from_db()
    assert action.state == "OPEN"


@pytest.mark.parametrize("who", ["Everybody", "All practices"])
def test_a_sentence_asks_every_practice(world, as_person, who):
    path = reverse("meetings:action_new", args=[world.rowan.forum])
    assert (
        as_person(world.callum)
        .post(path, {"what": f"{who}: return the survey by 31 Dec", "nonce": str(uuid4())})
        .status_code
        == 302
    )
    action = Action.objects.get()
    assert action.is_for_every_practice
    assert action.what == "Return the survey"


def test_an_address_that_no_letter_can_go_to_stops_no_other_reminder(world, as_person):
    action = asked_of_all(world)
    type(world.asha).objects.filter(pk=world.asha.pk).update(email="no address")
    assert as_person(world.callum).post(reverse("meetings:action_nudge", args=[action.pk])).status_code == 302
    told = {letter.person for letter in Letter.objects.filter(reason__startswith="nudge:")}
    assert world.tom in told
    assert world.asha not in told


def test_what_a_practice_wrote_stays_when_somebody_closed_the_action_meanwhile(world, as_person, monkeypatch):
    action = asked_of_all(world)

    def closed(*args, **kwargs):
        raise ClosedMeanwhile(action)

    monkeypatch.setattr(action_steps, "tell_return", closed)
    path = reverse("meetings:action_return", args=[action.pk, world.alder.code])
    page = body(as_person(world.asha).post(path, {"is_done": "yes", "text": "Sent on Monday"}))
    assert "Somebody closed this action meanwhile" in page
    assert "Sent on Monday" in page


def test_lists_say_how_far_what_every_practice_must_do_is(world, as_person):
    action = issued(world, is_for_every_practice=True, owner_practice=None)
    inside, above = "/clusters/rowan/actions/", reverse("meetings:action_issued")
    lists = [(world.tom, inside), (world.callum, inside), (world.heather, above)]
    for who, path in lists:
        assert "0 of 7 practices done" in body(as_person(who).get(path))
    stamp = {"told_at": timezone.now(), "told_by": world.callum}
    for practice, is_done in ((world.alder, True), (world.elm, True), (world.ash, False), (world.pine, False)):
        PracticeReturn.objects.create(action=action, practice=practice, is_done=is_done, **stamp)
    assert len(returns_of(action, on=world.today)) == 8  # Pine answered, and has left since
    for who, path in lists:
        assert "2 of 8 practices done" in body(as_person(who).get(path))
    assert reverse("meetings:action_done", args=[action.pk]) not in body(as_person(world.callum).get(inside))
    Action.objects.filter(pk=action.pk).update(is_for_every_practice=False, owner_practice=world.alder)
    for who, path in lists:
        assert "practices done" not in body(as_person(who).get(path))
