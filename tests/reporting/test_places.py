"""Places as a tree: as far as the reader reaches, in the same few queries for one cluster and for all of Scotland."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from clusters import services
from clusters.models import Cluster, RoleAssignment
from clusters.services import import_practice_file
from clusters.services.hosting import begin_hosting, withdraw_hosting
from practices.models import HSCP, Practice
from shared.dates import today
from tests.portal.demo_runs import REAL


def tree(client):
    return client.get("/places/").context["page"]


def page(client, hscp):
    return client.get(f"/places/{hscp.code}/")


def hscps(found):
    return {line.hscp for group in found.boards for line in group.hscps}


def text(response):
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    ("who", "counts"),
    [
        ("asha", (1, 1, 7)),
        ("callum", (1, 1, 7)),
        ("rhona", (1, 2, 10)),
        ("heather", (2, 2, 10)),
        ("lewis", (2, 2, 10)),
        ("isla", (2, 2, 10)),
        ("bruce", (2, 3, 12)),
        ("priya", (2, 3, 12)),
        ("olive", (2, 3, 12)),
        ("nell", (0, 1, 2)),
        ("una", (0, 0, 0)),
        ("fergus", (0, 0, 0)),
    ],
)
def test_each_sees_as_much_as_they_reach(world, as_person, who, counts):
    found = tree(as_person(getattr(world, who)))
    shown = found.counts
    assert (shown.localities, shown.clusters, shown.practices) == counts
    assert shown.patients == 5000 * shown.practices


def test_who_looks_after_all_of_scotland_sees_every_hscp(world, as_person):
    assert len(hscps(tree(as_person(world.priya)))) == 31
    assert hscps(tree(as_person(world.heather))) == {world.strath}
    assert hscps(tree(as_person(world.nell))) == {world.neighbour}
    assert hscps(tree(as_person(world.bruce))) == set(world.board.hscps.all())


def test_without_a_role_it_says_what_that_means(world, as_person):
    assert "No place is yours to see" in text(as_person(world.una).get("/places/"))


def test_an_hscp_down_to_its_practices(world, as_person):
    shown = page(as_person(world.heather), world.strath)
    found = shown.context["page"]
    assert [str(b.locality) for b in found.boughs] == ["East Strath", "West Strath"]
    east = found.boughs[0]
    assert [b.cluster for b in east.branches] == [world.larch, world.rowan]
    assert [leaf.practice for leaf in east.branches[0].leaves] == [world.pine, world.spruce, world.yew]
    for words in ("Rowan: 7 practices, 35,000 patients", "2 localities, 2 clusters, 10 practices, 50,000 patients"):
        assert words in text(shown)
    assert "the part that your roles reach" not in text(shown)


def test_a_part_is_called_a_part(world, as_person):
    shown = page(as_person(world.callum), world.strath)
    assert "the part that your roles reach" in text(shown)
    assert "Larch" not in text(shown)
    assert "West Strath" not in text(shown)
    assert "What was changed" not in text(shown)


def test_what_crosses_is_named_on_both_sides(world, as_person):
    services.move_practice(
        practice=world.rose, to=world.larch, starts_on=world.today, reason="Near", leaving=world.birch, by=world.priya
    )
    priya = as_person(world.priya)
    here, there = page(priya, world.strath), page(priya, world.neighbour)
    assert f"with practices in {world.neighbour}" in text(here)
    assert f"in {world.neighbour}" in next(
        leaf.note for b in here.context["page"].boughs[0].branches for leaf in b.leaves if leaf.practice == world.rose
    )
    assert [b.cluster for b in there.context["page"].guests] == [world.larch]
    assert f"led by {world.strath}, with practices here" in text(there)
    assert there.context["page"].counts.practices == 2
    counts = tree(priya)
    assert counts.counts.clusters == 3
    by_hscp = {line.hscp: line.counts.clusters for group in counts.boards for line in group.hscps}
    assert (by_hscp[world.strath], by_hscp[world.neighbour]) == (2, 2)


def test_what_has_no_locality_or_no_cluster_is_gathered_at_the_end(world, as_person):
    services.move_practice(
        practice=world.gean, to=None, starts_on=world.today, reason="Left", leaving=world.birch, by=world.priya
    )
    found = page(as_person(world.priya), world.neighbour).context["page"]
    (bough,) = found.boughs
    assert bough.locality is None
    assert [leaf.practice for leaf in bough.leaves] == [world.gean]
    assert bough.leaves[0].note == "belongs to no cluster"


def test_a_practice_in_another_locality_than_its_cluster_says_so(world, as_person):
    Practice.objects.filter(pk=world.alder.pk).update(locality=world.west)
    Practice.objects.filter(pk=world.ash.pk).update(locality=None)
    found = page(as_person(world.heather), world.strath)
    assert "lies in West Strath" in text(found)
    assert "locality not named" in text(found)


def test_hosting_is_noted_on_both_sides(world, as_person):
    begin_hosting(host=world.strath, served=world.neighbour, service="Primary care", starts_on=world.today, by=None)
    heather = as_person(world.heather)
    assert hscps(tree(heather)) == {world.strath, world.neighbour}
    shown = text(heather.get("/places/"))
    assert f"{world.strath} acts for it: Primary care" in shown
    assert f"acts for {world.neighbour}: Primary care" in shown
    assert f"{world.strath} acts for it since" in text(page(heather, world.neighbour))
    assert "acts for it" in text(page(as_person(world.nell), world.neighbour))


def test_its_history_is_for_the_registry(world, as_person):
    hosting = begin_hosting(
        host=world.strath, served=world.neighbour, service="Primary care", starts_on=world.today, by=world.priya
    )
    services.create_locality(hscp=world.neighbour, name="Braes", by=world.priya)
    shown = text(page(as_person(world.olive), world.neighbour))
    assert "Hosting begun" in shown
    assert "Locality added" in shown
    assert str(hosting) in shown
    assert "Hosting begun" not in text(page(as_person(world.nell), world.neighbour))


def test_an_hscp_whose_name_holds_anothers_sees_its_own_hostings_only(world, as_person):
    """East Renfrewshire is not Renfrewshire; what was taken back is told to both of its own sides."""
    small = HSCP.objects.get(name="Renfrewshire")
    large = HSCP.objects.get(name="East Renfrewshire")
    RoleAssignment.objects.create(person=world.una, role=Role.REGISTRY_ADMIN, hscp=small, starts_on=world.since)
    soon = world.today + timedelta(days=5)
    one = begin_hosting(host=large, served=world.neighbour, service="Pharmacy", starts_on=soon, by=world.priya)
    withdraw_hosting(hosting=one, by=world.priya)
    client = as_person(world.una)
    assert "East Renfrewshire" not in text(page(client, small))
    two = begin_hosting(host=world.neighbour, served=small, service="Pharmacy", starts_on=soon, by=world.priya)
    withdraw_hosting(hosting=two, by=world.priya)
    told = text(page(client, small))
    assert ("Hosting taken back" in told, "East Renfrewshire" in told) == (True, False)
    assert "Hosting taken back" in text(page(as_person(world.priya), large))


@pytest.mark.parametrize(("who", "opens"), [("nell", False), ("una", False), ("fergus", False), ("bruce", True)])
def test_strangers_find_no_such_place(world, as_person, who, opens):
    assert page(as_person(getattr(world, who)), world.strath).status_code == (200 if opens else 404)


@pytest.mark.parametrize("code", ["S37000099", "x", "%00", "²"])
def test_a_code_of_nothing_is_not_found(world, as_person, code):
    assert as_person(world.priya).get(f"/places/{code}/").status_code == 404


def test_pages_link_to_it(world, as_person):
    assert "/places/" in as_person(world.callum).get("/people/").content.decode()
    assert "/places/" in as_person(world.priya).get("/registry/").content.decode()
    assert "/places/" in as_person(world.heather).get("/clusters/").content.decode()


def queries(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_all_of_scotland_takes_no_more_queries_than_three_clusters(world, as_person, practice_data):
    priya = as_person(world.priya)
    few = queries(priya, "/places/"), queries(priya, f"/places/{world.strath.code}/")
    data = (practice_data / REAL).read_bytes()
    import_practice_file(data=data, file_name=REAL, as_of=today(), by=world.priya)
    assert Cluster.objects.count() > 149
    assert (queries(priya, "/places/"), queries(priya, f"/places/{world.strath.code}/")) == few
    tags = {p: len(re.findall(r"<[a-z]", priya.get(p).content.decode())) for p in ("/places/", "/places/S37000015/")}
    assert max(tags.values()) < 1500
