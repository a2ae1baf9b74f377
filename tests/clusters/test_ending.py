"""Clusters merge and close: who reads what afterwards, what is no longer written, and what is planned is withdrawn."""

import threading
import time
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connections, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.roles import Right, Role
from accounts.selectors import waiting_invitation
from clusters.models import Cluster, Membership, RoleAssignment, Takeover
from clusters.rules import can_write_up
from clusters.selectors import cluster_for, clusters_within, members_of, reach_of
from clusters.selectors.doors import clusters_readable
from clusters.services import (
    appoint,
    assign_role,
    end_role,
    ending,
    handovers,
    import_practice_file,
    move_practice,
    practice_list,
    roles,
    withdraw_move,
)
from clusters.services.ending import (
    close_cluster,
    merge_clusters,
    preview_closing,
    preview_merger,
    withdraw_ending,
)
from clusters.services.ending_checks import Ending
from clusters.services.handovers import Wishes
from clusters.services.role_facts import RoleFacts, change_role
from escalations.selectors import escalations_within, holders_by_forum, seen_by
from meetings.selectors import actions_of_forum, actions_within, asks_within, meetings_within
from meetings.services import ask_hscp, close_action
from practices.models import Practice
from qiplans.rules import can_write_plan
from tests.cast import build_world
from tests.clusters.test_memberships import refused
from tests.escalations.story import confidential, raised
from tests.meetings.minutes import an_action, an_ask, logged, published
from tests.practices.lists import as_file, practice


def codes(world, cluster):
    return frozenset(members_of(cluster, on=world.today).values_list("code", flat=True))


def merge(world, *, on=None, into=None, clusters=None, roles_go_on=False, seen=None, **more):
    clusters = clusters or [world.rowan]
    merge_clusters(
        clusters=clusters,
        into=into or world.larch,
        ending=Ending(on or world.today, "Too small alone", "Strath HSCP", **more),
        roles_go_on=roles_go_on,
        seen=seen if seen is not None else frozenset().union(*(codes(world, c) for c in clusters)),
        by=world.priya,
    )
    for cluster in clusters:
        cluster.refresh_from_db()


def close(world, *, on=None, to=None, cluster=None):
    cluster = cluster or world.rowan
    close_cluster(
        cluster=cluster,
        to=to or {},
        ending=Ending(on or world.today, "Nobody leads it"),
        seen=codes(world, cluster),
        by=world.priya,
    )
    cluster.refresh_from_db()


def reads(world, person, meeting, *, day=None):
    return meetings_within(reach_of(person, on=day or world.today)).filter(pk=meeting.pk).exists()


@pytest.fixture
def inside(world):
    """Minutes that Rowan keeps to itself."""
    return published(world)


# --- A merger --------------------------------------------------------------------------------------


def test_in_a_merger_members_move_and_the_cluster_closes(world):
    merge(world)
    assert members_of(world.rowan, on=world.today).count() == 0
    assert members_of(world.larch, on=world.today).count() == 10
    assert (world.rowan.closed_on, world.rowan.closed_reason) == (
        world.today,
        "Too small alone (approved by Strath HSCP)",
    )
    row = Takeover.objects.get()
    assert (row.before, row.after, row.starts_on) == (world.rowan, world.larch, world.today)
    assert {"cluster closed", "cluster merged", "practice moved"} <= set(
        AuditEvent.objects.values_list("verb", flat=True)
    )
    assert Membership.objects.filter(cluster=world.larch, approved_by="Strath HSCP").count() == 7


def test_what_was_logged_is_read_by_those_who_could_and_by_everybody_it_went_on_with(world, inside):
    assert not reads(world, world.duncan, inside)
    merge(world)
    for name in ("asha", "pam", "tom", "duncan"):
        assert reads(world, getattr(world, name), inside), name
    for name in ("nell", "una", "fergus", "callum"):
        assert not reads(world, getattr(world, name), inside), name
    assert not reads(world, world.heather, inside)  # it was never shared upward


def test_a_practice_that_left_before_keeps_no_sight(world, inside):
    move_practice(
        practice=world.alder,
        to=world.birch,
        starts_on=world.today - timedelta(days=9),
        reason="Nearer",
        leaving=world.rowan,
        by=world.priya,
    )
    merge(world)
    assert not reads(world, world.asha, inside)
    assert reads(world, world.tom, inside)


def test_and_who_leaves_the_receiving_cluster_afterwards_no_longer_reads_it(world, inside):
    merge(world, on=world.today - timedelta(days=9))
    assert reads(world, world.asha, inside)
    move_practice(
        practice=world.alder, to=world.birch, starts_on=world.today, reason="x", leaving=world.larch, by=world.priya
    )
    assert not reads(world, world.asha, inside)


def test_before_its_day_a_planned_merger_opens_nothing(world, inside):
    day = world.today + timedelta(days=30)
    merge(world, on=day)
    assert not reads(world, world.duncan, inside)
    assert reads(world, world.callum, inside)
    assert cluster_for(reach_of(world.callum, on=world.today), "rowan", may=can_write_up) == world.rowan
    assert reads(world, world.duncan, inside, day=day)


def test_through_two_mergers_it_is_read_at_the_end_of_the_chain(world, inside):
    merge(world, on=world.today - timedelta(days=20))
    assert not reads(world, world.nell, inside)
    merge(world, clusters=[world.larch], into=world.birch, on=world.today - timedelta(days=5))
    assert reads(world, world.nell, inside)
    assert reads(world, world.asha, inside)
    assert Takeover.objects.count() == 3


def test_of_two_clusters_that_merge_at_once_both_are_read(world, inside):
    merge(world, clusters=[world.rowan, world.larch], into=world.birch)
    assert reads(world, world.nell, inside)
    assert members_of(world.birch, on=world.today).count() == 12


def test_nothing_new_is_written_in_a_closed_cluster(world):
    RoleAssignment.objects.filter(person=world.callum).update(ends_on=None)
    close(world)
    RoleAssignment.objects.filter(person=world.callum).update(ends_on=None)  # a role that somebody left open
    callum = reach_of(world.callum, on=world.today)
    assert world.rowan.pk in callum.clusters(Right.SEE_INSIDE)
    for right in (Right.WRITE_UP, Right.LEAD, Right.RAISE):
        assert callum.clusters(right) == frozenset()
    assert not can_write_plan(callum, world.rowan)
    with pytest.raises(PermissionDenied, match="closed on"):
        cluster_for(callum, "rowan", may=can_write_up, sentence="Only leads.")
    with pytest.raises(PermissionDenied):
        logged(world)
    with pytest.raises(PermissionDenied):
        ask_hscp(
            by=world.callum,
            forum=world.rowan.forum,
            question="Who pays?",
            to=world.heather,
            reply_by=world.today,
            at=timezone.now(),
        )
    with pytest.raises(ValidationError, match="closed on"):
        assign_role(person=world.una, role=Role.CQL, at=world.rowan, starts_on=world.today, by=world.priya)
    assert world.rowan not in clusters_within(callum)
    assert world.rowan in clusters_readable(callum)


@pytest.mark.parametrize(
    "page",
    ["meetings:meeting_log", "meetings:ask_new", "meetings:action_new", "escalations:escalation_raise"],
)
def test_every_door_to_something_new_says_that_it_closed(world, as_person, page):
    merge(world, roles_go_on=True)
    answer = as_person(world.callum).get(reverse(page, args=["rowan"]))
    assert answer.status_code == 403
    assert "Rowan closed on" in answer.content.decode()
    assert as_person(world.callum).get(reverse(page, args=["larch"])).status_code == 200


def test_its_page_and_its_record_stay_for_those_who_could_read_them(world, as_person, inside):
    merge(world)
    for name in ("asha", "duncan", "heather", "priya", "isla", "olive"):
        page = as_person(getattr(world, name)).get("/clusters/rowan/")
        assert page.status_code == 200, name
        assert "Closed on" in page.content.decode()
        assert as_person(getattr(world, name)).get("/clusters/rowan/about/").status_code == 200
    for name in ("nell", "una", "fergus"):
        assert as_person(getattr(world, name)).get("/clusters/rowan/").status_code == 404
        assert as_person(getattr(world, name)).get("/clusters/rowan/about/").status_code == 404
        assert as_person(getattr(world, name)).get(f"/meetings/{inside.pk}/").status_code == 404
    assert as_person(world.duncan).get(f"/meetings/{inside.pk}/").status_code == 200
    assert "Log a meeting" not in as_person(world.duncan).get("/clusters/rowan/").content.decode()


# --- What was begun is finished --------------------------------------------------------------------


def test_open_actions_go_on_in_the_list_of_the_receiving_cluster(world):
    action = an_action(world, what="Share the recall list", owner=world.asha)
    assert action not in actions_of_forum(world.larch.forum)
    merge(world)
    assert action in actions_of_forum(world.larch.forum)
    assert action in actions_within(reach_of(world.asha, on=world.today))
    close_action(by=world.duncan, action=action, evidence="Shared", at=timezone.now())
    assert action not in actions_of_forum(world.larch.forum)
    assert action in actions_of_forum(world.rowan.forum)


def test_nobody_elsewhere_closes_them(world):
    action = an_action(world)
    merge(world)
    with pytest.raises(PermissionDenied):
        close_action(by=world.nell, action=action, evidence="Done", at=timezone.now())


def test_a_draft_is_finished_by_whoever_writes_up_where_it_went_on(world, as_person):
    draft = logged(world)
    merge(world)
    assert as_person(world.duncan).get(f"/meetings/{draft.pk}/log/").status_code == 200
    assert as_person(world.asha).get(f"/meetings/{draft.pk}/log/").status_code == 404


def test_questions_are_still_answered(world):
    ask = an_ask(world)
    merge(world)
    assert ask in asks_within(reach_of(world.heather, on=world.today))
    assert ask in asks_within(reach_of(world.duncan, on=world.today))
    assert ask not in asks_within(reach_of(world.nell, on=world.today))


def test_a_matter_on_the_rung_of_a_merged_cluster_waits_for_the_leads_of_the_other(world):
    matter = raised(world)
    merge(world)
    assert [p.full_name for p in seen_by(matter, on=world.today).holders] == ["Duncan Shaw"]
    assert matter in escalations_within(reach_of(world.duncan, on=world.today))
    assert matter not in escalations_within(reach_of(world.heather, on=world.today))
    assert matter not in escalations_within(reach_of(world.nell, on=world.today))


def test_on_that_of_a_closed_one_it_waits_for_the_leads_of_its_hscp(world):
    matter = raised(world)
    close(world)
    assert world.heather in holders_by_forum([world.rowan.forum], on=world.today)[world.rowan.forum_id]
    assert matter in escalations_within(reach_of(world.heather, on=world.today))
    assert matter not in escalations_within(reach_of(world.rhona, on=world.today))
    assert matter not in escalations_within(reach_of(world.nell, on=world.today))


# --- Roles -----------------------------------------------------------------------------------------


def test_roles_end_with_the_cluster_or_go_on_by_choice(world):
    merge(world)
    assert not RoleAssignment.objects.on(world.today).filter(cluster=world.rowan).exists()
    assert not RoleAssignment.objects.filter(cluster=world.larch, person=world.callum).exists()
    assert RoleAssignment.objects.get(person=world.gail).withdrawn_at  # it was to begin tomorrow


def planned_lead(world):
    """Somebody new leads Rowan from the week after next, and is invited."""
    return appoint(
        email="ben@example.org",
        full_name="Ben Hay",
        role=Role.CQL,
        at=world.rowan,
        starts_on=world.today + timedelta(days=14),
        by=world.priya,
    )


def test_a_role_that_had_not_begun_is_withdrawn_and_its_invitation_taken_back(world, as_person):
    held = planned_lead(world)
    assert waiting_invitation(held.person)
    data = {"into": "larch", "on": str(world.today), "reason": "Too small alone", "approved_by": "Strath"}
    page = as_person(world.priya).post(reverse("clusters:cluster_merge", args=["rowan"]), data).content.decode()
    assert "Ben Hay, Cluster Quality Lead of Rowan: is withdrawn before it begins" in page
    assert "Callum Reid, Cluster Quality Lead of Rowan: ends" in page
    assert waiting_invitation(held.person), "a preview changes nothing"
    merge(world)
    assert waiting_invitation(held.person) is None


def test_whoever_goes_on_elsewhere_stays_invited(world):
    held = planned_lead(world)
    merge(world, roles_go_on=True)
    assert waiting_invitation(held.person)


def test_when_the_end_is_withdrawn_they_are_invited_again(world):
    held = planned_lead(world)
    merge(world, on=world.today + timedelta(days=7))
    assert waiting_invitation(held.person) is None
    withdraw_ending(cluster=world.rowan, by=world.priya)
    held.refresh_from_db()
    assert held.withdrawn_at is None
    assert waiting_invitation(held.person)


def test_and_go_on_with_the_days_they_had(world):
    RoleAssignment.objects.filter(person=world.callum).update(ends_on=world.today + timedelta(days=90))
    merge(world, roles_go_on=True)
    new = RoleAssignment.objects.get(cluster=world.larch, person=world.callum)
    assert (new.role, new.starts_on, new.ends_on) == ("CQL", world.today, world.today + timedelta(days=90))
    tomorrow = world.today + timedelta(days=1)
    assert RoleAssignment.objects.get(cluster=world.larch, person=world.gail).starts_on == tomorrow


def test_and_with_all_that_is_known_about_them(world):
    known = {
        "sessions_a_month": 6,
        "funded_by": "Strath HSCP",
        "portfolio": "Frailty",
        "review_on": world.today + timedelta(days=200),
        "seat": "CORE",
        "profession": "NURSING",
    }
    RoleAssignment.objects.filter(person=world.callum).update(**known)
    merge(world, roles_go_on=True)
    new = RoleAssignment.objects.get(cluster=world.larch, person=world.callum)
    assert {name: getattr(new, name) for name in known} == known


def test_who_holds_the_role_there_already_keeps_the_one_they_have(world):
    there = assign_role(
        person=world.callum, role=Role.CQL, at=world.larch, starts_on=world.today - timedelta(days=3), by=world.priya
    )
    merge(world, roles_go_on=True)
    assert RoleAssignment.objects.get(cluster=world.larch, person=world.callum) == there
    assert RoleAssignment.objects.filter(cluster=world.larch, person=world.gail).exists()


# --- A closing -------------------------------------------------------------------------------------


def test_in_a_closing_each_practice_goes_where_it_was_sent(world):
    close(world, to={world.alder.pk: world.larch, world.beech.pk: world.birch})
    assert world.alder in members_of(world.larch, on=world.today)
    assert world.beech in members_of(world.birch, on=world.today)
    left = Membership.objects.get(practice=world.elm)
    assert (left.ends_on, left.end_reason) == (world.today, "Nobody leads it")
    assert not Takeover.objects.exists()


def test_what_a_closed_cluster_logged_is_read_by_the_practices_of_its_last_day_alone(world, inside):
    move_practice(
        practice=world.beech,
        to=world.larch,
        starts_on=world.today - timedelta(days=9),
        reason="x",
        leaving=world.rowan,
        by=world.priya,
    )
    close(world, to={world.alder.pk: world.larch})
    assert reads(world, world.asha, inside)
    for name in ("tom", "duncan", "nell", "heather"):
        assert not reads(world, getattr(world, name), inside), name


# --- Refused ---------------------------------------------------------------------------------------


def test_what_makes_no_sense_is_refused_in_words(world):
    assert "into itself" in refused(lambda: merge(world, into=world.rowan))["into"][0]
    assert "within the next two years" in refused(lambda: merge(world, on=world.today + timedelta(days=900)))["on"][0]
    assert "began on" in refused(lambda: merge(world, on=world.since))["on"][0]
    assert "joined or left meanwhile" in refused(lambda: merge(world, seen=frozenset()))[""][0]
    merge(world)
    assert "closed on" in refused(lambda: merge(world, seen=frozenset()))[""][0]
    assert "closed on" in refused(lambda: merge(world, clusters=[world.larch], into=world.rowan))["into"][0]
    assert Cluster.objects.filter(closed_on__isnull=False).count() == 1


def test_a_practice_of_another_locality_needs_a_reason_here_too(world):
    Cluster.objects.filter(pk=world.larch.pk).update(locality=world.west)
    words = refused(lambda: merge(world))
    assert len(words["locality_reason"]) == 7
    assert members_of(world.rowan, on=world.today).count() == 7
    merge(world, locality_reason="One building")
    assert Membership.objects.filter(locality_reason="One building").count() == 7


def test_nobody_moves_into_a_cluster_that_will_close(world):
    close(world, on=world.today + timedelta(days=30))
    words = refused(
        lambda: move_practice(
            practice=world.pine, to=world.rowan, starts_on=world.today, reason="x", leaving=world.larch, by=None
        )
    )
    assert "Rowan closes on" in words["to"][0]


@pytest.mark.django_db(transaction=True)
def test_of_a_merger_and_a_closing_at_once_one_wins():
    world = build_world()
    start, outcomes = threading.Barrier(2), []

    def one(work):
        start.wait()
        try:
            work(world)
            outcomes.append("won")
        except ValidationError:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(work,)) for work in (merge, close)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert sorted(outcomes) == ["refused", "won"]
    assert AuditEvent.objects.filter(verb="cluster closed").count() == 1


def side_by_side(*works):
    """What each gave or raised."""
    outcomes = {}

    def one(place, work):
        try:
            outcomes[place] = work()
        except Exception as raised:
            outcomes[place] = raised
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(works)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    return [outcomes[place] for place in range(len(works))]


def slowed(monkeypatch, module, name):
    """The function takes a while, so that whoever calls it still holds their locks when the other comes."""
    real = getattr(module, name)

    def slow(*args, **kwargs):
        time.sleep(0.7)
        return real(*args, **kwargs)

    monkeypatch.setattr(module, name, slow)


def in_words_alone(outcomes):
    return all(isinstance(one, ValidationError) for one in outcomes if isinstance(one, Exception))


@pytest.mark.django_db(transaction=True)
def test_a_merger_and_a_move_at_once_wait_for_each_other(monkeypatch):
    world = build_world()
    slowed(monkeypatch, ending, "check_merger")

    def moves():
        with transaction.atomic():
            list(Practice.objects.select_for_update().filter(pk=world.alder.pk))  # as `move_practices` begins
            time.sleep(0.7)
            move_practice(
                practice=world.alder,
                to=world.larch,
                starts_on=world.today,
                reason="Nearer",
                leaving=world.rowan,
                by=world.priya,
            )

    outcomes = side_by_side(lambda: merge(world), moves)
    assert in_words_alone(outcomes), outcomes
    assert outcomes.count(None) == 1
    assert Membership.objects.on(world.today).get(practice=world.alder).cluster == world.larch


@pytest.mark.django_db(transaction=True)
def test_so_do_a_practice_list_that_brings_a_member_and_the_closing_of_its_cluster(monkeypatch):
    world = build_world()
    rows = [practice(10001, "Rowan", world.strath.code)]
    slowed(monkeypatch, ending, "check_end")
    slowed(monkeypatch, practice_list, "carry_out")

    def imports():
        import_practice_file(data=as_file(rows), file_name="x.csv", as_of=world.today, by=world.priya)

    outcomes = side_by_side(lambda: close(world), imports)
    assert in_words_alone(outcomes), outcomes
    assert outcomes[1] is None
    world.rowan.refresh_from_db()
    assert not (world.rowan.closed_on and members_of(world.rowan, on=world.today).exists())


@pytest.mark.django_db(transaction=True)
def test_and_a_merger_and_whoever_gives_a_role_where_it_goes(monkeypatch):
    world = build_world()
    slowed(monkeypatch, ending, "check_merger")
    slowed(monkeypatch, roles, "_refuse_closed")

    def appoints():
        return assign_role(
            person=world.callum, role=Role.CLUSTER_SUPPORT, at=world.larch, starts_on=world.today, by=world.priya
        )

    outcomes = side_by_side(lambda: merge(world, roles_go_on=True), appoints)
    assert outcomes == [None, RoleAssignment.objects.get(person=world.callum, role=Role.CLUSTER_SUPPORT)]
    assert RoleAssignment.objects.on(world.today).get(person=world.callum, role=Role.CQL).cluster == world.larch


@pytest.mark.django_db(transaction=True)
def test_and_a_merger_and_whoever_hands_over_a_role_that_ends_with_it(monkeypatch):
    world = build_world()
    held = RoleAssignment.objects.get(person=world.callum, cluster=world.rowan)
    slowed(monkeypatch, ending, "check_merger")
    slowed(monkeypatch, handovers, "appoint")

    def hands_over():
        wishes = Wishes(email="tom@example.org", without_owner=True)
        handovers.hand_over_role(held=held, last_day=world.today, wishes=wishes, by=world.priya)

    outcomes = side_by_side(lambda: merge(world), hands_over)
    assert in_words_alone(outcomes), outcomes
    assert outcomes[0] is None


# --- Planned, and withdrawn ------------------------------------------------------------------------


def state(world):
    rows = Membership.objects.order_by("practice", "starts_on")
    roles = RoleAssignment.objects.exclude(cluster=world.larch, withdrawn_at__isnull=False).order_by("pk")
    return (
        list(rows.values_list("practice", "cluster", "starts_on", "ends_on", "end_reason")),
        list(roles.values_list("person", "cluster", "starts_on", "ends_on", "withdrawn_at")),
        list(Cluster.objects.order_by("pk").values_list("closed_on", "closed_reason")),
        Takeover.objects.count(),
    )


@pytest.mark.parametrize("roles_go_on", [True, False])
def test_a_planned_merger_can_be_withdrawn_as_a_whole(world, roles_go_on):
    RoleAssignment.objects.filter(person=world.morag).update(ends_on=world.today + timedelta(days=200))
    before = state(world)
    merge(world, on=world.today + timedelta(days=30), roles_go_on=roles_go_on)
    assert state(world) != before
    withdraw_ending(cluster=world.rowan, by=world.priya)
    assert state(world) == before


def duncans(world):
    return RoleAssignment.objects.get(person=world.duncan, cluster=world.larch)


def test_what_others_decided_since_stands_when_a_closing_is_withdrawn(world):
    day = world.today + timedelta(days=30)
    close(world, on=day, cluster=world.larch, to={world.spruce.pk: world.rowan, world.yew.pk: world.rowan})
    own = {"starts_on": day, "reason": "Nearer", "by": world.priya}
    move_practice(practice=world.pine, to=world.birch, leaving=None, **own)
    move_practice(practice=world.yew, to=world.birch, leaving=world.rowan, **own)  # puts right what the closing planned
    end_role(held=duncans(world), last_day=day - timedelta(days=1), by=world.priya)
    withdraw_ending(cluster=world.larch, by=world.priya)
    for moved in (world.pine, world.yew):
        assert Membership.objects.on(day).get(practice=moved).cluster == world.birch
    assert Membership.objects.get(practice=world.spruce).ends_on is None
    assert duncans(world).ends_on == day


def test_an_end_that_was_known_before_comes_back(world):
    day = world.today + timedelta(days=30)
    move_practice(
        practice=world.pine,
        to=world.birch,
        starts_on=day + timedelta(days=9),
        reason="Nearer",
        leaving=world.larch,
        by=world.priya,
    )
    before = state(world)
    close(world, on=day, cluster=world.larch)
    withdraw_ending(cluster=world.larch, by=world.priya)
    assert state(world) == before


def test_a_role_that_was_changed_but_not_ended_goes_on(world):
    """Negative control: only a decision about its end keeps a role ended."""
    close(world, on=world.today + timedelta(days=30), cluster=world.larch)
    change_role(held=duncans(world), sessions_a_month=3, facts=RoleFacts(seat="Chair"), by=world.priya)
    withdraw_ending(cluster=world.larch, by=world.priya)
    assert duncans(world).ends_on is None


@pytest.mark.parametrize("as_correction", [False, True])
def test_a_practice_list_puts_nobody_in_past_the_planned_end(world, as_correction):
    """A new practice, or one whose place of that very day is put right, is there until the cluster closes."""
    day = world.today + timedelta(days=30)
    rows = [practice(10001, "Birch", world.neighbour.code)] if as_correction else []
    for cluster in ("Birch", "Larch"):
        if cluster == "Larch":
            close(world, on=day, cluster=world.larch)
            rows = [practice(10001, "Larch", world.neighbour.code)]
        if rows:
            import_practice_file(data=as_file(rows), file_name="x.csv", as_of=world.today, by=world.priya)
    row = Membership.objects.get(practice__code="10001")
    assert (row.cluster, row.starts_on, row.ends_on) == (world.larch, world.today, day)
    assert row.end_reason == "Nobody leads it"
    again = import_practice_file(data=as_file(rows), file_name="y.csv", as_of=world.today, by=world.priya)
    assert again.is_empty
    withdraw_ending(cluster=world.larch, by=world.priya)
    row.refresh_from_db()
    assert (row.ends_on, row.end_reason) == (None, "")


def test_a_single_move_of_it_cannot(world):
    day = world.today + timedelta(days=30)
    merge(world, on=day)
    with pytest.raises(ValidationError, match="Withdraw its closing"):
        withdraw_move(practice=world.alder, starts_on=day, by=world.priya)


def test_what_has_begun_is_not_withdrawn(world):
    merge(world)
    with pytest.raises(ValidationError, match="No end of Rowan is planned"):
        withdraw_ending(cluster=world.rowan, by=world.priya)


# --- The preview -----------------------------------------------------------------------------------


def told(effect, cluster):
    return {one.what: (one.count, one.becomes) for c, touched in effect.touched if c == cluster for one in touched}


def test_the_preview_of_a_merger_changes_nothing_and_names_what_is_under_way(world):
    published(world)
    an_action(world, owner=world.callum)
    raised(world)
    confidential(world)
    before = state(world)
    effect = preview_merger(
        clusters=[world.rowan], into=world.larch, ending=Ending(world.today, "x"), roles_go_on=False
    )
    assert state(world) == before
    assert [(s.cluster, s.practices_before, s.practices_after) for s in effect.sizes] == [(world.larch, 3, 10)]
    said = told(effect, world.rowan)
    assert "Larch" in said["Open actions"][1]
    assert said["Of these, held by people who will have no role there"][0] == 2  # and the one in the minutes
    assert said["Escalations that wait for the cluster itself"] == (1, "wait for the Cluster Quality Leads of Larch")
    assert {str(r.held.person) for r in effect.roles} == {"Callum Reid", "Morag Bain", "Gail Petrie", "Hamish Law"}
    assert effect.newcomers == 1


def test_a_confidential_matter_is_not_even_counted(world):
    ending = Ending(world.today, "x")
    without = told(preview_closing(cluster=world.rowan, to={}, ending=ending), world.rowan)
    confidential(world)
    assert told(preview_closing(cluster=world.rowan, to={}, ending=ending), world.rowan) == without


def test_the_preview_costs_the_same_for_one_practice_and_for_many(world, django_assert_max_num_queries):
    with django_assert_max_num_queries(45) as spent:
        preview_merger(clusters=[world.birch], into=world.larch, ending=Ending(world.today, "x"), roles_go_on=True)
    few = len(spent)
    with django_assert_max_num_queries(45) as spent:
        preview_merger(clusters=[world.rowan], into=world.larch, ending=Ending(world.today, "x"), roles_go_on=True)
    assert len(spent) == few
