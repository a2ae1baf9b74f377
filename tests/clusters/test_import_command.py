"""`manage.py import_practices`: invented lists through the whole way, rows and audit trail included."""

import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent
from clusters.models import Cluster, FormerName, Forum, Membership, PracticeList
from clusters.selectors import history_of_practice
from practices.models import ListSize, Locality, Practice
from practices.services import fill_reference
from shared.dates import today
from tests.practices.lists import STIRLING, as_file, changed, practice, renamed, rows_in, small, without

APRIL, OCTOBER = "2024-04-01", "2024-10-01"
WRITES = ("INSERT", "UPDATE", "DELETE")
SHAPE = {
    "dry_run": bool,
    "as_of": str,
    "practices": {"created": int, "updated": int, "unchanged": int, "missing": int},
    "clusters": {"created": int, "renamed": int, "unchanged": int},
    "moves": list,
    "list_sizes": {"created": int, "unchanged": int},
    "suggestions": {"recodes": list, "mergers": list, "closures": list},
    "groups": dict.fromkeys(
        (
            "clusters_renamed",
            "practices_moved",
            "practices_recoded",
            "practices_merged",
            "practices_unexplained",
            "practices_new",
            "practices_renamed",
            "practices_changed",
            "clusters_new",
            "list_sizes",
        ),
        int,
    ),
    "decisions": {"confirmed": list, "refused": list},
    "rejected": list,
}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _reference(db):
    fill_reference()


@pytest.fixture
def run(tmp_path):
    """`run(rows)` gives exit status and printed JSON; nothing else may be printed."""

    def command(rows, as_of=APRIL, *options):
        file = tmp_path / "practices.csv"
        file.write_bytes(rows if isinstance(rows, bytes) else as_file(rows))
        return json_of(str(file), as_of, *options)

    return command


def json_of(file, as_of, *options):
    out, status = StringIO(), 0
    try:
        call_command("import_practices", file, "--as-of", as_of, "--format", "json", *options, stdout=out)
    except SystemExit as left:
        status = left.code
    return status, json.loads(out.getvalue())


def shape_of(report):
    return {
        key: {inner: type(value) for inner, value in report[key].items()}
        if isinstance(report[key], dict)
        else type(report[key])
        for key in report
    }


def written(queries):
    return [q["sql"] for q in queries.captured_queries if q["sql"].lstrip().upper().startswith(WRITES)]


def test_a_first_list_makes_everything(run):
    status, report = run(small())
    assert status == 0
    assert shape_of(report) == SHAPE
    assert report["practices"] == {"created": 13, "updated": 0, "unchanged": 0, "missing": 0}
    assert report["clusters"] == {"created": 3, "renamed": 0, "unchanged": 0}
    assert report["list_sizes"] == {"created": 13, "unchanged": 0}
    cluster = Cluster.objects.get(forum__slug="gamma-delta")
    assert (cluster.forum.kind, cluster.lead_hscp.name, cluster.starts_on) == ("CLUSTER", "Fife", date(2024, 4, 1))
    member = Membership.objects.get(practice__code="10021")
    assert (member.cluster, member.starts_on, member.reason) == (
        cluster,
        date(2024, 4, 1),
        "Practice list of 1 April 2024",
    )
    assert not Membership.objects.filter(practice__code="10031").exists()
    assert ListSize.objects.get(practice__code="10022").patients == 5010
    applied = PracticeList.objects.get()
    assert (applied.state, applied.decided_by, applied.rows) == ("APPLIED", None, {})


def test_the_trail_says_the_command_line_did_it(run):
    run(small())
    event = AuditEvent.objects.get(verb="practice list applied")
    assert (event.actor, event.by) == ("command line", None)
    assert event.changes["practices"]["created"] == 13
    assert AuditEvent.objects.filter(verb="practice added by list").count() == 13
    assert AuditEvent.objects.filter(verb="cluster added").count() == 3


def test_a_second_run_writes_nothing(run):
    run(small())
    events = AuditEvent.objects.count()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        status, report = run(small())
    assert status == 0
    assert report["practices"] == {"created": 0, "updated": 0, "unchanged": 13, "missing": 0}
    assert report["clusters"] == {"created": 0, "renamed": 0, "unchanged": 3}
    assert report["list_sizes"] == {"created": 0, "unchanged": 13}
    assert report["moves"] == []
    assert written(queries) == []
    assert AuditEvent.objects.count() == events
    assert PracticeList.objects.count() == 1


def test_a_dry_run_writes_nothing_and_says_what_applying_does(run):
    run(small())
    now = renamed(changed(small(), 10012, GPCluster="Alpha"), "Gamma/Delta", "Omega")
    with CaptureQueriesContext(connection) as queries:
        _, dry = run(now, OCTOBER, "--dry-run")
    assert written(queries) == []
    _, real = run(now, OCTOBER)
    assert dry.pop("dry_run")
    assert not real.pop("dry_run")
    assert dry == real


def october(rows):
    """Rename a cluster, move a practice, drop one, add one, change a phone number."""
    rows = without(renamed(rows, "Alpha", "Omega"), 10022)
    rows = changed(rows, 10012, GPCluster="Omega")
    rows = changed(rows, 10013, TelephoneNumber="01632 960 999")
    return [*rows, practice(10099, "Gamma/Delta", "S37000032", 900)]


def test_a_later_list_renames_moves_flags_and_adds(run):
    run(small())
    status, report = run(october(small()), OCTOBER)
    assert status == 0
    assert report["practices"] == {"created": 1, "updated": 1, "unchanged": 11, "missing": 1}
    assert report["clusters"] == {"created": 0, "renamed": 1, "unchanged": 2}
    assert report["moves"] == [{"practice": "10012", "from": "Beta Cluster", "to": "Omega"}]
    assert report["list_sizes"] == {"created": 13, "unchanged": 0}
    assert [c["practice"] for c in report["suggestions"]["closures"]] == ["10022"]

    forum = Forum.objects.get(name="Omega")
    former = FormerName.objects.get(forum=forum)
    assert (forum.slug, former.name, former.slug, former.until) == ("omega", "Alpha", "alpha", date(2024, 10, 1))
    old, new = Membership.objects.filter(practice__code="10012").order_by("starts_on")
    assert (old.ends_on, new.starts_on, new.cluster.forum) == (date(2024, 10, 1), date(2024, 10, 1), forum)
    assert new.reason == "Practice list of 1 October 2024"
    missing = Practice.objects.get(code="10022")
    assert (missing.missing_since, missing.closed_on) == (date(2024, 10, 1), None)
    assert Membership.objects.filter(practice=missing, ends_on=None).count() == 1
    assert Practice.objects.get(code="10013").phone == "01632 960 999"
    assert ListSize.objects.filter(practice__code="10012").count() == 2


def test_each_change_has_its_own_event(run):
    run(small())
    start = AuditEvent.objects.latest("pk").pk
    run(october(small()), OCTOBER)
    events = AuditEvent.objects.filter(pk__gt=start)
    changed_one = events.get(verb="practice changed by list")
    assert changed_one.subject == "Practice 10013 (10013)"
    assert changed_one.changes["phone"] == ["01632 960 001", "01632 960 999"]
    assert events.get(verb="cluster renamed").changes["name"] == ["Alpha", "Omega"]
    assert events.get(verb="practice missing from list").changes["missing_since"] == [None, OCTOBER]
    moved = events.get(verb="practice moved")
    assert (moved.changes["from"], moved.changes["to"]) == ("Beta Cluster", "Omega")
    assert "Practice list" not in json.dumps([event.changes for event in events])


def test_the_history_of_a_practice_shows_the_move(run):
    run(small())
    run(october(small()), OCTOBER)
    newest, oldest = history_of_practice(Practice.objects.get(code="10012"))
    assert (newest.cluster.forum.name, newest.came_from.forum.name) == ("Omega", "Beta Cluster")
    assert newest.recorded_by == oldest.recorded_by == "command line"


def test_a_later_list_again_changes_nothing_and_suggests_the_same(run):
    run(small())
    _, first = run(october(small()), OCTOBER)
    with CaptureQueriesContext(connection) as queries:
        _, again = run(october(small()), OCTOBER)
    assert written(queries) == []
    assert again["practices"] == {"created": 0, "updated": 0, "unchanged": 13, "missing": 1}
    assert again["clusters"] == {"created": 0, "renamed": 0, "unchanged": 3}
    assert (again["moves"], again["suggestions"]) == ([], first["suggestions"])


def test_a_practice_that_comes_back_is_no_longer_missing(run):
    run(small())
    run(without(small(), 10001), OCTOBER)
    _, report = run(small(), "2025-01-01")
    assert report["practices"] == {"created": 0, "updated": 1, "unchanged": 12, "missing": 0}
    assert Practice.objects.get(code="10001").missing_since is None


def test_missing_since_stays_at_the_first_list(run):
    run(small())
    run(without(small(), 10001), OCTOBER)
    run(without(small(), 10001), "2025-01-01")
    assert Practice.objects.get(code="10001").missing_since == date(2024, 10, 1)


def test_the_same_day_again_with_changed_cells_puts_right(run):
    run(small())
    rows = changed(small(), 10001, GPCluster="Beta Cluster", PracticeListSize="5001", GPPracticeName="Practice One")
    rows = changed(rows, 10002, GPCluster="Forth Valley Undefined")
    _, report = run(rows)
    assert report["practices"]["updated"] == 1
    assert len(report["moves"]) == 2
    moved = Membership.objects.get(practice__code="10001")
    assert (moved.cluster.forum.name, moved.starts_on, moved.ends_on) == ("Beta Cluster", date(2024, 4, 1), None)
    assert not Membership.objects.filter(practice__code="10002").exists()
    assert ListSize.objects.get(practice__code="10001").patients == 5001
    assert AuditEvent.objects.filter(verb__in=["membership put right", "membership taken back"]).count() == 2
    assert run(rows)[1]["moves"] == []


def test_back_and_forth_between_two_names(run):
    run(small())
    for month, (before, after) in enumerate([("Alpha", "Omega"), ("Omega", "Alpha"), ("Alpha", "Omega")], 5):
        _, report = run(renamed(small(), "Alpha", after), f"2024-{month:02}-01")
        assert report["clusters"]["renamed"] == 1, (before, after)
    assert Forum.objects.filter(name="Omega").count() == 1
    slugs = {*Forum.objects.values_list("slug", flat=True), *FormerName.objects.values_list("slug", flat=True)}
    assert len(slugs) == Forum.objects.count() + FormerName.objects.count()


def test_a_practice_that_changes_hscp_leaves_its_locality(run):
    run(small())
    one = Practice.objects.get(code="10001")
    one.locality = Locality.objects.create(hscp=one.hscp, name="Somewhere")
    one.save()
    run(changed(small(), 10001, HSCP=STIRLING), OCTOBER)
    one.refresh_from_db()
    assert (one.hscp.code, one.locality) == (STIRLING, None)


def test_an_older_list_is_refused(run):
    run(small(), OCTOBER)
    status, report = run(changed(small(), 10001, GPCluster="Beta Cluster"), APRIL)
    assert status == 1
    (wrong,) = report["rejected"]
    assert (wrong["field"], wrong["value"]) == ("as_of", APRIL)
    assert "applied already" in wrong["reason"]


def test_a_day_to_come_is_refused(run):
    status, report = run(small(), (today() + timedelta(days=1)).isoformat())
    assert (status, report["rejected"][0]["field"]) == (1, "as_of")


@pytest.mark.parametrize("as_of", ["1 April 2024", "2024-13-01", "", "01/04/2024"])
def test_a_day_that_is_none_is_refused(run, as_of):
    status, report = run(small(), as_of)
    assert (status, report["rejected"][0]["field"], report["as_of"]) == (1, "as_of", as_of)


@pytest.mark.parametrize(
    "rows",
    [
        b"",
        b"PK\x03\x04",
        b"\x00\x01\x02",
        b"not a list at all",
        changed(small(), 10002, HSCP="S37000099"),
        changed(small(), 10002, PracticeListSize="many"),
        changed(small(), 10002, PracticeCode="10001"),
        changed(small(), 10002, GPPracticeName="0101701233"),
    ],
)
def test_a_wrong_file_is_refused_whole(run, rows):
    run(small())
    before = AuditEvent.objects.count()
    with CaptureQueriesContext(connection) as queries:
        status, report = run(rows, OCTOBER)
    assert status == 1
    assert shape_of(report) == SHAPE
    assert report["rejected"]
    assert all(set(wrong) == {"line", "field", "value", "reason"} for wrong in report["rejected"])
    assert report["practices"] == {"created": 0, "updated": 0, "unchanged": 0, "missing": 0}
    assert written(queries) == []
    assert AuditEvent.objects.count() == before
    assert "0101701233" not in json.dumps(report)


def test_a_file_that_cannot_be_opened_is_refused(tmp_path):
    for name in (tmp_path, tmp_path / "none.csv"):
        status, report = json_of(str(name), APRIL)
        assert status == 1
        assert report["rejected"][0] == {
            "line": 0,
            "field": "file",
            "value": str(name),
            "reason": report["rejected"][0]["reason"],
        }


def test_a_failure_halfway_leaves_nothing(run, monkeypatch):
    from clusters.services import practice_list_changes

    def fails(self):
        raise RuntimeError("the power went")

    monkeypatch.setattr(practice_list_changes._CarryingOut, "_put_sizes", fails)
    with pytest.raises(RuntimeError):
        run(small())
    assert (Practice.objects.count(), Forum.objects.count(), PracticeList.objects.count()) == (0, 0, 0)


def test_text_for_people(tmp_path):
    file = tmp_path / "practices.csv"
    file.write_bytes(as_file(small()))
    call_command("import_practices", str(file), "--as-of", APRIL, stdout=StringIO())
    file.write_bytes(as_file(october(small())))
    out = StringIO()
    call_command("import_practices", str(file), "--as-of", OCTOBER, stdout=out)
    said = out.getvalue()
    assert "Renamed: Alpha is now Omega" in said
    assert "Moved: 10012 Practice 10012, Beta Cluster to Omega" in said
    assert "Not in the list since 2024-10-01: 10022" in said
    file.write_bytes(as_file(changed(small(), 10001, HB="X")))
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("import_practices", str(file), "--as-of", OCTOBER, stdout=out)
    assert "line 2, HB “X”: No health board has this code." in out.getvalue()


def test_the_day_must_be_said(tmp_path):
    with pytest.raises(CommandError, match="--as-of"):
        call_command("import_practices", str(tmp_path / "x.csv"))


def test_a_list_that_waits_on_the_page_is_decided_by_the_command(run, world):
    from clusters.services import upload_practice_list

    data = as_file(small())
    waiting = upload_practice_list(data=data, file_name="x.csv", as_of=today(), by=world.priya)
    run(data, today().isoformat())
    waiting.refresh_from_db()
    assert (waiting.state, waiting.uploaded_by, waiting.decided_by) == ("APPLIED", world.priya, None)


# --- Suggestions by command ------------------------------------------------------------------------


def suggesting():
    """A recode, a move and a rename."""
    rows = changed(renamed(small(), "Alpha", "Omega"), 10012, GPCluster="Omega")
    return changed(rows, 10022, PracticeCode="10095")


def test_a_suggestion_is_confirmed_and_a_move_refused_by_key(run):
    run(small())
    _, dry = run(suggesting(), OCTOBER, "--dry-run")
    (recode,) = dry["suggestions"]["recodes"]
    assert (recode["key"], recode["answer"]) == ("recode-10022-10095", "later")
    status, report = run(suggesting(), OCTOBER, "--confirm", recode["key"], "--refuse", "move-10012")
    assert status == 0
    assert report["moves"] == []
    assert report["suggestions"]["recodes"][0]["answer"] == "confirm"
    assert report["decisions"]["refused"] == ["move-10012"]
    assert recode["key"] in report["decisions"]["confirmed"]
    assert Practice.objects.get(code="10022").answered_by.code == "10095"
    assert Membership.objects.get(practice__code="10012", ends_on=None).cluster.forum.name == "Beta Cluster"


def test_a_suggestion_that_nobody_confirms_stays_one(run):
    run(small())
    run(suggesting(), OCTOBER)
    left = Practice.objects.get(code="10022")
    assert (left.closed_on, left.missing_since) == (None, date(2024, 10, 1))


def test_the_command_again_keeps_what_was_answered(run):
    run(small())
    run(suggesting(), OCTOBER, "--refuse", "move-10012")
    with CaptureQueriesContext(connection) as queries:
        status, again = run(suggesting(), OCTOBER)
    assert (status, again["moves"], written(queries)) == (0, [], [])


def test_a_key_of_nothing_is_refused(run):
    run(small())
    with CaptureQueriesContext(connection) as queries:
        status, report = run(suggesting(), OCTOBER, "--confirm", "recode-1-2", "--refuse", "move-10001")
    assert status == 1
    assert [(wrong["field"], wrong["value"]) for wrong in report["rejected"]] == [
        ("suggestion", "move-10001"),
        ("suggestion", "recode-1-2"),
    ]
    assert written(queries) == []


def test_what_cannot_be_carried_out_refuses_the_list(run):
    run(small())
    Membership.objects.filter(practice__code="10022").update(starts_on=date(2024, 10, 1))
    before = AuditEvent.objects.count()
    status, report = run(suggesting(), OCTOBER, "--confirm", "recode-10022-10095")
    assert (status, report["rejected"][0]["field"]) == (1, "recode-10022-10095")
    assert (Practice.objects.count(), AuditEvent.objects.count()) == (13, before)


def test_few_queries_however_many_practices(run):
    def queries_for(many, first):
        rows = [practice(first + n, f"Cluster {n // 6}") for n in range(many)]
        with CaptureQueriesContext(connection) as queries:
            run(rows, APRIL if first == 20000 else OCTOBER)
        return len(queries)

    few, many = queries_for(20, 20000), queries_for(400, 30000)
    assert many - few < 60


def test_a_national_list_takes_forty_queries_and_the_same_again_fewer(run):
    """SQLite takes a thousand values a statement, and so the same statements in several parts."""
    rows = [practice(20000 + n, f"Cluster {n // 6}") for n in range(900)]
    with CaptureQueriesContext(connection) as first:
        run(rows)
    with CaptureQueriesContext(connection) as again:
        run(rows)
    assert len(first) <= (40 if connection.vendor == "postgresql" else 70)
    assert len(again) <= 15
    assert written(again) == []


# --- The real list ---------------------------------------------------------------------------------


@pytest.fixture
def real(practice_data):
    return practice_data / "practice_contactdetails_apr2024-open-data.csv"


def test_the_real_list(real, capsys):
    from time import perf_counter

    begun = perf_counter()
    status, report = json_of(str(real), APRIL)
    took = perf_counter() - begun
    assert status == 0
    assert report["practices"]["created"] == 891
    assert report["clusters"]["created"] == 149
    assert report["list_sizes"]["created"] == 891
    assert (report["moves"], report["rejected"]) == ([], [])
    assert sum(ListSize.objects.values_list("patients", flat=True)) == 5_991_571
    unplaced = Practice.objects.exclude(memberships__ends_on=None, memberships__isnull=False)
    assert unplaced.count() == 4
    across = [c for c in Cluster.objects.all() if c.memberships.values("practice__hscp").distinct().count() > 1]
    assert {c.forum.name: c.lead_hscp.name for c in across} == {
        "Kinross/Errol/Bridge of Earn": "Perth and Kinross",
        "Bothwell, Uddingston & Viewpark": across_lead(across, "Bothwell"),
        "Doon Valley Cluster": "East Ayrshire",
    }
    begun = perf_counter()
    with CaptureQueriesContext(connection) as queries:
        status, report = json_of(str(real), APRIL)
    again = perf_counter() - begun
    assert report["practices"] == {"created": 0, "updated": 0, "unchanged": 891, "missing": 0}
    assert report["clusters"] == {"created": 0, "renamed": 0, "unchanged": 149}
    assert written(queries) == []
    with capsys.disabled():
        print(f"\nreal list: {took:.1f} s, again {again:.1f} s")  # noqa: T201


def across_lead(across, start):
    """Two practices each: the HSCP with more patients leads."""
    cluster = next(c for c in across if c.forum.name.startswith(start))
    patients = {}
    for row in cluster.memberships.select_related("practice__hscp"):
        hscp = row.practice.hscp.name
        patients[hscp] = patients.get(hscp, 0) + row.practice.list_sizes.get().patients
    return max(patients, key=patients.get)


def test_the_real_list_in_its_next_quarter(real, run):
    rows = rows_in(real.read_bytes())
    run(rows)
    by_cluster = {}
    for row in rows:
        by_cluster.setdefault(row["GPCluster"], []).append(row)
    dundee = [row["PracticeCode"] for row in by_cluster["Dundee 2"]]
    recoded = by_cluster["Orkney"][0]
    moved, dropped = dundee[0], dundee[1]
    now = [row for row in renamed(rows, "Dundee 2", "Dundee East") if row["PracticeCode"] != dropped]
    now = changed(now, int(moved), GPCluster="Dundee 4")
    now = changed(now, int(recoded["PracticeCode"]), PracticeCode="99998")
    fife = by_cluster["Glenrothes"]
    now = without(now, int(fife[0]["PracticeCode"]))
    grown = int(fife[0]["PracticeListSize"]) + int(fife[1]["PracticeListSize"])
    now = changed(now, int(fife[1]["PracticeCode"]), PracticeListSize=str(grown))
    now.append({**by_cluster["Shetland"][0], "PracticeCode": "99999", "PracticeListSize": "77"})
    status, report = run(now, OCTOBER)
    assert status == 0
    assert report["practices"] == {"created": 2, "updated": 0, "unchanged": 888, "missing": 3}
    assert report["clusters"] == {"created": 0, "renamed": 1, "unchanged": 148}
    assert report["moves"] == [{"practice": moved, "from": "Dundee 2", "to": "Dundee 4"}]
    found = report["suggestions"]
    assert [(r["from"], r["to"]) for r in found["recodes"]] == [(recoded["PracticeCode"], "99998")]
    assert [(m["from"], m["to"]) for m in found["mergers"]] == [([fife[0]["PracticeCode"]], fife[1]["PracticeCode"])]
    assert [c["practice"] for c in found["closures"]] == [dropped]
