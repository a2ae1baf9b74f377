"""Who sees what: worked out from roles held today and the rules of the doors."""

import pytest

from accounts.roles import Role
from clusters.models import RoleAssignment
from tests.reporting import told

PATH = "/clusters/rowan/who-sees-what/"


def sight(as_person, person):
    response = as_person(person).get(PATH)
    assert response.status_code == 200
    return response.context["sight"], response.content.decode()


def ring(found, title):
    return next(r for r in found.rings if r.title == title)


def people(ring):
    return {p.get_short_name() for group in ring.groups for held in group.holders for p in held.people}


def lines_of(found, role):
    for r in found.rings:
        for group in r.groups:
            if role.label in [held.role for held in group.holders]:
                return " ".join(group.sees)
    raise AssertionError(role)


def test_people_stand_in_rings_by_their_roles_of_today(world, as_person):
    found, text = sight(as_person, world.callum)
    assert people(ring(found, "Inside the cluster")) == {"Callum", "Asha", "Pam", "Morag", "Tom"}
    assert people(ring(found, "HSCP and locality")) == {"Heather", "Lewis", "Rhona", "Duncan"}
    assert people(ring(found, "Health board")) == {"Bruce"}
    assert people(ring(found, "Keepers of the portal")) == {"Isla", "Priya", "Olive", "Iona"}
    for name in ("Fergus", "Gail", "Hamish", "Nell", "Una"):
        assert name not in text


def test_it_changes_with_the_roles(world, as_person):
    RoleAssignment.objects.filter(person=world.heather).update(ends_on=world.today)
    found, _ = sight(as_person, world.callum)
    assert "Heather" not in people(ring(found, "HSCP and locality"))


def test_counts_follow_what_is_shared(world, as_person):
    told.meeting(world, days=90)
    told.meeting(world, days=60, share="HSCP")
    board = told.meeting(world, days=30, share="BOARD")
    told.meeting(world, days=1, state="DRAFT")
    told.item(board, kept=True)
    plan = told.plan(world)
    told.project(plan, shared=True)
    told.project(plan)
    found, text = sight(as_person, world.callum)
    assert dict(found.shared.levels) == {
        "Cluster only": 1,
        "Cluster and HSCP": 1,
        "Cluster, HSCP and health board": 1,
    }
    assert (found.shared.kept, found.shared.drafts) == (1, 1)
    assert (found.shared.projects_shared, found.shared.projects) == (1, 2)
    assert "(2 of 3 today)" in lines_of(found, Role.HSCP_LEAD)
    assert "(1 of 3 today)" in lines_of(found, Role.BOARD_LEAD)
    assert "all that are published and drafts" in lines_of(found, Role.CQL)
    assert "drafts" not in lines_of(found, Role.PQL)
    assert "never who was away" in text


def test_only_those_who_answer_read_questions(world, as_person):
    found, _ = sight(as_person, world.callum)
    assert "with the replies" in lines_of(found, Role.HSCP_LEAD)
    assert "not what they say" in lines_of(found, Role.ANALYST)


def test_above_is_not_told_of_kept_items_and_drafts(world, as_person):
    told.item(told.meeting(world), kept=True)
    told.meeting(world, days=1, state="DRAFT")
    found, text = sight(as_person, world.heather)
    assert found.shared.kept is None
    assert found.shared.drafts == 0
    assert "not published yet" not in text


@pytest.mark.parametrize("who", ["priya", "olive"])
def test_the_registry_reads_the_roles_and_no_counts(world, as_person, who):
    told.meeting(world)
    found, text = sight(as_person, getattr(world, who))
    assert found.shared is None
    assert "today)" not in text


def test_a_confidential_escalation_is_not_counted_here(world, as_person):
    before = sight(as_person, world.callum)[1]
    told.escalation(world, is_confidential=True, named_lead=world.rhona)
    assert sight(as_person, world.callum)[1] == before


def test_a_stranger_finds_nothing(world, as_person):
    assert as_person(world.nell).get(PATH).status_code == 404


def test_who_looks_after_a_part_of_the_registry_is_told_apart(world, as_person):
    _, text = sight(as_person, world.callum)
    assert f"Registry administrator ({world.strath})" in text
    assert "Registry administrator (all of Scotland)" in text
    assert f"HSCP lead ({world.strath})" in text
    assert "in their own part of Scotland" in text
