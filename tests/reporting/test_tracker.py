"""The tracker: every cluster a reader above clusters reaches, what we owe first, never a league table."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from accounts.roles import Role
from clusters.models import Cluster, Forum, Membership, RoleAssignment
from practices.models import Practice
from tests.meetings.minutes import an_action
from tests.reporting import told

COLUMNS = [
    "Cluster",
    "Waiting for us",
    "Last met",
    "Next meeting",
    "Practices",
    "Actions",
    "Plan",
    "Projects",
    "Last update",
    "Escalations",
    "Could use help with",
]


def tracker(as_person, person, query=""):
    response = as_person(person).get(f"/tracker/{query}")
    assert response.status_code == 200
    return response


def rows(response):
    return {row.record.name: row.record for row in response.context["table"].rows}


def names(response):
    return [row.record.name for row in response.context["table"].rows]


def csv_rows(as_person, person, query=""):
    response = as_person(person).get(f"/tracker/export.csv{query}")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def another_cluster(world, name, *, hscp=None, locality=None):
    forum = Forum.objects.create(kind="CLUSTER", name=name, slug=f"c{Forum.objects.count()}", hscp=hscp or world.strath)
    return Cluster.objects.create(forum=forum, lead_hscp=hscp or world.strath, locality=locality, starts_on=world.since)


def test_one_row_a_cluster_from_what_was_logged(world, as_person):
    told.meeting(world, days=41, next_in=-2)
    told.action(world)
    told.action(world, state="DONE", closed_at=told.moment(told.days_ago(world, 3)), closed_by=world.callum)
    told.ask(world)
    told.escalation(world)
    plan = told.plan(world)
    told.project(plan)
    told.project(plan, shared=True, help_with="An analyst for a day")
    rowan = rows(tracker(as_person, world.heather))["Rowan"]
    assert rowan.waiting_text.startswith("1 reply and 1 decision, ")
    assert rowan.last_text == "41 days ago, due"
    assert rowan.next_text == "was due 2 days ago"
    assert rowan.practices_text == "6 of 7"
    assert rowan.open_actions == 1
    assert rowan.plan_text.startswith("agreed ")
    assert rowan.projects_text == "2 testing"
    assert rowan.updated_text == "3 days ago"
    assert rowan.escalations_open == 1
    assert rowan.help_text == "An analyst for a day"


@pytest.mark.parametrize(
    ("days", "weeks", "due"), [(70, None, True), (40, None, False), (70, 12, False), (40, 5, True)]
)
def test_a_meeting_is_due_by_the_clusters_interval_or_two_months(world, as_person, days, weeks, due):
    Forum.objects.filter(pk=world.rowan.forum_id).update(meets_every_weeks=weeks)
    told.meeting(world, days=days)
    said = rows(tracker(as_person, world.heather))["Rowan"].last_text
    assert said == f"{days} days ago" + (", due" if due else "")


def test_the_cell_of_several_leads_to_all_of_them_oldest_first(world, as_person):
    told.ask(world, "ASKEDWORDS", days=5)
    told.escalation(world, "OPENMATTER", days=20)
    assert rows(tracker(as_person, world.heather))["Rowan"].waiting_path == "/clusters/rowan/#waiting"
    text = as_person(world.heather).get("/clusters/rowan/").content.decode()
    waiting = text[text.index('id="waiting"') : text.index('id="actions"')]
    assert waiting.index("OPENMATTER") < waiting.index("ASKEDWORDS")
    assert "working days" in waiting


def test_a_cluster_that_logged_nothing_says_so(world, as_person):
    larch = rows(tracker(as_person, world.heather))["Larch"]
    assert (larch.waiting_text, larch.last_text, larch.next_text) == ("nothing", "no meeting yet", "no date yet")
    assert (larch.plan_text, larch.projects_text, larch.help_text) == ("no plan yet", "none", "–")


def test_the_line_above_says_what_we_owe_and_leads_there(world, as_person):
    told.ask(world, days=14)
    told.ask(world, cluster=world.larch, by=world.duncan, days=2)
    told.meeting(world, days=20)
    RoleAssignment.objects.filter(role=Role.CQL, cluster=world.larch).update(ends_on=world.today)
    response = tracker(as_person, world.heather)
    summary = response.context["summary"]
    assert (summary.waiting, summary.no_cql, summary.no_meeting) == (2, 1, 1)
    assert summary.oldest in (9, 10)
    for query, expected in (
        ("waiting&sort=-waiting_text", ["Rowan", "Larch"]),
        ("no-cql", ["Larch"]),
        ("no-meeting", ["Larch"]),
    ):
        assert f"?only={query}".replace("&", "&amp;") in response.content.decode()
        assert names(tracker(as_person, world.heather, f"?only={query}")) == expected


def test_each_cell_leads_to_the_thing_itself(world, as_person):
    private, ask = told.meeting(world, days=41), told.ask(world)
    shared = told.meeting(world, world.larch, days=20, share="HSCP", by=world.duncan)
    project = told.project(told.plan(world), shared=True, help_with="An analyst")
    text = tracker(as_person, world.heather).content.decode()
    client = as_person(world.heather)
    for path in (
        f"/asks/{ask.pk}/",
        f"/meetings/{shared.pk}/",
        "/clusters/rowan/meetings/",
        f"/projects/{project.pk}/",
        "/clusters/rowan/plan/",
        "/clusters/rowan/",
    ):
        assert f'href="{path}"' in text
        assert client.get(path).status_code == 200
    assert f"/meetings/{private.pk}/" not in text


def test_a_draft_is_not_a_meeting_yet(world, as_person):
    told.meeting(world, days=3, state="DRAFT")
    assert rows(tracker(as_person, world.heather))["Rowan"].last_text == "no meeting yet"


def test_actions_and_questions_in_a_draft_are_not_counted(world, as_person):
    draft = told.item(told.meeting(world, days=1, state="DRAFT"))
    told.action(world, item=draft)
    told.ask(world, item=draft)
    rowan = rows(tracker(as_person, world.heather))["Rowan"]
    assert (rowan.open_actions, rowan.waiting_text) == (0, "nothing")


def test_words_kept_in_the_cluster_never_show(world, as_person):
    minutes = told.meeting(world, share="BOARD")
    kept = told.item(minutes, "KEPTTITLE", kept=True)
    told.action(world, "KEPTACTION", item=kept)
    plan = told.plan(world)
    told.project(plan, "PRIVATEPROJECT", help_with="PRIVATEHELP")
    for who in (world.heather, world.rhona, world.lewis, world.bruce):
        client = as_person(who)
        for path in ("/tracker/", "/clusters/rowan/", "/clusters/rowan/who-sees-what/", "/"):
            text = client.get(path).content.decode()
            for word in ("KEPTTITLE", "KEPTACTION", "PRIVATEPROJECT", "PRIVATEHELP"):
                assert word not in text, f"{who} {path}"
        assert "PRIVATEHELP" not in str(csv_rows(as_person, who))


def test_a_confidential_escalation_is_in_no_count(world, as_person):
    told.escalation(world, is_confidential=True, named_lead=world.rhona)
    for who in (world.heather, world.rhona, world.bruce, world.lewis):
        response = tracker(as_person, who)
        assert response.context["summary"].waiting == 0
        assert rows(response)["Rowan"].escalations_open == 0


def test_an_escalation_waits_only_for_those_on_its_rung(world, as_person):
    told.escalation(world, forum=world.committee)
    assert rows(tracker(as_person, world.bruce))["Rowan"].waiting_text.startswith("1 decision")
    assert rows(tracker(as_person, world.heather))["Rowan"].waiting_text == "nothing"
    assert rows(tracker(as_person, world.lewis))["Rowan"].escalations_open == 0


def test_an_analyst_sees_how_many_wait_and_gets_no_dead_link(world, as_person):
    ask = told.ask(world, "ASKEDWORDS")
    response = tracker(as_person, world.lewis)
    assert rows(response)["Rowan"].waiting_text.startswith("1 reply")
    assert f"/asks/{ask.pk}/" not in response.content.decode()
    assert "ASKEDWORDS" not in as_person(world.lewis).get("/clusters/rowan/").content.decode()


def test_nobody_waits_for_what_they_asked_themselves(world, as_person):
    told.ask(world, cluster=world.larch, by=world.duncan)
    assert rows(tracker(as_person, world.duncan))["Larch"].waiting_text == "nothing"


def test_grouped_by_locality_then_by_name(world, as_person):
    another_cluster(world, "Aspen")
    another_cluster(world, "Zelkova", locality=world.west)
    response = tracker(as_person, world.heather)
    assert names(response) == ["Larch", "Rowan", "Zelkova", "Aspen"]
    text = response.content.decode()
    assert text.index("East Strath") < text.index("West Strath") < text.index("No locality named")


def test_a_board_lead_reads_hscp_by_hscp(world, as_person):
    response = tracker(as_person, world.bruce)
    assert names(response) == ["Larch", "Rowan", "Birch"]
    text = response.content.decode()
    assert f"{world.strath}: East Strath" in text
    assert f"{world.neighbour}: No locality named" in text
    only = f"?hscp={world.neighbour.pk}"
    assert names(tracker(as_person, world.bruce, only)) == ["Birch"]


def test_sorting_flattens_the_groups_and_keeps_the_filter(world, as_person):
    told.ask(world, days=10)
    told.ask(world, cluster=world.larch, by=world.duncan, days=20)
    response = tracker(as_person, world.heather, "?q=r&sort=-waiting_text")
    assert names(response) == ["Larch", "Rowan"]
    text = response.content.decode()
    assert "portal-group" not in text
    assert 'aria-sort="descending"' in text
    assert "q=r&amp;sort=" in text
    assert '<input type="hidden" name="sort" value="-waiting_text">' in text


# Upwards, of Rowan, where something stands in every column, and Larch, which logged nothing.
ROWAN_FIRST = {"Last met", "Next meeting", "Plan", "Last update"}


@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_sorts_both_ways(world, as_person, column):
    told.meeting(world, days=10, next_in=10)
    told.action(world)
    told.ask(world)
    told.escalation(world)
    told.project(told.plan(world), shared=True, help_with="Hands")
    table = tracker(as_person, world.heather).context["table"]
    key = next(c.name for c in table.columns if str(c.header) == column)
    up = ["Rowan", "Larch"] if column in ROWAN_FIRST else ["Larch", "Rowan"]
    assert names(tracker(as_person, world.heather, f"?sort={key}")) == up
    assert names(tracker(as_person, world.heather, f"?sort=-{key}")) == up[::-1]


def test_a_meeting_dated_in_the_future_is_not_the_last_one(world, as_person):
    told.meeting(world, days=10)
    told.meeting(world, days=-400)
    assert rows(tracker(as_person, world.heather))["Rowan"].last_text == "10 days ago"
    assert "10 days ago" in as_person(world.heather).get("/clusters/rowan/").content.decode()


def test_what_is_not_shared_or_over_asks_no_help_upward(world, as_person):
    plan = told.plan(world)
    told.project(plan, help_with="Kept here")
    told.project(plan, shared=True, state="STOPPED", help_with="Over")
    row = rows(tracker(as_person, world.heather))["Rowan"]
    assert (row.help_text, row.projects_text) == ("–", "1 testing, 1 stopped")


@pytest.mark.parametrize(
    "query",
    [
        "?hscp=²",
        "?locality=-1",
        "?only=nonsense",
        "?sort=nonsense",
        "?q=%00",
        "?locality=99999999999999999999",
        "?hscp=9",
    ],
)
def test_nonsense_narrows_nothing_or_everything_but_never_breaks(world, as_person, query):
    for path in ("/tracker/", "/tracker/export.csv", "/tracker/export.xlsx"):
        assert as_person(world.bruce).get(path + query).status_code == 200


def test_nothing_matches_says_how_to_go_on(world, as_person):
    response = tracker(as_person, world.heather, "?q=nowhere")
    assert "No cluster matches all of this." in response.content.decode()


def as_exported(row, name):
    """What a file holds in a cell: a date where the screen says how long ago."""
    days = {"last_text": row.last_on, "next_text": row.next_on, "updated_text": row.updated_on}
    return str(days.get(name) or getattr(row, name))


def test_files_say_on_which_day(world, as_person):
    told.meeting(world, days=41, next_in=7)
    rowan = next(row for row in csv_rows(as_person, world.heather) if row[2] == "Rowan")
    assert rowan[4:6] == [told.days_ago(world, 41).isoformat(), told.days_ago(world, -7).isoformat()]
    assert rowan[10] == told.days_ago(world, 41).isoformat()


def test_csv_and_excel_hold_the_rows_of_the_table(world, as_person):
    told.meeting(world, days=41, next_in=7)
    told.ask(world)
    for query in ("", "?only=waiting", "?sort=-last_text", "?q=lar"):
        table = tracker(as_person, world.heather, query).context["table"]
        shown = [[as_exported(r.record, c.name) for c in table.columns] for r in table.rows]
        headings, *exported = csv_rows(as_person, world.heather, query)
        assert headings == ["HSCP", "Locality", *COLUMNS]
        assert [row[2:] for row in exported] == shown
        sheet = load_workbook(io.BytesIO(as_person(world.heather).get(f"/tracker/export.xlsx{query}").content)).active
        cells = [
            [str(v).removesuffix(" 00:00:00") for v in row][2:] for row in sheet.iter_rows(min_row=2, values_only=True)
        ]
        assert cells == shown


def test_no_cell_starts_a_formula(world, as_person):
    world.rowan.forum.name = "=1+1"
    world.rowan.forum.save()
    told.project(told.plan(world), "=2+2", shared=True, help_with="@SUM(A1)")
    row = next(r for r in csv_rows(as_person, world.heather) if "=1+1" in r[2])
    assert row[2] == "'=1+1"
    assert row[-1] == "'@SUM(A1)"
    content = as_person(world.heather).get("/tracker/export.xlsx").content
    cells = [cell for line in load_workbook(io.BytesIO(content)).active.iter_rows() for cell in line]
    assert {cell.data_type for cell in cells if cell.value in ("=1+1", "@SUM(A1)")} == {"s"}


@pytest.mark.parametrize("path", ["/tracker/", "/tracker/export.csv", "/tracker/export.xlsx"])
@pytest.mark.parametrize("who", ["nell", "callum", "asha", "priya", "una"])
def test_it_is_not_there_for_others(world, as_person, who, path):
    assert as_person(getattr(world, who)).get(path).status_code == 404


def test_another_hscp_stays_out(world, as_person):
    told.meeting(world, world.birch, by=world.nell)
    text = tracker(as_person, world.heather).content.decode()
    assert "Birch" not in text
    assert world.neighbour.name not in text
    assert not any("Birch" in str(row) for row in csv_rows(as_person, world.heather))


def test_no_more_queries_for_twenty_clusters_than_for_two(world, as_person, django_assert_max_num_queries):
    client = as_person(world.heather)

    def count():
        with CaptureQueriesContext(connection) as made:
            assert client.get("/tracker/").status_code == 200
        return len(made)

    told.project(told.plan(world))
    told.action(world)
    told.ask(world)
    told.escalation(world)
    an_action(world, owner=world.fergus)
    assert count() == 10
    told.action(world, cluster=world.larch)  # Callum’s, who has a part in Rowan alone
    few = count()
    for n in range(20):
        cluster = another_cluster(world, f"Tree {n}", locality=world.east if n % 2 else None)
        practice = Practice.objects.create(code=f"{80000 + n}", name=f"Practice {n}", hscp=world.strath)
        Membership.objects.create(practice=practice, cluster=cluster, starts_on=world.since)
        told.meeting(world, cluster, days=10 + n)
        told.action(world, cluster=cluster)
        told.ask(world, cluster=cluster)
        told.escalation(world, cluster=cluster)
        told.project(told.plan(world, cluster), shared=True, help_with="Hands")
    assert count() == few
    with django_assert_max_num_queries(13):
        client.get("/tracker/")
