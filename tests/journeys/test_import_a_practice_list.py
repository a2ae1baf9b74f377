"""A registry administrator uploads the list of the next quarter, sees what would change, applies it, and reads the
history on the practice page."""

from datetime import date

import pytest

from clusters.models import Membership
from clusters.services import import_practice_file
from practices.models import Practice
from tests.cast import build_world
from tests.house.test_xss import sign_in_by_cookie
from tests.journeys.browser import check
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
    page.get_by_role("link", name="upload a new one").click()
    check(page)
    page.get_by_label("The file", exact=True).set_input_files(wrong)
    page.get_by_role("button", name="Show what would change").click()
    assert page.get_by_text("No health board has this code.").is_visible()
    check(page)

    page.get_by_label("The file", exact=True).set_input_files(file)
    assert page.get_by_label("The day it speaks of").input_value() == "2024-10-01"
    page.get_by_role("button", name="Show what would change").click()
    check(page)
    said = page.locator("main").inner_text()
    assert f"{names[0]} → {names[0]} East" in said
    assert f"{names[1]} → {names[0]} East" in said
    assert "1 renamed, 0 added" in said
    assert "1 moved, 1 added, 0 with changed details" in said
    assert "99999 Quite New Practice" in said
    assert lost in said
    assert not Practice.objects.filter(code="99999").exists()

    page.get_by_role("button", name="Apply as the list of 1 October 2024").click()
    assert page.get_by_text("The practice list of 1 October 2024 is applied.").is_visible()
    check(page)
    assert Membership.objects.get(practice__code=moved, ends_on=None).cluster.forum.name == f"{names[0]} East"

    page.locator("main").get_by_role("link", name=moved).first.click()
    check(page)
    history = page.locator("main").inner_text()
    assert f"{names[0]} East" in history
    assert names[1] in history
    assert "Practice list of 1 October 2024" in history


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
