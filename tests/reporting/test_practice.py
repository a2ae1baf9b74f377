"""One practice and its history."""

from datetime import date, timedelta

import pytest

from accounts.audit import record, snapshot
from clusters.models import Membership, RoleAssignment
from practices.models import ListSize
from shared.dates import in_words
from tests.reporting import told


def text_for(as_person, person, code):
    response = as_person(person).get(f"/practices/{code}/")
    assert response.status_code == 200
    return response.content.decode()


def test_details_roles_and_list_sizes(world, as_person):
    ListSize.objects.create(practice=world.alder, counted_on=date(2026, 4, 1), patients=5210)
    text = text_for(as_person, world.callum, world.alder.code)
    for word in ("Practice code 90000", "Asha Rahman", "Pam Doig", "5,210", "5,000", "-210"):
        assert word in text
    assert "nobody holds this role" not in text
    assert "Move to another cluster" not in text


def test_a_practice_without_a_pql_says_who_gives_the_role(world, as_person):
    text = text_for(as_person, world.callum, world.hazel.code)
    assert "nobody holds this role" in text
    assert "Priya Nair" in text


def test_a_role_that_ended_is_not_held(world, as_person):
    RoleAssignment.objects.filter(person=world.asha).update(ends_on=world.today)
    text = " ".join(text_for(as_person, world.callum, world.alder.code).split())
    assert "Practice Quality Lead: nobody holds this role" in text
    last = in_words(world.today - timedelta(days=1))
    assert f"Practice Quality Lead: Asha Rahman, {in_words(world.since)} to {last}" in text


def test_several_share_the_role_and_one_is_planned(world, as_person):
    later = world.today + timedelta(days=9)
    RoleAssignment.objects.create(person=world.una, role="PQL", practice=world.alder, starts_on=world.today)
    RoleAssignment.objects.create(person=world.tom, role="PQL", practice=world.alder, starts_on=later)
    text = text_for(as_person, world.callum, world.alder.code)
    assert f"Practice Quality Lead: Una Blair, since {in_words(world.today)}" in text
    assert f"Practice Quality Lead: Tom Kerr, from {in_words(later)}" in text
    assert "Who held a role here before" not in text


def test_the_clusters_it_belonged_to_with_reason_and_by_whom(world, as_person):
    old = Membership.objects.get(practice=world.elm)
    old.ends_on = world.today - timedelta(days=30)
    old.save()
    new = Membership.objects.create(
        practice=world.elm, cluster=world.larch, starts_on=old.ends_on, reason="Nearer to Larch"
    )
    record("practice moved", new, by=world.priya, detail={"from": "Rowan", "to": "Larch"})
    text = text_for(as_person, world.duncan, world.elm.code)
    for word in ("Nearer to Larch", "Priya Nair", "from Rowan", "Practice moved"):
        assert word in text


def test_a_cluster_out_of_reach_is_named_but_not_a_link(world, as_person):
    old = Membership.objects.get(practice=world.elm)
    old.ends_on = world.today - timedelta(days=30)
    old.save()
    Membership.objects.create(practice=world.elm, cluster=world.birch, starts_on=old.ends_on)
    text = text_for(as_person, world.nell, world.elm.code)
    assert "Rowan" in text
    assert "/clusters/rowan/" not in text
    assert "/clusters/birch/" in text


def test_an_import_that_renamed_it_shows_before_and_after(world, as_person):
    before = snapshot(world.alder)
    world.alder.name, world.alder.closed_reason = "Alder Surgery", "NOTEWORDS"
    world.alder.save()
    record("practice changed", world.alder, by=None, before=before)
    text = text_for(as_person, world.callum, world.alder.code)
    assert "Alder Medical Practice" in text
    assert "Alder Surgery" in text
    assert "command line" in text
    assert "Words changed: closed reason" in text
    assert "Why: NOTEWORDS" in text
    assert "NOTEWORDS" not in as_person(world.olive).get("/audit/").content.decode()


def test_a_planned_move_says_until_when_and_from_when(world, as_person):
    old = Membership.objects.get(practice=world.elm)
    old.ends_on = world.today + timedelta(days=30)
    old.save()
    Membership.objects.create(practice=world.elm, cluster=world.larch, starts_on=old.ends_on)
    text = text_for(as_person, world.priya, world.elm.code)
    assert in_words(old.ends_on - timedelta(days=1)) in text
    assert f"{in_words(old.ends_on)} (planned)" in text
    assert "today and on" not in text


def test_a_closed_practice_offers_nothing(world, as_person):
    world.hazel.closed_on = world.today - timedelta(days=1)
    world.hazel.save()
    text = text_for(as_person, world.priya, world.hazel.code)
    for offer in ("Move to another cluster", "Give somebody a role", "nobody holds this role"):
        assert offer not in text


def test_a_missing_practice_waits_for_a_decision(world, as_person):
    world.elm.missing_since = world.today
    world.elm.save()
    assert "Decide what that means" in text_for(as_person, world.priya, world.elm.code)
    text = text_for(as_person, world.callum, world.elm.code)
    assert "Missing from the practice list since" in text
    assert "Decide what that means" not in text


def test_only_a_registry_administrator_moves_it(world, as_person):
    assert "Move to another cluster" in text_for(as_person, world.priya, world.alder.code)
    assert "Move to another cluster" not in text_for(as_person, world.olive, world.alder.code)


@pytest.mark.parametrize("code", ["90000", "nowhere", "00000"])
def test_a_stranger_finds_nothing(world, as_person, code):
    assert as_person(world.nell).get(f"/practices/{code}/").status_code == 404


def test_what_the_cluster_wrote_is_not_here(world, as_person):
    told.action(world, "ACTIONWORDS")
    told.escalation(world, "MATTER", practice=world.alder)
    for who in (world.callum, world.heather, world.priya):
        text = text_for(as_person, who, world.alder.code)
        assert "ACTIONWORDS" not in text
        assert "MATTER" not in text
