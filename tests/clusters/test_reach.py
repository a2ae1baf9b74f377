"""How far each of the cast reaches today."""

from datetime import timedelta

import pytest

from accounts.roles import Right
from clusters.models import Forum, ForumMember, Membership
from clusters.selectors import reach_of
from clusters.selectors.reach import reaches_of


def reach(world, person):
    return reach_of(person, on=world.today)


def test_a_cql_reaches_the_cluster_and_its_practices(world):
    callum = reach(world, world.callum)
    assert callum.clusters(Right.LEAD) == {world.rowan.pk}
    assert callum.forums(Right.WRITE_UP) == {world.rowan.forum_id}
    assert len(callum.practices(Right.SEE_INSIDE)) == 7


def test_a_pql_sees_inside_the_cluster_of_the_practice(world):
    asha = reach(world, world.asha)
    assert asha.clusters(Right.SEE_INSIDE) == {world.rowan.pk}
    assert asha.clusters(Right.WRITE_UP) == frozenset()
    assert asha.practices(Right.SEE_INSIDE) == {world.alder.pk}


def test_an_hscp_lead_reaches_led_clusters_and_the_forums_of_localities(world):
    heather = reach(world, world.heather)
    assert heather.clusters(Right.OVERSEE) == {world.rowan.pk, world.larch.pk}
    assert {world.governance.pk, world.management.pk, world.east_quality.pk} <= heather.forums(Right.ANSWER)
    assert heather.hscps(Right.OVERSEE) == {world.strath.pk}


def test_an_hscp_lead_reaches_a_cluster_with_one_practice_in_the_hscp(world):
    Membership.objects.filter(practice=world.elm).update(ends_on=world.today)
    Membership.objects.create(practice=world.elm, cluster=world.birch, starts_on=world.today)
    heather = reach(world, world.heather)
    assert world.birch.pk in heather.clusters(Right.OVERSEE)
    assert world.rose.pk not in heather.practices(Right.OVERSEE)
    assert heather.hscps(Right.OVERSEE) == {world.strath.pk}


def test_a_past_member_brings_no_reach(world):
    Membership.objects.filter(practice=world.elm).update(ends_on=world.today - timedelta(days=1))
    assert world.elm.pk not in reach(world, world.callum).practices(Right.SEE_INSIDE)


def test_a_board_lead_reaches_every_hscp_of_the_board(world):
    bruce = reach(world, world.bruce)
    assert bruce.clusters(Right.OVERSEE) == {world.rowan.pk, world.larch.pk, world.birch.pk}
    assert world.committee.pk in bruce.forums(Right.ANSWER)
    assert {world.strath.pk, world.neighbour.pk} <= bruce.hscps(Right.OVERSEE)


def test_both_halves_of_two_roles_count(world):
    duncan = reach(world, world.duncan)
    assert duncan.clusters(Right.LEAD) == {world.larch.pk}
    assert duncan.clusters(Right.OVERSEE) == {world.rowan.pk, world.larch.pk}


@pytest.mark.parametrize("name", ["fergus", "gail", "hamish", "una"])
def test_nobody_reaches_anything_before_after_or_without_a_role(world, name):
    assert reach(world, getattr(world, name)).roles() == frozenset()


def test_registry_and_audit_are_everywhere(world):
    assert reach(world, world.priya).everywhere(Right.KEEP_REGISTRY)
    olive = reach(world, world.olive)
    assert olive.everywhere(Right.SEE_AUDIT)
    assert not olive.everywhere(Right.KEEP_REGISTRY)


@pytest.mark.parametrize("name", ["callum", "asha", "heather", "bruce", "duncan", "olive"])
def test_reach_takes_at_most_two_queries(world, name, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        reach(world, getattr(world, name))


def seats(world, name):
    return set(Forum.objects.filter(pk__in=reach(world, getattr(world, name)).seats).values_list("name", flat=True))


def test_a_role_gives_a_seat_where_the_kind_of_forum_says_so(world):
    assert seats(world, "callum") == {"East Strath quality group"}
    assert seats(world, "rhona") == {"East Strath quality group", "East Strath management team"}
    assert seats(world, "heather") == {"Strath clinical and care governance"}
    assert seats(world, "bruce") == {"Board clinical governance committee"}


@pytest.mark.parametrize("name", ["asha", "pam", "morag", "nell", "lewis", "priya", "fergus", "una"])
def test_others_sit_nowhere(world, name):
    assert seats(world, name) == set()


def test_who_is_named_for_a_forum_sits_there_while_it_lasts(world):
    group = Forum.objects.create(kind="TASK", name="Warfarin group", slug="warfarin", hscp=world.strath)
    ForumMember.objects.create(forum=group, person=world.asha, starts_on=world.today - timedelta(days=30))
    ForumMember.objects.create(forum=group, person=world.pam, starts_on=world.since, ends_on=world.today)
    ForumMember.objects.create(forum=group, person=world.callum, starts_on=world.today + timedelta(days=1))
    assert seats(world, "asha") == {"Warfarin group"}
    assert seats(world, "pam") == set()
    assert seats(world, "callum") == {"East Strath quality group"}


def test_many_reaches_seat_everybody_where_they_sit(world):
    people = [world.callum, world.rhona, world.asha]
    found = reaches_of(people, on=world.today)
    assert {pk: r.seats for pk, r in found.items()} == {p.pk: reach_of(p, on=world.today).seats for p in people}
