"""The real list of April 2024, then a hand-made October: exactly what was put in is found, done, and undone again."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from clusters.models import Forum, Membership, PracticeList, RoleAssignment
from clusters.selectors import history_of_practice
from clusters.services import import_practice_file
from practices.models import ListSize, Practice, Succession
from practices.services import fill_reference
from tests.clusters.test_import_pages import fingerprint_on, text, upload
from tests.clusters.test_import_undo import structure
from tests.practices.lists import as_file, rows_in
from tests.practices.quarters import october

APRIL, OCTOBER = date(2024, 4, 1), date(2024, 10, 1)
GROUPS = {
    "practices_moved": 2,
    "practices_recoded": 3,
    "practices_merged": 1,
    "practices_unexplained": 1,
    "practices_new": 0,
    "practices_renamed": 13,
    "practices_changed": 0,
    "clusters_new": 0,
    "list_sizes": 889,
}


@pytest.fixture
def quarter(practice_data, world):
    """April applied; the rows of October and what they tell."""
    fill_reference()
    april = rows_in((practice_data / "practice_contactdetails_apr2024-open-data.csv").read_bytes())
    Membership.objects.all().delete()  # the cast's own practices are in no list
    RoleAssignment.objects.filter(practice__isnull=False).delete()
    ListSize.objects.all().delete()
    Practice.objects.all().delete()
    import_practice_file(data=as_file(april), file_name="apr2024.csv", as_of=APRIL, by=world.priya)
    return october(april)


def test_october_is_exactly_what_was_put_in_and_can_be_undone(quarter, world, as_person, tmp_path):
    rows, told = quarter
    recoded = Practice.objects.get(code=min(told.recodes)[0])
    RoleAssignment.objects.create(person=world.asha, role="PQL", practice=recoded, starts_on=APRIL)
    before = structure()
    assert len(told.renames) >= 5
    found = by_command(rows, tmp_path, "--dry-run")
    assert_found(found, told)

    priya = as_person(world.priya)
    page = upload(priya, as_file(rows), name="practices_oct2024.csv")
    shown = page.context["shown"]
    assert shown.report == found
    assert_shown(page, told)
    assert structure() == before

    keys = [key for key in page.context["form"].fields if not key.startswith(("rename", "move"))]
    assert len(keys) == 5
    answers = {"fingerprint": fingerprint_on(page), **dict.fromkeys(keys, "confirm")}
    path = reverse("clusters:import_apply", args=[page.context["list"].pk])
    assert "Check what will be done" in text(priya.post(path, answers))
    assert "is applied." in text(priya.post(path, {**answers, "confirmed": "yes"}, follow=True))
    assert_done(told, world)

    applied = PracticeList.objects.get(as_of=OCTOBER)
    undone = priya.post(reverse("clusters:import_undo", args=[applied.pk]), follow=True)
    assert "is undone: the registry is as it was before." in text(undone)
    assert structure() == before


def test_october_by_command_confirmed_by_key(quarter, tmp_path):
    rows, told = quarter
    found = by_command(rows, tmp_path, "--dry-run")["suggestions"]
    keys = [one["key"] for group in found.values() for one in group]
    report = by_command(rows, tmp_path, *(part for key in keys for part in ("--confirm", key)))
    assert_found(report, told)
    assert {one["answer"] for group in report["suggestions"].values() for one in group} == {"confirm"}
    assert Succession.objects.count() == 4
    again = by_command(rows, tmp_path)
    assert (again["practices"]["updated"], again["moves"]) == (0, [])
    assert again["groups"] == dict.fromkeys(again["groups"], 0)


def by_command(rows, folder, *options):
    file = folder / "october.csv"
    file.write_bytes(as_file(rows))
    out = StringIO()
    call_command("import_practices", str(file), "--as-of", "2024-10-01", "--format", "json", *options, stdout=out)
    return json.loads(out.getvalue())


def assert_found(report, told):
    assert report["practices"] == {"created": 3, "updated": 13, "unchanged": 873, "missing": 5}
    assert report["clusters"] == {"created": 0, "renamed": len(told.renames), "unchanged": 149 - len(told.renames)}
    assert report["groups"] == {"clusters_renamed": len(told.renames), **GROUPS}
    assert {(m["practice"], m["from"], m["to"]) for m in report["moves"]} == told.moves
    found = report["suggestions"]
    assert {(one["from"], one["to"]) for one in found["recodes"]} == told.recodes
    assert [(one["from"], one["to"]) for one in found["mergers"]] == [([told.merger[0]], told.merger[1])]
    assert [one["practice"] for one in found["closures"]] == [told.closure]


def assert_shown(page, told):
    details = page.context["shown"].details
    assert {(row["before"], row["after"]) for row in details["renames"]} == told.renames
    assert {row["code"]: row["changes"][0]["after"] for row in details["renamed"]} == told.names
    assert (details["added"], details["changed"], details["new_clusters"], details["kept"]) == ([], [], [], [])
    assert details["emptied"] == []
    (merger,) = details["mergers"]
    assert merger["also"]
    shown = text(page)
    for code in (*told.names, told.closure, told.merger[0], *(new for _, new in told.recodes)):
        assert code in shown
    for absent in ("New practices", "New clusters", "changed details", "Left as the registry has it"):
        assert absent not in shown


def assert_done(told, world):
    for before, after in told.recodes:
        old = Practice.objects.get(code=before)
        assert (old.closed_on, old.answered_by.code) == (OCTOBER, after)
        (stay,) = history_of_practice(old)
        assert stay.ends_on == OCTOBER
        (now,) = history_of_practice(old.answered_by)
        assert (now.cluster, now.starts_on, now.ends_on) == (stay.cluster, OCTOBER, None)
    new = Practice.objects.get(code=dict(told.recodes)[min(told.recodes)[0]])
    assert RoleAssignment.objects.get(person=world.asha, ends_on=None).practice == new
    gone, into = (Practice.objects.get(code=code) for code in told.merger)
    assert (gone.closed_on, gone.answered_by) == (OCTOBER, into)
    assert Practice.objects.get(code=told.closure).closed_on == OCTOBER
    assert not Practice.objects.filter(missing_since__isnull=False).exists()
    for before, after in told.renames:
        assert Forum.objects.get(name=after).former_names.get().name == before
    for code, before, after in told.moves:
        newest, oldest = history_of_practice(Practice.objects.get(code=code))
        assert (newest.cluster.forum.name, newest.came_from.forum.name) == (after, before)
        assert oldest.ends_on == newest.starts_on == OCTOBER
