"""Isla keeps the part of the registry that lies in Strath: nothing else of it exists for her."""

from datetime import timedelta

import pytest

from accounts.roles import Right, Role
from clusters.models import Cluster, Hosting, RoleAssignment
from clusters.rules import registry_kept, registry_seen
from clusters.selectors import reach_of
from clusters.selectors.scopes import assignments_in, clusters_in, practices_in
from practices.models import Practice


def reach(world, who):
    return reach_of(getattr(world, who), on=world.today)


def test_priya_keeps_everything_and_olive_only_looks(world):
    assert registry_kept(reach(world, "priya")).everything
    assert registry_seen(reach(world, "olive")).everything
    assert not registry_kept(reach(world, "olive")).covers(world.strath.pk)


def test_isla_keeps_what_lies_in_her_hscp(world):
    scope = registry_kept(reach(world, "isla"))
    assert not scope.everything
    assert set(clusters_in(scope, Cluster.objects.all())) == {world.rowan, world.larch}
    assert world.gean not in practices_in(scope, Practice.objects.all())
    assert world.alder in practices_in(scope, Practice.objects.all())


def test_roles_above_her_hscp_are_not_hers(world):
    held = assignments_in(registry_kept(reach(world, "isla")), RoleAssignment.objects.all())
    people = {row.person for row in held}
    assert {world.callum, world.asha, world.heather, world.rhona} <= people
    assert not {world.bruce, world.priya, world.olive, world.nell} & people


@pytest.mark.parametrize(
    "path",
    ["/registry/practices/{gean}/move/", "/registry/practices/{gean}/decide/", "/registry/clusters/birch/rename/"],
)
def test_the_neighbour_does_not_exist_for_her(world, as_person, path):
    where = path.format(gean=world.gean.code)
    assert as_person(world.isla).get(where).status_code == 404
    assert as_person(world.priya).get(where).status_code == 200


def test_her_lists_and_choices_hold_nothing_of_the_neighbour(world, as_person):
    client = as_person(world.isla)
    move = f"/registry/practices/{world.alder.code}/move/"
    for path in ("/registry/practices/", "/registry/roles/", "/clusters/", move):
        page = client.get(path).content.decode()
        assert "Birch" not in page, path
        assert "Gean" not in page, path
    assert "Birch" in as_person(world.priya).get("/clusters/").content.decode()


def test_she_cannot_give_a_role_that_is_held_above_her(world, as_person):
    client = as_person(world.isla)
    assert "Auditor" not in client.get("/registry/roles/assign/").content.decode()
    form = {"email": "x@example.org", "full_name": "X Y", "starts_on": str(world.today)}
    form["place"] = f"hscp:{world.strath.code}"
    client.post("/registry/roles/assign/?role=REGISTRY", form)
    assert not RoleAssignment.objects.filter(person__email="x@example.org").exists()


def test_an_administrator_of_a_board_keeps_all_its_hscps(world):
    RoleAssignment.objects.create(person=world.una, role=Role.REGISTRY_ADMIN, board=world.board, starts_on=world.today)
    scope = registry_kept(reach(world, "una"))
    assert {world.strath.pk, world.neighbour.pk} <= scope.hscps
    assert not scope.everything


# --- One HSCP acts for another ---------------------------------------------------------------------


def test_a_host_reaches_the_hscp_that_it_acts_for(world, django_assert_max_num_queries):
    Hosting.objects.create(host=world.strath, served=world.neighbour, service="Primary care", starts_on=world.today)
    with django_assert_max_num_queries(2):
        heather = reach(world, "heather")
    assert world.birch.pk in heather.clusters(Right.OVERSEE)
    assert heather.hscps(Right.OVERSEE) == {world.strath.pk, world.neighbour.pk}


@pytest.mark.parametrize(("starts", "ends"), [(1, None), (-9, 0)])
def test_not_before_it_begins_nor_after_it_ends(world, starts, ends):
    Hosting.objects.create(
        host=world.strath,
        served=world.neighbour,
        service="Primary care",
        starts_on=world.today + timedelta(days=starts),
        ends_on=None if ends is None else world.today + timedelta(days=ends),
    )
    assert world.birch.pk not in reach(world, "heather").clusters(Right.OVERSEE)


# --- A practice that answers for another -----------------------------------------------------------


def test_a_role_at_a_practice_reaches_those_it_answers_for(world):
    Practice.objects.filter(pk=world.elm.pk).update(answered_by=world.alder, closed_on=world.today)
    asha = reach(world, "asha")
    assert asha.practices_held(Role.PQL) == {world.alder.pk, world.elm.pk}
    assert reach(world, "tom").practices_held(Role.PQL) == {world.beech.pk}
