"""/registry/ and its list of practices: counts, search, filters, downloads."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from clusters import services
from clusters.models import RoleAssignment
from clusters.selectors import vacancies
from clusters.services.practice_list import import_practice_file
from clusters.services.succession import recode_practice
from practices.models import Practice

PATH = reverse("clusters:registry_practices")


def codes(response):
    return [row.record.code for row in response.context["table"].paginated_rows]


def test_the_first_page_counts_what_needs_a_look(world, as_person):
    Practice.objects.filter(pk=world.elm.pk).update(missing_since=date(2026, 10, 1))
    RoleAssignment.objects.filter(person=world.nell).update(ends_on=world.today)
    services.move_practice(
        practice=world.elm, to=None, starts_on=world.today, reason="Left", leaving=world.rowan, by=world.priya
    )
    counts = as_person(world.olive).get(reverse("clusters:registry")).context["counts"]
    assert (counts.practices, counts.clusters, counts.missing) == (12, 3, 1)
    assert (counts.without_cluster, counts.without_cql, counts.without_pql) == (1, 1, 10)


def test_who_looks_is_offered_no_changes(world, as_person):
    page = as_person(world.olive).get(reverse("clusters:registry")).content
    assert b"give somebody a role" not in page
    assert b"give somebody a role" in as_person(world.priya).get(reverse("clusters:registry")).content


def test_a_stranger_finds_no_registry(world, as_person):
    nell = as_person(world.nell)
    for name in ("registry", "registry_practices", "registry_practices_csv", "registry_practices_excel"):
        assert nell.get(reverse(f"clusters:{name}")).status_code == 404


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("q=alder", ["90000"]),
        ("q=90003", ["90003"]),
        ("q=zz11aa", 12),
        ("q=Q", []),
        ("hscp=S37000013", ["90010", "90011"]),
        ("board=S08000019", 12),
        ("cluster=larch", ["90007", "90008", "90009"]),
        ("contract=2C", []),
        ("lacks=pql", 10),
        ("lacks=missing", ["90003"]),
        ("lacks=cluster", ["90004"]),
        ("lacks=pql&cluster=rowan", 4),
        ("sort=-code", ["90011"]),
    ],
)
def test_search_and_filters(world, as_person, query, seen):
    Practice.objects.filter(pk=world.elm.pk).update(missing_since=date(2026, 10, 1))
    services.move_practice(
        practice=world.hazel, to=None, starts_on=world.today, reason="Left", leaving=world.rowan, by=world.priya
    )
    found = codes(as_person(world.priya).get(f"{PATH}?{query}"))
    assert len(found) == seen if isinstance(seen, int) else found[: max(len(seen), 1)] == seen


@pytest.mark.parametrize(
    "query", ["locality=%C2%B2", "cluster=%00", "hscp=-1", "locality=99999999999999999999", "sort=x"]
)
def test_junk_in_the_address_never_breaks_the_list(world, as_person, query):
    assert as_person(world.priya).get(f"{PATH}?{query}").status_code == 200


def test_a_closed_practice_is_not_listed(world, as_person):
    Practice.objects.filter(pk=world.elm.pk).update(closed_on=world.today - timedelta(days=1))
    assert "90003" not in codes(as_person(world.priya).get(PATH))


@pytest.fixture
def recoded(world):
    """Alder under a new code, since ten days ago; Elm has closed for good."""
    new = Practice.objects.create(code="91000", name="Zebra Health Centre", hscp=world.strath)
    on = world.today - timedelta(days=10)
    recode_practice(before=world.alder, after=new, on=on, reason="New code", by=world.priya)
    services.close_practice(practice=world.elm, closed_on=on, reason="Retired", by=world.priya)
    return new


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("state=closed", ["90000", "90003"]),
        ("state=all&sort=code", 13),
        ("state=%C2%B2", 11),
        ("", 11),
        ("q=90000", ["91000"]),
        ("q=alder", ["91000"]),
        ("q=90000&state=all&sort=code", ["90000", "91000"]),
        ("q=zebra&state=closed", []),
        ("state=closed&lacks=pql", []),
        ("state=all&lacks=cluster", []),
        ("state=closed&cluster=rowan", []),
    ],
)
def test_closed_ones_are_listed_on_demand_and_found_by_their_code(world, as_person, recoded, query, seen):
    found = codes(as_person(world.priya).get(f"{PATH}?{query}"))
    assert len(found) == seen if isinstance(seen, int) else found == seen


def test_on_an_earlier_day_the_old_code_is_there_and_the_new_one_is_not(world, as_person, recoded):
    before = world.today - timedelta(days=11)
    found = codes(as_person(world.priya).get(f"{PATH}?on={before}&cluster=rowan&sort=code"))
    assert found[0] == "90000"
    everything = codes(as_person(world.priya).get(f"{PATH}?on={before}&state=all&sort=code"))
    assert "91000" not in everything
    assert "90003" in everything


def test_a_closed_one_says_what_came_after_it(world, as_person, recoded):
    page = " ".join(as_person(world.priya).get(PATH + "?state=closed").content.decode().split())
    assert 'went on as <a href="/practices/91000/">91000 Zebra Health Centre</a>' in page
    assert "No PQL" not in page
    assert "No cluster" not in page
    assert reverse("clusters:practice_decide", args=[world.elm.code]) in page
    assert reverse("clusters:practice_decide", args=[world.alder.code]) not in page
    assert reverse("clusters:practice_decide", args=[world.elm.code]) not in (
        as_person(world.olive).get(PATH + "?state=closed").content.decode()
    )


def test_the_download_of_closed_ones_says_the_same(world, as_person, recoded):
    sent = as_person(world.priya).get(reverse("clusters:registry_practices_csv") + "?state=closed")
    lines = b"".join(sent.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert any(line.startswith("90000,") and line.endswith("Zebra Health Centre (91000)") for line in lines)


def test_what_has_closed_is_missing_and_vacant_nowhere(world, as_person, recoded):
    Practice.objects.filter(pk=world.elm.pk).update(missing_since=date(2026, 10, 1))
    counts = as_person(world.priya).get(reverse("clusters:registry")).context["counts"]
    assert (counts.practices, counts.missing, counts.without_cluster, counts.without_pql) == (11, 0, 0, 9)
    assert "missing from the latest practice list" not in as_person(world.priya).get("/").content.decode()
    for path in ("/clusters/rowan/", "/tracker/", "/"):
        who = world.heather if path == "/tracker/" else world.callum
        text = as_person(who).get(path).content.decode()
        assert "Elmholm" not in text, path
        assert f"{world.elm} has" not in text, path
    (east, _) = as_person(world.priya).get(reverse("clusters:locality_list")).context["localities"]
    assert east.practice_count == 9
    gaps = {gap.practice for gap in vacancies([world.rowan], on=world.today)}
    assert world.elm not in gaps
    assert world.hazel in gaps


def test_rows_name_cluster_size_and_pql(world, as_person):
    page = as_person(world.priya).get(PATH + "?q=90000").content.decode()
    assert "Asha Rahman" in page
    assert "5,000" in page
    assert "Rowan" in page


def test_the_csv_holds_what_the_filters_leave(world, as_person):
    Practice.objects.filter(pk=world.pine.pk).update(name="=Pine")
    sent = as_person(world.priya).get(reverse("clusters:registry_practices_csv") + "?cluster=larch")
    lines = b"".join(sent.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 4
    assert lines[0].startswith("Practice code,Practice,Health board,HSCP,Locality,Cluster")
    assert any(line.startswith("90007,'=Pine,") for line in lines)


def test_excel_holds_the_same_with_numbers_as_numbers(world, as_person):
    sent = as_person(world.olive).get(reverse("clusters:registry_practices_excel") + "?q=90000")
    rows = list(load_workbook(BytesIO(sent.content)).active.values)
    assert rows[1][:2] == ("90000", "Alder Medical Practice")
    assert 5000 in rows[1]
    assert "Asha Rahman" in rows[1]


def test_one_row_and_twenty_take_the_same_queries(world, as_person):
    priya = as_person(world.priya)

    def queries(query=""):
        with CaptureQueriesContext(connection) as seen:
            assert priya.get(PATH + query).status_code == 200
        return len(seen)

    queries()
    one = queries("?q=90000")
    for n in range(20):
        Practice.objects.create(code=f"8{n:04}", name=f"Extra {n}", hscp=world.strath, locality=world.east)
    assert queries() == one


def test_the_real_list_takes_as_many_queries_as_one_row(world, as_person, practice_data):
    """891 practices: searched, filtered, paged and downloaded."""
    data = (practice_data / "practice_contactdetails_apr2024-open-data.csv").read_bytes()
    import_practice_file(data=data, file_name="april.csv", as_of=date(2024, 4, 1))
    priya = as_person(world.priya)
    priya.get(PATH)

    def queries(path):
        with CaptureQueriesContext(connection) as seen:
            sent = priya.get(path)
            assert sent.status_code == 200
            b"".join(sent.streaming_content) if sent.streaming else sent.content
        return len(seen)

    assert Practice.objects.count() > 891
    one = queries(PATH + "?q=90000")
    for query in ("", "?lacks=pql&page=20", "?q=medical", "?state=all&sort=-patients"):
        assert queries(PATH + query) == one, query
    assert queries(PATH + "?board=S08000031") == one + 1  # the board that was chosen
    export = reverse("clusters:registry_practices_csv")
    assert queries(export) == queries(export + "?q=90000")


@pytest.mark.parametrize(("query", "offered"), [("", True), ("?q=zzzz", False), ("?on=2026-01-15", False)])
def test_moving_is_offered_where_there_is_something_to_tick(world, as_person, query, offered):
    text = as_person(world.priya).get(f"/registry/practices/{query}").content.decode()
    assert ("Move the ticked practices" in text) is offered
