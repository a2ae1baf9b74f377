"""A registry administrator uploads the list of the next quarter, answers what it asks, applies it, reads the
history on the practice page, and undoes it."""

from datetime import date

import pytest
from playwright.sync_api import expect

from clusters.models import Membership
from clusters.services import import_practice_file
from practices.models import Practice
from tests.cast import build_world
from tests.house.test_xss import sign_in_by_cookie
from tests.journeys.browser import check, follow
from tests.practices.lists import as_file, changed, practice, renamed, rows_in, small, without

pytestmark = pytest.mark.django_db(transaction=True)
APRIL = date(2024, 4, 1)


def next_quarter(rows, names):
    """Rename a cluster, move a practice into it, drop a practice, add one; with what the preview must say."""
    old, other, lost_from = names
    by_cluster = {name: [row for row in rows if row["GPCluster"] == name] for name in names}
    moved, lost = by_cluster[other][0], by_cluster[lost_from][0]
    now = without(renamed(rows, old, f"{old} East"), int(lost["PracticeCode"]))
    now = changed(now, int(moved["PracticeCode"]), GPCluster=f"{old} East")
    added = {**lost, "PracticeCode": "99999", "GPPracticeName": "Quite New Practice", "PracticeListSize": "77"}
    return [*now, added], moved["PracticeCode"], lost["PracticeCode"]


def walk(page, context, url, world, rows, names, folder):
    import_practice_file(data=as_file(rows), file_name="apr2024.csv", as_of=APRIL)
    now, moved, lost = next_quarter(rows, names)
    file = folder / "practices_oct2024.csv"
    file.write_bytes(as_file(now))
    wrong = folder / "wrong_oct2024.csv"
    wrong.write_bytes(as_file(changed(now, int(moved), HB="S08000099")))

    sign_in_by_cookie(context, url, world, "priya")
    page.goto(f"{url}/registry/")
    follow(page, page.get_by_role("link", name="upload a new one"))
    check(page)
    page.get_by_label("The file", exact=True).set_input_files(wrong)
    follow(page, page.get_by_role("button", name="Show what would change"))
    expect(page.get_by_text("No health board has this code.")).to_be_visible()
    check(page)

    page.get_by_label("The file", exact=True).set_input_files(file)
    expect(page.get_by_label("The day it speaks of")).to_have_value("2024-10-01")
    follow(page, page.get_by_role("button", name="Show what would change"))
    check(page)
    said = page.locator("main").inner_text()
    assert f"{names[0]} → {names[0]} East" in said
    assert f"{names[1]} → {names[0]} East" in said
    for count in ("1 cluster renamed", "1 practice moved", "1 missing without an explanation", "1 new practice"):
        expect(page.get_by_role("link", name=count)).to_be_visible()
    assert "99999 Quite New Practice" in said
    assert lost in said
    assert not Practice.objects.filter(code="99999").exists()

    follow(page, page.get_by_role("button", name="Check what will be done"))
    expect(page.get_by_role("link", name=f"What became of {lost}")).to_be_visible()
    check(page)
    page.locator(f"#id_missing-{lost}").get_by_text("It closed").click()
    follow(page, page.get_by_role("button", name="Check what will be done"))
    expect(page.get_by_role("heading", name="Check what will be done")).to_be_visible()
    check(page)
    follow(page, page.get_by_role("button", name="Apply as the list of Tue 1 Oct 2024"))
    expect(page.get_by_text("The practice list of 1 October 2024 is applied.")).to_be_visible()
    check(page)
    assert Membership.objects.get(practice__code=moved, ends_on=None).cluster.forum.name == f"{names[0]} East"
    assert Practice.objects.get(code=lost).closed_on == date(2024, 10, 1)
    applied = page.url

    follow(page, page.locator("main").get_by_role("link", name=moved).first)
    check(page)
    history = page.locator("main").inner_text()
    assert f"{names[0]} East" in history
    assert names[1] in history
    assert "Practice list of 1 October 2024" in history

    page.goto(applied)
    follow(page, page.get_by_role("link", name="Undo this import"))
    check(page)
    follow(page, page.get_by_role("button", name="Undo this import"))
    expect(page.get_by_text("is undone: the registry is as it was before.")).to_be_visible()
    check(page)
    assert Practice.objects.get(code=lost).closed_on is None
    assert Membership.objects.get(practice__code=moved, ends_on=None).cluster.forum.name == names[1]


@pytest.mark.parametrize("width", [1280, 390])
def test_an_invented_list(live_server, page, context, tmp_path, width):
    page.set_viewport_size({"width": width, "height": 844})
    world = build_world()
    rows = [*small(), practice(10041, "Gamma/Delta", "S37000032")]
    walk(page, context, live_server.url, world, rows, ("Alpha", "Beta Cluster", "Gamma/Delta"), tmp_path)


def test_the_real_list(live_server, page, context, tmp_path, practice_data):
    world = build_world()
    rows = rows_in((practice_data / "practice_contactdetails_apr2024-open-data.csv").read_bytes())
    walk(page, context, live_server.url, world, rows, ("Dundee 2", "Dundee 4", "Orkney"), tmp_path)
