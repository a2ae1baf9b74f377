"""/clusters/: who sees which, search, filters, sorting, pages."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clusters import services
from clusters.models import Cluster, RoleAssignment
from shared.dates import in_words

PATH = reverse("clusters:cluster_list")


def names(response):
    return [row.record.cluster.forum.name for row in response.context["table"].paginated_rows]


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("asha", ["Rowan"]),
        ("callum", ["Rowan"]),
        ("duncan", ["Larch", "Rowan"]),
        ("heather", ["Larch", "Rowan"]),
        ("bruce", ["Birch", "Larch", "Rowan"]),
        ("priya", ["Birch", "Larch", "Rowan"]),
        ("olive", ["Birch", "Larch", "Rowan"]),
        ("nell", ["Birch"]),
        ("una", []),
        ("fergus", []),
    ],
)
def test_each_sees_their_own(world, as_person, who, seen):
    assert names(as_person(getattr(world, who)).get(PATH)) == seen


def test_a_stranger_finds_no_trace_of_rowan(world, as_person):
    for query in ("", "?q=Rowan", f"?hscp={world.strath.code}", "?q=Callum"):
        page = as_person(world.nell).get(PATH + query)
        assert b"Rowan</a>" not in page.content
        assert b"Callum Reid" not in page.content
        assert str(world.strath).encode() not in page.content


def test_a_row_says_size_vacancies_and_leads(world, as_person):
    RoleAssignment.objects.filter(person=world.nell).update(ends_on=world.today)
    page = as_person(world.priya).get(PATH).content.decode()
    assert "3 practices: fewer than the usual 4 to 8" in page
    assert "15,000 patients: fewer than the usual 20,000 to 40,000" in page
    assert "5 practices without a PQL" in page
    assert "No CQL" in page
    assert "Callum Reid" in page


def test_a_crossing_cluster_says_so(world, as_person):
    services.move_practice(
        practice=world.rose, to=world.larch, starts_on=world.today, reason="Nearer", leaving=world.birch, by=world.priya
    )
    page = as_person(world.duncan).get(PATH).content.decode()
    assert f"{world.strath}, with practices in {world.neighbour}" in page


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("q=larc", ["Larch"]),
        ("q=nothing", []),
        ("hscp=S37000005", ["Larch", "Rowan"]),
        ("hscp=S37000013", ["Birch"]),
        ("board=S08000019", ["Birch", "Larch", "Rowan"]),
        ("vacancy=cql", ["Birch"]),
        ("vacancy=pql&q=row", ["Rowan"]),
        ("sort=-practices", ["Rowan", "Larch", "Birch"]),
        ("sort=patients", ["Birch", "Larch", "Rowan"]),
    ],
)
def test_search_filters_and_sorting_live_in_the_address(world, as_person, query, seen):
    RoleAssignment.objects.filter(person=world.nell).update(ends_on=world.today)
    assert names(as_person(world.priya).get(f"{PATH}?{query}")) == seen


def test_a_practice_in_another_hscp_is_found_by_that_hscp(world, as_person):
    services.move_practice(
        practice=world.rose, to=world.larch, starts_on=world.today, reason="Nearer", leaving=world.birch, by=world.priya
    )
    assert names(as_person(world.priya).get(f"{PATH}?hscp=S37000013")) == ["Birch", "Larch"]


@pytest.mark.parametrize(
    "query",
    ["hscp=%C2%B2", "board=x", "vacancy=%00", "q=%00", "sort=nonsense", "page=0", "page=9999999999", "q=" + "x" * 5000],
)
def test_junk_in_the_address_never_breaks_the_list(world, as_person, query):
    assert as_person(world.priya).get(f"{PATH}?{query}").status_code == 200


def test_an_empty_list_says_why(world, as_person):
    assert b"No cluster is yours to see" in as_person(world.una).get(PATH).content
    assert b"No cluster fits" in as_person(world.priya).get(PATH + "?q=nothing").content


def test_one_row_and_twenty_take_the_same_queries(world, as_person):
    priya = as_person(world.priya)

    def queries(query=""):
        with CaptureQueriesContext(connection) as seen:
            assert priya.get(PATH + query).status_code == 200
        return len(seen)

    queries()
    one = queries("?q=Rowan")
    for n in range(20):
        services.create_cluster(name=f"Extra {n}", lead_hscp=world.strath, starts_on=world.since, by=world.priya)
    assert queries("?q=") == one


def test_an_end_that_is_planned_is_worth_knowing(world, as_person):
    closes = world.today + timedelta(days=30)
    Cluster.objects.filter(pk=world.rowan.pk).update(closed_on=closes, closed_reason="Too small")
    assert f"Closes on {in_words(closes)}" in as_person(world.priya).get("/clusters/").content.decode()
