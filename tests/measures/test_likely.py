"""A figure far from the others of its practice is asked about once more, wherever it comes in."""

from datetime import date
from decimal import Decimal

import pytest

from measures.analysis.likely import far_from_others
from measures.models import DataPoint
from tests.measures.practices import a_measure_by_practice, given
from tests.measures.test_upload import confirm, preview
from tests.qiplans.conftest import a_measure

MAY = date(2026, 5, 1)
BEFORE = {date(2026, month, 1): Decimal(value) for month, value in enumerate((40, 44, 42, 38), start=1)}


@pytest.mark.parametrize(
    ("value", "says"), [(410, "far above"), (4, "far below"), (0, "far below"), (90, ""), (20, "")]
)
def test_a_digit_too_many_or_too_few_is_noticed(value, says):
    said = far_from_others(Decimal(value), MAY, BEFORE, "COUNT")
    assert says in said
    assert bool(said) == bool(says)


def test_nothing_is_usual_with_fewer_than_three_others_or_around_nought():
    two = dict(list(BEFORE.items())[:2])
    assert not far_from_others(Decimal(410), MAY, {**two, MAY: Decimal(1)}, "COUNT")
    assert not far_from_others(Decimal(9), MAY, dict.fromkeys(BEFORE, Decimal(0)), "COUNT")


@pytest.fixture
def measure(world):
    measure = a_measure_by_practice(world, unit="COUNT", denominator="")
    for day, value in BEFORE.items():
        given(world, measure, world.alder, int(value), on=day)
    return measure


def test_a_practice_is_asked_and_its_tick_stands_for_that_figure_only(world, as_person, measure):
    client, path = as_person(world.pam), f"/measures/{measure.pk}/practices/{world.alder.code}/2026-05-01/"
    asked = client.post(path, {"numerator": "410"}).content.decode()
    assert "410 is far above the other figures, which lie around 41." in asked
    assert 'value="410"' in asked.split('name="is_meant"')[1][:200] + asked.split('name="is_meant"')[0][-200:]
    assert "far above" in client.post(path, {"numerator": "4100", "is_meant": "410"}).content.decode()
    assert not DataPoint.objects.filter(period_on=MAY).exists()
    assert client.post(path, {"numerator": "410", "is_meant": "410"}).status_code == 302
    assert DataPoint.objects.get(period_on=MAY).value == 410
    assert "far above" not in client.get(path).content.decode()


def test_who_enters_for_a_practice_is_told_nothing_of_what_it_gave_itself(world, as_person, measure):
    DataPoint.objects.update(is_from_practice=True)
    path = f"/measures/{measure.pk}/practices/{world.alder.code}/2026-05-01/"
    assert as_person(world.callum).post(path, {"numerator": "410"}).status_code == 302
    table = [["Practice", "Jun 2026"], [world.alder.name, "4100"]]
    assert "around 41" not in preview(as_person(world.callum), measure, table)


def test_a_figure_of_the_whole_cluster_is_asked_about(world, as_person, work):
    path = f"/measures/{a_measure(world, work.project, [60, 62, 61, 63]).pk}/figures/"
    client = as_person(world.tom)
    typed = {"period_on": "2025-09-01", "value": "6.1"}
    assert (
        "6.1% is far below the other figures, which lie around 61.5%."
        in client.post(f"{path}new/", typed).content.decode()
    )
    assert client.post(f"{path}new/", {**typed, "is_meant": "6.1"}).status_code == 302
    point = DataPoint.objects.get(value=Decimal("6.1"))
    assert "is far below" in client.post(f"{path}{point.pk}/", {"value": "6.2", "version": 1}).content.decode()


def test_a_table_is_loaded_only_when_doubtful_figures_are_said_to_be_right(world, as_person, measure):
    client, table = as_person(world.callum), [["Practice", "May 2026", "Jun 2026"], [world.alder.name, "410", "43"]]
    page = preview(client, measure, table)
    assert f"Line 2, {world.alder}, May 2026: 410 is far above the other figures, which lie around 42." in page
    assert "say first that they are right" in confirm(client, measure, page).content.decode()
    assert not DataPoint.objects.filter(period_on=MAY).exists()
    assert "2 figures loaded." in confirm(client, measure, page, is_meant="yes").content.decode()


def test_the_preview_shows_how_the_first_lines_were_read(world, as_person):
    measure = a_measure_by_practice(world)
    months = [f"{month} 2025" for month in ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul")]
    page = preview(as_person(world.callum), measure, [["Practice", *months], [world.alder.name, *["31 of 1050"] * 7]])
    first, rest = page.split("How the first lines were read</h2>")[1].split("All that would be loaded")
    assert first.count("<tr><td>2</td>") == 5
    row = f'<tr><td>2</td><th scope="row">{world.alder}</th><td>Jan 2025</td><td class="portal-number">31</td>'
    assert f'{row}<td class="portal-number">1,050</td><td>2.95% (31 of 1,050)</td>' in first
    assert rest.count("<tr><td>2</td>") == 7
    assert "Numerator</th>" in first
