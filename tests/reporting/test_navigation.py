"""Navigation: only what a person's roles use, at most six entries, and none that leads nowhere."""

import pytest

from accounts.roles import Role
from clusters.models import RoleAssignment
from clusters.selectors import reach_of
from portal.navigation import MOST, entries

EXPECTED = {
    "asha": "Home, My cluster, Actions, People",
    "pam": "Home, My cluster, Actions, People",
    "morag": "Home, My cluster, Actions, People",
    "callum": "Home, My cluster, Actions, Escalations, People",
    "heather": "Home, Tracker, Escalations, Clusters, People",
    "lewis": "Home, Tracker, Clusters, People",
    "bruce": "Home, Tracker, Escalations, Clusters, People",
    "duncan": "Home, Tracker, My cluster, Actions, Escalations, People",
    "priya": "Home, Registry, Clusters, Audit trail",
    "olive": "Home, Registry, Clusters, Audit trail",
    "iona": "Home, Black out words",
    "una": "Home",
    "fergus": "Home",
}


def labels(world, person):
    return [label for label, _ in entries(reach_of(person, on=world.today))]


@pytest.mark.parametrize("who", EXPECTED)
def test_each_person_sees_what_they_use(world, who):
    assert ", ".join(labels(world, getattr(world, who))) == EXPECTED[who]


@pytest.mark.parametrize("who", EXPECTED)
def test_every_entry_opens(world, as_person, who):
    client = as_person(getattr(world, who))
    for _, path in entries(reach_of(getattr(world, who), on=world.today)):
        assert client.get(path).status_code == 200, path


def test_my_cluster_is_the_only_one(world):
    assert ("My cluster", "/clusters/rowan/") in entries(reach_of(world.asha, on=world.today))


def test_several_clusters_are_a_list(world):
    RoleAssignment.objects.create(
        person=world.morag, role=Role.CLUSTER_SUPPORT, cluster=world.larch, starts_on=world.since
    )
    assert labels(world, world.morag) == ["Home", "Actions", "Clusters", "People"]


def test_never_more_than_six(world):
    for role in (Role.REGISTRY_ADMIN, Role.RECORDS_OFFICER):
        RoleAssignment.objects.create(person=world.duncan, role=role, starts_on=world.since)
    assert len(labels(world, world.duncan)) == MOST


def test_the_page_says_where_i_am(world, as_person):
    text = as_person(world.callum).get("/clusters/rowan/").content.decode()
    assert 'aria-current="page" href="/clusters/rowan/">My cluster</a>' in text
    assert "Callum Reid" in text
    assert "Sign out" in text


def test_a_visitor_has_none(world, client):
    assert "Main navigation" not in client.get("/accounts/login/").content.decode()
