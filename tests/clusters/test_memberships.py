"""Moving a practice: dates, overlap, the database's own refusal, and many at once."""

import re
import threading
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connections, transaction

from accounts.models import AuditEvent
from clusters import selectors
from clusters.models import Cluster, Membership
from clusters.services import close_practice, create_cluster, move_practice, withdraw_move
from clusters.services.moves import move_practices, preview_moves
from clusters.services.overlaps import save_in_words
from practices.models import Practice
from tests.cast import build_world


def move(world, to, *, on=None, leaving="rowan", practice=None, reason="Nearer to the others"):
    return move_practice(
        practice=practice or world.alder,
        to=to,
        starts_on=on or world.today,
        reason=reason,
        leaving=getattr(world, leaving) if leaving else None,
        by=world.priya,
    )


def spans(practice):
    rows = Membership.objects.filter(practice=practice).order_by("starts_on")
    return [(row.cluster.forum.name, row.starts_on, row.ends_on) for row in rows]


def test_a_move_ends_the_old_membership_on_the_day_the_new_one_begins(world):
    new = move(world, world.larch)
    assert spans(world.alder) == [("Rowan", world.since, world.today), ("Larch", world.today, None)]
    ended, moved = AuditEvent.objects.filter(subject_type="clusters.membership").order_by("pk")
    assert (ended.verb, ended.by) == ("membership ended", world.priya)
    assert ended.changes["ends_on"] == [None, str(world.today)]
    assert (moved.verb, moved.subject_id) == ("practice moved", new.pk)
    assert moved.changes == {"from": "Rowan", "to": "Larch", "starts_on": str(world.today)}


def test_the_reason_is_kept_on_the_row_and_not_in_the_trail(world):
    new = move(world, world.larch, reason="Their surgeries share a car park")
    assert new.reason == "Their surgeries share a car park"
    assert "car park" not in str(list(AuditEvent.objects.values_list("changes", "subject")))


@pytest.mark.parametrize("days", [-30, 30])
def test_a_past_and_a_planned_day_both_work(world, days):
    day = world.today + timedelta(days=days)
    move(world, world.larch, on=day)
    assert spans(world.alder) == [("Rowan", world.since, day), ("Larch", day, None)]


def test_out_of_every_cluster_and_in_again(world):
    assert move(world, None, on=world.today - timedelta(days=10)) is None
    assert spans(world.alder) == [("Rowan", world.since, world.today - timedelta(days=10))]
    move(world, world.rowan, leaving=None)
    assert spans(world.alder)[-1] == ("Rowan", world.today, None)


def test_a_second_move_on_the_same_day_puts_the_first_right(world):
    first = move(world, world.larch)
    again = move(world, world.birch, leaving="larch")
    assert again.pk == first.pk
    assert spans(world.alder) == [("Rowan", world.since, world.today), ("Birch", world.today, None)]
    assert AuditEvent.objects.filter(verb="membership put right", subject_id=first.pk).count() == 1


def refused(call):
    with pytest.raises(ValidationError) as caught:
        call()
    found = caught.value
    return found.message_dict if hasattr(found, "error_dict") else {"": found.messages}


def test_overlap_with_a_later_membership_is_refused_in_words(world):
    move(world, world.larch, on=world.today + timedelta(days=20))
    words = refused(lambda: move(world, world.birch))
    assert "joins Larch on" in words["starts_on"][0]
    assert "two clusters at once" in words["starts_on"][0]
    assert len(spans(world.alder)) == 2


@pytest.mark.parametrize(
    ("to", "leaving", "days", "field", "words"),
    [
        ("rowan", "rowan", 0, "to", "is in Rowan on"),
        ("larch", "rowan", 900, "starts_on", "within the next two years"),
        ("larch", None, -500, "starts_on", "began on"),
        (None, None, -500, "to", "belongs to no cluster"),
        (None, "rowan", -400, "starts_on", "on that very day"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(world, to, leaving, days, field, words):
    target = getattr(world, to) if to else None
    said = refused(lambda: move(world, target, leaving=leaving, on=world.today + timedelta(days=days)))
    assert words in said[field][0]
    assert spans(world.alder) == [("Rowan", world.since, None)]


def test_a_closed_practice_stays_where_it_is(world):
    world.alder.closed_on = world.today
    world.alder.save()
    assert "closed on" in refused(lambda: move(world, world.larch))["starts_on"][0]


def test_a_closed_cluster_takes_nobody_in(world):
    Cluster.objects.filter(pk=world.larch.pk).update(closed_on=world.today)
    world.larch.refresh_from_db()
    assert "closed on" in refused(lambda: move(world, world.larch))["to"][0]


def test_a_reason_is_needed(world):
    assert "why it moves" in refused(lambda: move(world, world.larch, reason="  "))["reason"][0]


def test_a_move_that_was_seen_otherwise_is_refused(world):
    move(world, world.larch)
    assert "was moved meanwhile" in refused(lambda: move(world, world.birch))[""][0]


def test_an_out_of_hours_cluster_stands_beside_the_one_in_hours(world):
    night = create_cluster(
        name="Strath nights", lead_hscp=world.strath, starts_on=world.since, kind="OOH", by=world.priya
    )
    move(world, night, leaving=None)
    assert sorted(name for name, _, end in spans(world.alder) if end is None) == ["Rowan", "Strath nights"]


def test_the_preview_says_what_would_change_and_changes_nothing(world):
    effect = preview_moves(practices=[world.alder], to=world.larch, starts_on=world.today, reason="Nearer")
    sizes = {s.cluster.forum.name: (s.practices_before, s.practices_after, s.patients_after) for s in effect.sizes}
    assert sizes == {"Rowan": (7, 6, 30_000), "Larch": (3, 4, 20_000)}
    assert spans(world.alder) == [("Rowan", world.since, None)]
    assert not AuditEvent.objects.exists()


@pytest.mark.pg
def test_postgresql_refuses_overlap_when_the_service_is_bypassed(world):
    with pytest.raises(IntegrityError, match="membership_no_overlap"), transaction.atomic():
        Membership.objects.create(
            practice=world.alder, cluster=world.larch, starts_on=world.today, ends_on=world.today + timedelta(days=9)
        )
    # A free stretch of days and another kind of cluster are both fine.
    Membership.objects.create(
        practice=world.alder, cluster=world.larch, starts_on=world.since - timedelta(days=9), ends_on=world.since
    )
    Membership.objects.create(practice=world.alder, cluster=world.larch, kind="OOH", starts_on=world.today)


@pytest.mark.pg
def test_what_the_database_refuses_is_said_in_the_same_words(world):
    """Somebody came past the service with a membership for later; the service looked before it was there."""
    with pytest.MonkeyPatch.context() as blind:
        blind.setattr("clusters.services.memberships.checked", lambda *_: None)
        words = refused(lambda: move(world, world.larch, leaving=None))
    assert words["starts_on"][0].startswith("Alder Medical Practice joins Rowan on")
    assert "two clusters at once" in words["starts_on"][0]
    assert spans(world.alder) == [("Rowan", world.since, None)]
    assert not AuditEvent.objects.exists()


@pytest.mark.pg
@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_past_the_service_the_second_is_told_in_words():
    """Both write without waiting for each other; the database lets one in, and the other gets the sentence.

    PostgreSQL may find the two waiting for each other, which it says in another way than an overlap.
    """
    world = build_world()
    Membership.objects.filter(practice=world.alder).update(ends_on=world.today)
    start, outcomes = threading.Barrier(2), []

    def one(cluster):
        row = Membership(practice=world.alder, cluster=cluster, starts_on=world.today)
        try:
            with transaction.atomic():
                start.wait()
                save_in_words(row)
            outcomes.append("won")
        except ValidationError as wrong:
            outcomes.append(wrong.message_dict["starts_on"][0])
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(cluster,)) for cluster in (world.larch, world.birch)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    told, won = sorted(outcomes)
    assert won == "won"
    assert re.match(r"Alder Medical Practice joins (Larch|Birch) on .*two clusters at once", told)
    assert Membership.objects.filter(practice=world.alder, ends_on=None).count() == 1


def test_another_refusal_of_the_database_is_not_hidden(world):
    """Negative control: only an overlap gets the sentence."""
    row = Membership(practice=world.alder, cluster=world.larch, starts_on=world.today, ends_on=world.today)
    row.kind = Cluster.Kind.OUT_OF_HOURS
    with pytest.raises(IntegrityError):
        save_in_words(row)


# --- Several at once -------------------------------------------------------------------------------


def move_many(world, *practices, to=None, leaving=None, **more):
    found = list(practices) or [world.alder, world.beech]
    return move_practices(
        practices=found,
        leaving=leaving or {p.pk: world.rowan for p in found},
        to=to or world.larch,
        starts_on=world.today,
        reason="Nearer",
        approved_by="Strath HSCP, Heather Lind",
        by=world.priya,
        **more,
    )


def test_several_move_together_and_each_row_says_who_approved(world):
    rows = move_many(world)
    assert {row.cluster for row in rows} == {world.larch}
    assert {row.approved_by for row in rows} == {"Strath HSCP, Heather Lind"}
    assert AuditEvent.objects.filter(verb="practice moved").count() == 2
    assert "Heather" not in str(list(AuditEvent.objects.values_list("changes", "subject")))


def test_who_approved_that_it_leaves_for_no_cluster_is_kept_too(world):
    move_practice(
        practice=world.alder,
        to=None,
        starts_on=world.today,
        reason="Goes its own way",
        approved_by="Heather Lind",
        leaving=world.rowan,
        by=world.priya,
    )
    row = Membership.objects.get(practice=world.alder)
    assert row.end_reason == "Goes its own way (approved by Heather Lind)"


def test_the_page_of_the_practice_says_who_approved_and_why_across_localities(world, as_person):
    far_larch(world)
    move_many(world, world.alder, locality_reason="One building")
    page = as_person(world.priya).get(f"/practices/{world.alder.code}/").content.decode()
    assert "Approved by Strath HSCP, Heather Lind" in page
    assert "In another locality: One building" in page


def test_all_or_none(world):
    """One of them was moved by somebody else meanwhile: no other moves either."""
    move(world, world.birch, practice=world.beech)
    words = refused(lambda: move_many(world))
    assert words["__all__"] == [
        "Beech Medical Practice was moved meanwhile: on that day it is in Birch. Look at it and decide again."
    ]
    assert spans(world.alder) == [("Rowan", world.since, None)]


def test_every_refusal_is_named_once(world):
    words = refused(lambda: move_many(world, world.alder, world.beech, to=world.rowan))
    assert len(words["to"]) == 2
    assert (
        "Tick the practices"
        in refused(
            lambda: move_practices(practices=[], leaving={}, to=None, starts_on=world.today, reason="x", by=None)
        )["practices"][0]
    )


@pytest.mark.django_db(transaction=True)
def test_of_four_who_move_the_same_practices_at_once_one_wins():
    world = build_world()
    start, outcomes = threading.Barrier(4), []

    def one(*practices):
        start.wait()
        try:
            move_many(world, *practices)
            outcomes.append("won")
        except ValidationError:
            outcomes.append("refused")
        finally:
            connections.close_all()

    orders = [(world.alder, world.beech), (world.beech, world.alder)] * 2
    threads = [threading.Thread(target=one, args=order) for order in orders]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert sorted(outcomes) == ["refused"] * 3 + ["won"]
    assert len(spans(world.alder)) == len(spans(world.beech)) == 2


# --- Localities ------------------------------------------------------------------------------------


def far_larch(world):
    Cluster.objects.filter(pk=world.larch.pk).update(locality=world.west)
    world.larch.refresh_from_db()


def test_into_another_locality_it_takes_a_written_reason(world):
    far_larch(world)
    words = refused(lambda: move(world, world.larch))
    assert "lies in East Strath, and Larch in West Strath" in words["locality_reason"][0]
    assert spans(world.alder) == [("Rowan", world.since, None)]
    (row,) = move_many(world, world.alder, locality_reason="Most of its patients live in the west")
    assert row.locality_reason == "Most of its patients live in the west"


def test_the_preview_only_warns_of_it(world):
    far_larch(world)
    effect = preview_moves(practices=[world.alder, world.beech], to=world.larch, starts_on=world.today, reason="x")
    assert [m.practice for m in effect.straddling] == [world.alder, world.beech]


def test_where_localities_agree_or_are_not_known_no_reason_is_kept(world):
    (row,) = move_many(world, world.alder, locality_reason="Not needed")
    assert row.locality_reason == ""
    (row,) = move_many(world, world.beech, to=world.birch)
    assert row.cluster == world.birch


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("same_target", [True, False])
def test_of_eight_who_move_the_same_practice_at_once_one_wins(same_target):
    world = build_world()
    targets = [world.larch] * 8 if same_target else [world.larch, world.birch] * 4
    start, outcomes = threading.Barrier(8), []

    def one(target):
        start.wait()
        try:
            move(world, target)
            outcomes.append("won")
        except ValidationError:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(target,)) for target in targets]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert sorted(outcomes) == ["refused"] * 7 + ["won"]
    assert len(spans(world.alder)) == 2
    assert selectors.membership_on(world.alder, on=world.today).cluster in (world.larch, world.birch)
    assert AuditEvent.objects.filter(verb="practice moved").count() == 1


# --- What the caller saw may be stale --------------------------------------------------------------


def test_a_practice_that_closed_meanwhile_is_not_moved(world):
    stale = Practice.objects.get(pk=world.alder.pk)
    Practice.objects.filter(pk=world.alder.pk).update(closed_on=world.today)
    words = refused(lambda: move(world, world.larch, practice=stale))
    assert "closed on" in words["starts_on"][0]
    assert spans(world.alder) == [("Rowan", world.since, None)]


def test_nor_into_a_cluster_that_closed_meanwhile(world):
    Cluster.objects.filter(pk=world.larch.pk).update(closed_on=world.today)
    words = refused(lambda: move(world, world.larch))
    assert "closed on" in words["to"][0]


# --- An end that is known already ------------------------------------------------------------------


def test_a_later_leaving_stays_when_an_earlier_move_is_put_in(world):
    left, moved = world.today - timedelta(days=10), world.today - timedelta(days=30)
    move(world, None, on=left, reason="Went its own way")
    effect = preview_moves(practices=[world.alder], to=world.larch, starts_on=moved, reason="Nearer")
    assert effect.moves[0].until == left
    new = move(world, world.larch, on=moved)
    assert spans(world.alder) == [("Rowan", world.since, moved), ("Larch", moved, left)]
    assert new.end_reason == "Went its own way"
    assert selectors.membership_on(world.alder, on=world.today) is None


def test_a_closed_practice_never_gets_an_open_membership(world):
    closed, joined = world.today - timedelta(days=10), world.today - timedelta(days=30)
    move(world, None, on=world.today - timedelta(days=50))
    close_practice(practice=world.alder, closed_on=closed, reason="Merged into Beech", by=world.priya)
    move(world, world.larch, on=joined, leaving=None)
    assert spans(world.alder)[-1] == ("Larch", joined, closed)


# --- Planned, and withdrawn ------------------------------------------------------------------------


def test_a_planned_move_can_be_withdrawn_and_the_old_membership_goes_on(world):
    day = world.today + timedelta(days=20)
    move(world, world.larch, on=day)
    withdraw_move(practice=world.alder, starts_on=day, by=world.priya)
    assert spans(world.alder) == [("Rowan", world.since, None)]
    verbs = list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs[-2:] == ["membership taken back", "membership goes on"]


def test_a_planned_leaving_too(world):
    day = world.today + timedelta(days=20)
    move(world, None, on=day)
    withdraw_move(practice=world.alder, starts_on=day, by=world.priya)
    (row,) = Membership.objects.filter(practice=world.alder)
    assert (row.ends_on, row.end_reason) == (None, "")


def test_a_move_between_two_planned_ones_closes_the_gap(world):
    first, second = world.today + timedelta(days=20), world.today + timedelta(days=40)
    move(world, world.larch, on=first)
    move(world, world.birch, on=second, leaving="larch")
    withdraw_move(practice=world.alder, starts_on=first, by=world.priya)
    assert spans(world.alder) == [("Rowan", world.since, second), ("Birch", second, None)]


@pytest.mark.parametrize("days", [-5, 0, 5])
def test_what_has_begun_or_is_not_planned_is_not_withdrawn(world, days):
    day = world.today + timedelta(days=days)
    if days <= 0:
        move(world, world.larch, on=day)
    before = spans(world.alder)
    assert "planned" in refused(lambda: withdraw_move(practice=world.alder, starts_on=day, by=world.priya))[""][0]
    assert spans(world.alder) == before


def test_came_from_looks_at_memberships_of_one_kind_only(world):
    night = create_cluster(
        name="Night",
        lead_hscp=world.strath,
        starts_on=world.since,
        kind=Cluster.Kind.OUT_OF_HOURS,
        by=world.priya,
    )
    move(world, night, leaving=None, on=world.today - timedelta(days=5))
    move(world, world.larch)
    came_from = {str(span.cluster): span.came_from for span in selectors.history_of_practice(world.alder)}
    assert came_from == {"Larch": world.rowan, "Night": None, "Rowan": None}
