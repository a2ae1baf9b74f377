"""Who sees which escalation: on its page, in the lists, in the counts. One answer everywhere."""

import pytest

from accounts.roles import Role
from clusters.models import Forum, RoleAssignment
from clusters.selectors import reach_of
from escalations import rules
from escalations.models import Escalation
from escalations.selectors import (
    escalations_within,
    holders_by_forum,
    needs_you,
    seen_by,
)
from escalations.services import add_viewer, remove_viewer
from tests.escalations.story import ask_review, confidential, raised, refer_up, resolve, second_cql
from tests.house.matrix import CAST


def reach(world, name):
    return reach_of(getattr(world, name), on=world.today)


def seers(world):
    return {name for name in CAST if escalations_within(reach(world, name)).exists()}


def test_at_the_cluster_the_raiser_and_the_cql_see_it(world):
    raised(world)
    assert seers(world) == {"asha", "callum"}


def test_moving_up_takes_it_out_of_sight_below(world):
    refer_up(escalation=raised(world), by=world.callum, reasons="Up.")
    assert seers(world) == {"asha", "rhona", "duncan", "heather"}


def test_a_board_lead_sees_it_only_at_the_board(world):
    esc = raised(world, skip_cluster=True)
    for by in (world.rhona, world.rhona, world.heather):
        assert "bruce" not in seers(world)
        refer_up(escalation=esc, by=by, reasons="Up.")
    assert seers(world) == {"asha", "bruce"}


def test_whom_the_raiser_adds_sees_it_until_taken_back(world):
    esc = raised(world)
    add_viewer(escalation=esc, by=world.asha, person=world.lewis)
    assert seers(world) == {"asha", "callum", "lewis"}
    remove_viewer(escalation=esc, by=world.asha, person=world.lewis)
    assert seers(world) == {"asha", "callum"}


def test_the_person_it_is_about_never_sees_it(world):
    raised(world, about=world.rhona, skip_cluster=True)
    assert seers(world) == {"asha", "duncan", "heather"}


def test_a_confidential_one_is_seen_by_raiser_and_named_lead_only(world):
    confidential(world)
    assert seers(world) == {"asha", "heather"}


@pytest.mark.parametrize("name", CAST)
def test_a_confidential_one_is_in_no_page_list_or_count_of_anybody_else(world, as_person, name):
    esc = confidential(world)
    who, client = reach(world, name), as_person(getattr(world, name))
    may = name in {"asha", "heather"}
    assert (client.get(f"/escalations/{esc.reference}/").status_code == 200) is may
    page = client.get("/escalations/").content.decode()
    assert (esc.reference in page) is may
    assert (esc.title in page) is may
    assert needs_you(who).exists() is (name == "heather")


def test_when_all_roles_have_ended_nothing_is_seen(world):
    raised(world)
    RoleAssignment.objects.filter(person=world.asha).update(ends_on=world.today)
    assert seers(world) == {"callum"}


def test_an_added_reader_without_a_role_is_not_named_as_one_who_can_see_it(world):
    esc = raised(world, days_ago=30, cluster_keeps_reading=True)  # Fergus led Rowan then
    readers = seen_by(esc, on=world.today)
    assert world.fergus in {v.person for v in readers.viewers}
    assert world.fergus not in readers.others


def test_the_names_on_the_page_are_those_who_can_open_it(world):
    esc = refer_up(
        escalation=raised(world, about=world.duncan, cluster_keeps_reading=True), by=world.callum, reasons="U"
    )
    readers = seen_by(esc, on=world.today)
    told = {readers.raiser, *readers.others}
    assert told == {getattr(world, name) for name in seers(world)}
    assert world.duncan not in told


@pytest.mark.parametrize("forum", ["rowan", "larch", "birch", "east_quality", "management", "governance", "committee"])
def test_the_rule_and_the_list_of_holders_agree(world, forum):
    place = getattr(world, forum)
    place = place if isinstance(place, Forum) else place.forum
    listed = set(holders_by_forum([place], on=world.today)[place.pk])
    assert listed == {getattr(world, n) for n in CAST if rules.holds_forum(reach(world, n), place)}


def test_what_stands_with_the_cluster_waits_for_its_cql_alone(world):
    raised(world)
    assert not needs_you(reach(world, "heather"))
    assert needs_you(reach(world, "callum")).count() == 1


def test_the_raiser_of_a_decided_one_has_it_to_answer(world):
    esc = resolve(escalation=raised(world), by=world.callum, reasons="Agreed.")
    assert needs_you(reach(world, "asha")).get() == esc
    assert not needs_you(reach(world, "callum"))
    ask_review(escalation=esc, by=world.asha, reasons="No.")
    assert not needs_you(reach(world, "asha"))


def test_a_cql_of_two_sees_what_the_other_raised_and_not_what_is_about_them(world):
    skye = second_cql(world)
    raised(world, by=world.callum)
    raised(world, by=world.callum, about=skye)
    assert escalations_within(reach_of(skye, on=world.today)).count() == 1
    assert RoleAssignment.objects.filter(role=Role.CQL, cluster=world.rowan, person=skye).exists()
    assert Escalation.objects.count() == 2
