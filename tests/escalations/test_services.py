"""The route upward and the answer back, told as stories about the services."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import AuditEvent
from accounts.roles import Role
from clusters.models import RoleAssignment
from escalations.models import Escalation, Step, Viewer
from escalations.reference import band_of
from escalations.selectors import confidential_leads
from escalations.services import SentAlready, add_viewer, take_step
from shared.dates import add_working_days
from shared.fields import words_everywhere
from tests.escalations.story import (
    accept_answer,
    acknowledge,
    ask_information,
    ask_review,
    confidential,
    decline,
    give_information,
    name_leads,
    raised,
    refer_up,
    resolve,
    second_cql,
    withdraw,
)

S, K = Escalation.State, Step.Kind


def kinds(escalation):
    return [step.kind for step in escalation.steps.order_by("pk")]


def test_the_whole_way_up_and_back(world):
    esc = raised(world, by=world.asha)
    assert (esc.forum, esc.state) == (world.rowan.forum, S.OPEN)
    assert esc.due_on == add_working_days(world.today, 10)
    esc = acknowledge(escalation=esc, by=world.callum)
    esc = refer_up(escalation=esc, by=world.callum, reasons="Needs money.")
    assert (esc.forum, esc.state) == (world.east_quality, S.OPEN)
    assert esc.due_on == add_working_days(world.today, 20)
    esc = refer_up(escalation=esc, by=world.rhona, reasons="Not ours.")
    assert esc.forum == world.management
    esc = refer_up(escalation=esc, by=world.rhona, reasons="HSCP money.")
    assert esc.forum == world.governance
    esc = resolve(escalation=esc, by=world.heather, reasons="Two sessions are funded.")
    assert esc.state == S.RESOLVED
    esc = accept_answer(escalation=esc, by=world.asha)
    assert esc.state == S.CLOSED
    assert kinds(esc) == [K.RAISED, K.ACKNOWLEDGED, K.PASSED_UP, K.PASSED_UP, K.PASSED_UP, K.RESOLVED, K.CLOSED]


def test_every_step_is_audited_without_words(world):
    esc = raised(world)
    refer_up(escalation=esc, by=world.callum, reasons="Needs money.")
    told = AuditEvent.objects.filter(subject_type="escalations.escalation", subject_id=esc.pk)
    assert [event.by for event in told] == [world.callum, world.asha]
    assert "money" not in str([(e.verb, e.subject, e.changes) for e in told])
    assert told[0].changes["forum"] == [world.rowan.forum_id, world.east_quality.pk]


def test_a_pql_may_go_past_the_cluster_and_nobody_else(world):
    assert raised(world, skip_cluster=True).forum == world.east_quality
    with pytest.raises(ValidationError, match="Practice Quality Lead"):
        raised(world, by=world.pam, skip_cluster=True)


def test_a_lone_cql_starts_on_the_next_rung_and_a_step_says_so(world):
    esc = raised(world, by=world.callum)
    assert esc.forum == world.east_quality
    moved = esc.steps.get(kind=K.MOVED_ON)
    assert (moved.forum, moved.to_forum) == (world.rowan.forum, world.east_quality)


def test_a_second_cql_takes_what_the_first_raised(world):
    skye = second_cql(world)
    esc = raised(world, by=world.callum)
    assert esc.forum == world.rowan.forum
    with pytest.raises(PermissionDenied):
        refer_up(escalation=esc, by=world.callum, reasons="Mine.")
    assert refer_up(escalation=esc, by=skye, reasons="It is too big for us.").forum == world.east_quality


def test_nobody_acts_where_they_raised_it_even_on_a_rung_they_hold(world):
    esc = raised(world, by=world.duncan, cluster=world.larch)  # Duncan is CQL of Larch and clinical lead of East
    assert esc.forum == world.east_quality
    with pytest.raises(PermissionDenied):
        resolve(escalation=esc, by=world.duncan, reasons="I agree with myself.")
    assert resolve(escalation=esc, by=world.rhona, reasons="Agreed.").state == S.RESOLVED


def test_the_person_it_is_about_never_acts(world):
    esc = raised(world, about=world.callum)
    assert esc.forum == world.east_quality
    esc = raised(world, about=world.rhona, skip_cluster=True)
    assert esc.forum == world.east_quality
    with pytest.raises(PermissionDenied):
        acknowledge(escalation=esc, by=world.rhona)
    assert acknowledge(escalation=esc, by=world.duncan).state == S.ACKNOWLEDGED


def test_rungs_that_nobody_else_holds_are_passed_with_a_step(world):
    RoleAssignment.objects.filter(role__in=[Role.LOCALITY_MANAGER, Role.CLINICAL_LEAD]).update(ends_on=world.today)
    esc = raised(world, about=world.heather, skip_cluster=True)
    assert esc.forum == world.committee
    assert kinds(esc) == [K.RAISED, K.MOVED_ON, K.MOVED_ON, K.MOVED_ON]


def test_without_anybody_above_it_is_refused_with_whom_to_ask(world):
    above = [Role.LOCALITY_MANAGER, Role.CLINICAL_LEAD, Role.HSCP_LEAD, Role.BOARD_LEAD]
    RoleAssignment.objects.filter(role__in=above).update(ends_on=world.today)
    with pytest.raises(ValidationError, match=r"Priya Nair \(priya@example.org\)"):
        raised(world, by=world.callum)
    assert not Escalation.objects.exists()
    assert raised(world, by=world.asha).reference == f"ESC-{world.today.year}-0001"


def test_a_cluster_never_declines_and_nor_does_its_cql_higher_up(world):
    esc = raised(world)
    with pytest.raises(ValidationError, match="never declines"):
        decline(escalation=esc, by=world.callum, reasons="No.")
    refer_up(escalation=esc, by=world.callum, reasons="Up.")
    assert decline(escalation=esc, by=world.duncan, reasons="Not this year.").state == S.DECLINED
    RoleAssignment.objects.create(person=world.tom, role=Role.DEPUTY, practice=world.pine, starts_on=world.since)
    larch = raised(world, by=world.tom, cluster=world.larch)
    refer_up(escalation=larch, by=world.duncan, reasons="Up.")
    with pytest.raises(ValidationError, match="never declines"):
        decline(escalation=larch, by=world.duncan, reasons="No.")


def test_at_the_top_there_is_nothing_to_pass_it_to(world):
    esc = raised(world, skip_cluster=True)
    for by in (world.rhona, world.rhona, world.heather):
        refer_up(escalation=esc, by=by, reasons="Up.")
    with pytest.raises(ValidationError, match="no rung above"):
        refer_up(escalation=esc, by=world.bruce, reasons="Up.")
    assert decline(escalation=esc, by=world.bruce, reasons="No money.").state == S.DECLINED


@pytest.mark.parametrize("verb", ["resolve", "refer_up", "ask_information", "withdraw"])
def test_reasons_are_required(world, verb):
    esc = raised(world)
    by = world.asha if verb == "withdraw" else world.callum
    with pytest.raises(ValidationError, match="Give your reasons"):
        take_step(verb, escalation=esc, by=by, reasons="  ")
    assert kinds(esc) == [K.RAISED]


def test_information_is_asked_for_and_the_clock_stands(world):
    esc = raised(world, days_ago=40)
    due = esc.due_on
    esc = ask_information(escalation=esc, by=world.callum, reasons="How many patients wait?")
    assert esc.state == S.ASKED
    with pytest.raises(ValidationError):
        acknowledge(escalation=esc, by=world.callum)
    with pytest.raises(PermissionDenied):
        give_information(escalation=esc, by=world.tom, reasons="I know it.")
    esc = give_information(escalation=esc, by=world.asha, reasons="About forty.")
    assert (esc.state, esc.forum, esc.due_on) == (S.ACKNOWLEDGED, world.rowan.forum, due)


def test_disagreement_goes_one_rung_up_and_at_the_top_back_to_the_same(world):
    esc = resolve(escalation=raised(world), by=world.callum, reasons="We share a phlebotomist.")
    esc = ask_review(escalation=esc, by=world.asha, reasons="It does not hold.")
    assert (esc.forum, esc.state) == (world.east_quality, S.OPEN)
    for by in (world.rhona, world.rhona, world.heather):
        refer_up(escalation=esc, by=by, reasons="Up.")
    esc = decline(escalation=esc, by=world.bruce, reasons="No money.")
    esc = ask_review(escalation=esc, by=world.asha, reasons="Please look again.")
    assert (esc.forum, esc.state) == (world.committee, S.OPEN)


def test_the_raiser_withdraws_before_a_decision_only(world):
    assert withdraw(escalation=raised(world), by=world.asha, reasons="Sorted.").state == S.WITHDRAWN
    esc = resolve(escalation=raised(world), by=world.callum, reasons="Agreed.")
    with pytest.raises(ValidationError, match="Callum Reid was here first"):
        withdraw(escalation=esc, by=world.asha, reasons="Sorted.")


@pytest.mark.parametrize("state", list(S))
@pytest.mark.parametrize(
    "verb", ["acknowledge", "resolve", "refer_up", "ask_information", "decline", "give_information", "accept_answer",
             "ask_review", "withdraw"],
)  # fmt: skip
def test_each_move_starts_only_where_the_table_says(world, state, verb):
    starts = {
        "acknowledge": {"OPEN"},
        "resolve": {"OPEN", "ACK", "ASKED"},
        "refer_up": {"OPEN", "ACK", "ASKED"},
        "ask_information": {"OPEN", "ACK"},
        "decline": {"OPEN", "ACK", "ASKED"},
        "give_information": {"ASKED"},
        "accept_answer": {"RESOLVED", "DECLINED"},
        "ask_review": {"RESOLVED", "DECLINED"},
        "withdraw": {"OPEN", "ACK", "ASKED"},
    }
    raisers = {"give_information", "accept_answer", "ask_review", "withdraw"}
    esc = raised(world, skip_cluster=True)
    Escalation.objects.filter(pk=esc.pk).update(state=state)
    by, other = (world.asha, world.rhona) if verb in raisers else (world.rhona, world.asha)
    with pytest.raises(PermissionDenied):
        take_step(verb, escalation=esc, by=other, reasons="Because.")
    if state in starts[verb]:
        take_step(verb, escalation=esc, by=by, reasons="Because.")
    else:
        with pytest.raises(ValidationError):
            take_step(verb, escalation=esc, by=by, reasons="Because.")


def test_who_comes_second_is_told_what_happened(world):
    esc = raised(world, skip_cluster=True)
    seen = esc.steps.get().pk
    resolve(escalation=esc, by=world.rhona, reasons="Funded.")
    with pytest.raises(ValidationError, match=r"Rhona Fyfe was here first, on .*: decided"):
        take_step("decline", escalation=esc, by=world.heather, reasons="No.", seen=seen)


def test_the_same_button_pressed_twice_moves_one_rung(world):
    esc = raised(world, skip_cluster=True)
    seen = esc.steps.get().pk
    for _ in range(2):
        take_step("refer_up", escalation=esc, by=world.rhona, reasons="Up.", seen=seen)
    esc.refresh_from_db()
    assert esc.forum == world.management
    assert kinds(esc) == [K.RAISED, K.PASSED_UP]


def test_the_same_form_sent_twice_raises_once(world):
    first = raised(world)
    assert raised(world, nonce=first.nonce).pk == first.pk
    with pytest.raises(SentAlready, match=first.reference):
        raised(world, nonce=first.nonce, title="Changed in between")
    assert Escalation.objects.count() == 1
    assert raised(world, by=world.tom, nonce=first.nonce).pk != first.pk


@pytest.mark.parametrize("name", ["nell", "morag", "heather", "priya", "una", "fergus", "gail"])
def test_who_may_not_raise(world, name):
    with pytest.raises(PermissionDenied):
        raised(world, by=getattr(world, name))


def test_a_confidential_matter_is_the_named_leads_whatever_the_rung(world):
    esc = confidential(world)
    for name in ("callum", "rhona", "bruce", "duncan"):
        with pytest.raises(PermissionDenied):
            acknowledge(escalation=esc, by=getattr(world, name))
    with pytest.raises(ValidationError):
        refer_up(escalation=esc, by=world.heather, reasons="Up.")
    esc = decline(escalation=esc, by=world.heather, reasons="Talk first.")
    esc = ask_review(escalation=esc, by=world.asha, reasons="We did.")
    assert esc.named_lead == world.rhona
    assert resolve(escalation=esc, by=world.rhona, reasons="A facilitator comes.").state == S.RESOLVED


def test_the_named_lead_is_one_of_the_two_and_not_the_subject(world):
    name_leads(world)
    for lead, about in ((world.bruce, None), (world.heather, world.heather)):
        with pytest.raises(ValidationError, match="named lead"):
            raised(world, named_lead=lead, about=about)
    with pytest.raises(PermissionDenied):
        add_viewer(escalation=confidential(world), by=world.asha, person=world.callum)


def test_the_cluster_keeps_reading_only_when_the_raiser_says_so(world):
    assert not raised(world).viewers.exists()
    esc = raised(world, cluster_keeps_reading=True)
    assert [v.person for v in esc.viewers.all()] == [world.callum]
    with pytest.raises(ValidationError, match="no further readers"):
        confidential(world, cluster_keeps_reading=True)


def test_viewers_are_people_of_the_hscp_and_never_the_subject(world):
    esc = raised(world, about=world.tom)
    for person in (world.tom, world.nell, world.una):
        with pytest.raises(ValidationError):
            add_viewer(escalation=esc, by=world.asha, person=person)
    with pytest.raises(PermissionDenied):
        add_viewer(escalation=esc, by=world.callum, person=world.lewis)
    for _ in range(2):
        add_viewer(escalation=esc, by=world.asha, person=world.lewis)
    assert Viewer.objects.count() == 1


def test_steps_are_never_edited_or_removed_but_words_can_be_blacked_out(world):
    step = raised(world).steps.get()
    step.reasons = "Changed"
    with pytest.raises(TypeError):
        step.save()
    with pytest.raises(TypeError):
        step.delete()
    for rows in (Step.objects.all(), Step.objects.filter(pk=step.pk), step.escalation.steps.all()):
        with pytest.raises(TypeError):
            rows.delete()
    Step.objects.filter(pk=step.pk).update(reasons="████")
    assert Step.objects.get().reasons == "████"
    assert (Step, "reasons") in {(model, field.name) for model, field in words_everywhere()}


@pytest.mark.parametrize("likelihood", range(1, 6))
@pytest.mark.parametrize("impact", range(1, 6))
def test_the_band_of_every_cell_of_the_matrix(likelihood, impact):
    score = likelihood * impact
    wanted = "Low" if score <= 3 else "Medium" if score <= 9 else "High" if score <= 16 else "Very high"
    assert band_of(likelihood, impact).word == wanted


@pytest.mark.parametrize(("likelihood", "impact"), [(0, 1), (1, 6), (6, 1), (-1, -5)])
def test_off_the_matrix_there_is_no_band(likelihood, impact):
    with pytest.raises(ValueError, match="not on the 5×5 matrix"):
        band_of(likelihood, impact)


def test_a_confidential_reference_is_drawn_and_leaves_no_gap(world):
    assert raised(world).reference.endswith("-0001")
    assert re.fullmatch(rf"ESC-{world.today.year}-C[A-Z0-9]{{6}}", confidential(world).reference)
    assert raised(world).reference.endswith("-0002")


def test_a_lead_whose_role_has_ended_is_not_offered(world):
    name_leads(world)
    RoleAssignment.objects.filter(person=world.heather).update(ends_on=world.today)
    assert confidential_leads(world.rowan, on=world.today) == [world.rhona]
    with pytest.raises(ValidationError, match="named lead"):
        raised(world, named_lead=world.heather)
