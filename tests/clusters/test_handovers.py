"""A role ends and what was held through it passes on in one step; nothing is left without an owner unseen (F34)."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse

from accounts.models import AuditEvent, User
from accounts.roles import Role
from clusters import services
from clusters.models import Handover, RoleAssignment
from clusters.plugs.handovers import bundles_of
from clusters.selectors.handovers import leaving_of, leaving_on
from clusters.selectors.people import NOBODY_SEEN
from clusters.services.handovers import NoOwner, Wishes, hand_over_role
from escalations.models import Escalation, SafetyContacts
from escalations.selectors import escalations_within, needs_you
from meetings.models import Action, Ask
from meetings.rules import may_withdraw
from meetings.selectors import answers_to, asks_sent
from meetings.services import reply_to_ask
from qiplans.models import Cycle, Project
from shared.dates import in_words
from tests.escalations.story import confidential, name_leads, raised, resolve, second_cql
from tests.meetings.minutes import an_action, an_ask, logged
from tests.qiplans.conftest import a_plan
from tests.qiplans.tools import a_cycle, a_studied_cycle

YESTERDAY = timedelta(days=-1)


def holdings(world):
    """Callum holds an action, a project, an escalation, a question asked, and a draft."""
    action = an_action(world, what="Audit the recall list")
    project = a_plan(world).project
    Project.objects.filter(pk=project.pk).update(lead=world.callum)
    escalation = raised(world, by=world.callum, title="Phlebotomy in Rowan")
    ask = an_ask(world)
    logged(world)
    return action, project, escalation, ask


def held_through(world, held, **days):
    return {b.key: b for b in bundles_of(leaving_on(held, from_day=world.today, today=world.today))}


def end(client, held, day, **data):
    return client.post(reverse("clusters:role_end", args=[held.pk]), {"last_day": str(day), **data})


# --- What is shown ---------------------------------------------------------------------------------


def test_all_that_is_held_is_counted_and_no_words_are_shown(world, as_person):
    holdings(world)
    name_leads(world)
    raised(world, by=world.callum, named_lead=world.heather, title="Between two partners")
    found = held_through(world, world.callum.roles_held.get())
    counts = {key: (bundle.count, bundle.alone) for key, bundle in found.items()}
    assert counts == {
        "actions": (2, 2),
        "projects": (1, 1),
        "raised": (1, 1),
        "asked": (2, 2),
        "drafts": (1, 0),
        "confidential": (1, 0),
    }
    page = as_person(world.priya).get(reverse("clusters:role_end", args=[world.callum.roles_held.get().pk]))
    text = page.content.decode()
    assert "Open actions" in text
    assert "Confidential matters" in text
    assert "They stay with Callum Reid and pass to nobody." in text
    for words in ("recall list", "Phlebotomy", "Between two partners", "ESC-", "Who pays"):
        assert words not in text


def test_what_another_role_lets_them_keep_is_not_alone(world):
    services.assign_role(person=world.callum, role=Role.PQL, at=world.elm, starts_on=world.since, by=world.priya)
    an_action(world)
    held = world.callum.roles_held.get(role=Role.CQL)
    assert held_through(world, held)["actions"].alone == 0


def test_a_lead_above_holds_questions_rungs_and_the_named_lead(world):
    name_leads(world)
    confidential(world)
    an_ask(world)
    found = held_through(world, world.heather.roles_held.get())
    assert {key: found[key].count for key in ("questions", "safety", "confidential")} == {
        "questions": 1,
        "safety": 1,
        "confidential": 1,
    }


def test_tests_of_change_that_are_not_studied_pass_on_with_their_owner(world):
    project = a_plan(world).project
    open_one, studied = a_cycle(world, project, owner=world.callum), a_studied_cycle(world, project, title="Calls")
    Cycle.objects.filter(pk=studied.pk).update(owner=world.callum)
    held = world.callum.roles_held.get()
    assert held_through(world, held)["cycles"].count == 1
    hand_over_role(held=held, last_day=world.today + YESTERDAY, wishes=Wishes(email="una@example.org"), by=world.priya)
    open_one.refresh_from_db()
    studied.refresh_from_db()
    assert (open_one.owner, open_one.version, studied.owner) == (world.una, 2, world.callum)
    event = AuditEvent.objects.get(verb="cycle handed over")
    assert event.changes["owner"] == [world.callum.pk, world.una.pk]
    assert Handover.objects.get().outcome["cycles"] == 1


# --- In one step -----------------------------------------------------------------------------------


def test_the_successor_gets_the_role_and_everything(world, as_person):
    action, project, escalation, ask = holdings(world)
    held = world.callum.roles_held.get()
    sent = end(as_person(world.priya), held, world.today + YESTERDAY, successor_email="una@example.org")
    assert sent.status_code == 302
    assert world.una.roles_held.get().starts_on == world.today
    action.refresh_from_db()
    project.refresh_from_db()
    escalation.refresh_from_db()
    ask.refresh_from_db()
    assert (action.owner, project.lead, project.version) == (world.una, world.una, 2)
    assert (escalation.raised_by, escalation.spokesperson) == (world.callum, world.una)
    assert (ask.asked_by, ask.spokesperson) == (world.callum, world.una)
    event = AuditEvent.objects.filter(verb="action.handed_over", subject_id=action.pk).get()
    assert (event.by, event.changes) == (world.priya, {"owner": [world.callum.pk, world.una.pk]})
    done = Handover.objects.get()
    assert (done.state, done.outcome["actions"], done.outcome["projects"]) == ("DONE", 2, 1)
    text = as_person(world.una).get("/").content.decode()
    assert "Rowan" in text
    assert "Audit the recall list" in as_person(world.una).get("/actions/").content.decode()


def test_the_successor_speaks_for_the_raiser_and_reads_the_answer(world, as_person):
    *_, escalation, ask = holdings(world)
    hand_over_role(
        held=world.callum.roles_held.get(),
        last_day=world.today + YESTERDAY,
        wishes=Wishes(email="una@example.org"),
        by=world.priya,
    )
    from clusters.selectors import reach_of

    una = reach_of(world.una, on=world.today)
    assert escalation in escalations_within(una)
    assert escalation not in escalations_within(reach_of(world.callum, on=world.today))
    now = Escalation.objects.get(pk=escalation.pk)
    rung = world.heather
    resolve(escalation=now, by=rung, reasons="Two sessions are funded.")
    assert now in needs_you(una)
    page = as_person(world.una).get(f"/escalations/{now.reference}/").content.decode()
    assert "Accept the answer and close" in page
    assert "Una Blair speaks for that side since a handover" in page
    assert ask in asks_sent(una)
    asked = Ask.objects.get(pk=ask.pk)
    assert may_withdraw(una, asked)
    assert not may_withdraw(reach_of(world.callum, on=world.today), asked)
    reply_to_ask(by=world.heather, ask=asked, reply="The HSCP pays", at=asked.asked_at + timedelta(seconds=1))
    assert ask in answers_to(una)


def test_somebody_new_is_added_and_appointed_in_the_same_step(world, as_person):
    an_action(world)
    data = {"successor_email": "skye@example.org", "successor_name": "Skye Boyd"}
    end(as_person(world.priya), world.callum.roles_held.get(), world.today + YESTERDAY, **data)
    skye = User.objects.get(email="skye@example.org")
    assert Action.objects.get().owner == skye
    assert skye.roles_held.get().cluster == world.rowan


def test_what_is_said_after_the_end(world, as_person):
    priya, held, ended = as_person(world.priya), world.callum.roles_held.get(), world.today + YESTERDAY
    data = {"successor_email": "skye@example.org", "successor_name": "Skye Boyd"}
    path = reverse("clusters:role_end", args=[held.pk])
    page = priya.post(path, {"last_day": str(ended), **data}, follow=True).content.decode()
    said = f"Callum Reid held this role up to and including {in_words(ended)}. Skye Boyd takes over from"
    assert f"{said} {in_words(world.today)}. An invitation is on its way to skye@example.org." in page


def test_of_an_end_to_come_without_a_successor_nothing_more_is_said(world, as_person):
    path = reverse("clusters:role_end", args=[world.callum.roles_held.get().pk])
    page = as_person(world.priya).post(path, {"last_day": str(world.today)}, follow=True).content.decode()
    assert f"Callum Reid holds this role up to and including {in_words(world.today)}." in page
    assert "takes over" not in page
    assert "on its way" not in page


KEEP = "Callum Reid can keep it in another role."


def test_another_role_is_named_only_where_there_is_one(world, as_person):
    an_action(world)
    held = world.callum.roles_held.get()
    path = reverse("clusters:role_hand_over", args=[held.pk])
    callum = as_person(world.callum)
    page = callum.get(path).content.decode()
    assert "Open actions" in page
    assert KEEP not in page
    services.assign_role(person=world.callum, role=Role.DEPUTY, at=world.alder, starts_on=world.today, by=None)
    assert KEEP in callum.get(path).content.decode()


def test_each_kind_can_go_to_somebody_else(world, as_person):
    action, project, *_ = holdings(world)
    end(
        as_person(world.priya),
        world.callum.roles_held.get(),
        world.today + YESTERDAY,
        successor_email="una@example.org",
        to_projects=str(world.asha.pk),
        to_asked="stays",
        without_owner="on",
    )
    project.refresh_from_db()
    action.refresh_from_db()
    assert (project.lead, action.owner) == (world.asha, world.una)
    assert not Ask.objects.filter(spokesperson__isnull=False).exists()


def test_a_second_lead_who_is_there_already_gets_no_second_role(world):
    services.assign_role(person=world.una, role=Role.CQL, at=world.rowan, starts_on=world.since, by=world.priya)
    an_action(world)
    hand_over_role(
        held=world.callum.roles_held.get(),
        last_day=world.today + YESTERDAY,
        wishes=Wishes(email="una@example.org"),
        by=world.priya,
    )
    assert world.una.roles_held.count() == 1
    assert Action.objects.get().owner == world.una


def test_the_deciders_do_not_become_the_raiser_of_what_they_decide(world):
    """Rhona took over what Callum raised: from then on she does not decide it."""
    from clusters.selectors import reach_of
    from escalations.rules import holds

    escalation = raised(world, by=world.callum)
    Escalation.objects.filter(pk=escalation.pk).update(spokesperson=world.rhona)
    assert not holds(reach_of(world.rhona, on=world.today), Escalation.objects.get(pk=escalation.pk))


# --- Nothing is left unseen ------------------------------------------------------------------------


def test_without_a_successor_it_asks_whether_that_is_meant(world, as_person):
    an_action(world)
    priya, held = as_person(world.priya), world.callum.roles_held.get()
    page = end(priya, held, world.today + YESTERDAY)
    text = page.content.decode()
    assert "These would have no owner: open actions (1)." in text
    assert 'name="without_owner"' in text
    errors = page.context["form"].errors
    assert "Name somebody" in str(errors["successor_email"])
    assert "Tick this box" in str(errors["without_owner"])
    held.refresh_from_db()
    assert held.ends_on is None
    assert end(priya, held, world.today + YESTERDAY, without_owner="on").status_code == 302
    held.refresh_from_db()
    assert held.ends_on == world.today
    assert Action.objects.get().owner == world.callum
    assert not Handover.objects.exists()


@pytest.mark.parametrize("who", ["callum", "heather", "isla"])
def test_an_address_out_of_sight_is_answered_like_one_that_nobody_has(world, as_person, who):
    action, client = an_action(world), as_person(getattr(world, who))
    page = reverse("clusters:role_hand_over", args=[world.callum.roles_held.get().pk])
    answers = [client.post(page, {"successor_email": f"{to}@example.org"}) for to in ("nell", "hamish", "zoe")]
    told = [answer.context["form"].errors["successor_email"] for answer in answers]
    assert told == [[f"{NOBODY_SEEN} Whoever takes over needs a role here first."]] * 3
    assert client.post(page, {"successor_email": "asha@example.org"}).status_code == 302
    action.refresh_from_db()
    assert action.owner == world.asha


@pytest.mark.parametrize(
    ("data", "field", "words"),
    [
        ({"successor_email": "nobody@example.org"}, "successor_name", "Type their name to add them"),
        ({"successor_email": "callum@example.org"}, "successor_email", "the person who leaves"),
        ({"successor_email": "gail@example.org"}, "successor_email", "holds the role Cluster Quality Lead at Rowan"),
        ({"successor_email": "what"}, "successor_email", "Type an address like"),
        ({"to_actions": "999999"}, "to_actions", "Choose somebody from the list."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_happens(world, as_person, data, field, words):
    an_action(world)
    held = world.callum.roles_held.get()
    page = end(as_person(world.priya), held, world.today + YESTERDAY, **data)
    assert words in str(page.context["form"].errors[field])
    held.refresh_from_db()
    assert held.ends_on is None
    assert not User.objects.filter(email="nobody@example.org").exists()


def test_confidential_matters_never_pass(world):
    matter = confidential(world)
    held = world.heather.roles_held.get()
    wishes = Wishes(email="una@example.org", without_owner=True)
    hand_over_role(held=held, last_day=world.today + YESTERDAY, wishes=wishes, by=world.priya)
    matter.refresh_from_db()
    assert (matter.named_lead, matter.raised_by, matter.spokesperson) == (world.heather, world.asha, None)
    from clusters.selectors import reach_of

    assert matter not in escalations_within(reach_of(world.una, on=world.today))
    assert SafetyContacts.objects.get().first_lead == world.una


# --- Planned ---------------------------------------------------------------------------------------


def test_until_the_day_it_stays_and_then_it_passes_once(world, as_person):
    action = an_action(world)
    day = world.today + timedelta(days=10)
    end(as_person(world.priya), world.callum.roles_held.get(), day, successor_email="una@example.org")
    planned = Handover.objects.get()
    assert (planned.state, planned.from_day) == ("PLANNED", day + timedelta(days=1))
    assert "Planned already" in (
        as_person(world.priya)
        .get(reverse("clusters:role_end", args=[world.callum.roles_held.get().pk]))
        .content.decode()
    )
    call_command("hand_over", stdout=StringIO())
    action.refresh_from_db()
    assert action.owner == world.callum
    later = an_action(world, what="Added after the plan was made")
    with time_machine.travel(f"{day + timedelta(days=4)} 08:00", tick=False):
        out = StringIO()
        call_command("hand_over", stdout=out)
        assert "1 handover carried out." in out.getvalue()
        again = StringIO()
        call_command("hand_over", stdout=again)
        assert "0 handovers carried out." in again.getvalue()
    for one in (action, later):
        one.refresh_from_db()
        assert one.owner == world.una
    assert AuditEvent.objects.filter(verb="action.handed_over").count() == 2
    assert AuditEvent.objects.get(verb="role handed over").by == world.priya


def test_a_new_plan_takes_the_place_of_the_old_and_one_can_be_called_off(world, as_person):
    an_action(world)
    priya, held = as_person(world.priya), world.callum.roles_held.get()
    end(priya, held, world.today + timedelta(days=20), successor_email="una@example.org")
    end(priya, held, world.today + timedelta(days=10), successor_email="una@example.org", to_actions=str(world.tom.pk))
    states = list(Handover.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["OFF", "PLANNED"]
    assert world.una.roles_held.standing().get().starts_on == world.today + timedelta(days=11)
    waiting = Handover.objects.get(state="PLANNED")
    assert priya.post(reverse("clusters:handover_call_off", args=[waiting.pk])).status_code == 302
    waiting.refresh_from_db()
    assert waiting.state == "OFF"
    assert "Called off" in priya.get(reverse("clusters:handover_list")).content.decode()


def test_whoever_can_no_longer_take_it_over_is_passed_by(world):
    action = an_action(world)
    day = world.today + timedelta(days=2)
    hand_over_role(
        held=world.callum.roles_held.get(), last_day=day, wishes=Wishes(email="una@example.org"), by=world.priya
    )
    services.withdraw_role(held=world.una.roles_held.get(), by=world.priya)
    with time_machine.travel(f"{day + timedelta(days=1)} 08:00", tick=False):
        call_command("hand_over", stdout=StringIO())
    action.refresh_from_db()
    assert action.owner == world.callum
    assert Handover.objects.get().outcome == {"actions": 0}


# --- Without ending a role, or after it ------------------------------------------------------------


def test_what_a_former_lead_held_is_handed_over_later_by_the_lead(world, as_person):
    action = an_action(world, owner=world.fergus)
    held = world.fergus.roles_held.get()
    path = reverse("clusters:role_hand_over", args=[held.pk]) + "?next=/clusters/rowan/"
    callum = as_person(world.callum)
    assert "Open actions" in callum.get(path).content.decode()
    sent = callum.post(path, {"to_actions": str(world.asha.pk)})
    assert (sent.status_code, sent["Location"]) == (302, "/clusters/rowan/")
    action.refresh_from_db()
    assert action.owner == world.asha
    held.refresh_from_db()
    assert held.ends_on == world.today


def test_nobody_gets_what_their_roles_do_not_reach(world, as_person):
    action = an_action(world, owner=world.fergus)
    path = reverse("clusters:role_hand_over", args=[world.fergus.roles_held.get().pk])
    page = as_person(world.callum).post(path, {"to_actions": str(world.nell.pk)})
    assert "Choose somebody from the list." in page.content.decode()
    as_person(world.priya).post(path, {"successor_email": "nell@example.org"})
    action.refresh_from_db()
    assert action.owner == world.fergus


@pytest.mark.parametrize(("who", "status"), [("nell", 404), ("asha", 404), ("olive", 404), ("rhona", 404)])
def test_strangers_and_onlookers_hand_nothing_over(world, as_person, who, status):
    an_action(world)
    path = reverse("clusters:role_hand_over", args=[world.callum.roles_held.get().pk])
    assert as_person(getattr(world, who)).post(path, {"successor_email": "una@example.org"}).status_code == status
    assert Action.objects.get().owner == world.callum


def test_the_part_of_the_registry_has_no_administrators_handovers(world, as_person):
    held = world.isla.roles_held.get()
    path = reverse("clusters:role_hand_over", args=[held.pk])
    assert as_person(world.isla).get(path).status_code == 403
    assert as_person(world.priya).get(path).status_code == 200


def test_no_owner_is_refused_in_the_service_too(world):
    an_action(world)
    with pytest.raises(NoOwner, match=r"open actions \(1\)"):
        hand_over_role(held=world.callum.roles_held.get(), last_day=world.today, wishes=Wishes(), by=world.priya)
    assert RoleAssignment.objects.get(person=world.callum).ends_on is None


def test_the_role_keeps_its_end_when_the_end_makes_no_sense(world):
    with pytest.raises(ValidationError, match="began on"):
        hand_over_role(
            held=world.callum.roles_held.get(),
            last_day=world.since - timedelta(days=3),
            wishes=Wishes(email="una@example.org"),
            by=world.priya,
        )
    assert world.una.roles_held.count() == 0


def test_an_ended_role_covers_what_it_covered_on_its_last_day(world):
    leaving = leaving_of(world.fergus.roles_held.get(), from_day=world.today, today=world.today)
    assert world.rowan.pk in leaving.clusters
    assert leaving.kept == frozenset()


@pytest.mark.parametrize(("who", "told"), [("callum", False), ("heather", False), ("priya", True), ("isla", True)])
def test_that_a_confidential_matter_exists_is_told_to_keepers_alone(world, as_person, who, told):
    confidential(world)
    raised(world, named_lead=world.heather, title="A second")
    an_action(world, owner=world.asha)
    path = reverse("clusters:role_hand_over", args=[world.asha.roles_held.get().pk])
    text = as_person(getattr(world, who)).get(path).content.decode()
    assert "Open actions" in text
    assert ("Confidential matters" in text) is told
    assert ('Confidential matters</th><td class="portal-number">Some</td>' in text) is told


def test_no_keeper_is_told_of_a_confidential_matter_about_them(world, as_person):
    confidential(world, about=world.isla)
    path = reverse("clusters:role_end", args=[world.asha.roles_held.get().pk])
    assert "Confidential matters" not in as_person(world.isla).get(path).content.decode()
    assert "Confidential matters" in as_person(world.priya).get(path).content.decode()


# --- Who sees an escalation is for the raiser to say -------------------------------------------------


def hand_over(client, person, **data):
    return client.post(reverse("clusters:role_hand_over", args=[person.roles_held.first().pk]), data)


def page_of(client, person):
    return client.get(reverse("clusters:role_hand_over", args=[person.roles_held.first().pk])).content.decode()


def spokesperson(escalation):
    return Escalation.objects.get(pk=escalation.pk).spokesperson


@pytest.mark.parametrize("to", ["callum", "tom"])
@pytest.mark.parametrize("how", ["openly", "past", "about"])
def test_while_the_raiser_is_in_role_nobody_else_passes_it_on(world, as_person, how, to):
    more = {"openly": {}, "past": {"skip_cluster": True}, "about": {"about": world.callum}}[how]
    escalation = raised(world, **more)
    for actor in (world.callum, world.heather, world.priya):
        client = as_person(actor)
        assert "Escalations that they raised" not in page_of(client, world.asha)
        hand_over(client, world.asha, successor_email=f"{to}@example.org")
        assert spokesperson(escalation) is None


@pytest.mark.parametrize(
    ("more", "passes"), [({}, True), ({"skip_cluster": True}, False), ({"about": "callum"}, False)]
)
def test_once_the_role_is_over_a_lead_passes_on_what_they_may_read(world, as_person, more, passes):
    escalation = raised(world, **{key: world.callum if key == "about" else value for key, value in more.items()})
    RoleAssignment.objects.filter(person=world.asha).update(ends_on=world.today)
    assert ("Escalations that they raised" in page_of(as_person(world.callum), world.asha)) is passes
    hand_over(as_person(world.callum), world.asha, successor_email="tom@example.org", without_owner="on")
    assert spokesperson(escalation) == (world.tom if passes else None)


def test_whoever_keeps_another_part_there_keeps_what_they_raised(world, as_person):
    """Pam’s role of practice manager is over; she still deputises."""
    escalation = raised(world, by=world.pam)
    RoleAssignment.objects.filter(person=world.pam, role=Role.PRACTICE_MANAGER).update(ends_on=world.today)
    path = reverse("clusters:role_hand_over", args=[world.pam.roles_held.get(role=Role.PRACTICE_MANAGER).pk])
    as_person(world.callum).post(path, {"successor_email": "tom@example.org"})
    assert spokesperson(escalation) is None


def test_a_keeper_of_the_registry_passes_on_what_is_not_about_them(world, as_person):
    past, own = raised(world, skip_cluster=True), raised(world, about=world.isla)
    RoleAssignment.objects.filter(person=world.asha).update(ends_on=world.today)
    hand_over(as_person(world.isla), world.asha, successor_email="tom@example.org", without_owner="on")
    assert (spokesperson(past), spokesperson(own)) == (world.tom, None)


def test_a_keeper_does_not_give_themselves_what_they_may_not_read(world, as_person):
    services.assign_role(person=world.isla, role=Role.PQL, at=world.elm, starts_on=world.since, by=world.priya)
    escalation = raised(world)
    RoleAssignment.objects.filter(person=world.asha).update(ends_on=world.today)
    hand_over(as_person(world.isla), world.asha, successor_email="isla@example.org", without_owner="on")
    assert spokesperson(escalation) is None


def test_the_raiser_passes_it_on_themselves(world, as_person):
    escalation, about = raised(world, by=world.callum), raised(world, by=world.callum, about=world.tom)
    hand_over(as_person(world.callum), world.callum, successor_email="tom@example.org")
    assert (spokesperson(escalation), spokesperson(about)) == (world.tom, None)


def test_what_is_about_the_reader_does_not_count_on_a_rung(world, as_person):
    second = second_cql(world)
    raised(world, about=world.callum)
    words = "Escalations waiting on rungs that the role holds"
    assert words not in page_of(as_person(world.callum), second)
    raised(world)
    assert words in page_of(as_person(world.callum), second)


def test_the_last_who_could_decide_it_does_not_come_to_speak_for_it(world, as_person):
    escalation = raised(world)
    RoleAssignment.objects.filter(person=world.asha).update(ends_on=world.today)
    hand_over(as_person(world.priya), world.asha, successor_email="callum@example.org", without_owner="on")
    assert spokesperson(escalation) is None
    second_cql(world)
    hand_over(as_person(world.priya), world.asha, successor_email="callum@example.org")
    assert spokesperson(escalation) == world.callum


# --- Only where the actor leads or keeps -------------------------------------------------------------


def test_what_lies_in_a_cluster_that_the_practice_left_is_not_the_new_leads(world, as_person):
    """Una was of Rose while it was in Birch, in another HSCP; since ten days Rose is in Rowan."""
    held = services.assign_role(person=world.una, role=Role.PQL, at=world.rose, starts_on=world.since, by=world.priya)
    action = an_action(world, owner=world.una)
    Action.objects.filter(pk=action.pk).update(forum=world.birch.forum)
    RoleAssignment.objects.filter(pk=held.pk).update(ends_on=world.today - timedelta(days=30))
    moved = {"practice": world.rose, "to": world.rowan, "leaving": world.birch, "reason": "Nearer", "by": world.priya}
    services.move_practice(starts_on=world.today - timedelta(days=10), **moved)
    assert "Nell Croft" not in page_of(as_person(world.callum), world.una)
    assert "Open actions" not in page_of(as_person(world.callum), world.una)
    hand_over(as_person(world.callum), world.una, to_actions=str(world.nell.pk))
    action.refresh_from_db()
    assert action.owner == world.una
    hand_over(as_person(world.priya), world.una, to_actions=str(world.nell.pk))
    action.refresh_from_db()
    assert action.owner == world.nell


# --- What is planned stays planned -------------------------------------------------------------------


def planned(world):
    held = world.callum.roles_held.get()
    wishes = Wishes(email="una@example.org")
    return hand_over_role(held=held, last_day=world.today + timedelta(days=10), wishes=wishes, by=world.priya)


def test_handing_over_a_part_leaves_the_plan_for_the_rest(world, as_person):
    action = an_action(world)
    plan = planned(world)
    heather = as_person(world.heather)
    assert "Planned already: from" in page_of(heather, world.callum)
    hand_over(heather, world.callum)
    hand_over(heather, world.callum, to_actions=str(world.tom.pk))
    plan.refresh_from_db()
    assert plan.state == "PLANNED"
    action.refresh_from_db()
    assert action.owner == world.tom
    later = an_action(world, what="Added since")
    with time_machine.travel(f"{plan.from_day} 08:00", tick=False):
        call_command("hand_over", stdout=StringIO())
    later.refresh_from_db()
    assert later.owner == world.una


def test_the_end_said_again_with_nobody_named_keeps_the_plan(world, as_person):
    an_action(world)
    plan, priya, held = planned(world), as_person(world.priya), world.callum.roles_held.get()
    assert end(priya, held, held.last_day).status_code == 302
    plan.refresh_from_db()
    assert plan.state == "PLANNED"
    assert end(priya, held, held.last_day, without_owner="on").status_code == 302
    plan.refresh_from_db()
    assert plan.state == "OFF"


def test_a_plan_is_carried_out_after_its_keeper_has_left(world):
    action, escalation = an_action(world), raised(world, by=world.callum)
    plan = planned(world)
    User.objects.filter(pk=world.priya.pk).update(is_active=False)
    with time_machine.travel(f"{plan.from_day} 08:00", tick=False):
        call_command("hand_over", stdout=StringIO())
    action.refresh_from_db()
    assert (action.owner, spokesperson(escalation)) == (world.una, world.una)


def test_what_belongs_to_the_post_goes_on_and_what_was_said_of_the_person_does_not(world):
    held = world.callum.roles_held.get()
    said = {"seat": "CORE", "profession": "NURSING", "review_on": world.today + timedelta(days=90)}
    RoleAssignment.objects.filter(pk=held.pk).update(
        sessions_a_month=6, funded_by="Strath HSCP", portfolio="Frailty", **said
    )
    held.refresh_from_db()
    wishes = Wishes(email="una@example.org", without_owner=True)
    hand_over_role(held=held, last_day=world.today, wishes=wishes, by=world.priya)
    new = world.una.roles_held.get(cluster=world.rowan, role=Role.CQL)
    assert (new.sessions_a_month, new.funded_by, new.portfolio) == (6, "Strath HSCP", "Frailty")
    assert (new.seat, new.profession, new.review_on) == ("", "", None)
