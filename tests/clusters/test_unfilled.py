"""/unfilled-roles/: CQL and PQL posts that nobody holds, for how long, and those that end with nobody after."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from clusters import services
from clusters.models import RoleAssignment
from clusters.selectors.unfilled import clusters_watched, posts_unfilled

PATH = reverse("clusters:unfilled")


def shown(response):
    return {(row.record.place, row.record.role.value) for row in response.context["table"].paginated_rows}


def states(world):
    return {post.place: post.state for post in posts_unfilled([world.rowan], on=world.today)}


def test_each_says_how_long_or_that_nobody_ever_held_it(world):
    services.end_role(held=world.tom.roles_held.get(), last_day=world.today - timedelta(days=3), by=world.priya)
    found = states(world)
    assert found["Beech Medical Practice"].startswith("empty for 2 days, since ")
    assert found["Elm Medical Practice"] == "never held here"
    assert "Alder Medical Practice" not in found
    assert "Rowan" not in found


def test_an_end_with_nobody_after_is_seen_before_it_comes(world):
    """Callum goes in ten days; Gail, from tomorrow, goes on."""
    services.end_role(held=world.callum.roles_held.get(), last_day=world.today + timedelta(days=10), by=world.priya)
    assert "Rowan" not in states(world)
    services.withdraw_role(held=world.gail.roles_held.get(), by=world.priya)
    last = world.today + timedelta(days=10)
    assert states(world)["Rowan"] == f"ends on {last:%a} {last.day} {last:%b %Y}, nobody after"
    start = world.today + timedelta(days=20)
    services.assign_role(person=world.una, role=Role.CQL, at=world.rowan, starts_on=start, by=world.priya)
    assert f"nobody until {start:%a} {start.day}" in states(world)["Rowan"]


def test_somebody_to_come_is_named_by_day_only(world):
    start = world.today + timedelta(days=5)
    services.assign_role(person=world.una, role=Role.PQL, at=world.elm, starts_on=start, by=world.priya)
    post = next(p for p in posts_unfilled([world.rowan], on=world.today) if p.practice == world.elm)
    assert (post.next_from, post.is_empty) == (start, True)


@pytest.mark.parametrize(
    ("who", "sees", "not_sees"),
    [
        ("callum", "Elm Medical Practice", "Pine Medical Practice"),
        ("rhona", "Pine Medical Practice", "Gean Medical Practice"),
        ("heather", "Pine Medical Practice", "Gean Medical Practice"),
        ("isla", "Pine Medical Practice", "Gean Medical Practice"),
        ("nell", "Gean Medical Practice", "Elm Medical Practice"),
        ("priya", "Gean Medical Practice", None),
    ],
)
def test_each_sees_their_own_reach(world, as_person, who, sees, not_sees):
    places = {place for place, _ in shown(as_person(getattr(world, who)).get(PATH))}
    assert sees in places
    assert not_sees not in places


def test_a_stranger_is_turned_away(world, as_person):
    assert as_person(world.una).get(PATH).status_code == 404
    assert as_person(world.asha).get(PATH).status_code == 404


def test_narrowed_sorted_and_downloaded(world, as_person):
    services.end_role(held=world.tom.roles_held.get(), last_day=world.today - timedelta(days=9), by=world.priya)
    services.end_role(held=world.duncan.roles_held.get(role=Role.CQL), last_day=world.today, by=world.priya)
    priya = as_person(world.priya)
    assert shown(priya.get(PATH + "?when=later")) == {("Larch", "CQL")}
    assert {role for _, role in shown(priya.get(PATH + "?role=CQL"))} == {"CQL"}
    hscp = str(world.neighbour.pk)
    assert {place for place, _ in shown(priya.get(PATH + f"?hscp={hscp}"))} == {
        "Gean Medical Practice",
        "Rose Medical Practice",
    }
    body = b"".join(priya.get(reverse("clusters:unfilled_csv") + "?role=PQL").streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(body)))
    beech = next(row for row in rows if row["Practice"] == "Beech Medical Practice")
    assert (beech["Days empty"], beech["Cluster"]) == ("8", "Rowan")
    assert {row["Role"] for row in rows} == {"Practice Quality Lead"}


def test_the_home_page_of_an_hscp_lead_says_how_many_and_the_longest(world, as_person):
    services.end_role(held=world.tom.roles_held.get(), last_day=world.today - timedelta(days=48), by=world.priya)
    text = as_person(world.heather).get("/").content.decode()
    assert "9 roles are held by nobody in your clusters (0 CQL, 9 PQL), the longest for 47 days" in text
    assert f'href="{PATH}"' in text
    assert "held by nobody in your clusters" not in as_person(world.rhona).get("/").content.decode()


def test_one_cluster_and_twenty_take_the_same_queries(world):
    from clusters.selectors import reach_of

    reach = reach_of(world.priya, on=world.today)

    def queries(clusters):
        with CaptureQueriesContext(connection) as seen:
            posts_unfilled(clusters, on=world.today)
        return len(seen)

    held = RoleAssignment.objects.filter(role=Role.CQL, cluster=world.rowan, starts_on__lt=world.today)
    held.update(ends_on=world.today)
    assert queries([world.rowan]) == queries(list(clusters_watched(reach)))
