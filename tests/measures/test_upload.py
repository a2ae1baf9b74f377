"""A table of figures: everything wrong at once, then loaded once, and a second time nothing."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import AuditEvent
from measures.analysis.periods import following, name_of
from measures.models import DataPoint
from practices.models import Practice
from tests.measures.practices import a_measure_by_practice, given


@pytest.fixture
def measure(world):
    return a_measure_by_practice(world)


def months(count=24, first=date(2024, 9, 1)):
    days = [first]
    while len(days) < count:
        days.append(following(days[-1], "MONTH"))
    return days


@pytest.fixture
def table(world):
    """6 practices × 24 months, whole."""
    six = [world.alder, world.ash, world.beech, world.elm, world.hazel, world.holly]
    header = ["Practice", *(name_of(day, "MONTH") for day in months())]
    return [header, *([p.name, *(f"{20 + (n + m) % 9} of 50" for m in range(24))] for n, p in enumerate(six))]


def as_text(table):
    return "\n".join("\t".join(row) for row in table)


def path_to(measure):
    return f"/measures/{measure.pk}/upload/"


def preview(client, measure, table):
    return client.post(path_to(measure), {"table": as_text(table)}).content.decode()


def confirm(client, measure, page, **said):
    hidden = dict(re.findall(r'name="(figures|fingerprint)" value="([^"]*)"', page))
    return client.post(f"{path_to(measure)}load/", {**hidden, **said}, follow=True)


def test_nine_faults_are_all_named_and_nothing_changes(world, as_person, measure, table):
    table[1][3] = "62%"
    table[1][24] = "60 of 50"
    table[2][5] = "many"
    table[2][6] = "-3 of 50"
    table[3][0] = "Oak Surgery"
    table[4][10] = "2.5 of 50"
    table[5][12] = "3 of 0"
    table[6][1] = "5-Mar"
    table[0][20] = "Q2 2026"
    page = preview(as_person(world.callum), measure, table)
    rows = re.findall(r"<tr><td>(\d+)</td><td>([^<]*)</td>", page)
    assert rows == [
        ("1", "Q2 2026"),
        ("2", "Nov 2024"),
        ("2", "Aug 2026"),
        ("3", "Jan 2025"),
        ("3", "Feb 2025"),
        ("4", "Practice"),
        ("5", "Jun 2025"),
        ("6", "Aug 2025"),
        ("7", "Sep 2024"),
    ]
    assert "This table has 9 problems, named below. Nothing has changed." in page
    assert "Load " not in page
    assert not DataPoint.objects.exists()


def test_corrected_it_loads_once_and_a_second_time_nothing(world, as_person, measure, table):
    client = as_person(world.callum)
    page = preview(client, measure, table)
    assert "144 new. Nothing has changed yet." in page
    assert not DataPoint.objects.exists()
    assert "144 figures loaded." in confirm(client, measure, page).content.decode()
    assert DataPoint.objects.count() == 144
    alder = DataPoint.objects.get(practice=world.alder, period_on=date(2024, 9, 1))
    assert (alder.numerator, alder.denominator, alder.value, alder.is_from_practice) == (20, 50, 40, False)
    again = preview(client, measure, table)
    assert "144 there already" in again
    assert "Load " not in again
    done = confirm(client, measure, again).content.decode()
    assert "Nothing to do: all are there already." in done
    assert set(DataPoint.objects.values_list("version", flat=True)) == {1}
    assert AuditEvent.objects.filter(verb="table of figures loaded").count() == 1


def test_what_a_small_count_is_out_of_is_checked_too(world, as_person, measure):
    rows = [["Practice", "Aug 2026"], [world.alder.code, "* of 999999999999"], [world.ash.code, "<5 of 2.5"]]
    page = preview(as_person(world.callum), measure, rows)
    assert "This figure is too large." in page
    assert "A count is a whole number." in page


def test_a_name_that_two_practices_have_stands_for_neither(world, as_person, measure):
    Practice.objects.filter(pk=world.ash.pk).update(name=world.alder.name)
    page = preview(as_person(world.callum), measure, [["Practice", "Aug 2026"], [world.alder.name, "3 of 50"]])
    assert "Two practices have this name: use the code." in page
    page = preview(as_person(world.callum), measure, [["Practice", "Aug 2026"], [world.alder.code, "31 of 50"]])
    assert "62% (31 of 50)" in page


def test_pressed_twice_it_loads_once(world, as_person, measure, table):
    client = as_person(world.callum)
    page = preview(client, measure, table)
    confirm(client, measure, page)
    second = confirm(client, measure, page)
    assert second.redirect_chain
    assert "These figures are loaded already." in second.content.decode()
    assert DataPoint.objects.count() == 144


def test_figures_that_changed_after_the_preview_are_shown_again(world, as_person, measure, table):
    client = as_person(world.callum)
    page = preview(client, measure, table)
    given(world, measure, world.alder, 3, on=months()[0])
    answer = confirm(client, measure, page)
    assert answer.status_code == 409
    assert "Figures have changed since this preview was made." in answer.content.decode()
    assert DataPoint.objects.count() == 1


def test_a_correction_is_shown_as_one_and_keeps_its_notes(world, as_person, measure):
    point = given(world, measure, world.alder, 20, on=date(2026, 1, 1))
    DataPoint.objects.update(note="Texts began", minutes_taken=5)
    client = as_person(world.callum)
    page = preview(client, measure, [["Practice", "Jan 2026"], [world.alder.code, "21 of 50"]])
    assert "1 corrected" in page
    assert "corrects the one before" in page
    confirm(client, measure, page)
    point.refresh_from_db()
    assert (point.value, point.version, point.note, point.minutes_taken) == (42, 2, "Texts began", 5)


def test_what_a_practice_gave_stays_and_is_not_told(world, as_person, measure):
    given(world, measure, world.alder, 20, on=date(2026, 1, 1))
    DataPoint.objects.update(is_from_practice=True)
    for tried in ("20 of 50", "21 of 50"):
        page = preview(as_person(world.callum), measure, [["Practice", "Jan 2026"], [world.alder.code, tried]])
        assert "1 stays as the practice gave it" in page
        assert "Load " not in page


def test_a_practice_brings_its_own_line_only(world, as_person, measure):
    rows = [["Practice", "Jan 2026"], [world.alder.code, "21 of 50"], [world.ash.code, "21 of 50"]]
    page = preview(as_person(world.pam), measure, rows)
    assert "You enter figures of your own practice, and Ash Medical Practice is another one." in page
    page = preview(as_person(world.pam), measure, rows[:2])
    confirm(as_person(world.pam), measure, page)
    assert DataPoint.objects.get().is_from_practice


def test_a_file_is_read_like_a_paste(world, as_person, measure):
    file = SimpleUploadedFile("figures.csv", f"Practice,Jan 2026\n{world.alder.code},*\n".encode())
    page = as_person(world.callum).post(path_to(measure), {"file": file}).content.decode()
    assert "too small to show" in page
    picture = SimpleUploadedFile("figures.xlsx", b"\x89PNG\r\n\x1a\n")
    assert "This is a picture" in as_person(world.callum).post(path_to(measure), {"file": picture}).content.decode()


@pytest.mark.parametrize("posted", [{}, {"table": " "}])
def test_nothing_brought(world, as_person, measure, posted):
    assert (
        "Paste the table, or choose a file." in as_person(world.callum).post(path_to(measure), posted).content.decode()
    )


def test_a_preview_of_another_is_worth_nothing(world, as_person, measure, table):
    page = preview(as_person(world.callum), measure, table)
    answer = confirm(as_person(world.morag), measure, page)
    assert "The preview is more than an hour old, or not yours." in answer.content.decode()
    assert not DataPoint.objects.exists()


def test_the_template_holds_what_is_due(world, as_person, measure):
    answer = as_person(world.pam).get(f"{path_to(measure)}template.csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == "practice code,practice,period,numerator,denominator"
    assert len(lines) == 2
    assert world.alder.code in lines[1]


def test_strangers_and_others(world, as_person, measure):
    assert as_person(world.nell).get(path_to(measure)).status_code == 404
    assert as_person(world.heather).get(path_to(measure)).status_code == 403
    assert as_person(world.tom).get(path_to(measure)).status_code == 200
