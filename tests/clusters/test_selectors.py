"""Summaries, rows, vacancies and histories: what the pages that gather are drawn from."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from clusters import rules, selectors, services
from clusters.models import Cluster, Membership, RoleAssignment
from practices.models import ListSize


def summary(world, cluster):
    return selectors.summary_of(cluster, on=world.today)


def test_a_summary_counts_practices_patients_and_vacancies(world):
    rowan = summary(world, world.rowan)
    assert (rowan.practices, rowan.patients, rowan.without_list_size) == (7, 35_000, 0)
    assert rowan.quality_leads == (world.callum,)
    assert rowan.practices_without_pql == 5
    assert rowan.vacancies == ["5 practices without a PQL"]
    assert rowan.size_notes == []
    assert not rowan.crosses_hscps


def test_the_latest_list_size_of_the_day_counts(world):
    ListSize.objects.create(practice=world.alder, counted_on=date(2026, 10, 15), patients=6000)
    ListSize.objects.create(practice=world.alder, counted_on=world.today + timedelta(days=1), patients=9000)
    assert summary(world, world.rowan).patients == 36_000
    before = selectors.cluster_summaries([world.rowan], on=date(2026, 10, 14))[0]
    assert before.patients == 35_000


def test_a_small_cluster_is_information_in_words(world):
    larch = summary(world, world.larch)
    assert larch.size_notes == [
        "3 practices: fewer than the usual 4 to 8",
        "15,000 patients: fewer than the usual 20,000 to 40,000",
    ]


@pytest.mark.parametrize(
    ("practices", "patients", "unknown", "notes"),
    [
        (4, 20_000, 0, []),
        (8, 40_000, 0, []),
        (
            9,
            43_120,
            0,
            ["9 practices: more than the usual 4 to 8", "43,120 patients: more than the usual 20,000 to 40,000"],
        ),
        (1, 21_000, 0, ["1 practice: fewer than the usual 4 to 8"]),
        (5, 0, 5, ["List size not known for 5 practices"]),
        (0, 0, 0, ["No practices"]),
    ],
)
def test_sizes_at_the_edges(practices, patients, unknown, notes):
    assert rules.size_notes(practices=practices, patients=patients, unknown=unknown) == notes


def test_a_cluster_with_a_practice_of_another_hscp_crosses(world):
    services.move_practice(
        practice=world.rose, to=world.larch, starts_on=world.today, reason="Nearer", leaving=world.birch, by=world.priya
    )
    larch = summary(world, world.larch)
    assert larch.crosses_hscps
    assert set(larch.hscps) == {str(world.strath), str(world.neighbour)}


def test_nobody_who_left_or_comes_later_or_cannot_sign_in_leads(world):
    RoleAssignment.objects.filter(person=world.callum).update(ends_on=world.today)
    assert summary(world, world.rowan).vacancies[0] == "No CQL"


def test_several_leads_are_all_named(world):
    RoleAssignment.objects.create(person=world.una, role=Role.CQL, cluster=world.rowan, starts_on=world.today)
    assert summary(world, world.rowan).quality_leads == (world.callum, world.una)


def test_summaries_take_the_same_queries_for_one_and_for_all(world):
    def queries(clusters):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            selectors.cluster_summaries(clusters, on=world.today)
        return len(seen)

    every = Cluster.objects.select_related("forum", "lead_hscp")
    assert queries(every.filter(pk=world.rowan.pk)) == queries(every) == 3


def test_practice_rows_name_everybody_at_the_practice(world):
    rows = {row.practice.pk: row for row in selectors.practice_rows(world.rowan, on=world.today)}
    alder = rows[world.alder.pk]
    assert len(rows) == 7
    assert alder.quality_leads == (world.asha,)
    assert alder.deputies == alder.managers == (world.pam,)
    assert (alder.patients, alder.counted_on, alder.member_since) == (5000, date(2026, 10, 1), world.since)
    assert rows[world.hazel.pk].quality_leads == ()


def test_practice_rows_take_two_queries(world, django_assert_num_queries):
    with django_assert_num_queries(2):
        [(r.practice.hscp, r.practice.locality) for r in selectors.practice_rows(world.rowan, on=world.today)]


def test_a_vacancy_knows_since_when(world):
    left = world.today - timedelta(days=38)
    RoleAssignment.objects.create(
        person=world.una, role=Role.PQL, practice=world.hazel, starts_on=world.since, ends_on=left
    )
    found = {v.practice: v for v in selectors.vacancies([world.rowan], on=world.today)}
    assert found[world.hazel].since == left
    assert found[world.hazel].sentence == "Hazel Medical Practice has no PQL"
    assert found[world.holly].since is None
    assert world.alder not in found
    assert None not in found  # Callum leads


def test_a_cluster_that_nobody_leads_is_a_vacancy(world):
    RoleAssignment.objects.filter(person=world.nell).update(ends_on=world.today - timedelta(days=3))
    first = selectors.vacancies([world.birch], on=world.today)[0]
    assert (first.role, first.since) == (Role.CQL, world.today - timedelta(days=3))
    assert first.sentence == "Birch has no CQL"


def test_the_history_of_a_practice_says_who_moved_it_and_why(world):
    services.move_practice(
        practice=world.alder,
        to=world.larch,
        starts_on=world.today,
        reason="Shares premises with Pine",
        leaving=world.rowan,
        by=world.priya,
    )
    now, before = selectors.history_of_practice(world.alder)
    assert (now.cluster, now.came_from, now.ends_on) == (world.larch, world.rowan, None)
    assert (now.reason, now.recorded_by) == ("Shares premises with Pine", "Priya Nair")
    assert now.recorded_at is not None
    assert (before.cluster, before.ends_on, before.came_from) == (world.rowan, world.today, None)
    assert (before.recorded_by, before.ended_by) == ("", "Priya Nair")


def test_the_history_after_leaving_for_no_cluster_keeps_the_reason(world):
    services.move_practice(
        practice=world.alder, to=None, starts_on=world.today, reason="Closing soon", leaving=world.rowan, by=world.priya
    )
    (only,) = selectors.history_of_practice(world.alder)
    assert (only.end_reason, only.ended_by, only.ends_on) == ("Closing soon", "Priya Nair", world.today)


def test_roles_of_a_person_and_of_a_place(world):
    assert [r.role for r in selectors.roles_of(world.pam, on=world.today)] == [Role.PRACTICE_MANAGER, Role.DEPUTY]
    assert selectors.roles_of(world.fergus, on=world.today) == []
    names = {r.person.full_name for r in selectors.role_history(cluster=world.rowan)}
    assert {"Callum Reid", "Fergus Mill", "Gail Petrie", "Morag Bain"} <= names


def test_reach_follows_a_move_at_once(world):
    before = selectors.reach_of(world.asha, on=world.today)
    assert [c.pk for c in selectors.clusters_within(before)] == [world.rowan.pk]
    services.move_practice(
        practice=world.alder,
        to=world.larch,
        starts_on=world.today,
        reason="Nearer",
        leaving=world.rowan,
        by=world.priya,
    )
    after = selectors.reach_of(world.asha, on=world.today)
    assert [c.pk for c in selectors.clusters_within(after)] == [world.larch.pk]
    assert Membership.objects.on(world.today).get(practice=world.alder).cluster == world.larch
