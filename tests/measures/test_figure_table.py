"""Reading tables of figures: wide and long, as people have them, and everything that is wrong with them."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from measures.analysis.periods import first_day
from measures.parsing import Asked, lines_of_file, lines_of_paste, read_figures
from measures.parsing.period_words import NoPeriod, day_named
from practices.parsing import Refused

PRACTICES = {"10001": 1, "alder": 1, "10002": 2, "ash": 2}


def asked(*, is_share=True, frequency="MONTH"):
    def trouble(top, bottom):
        return {"numerator": "Too many."} if bottom is not None and top is not None and top > bottom else {}

    return Asked(
        PRACTICES,
        is_share,
        lambda day: first_day(day, frequency),
        lambda day: "Not begun." if day.year > 2026 else "",
        trouble,
    )


def read(text, **options):
    return read_figures(lines_of_paste(text), asked(**options))


def told(table):
    return [
        (one.practice, str(one.period_on), one.count.state, one.count.numerator, one.count.denominator)
        for one in table.figures
    ]


def wrong(table):
    return [(problem.line, problem.field, problem.reason) for problem in table.problems]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Jan 2026", date(2026, 1, 1)),
        ("january 2026", date(2026, 1, 1)),
        ("Sept. 2026", date(2026, 9, 1)),
        ("Jan-26", date(2026, 1, 1)),
        ("2026-01", date(2026, 1, 1)),
        ("2026-01-01 00:00:00", date(2026, 1, 1)),
        ("01/2026", date(2026, 1, 1)),
        ("9/11/2026", date(2026, 11, 9)),
        ("Oct–Dec 2026", date(2026, 10, 1)),
        ("Oct - Dec 2026", date(2026, 10, 1)),
        ("week of 9 Nov 2026", date(2026, 11, 9)),
    ],
)
def test_periods_as_people_write_them(words, day):
    assert day_named(words) == day


@pytest.mark.parametrize(
    ("words", "why"),
    [("Q4 2026", "write the months"), ("31/2/2026", "no such day"), ("Total", "This is not a period.")],
)
def test_what_names_no_period(words, why):
    with pytest.raises(NoPeriod, match=why):
        day_named(words)


def test_a_practice_a_line_and_a_period_a_column():
    table = read("Practice,Jan 2026,Feb 2026\n10001,31 of 50,0/50\nAsh,*,n/a\n")
    assert told(table) == [
        (1, "2026-01-01", "GIVEN", 31, 50),
        (1, "2026-02-01", "GIVEN", 0, 50),
        (2, "2026-01-01", "SUPPR", None, None),
        (2, "2026-02-01", "MISSING", None, None),
    ]
    assert table.problems == ()


def test_two_columns_a_period_from_the_clipboard():
    table = read(
        "code\tname\tJan 2026 numerator\tJan 2026 denominator\n10001\tAlder\t1,031\t5,000\n10002\tAsh\t<5\t40\n"
    )
    assert told(table) == [(1, "2026-01-01", "GIVEN", 1031, 5000), (2, "2026-01-01", "SUPPR", None, 40)]


def test_a_line_for_each_figure():
    table = read("Period;Practice;Count;Out of\nJan 2026;Alder;31;50\nJan 2026;Ash;;\nFeb 2026;Ash;c;\n")
    assert told(table) == [(1, "2026-01-01", "GIVEN", 31, 50), (2, "2026-02-01", "SUPPR", None, None)]


def test_plain_counts():
    table = read("Practice,2026-01,2026-02\nAlder,7,\n", is_share=False)
    assert told(table) == [(1, "2026-01-01", "GIVEN", 7, None)]


def test_every_fault_is_named_with_its_place():
    table = read(
        "Practice,Jan 2026,Total,Feb 2026,01/02/2026,Mar 2027\n"
        "Alder,62%,1,1 of 2,1 of 2,1 of 2\n"
        "Oak,1 of 2,1,some of 2,,\n"
        "10001,1 of 2,,,,\n"
        "Ash,9 of 5,,2026-03-05,,,7\n"
    )
    reasons = wrong(table)
    assert [(line, field) for line, field, _ in reasons] == [
        (1, "Total"),
        (1, "01/02/2026"),
        (1, "Mar 2027"),
        (2, "Jan 2026"),
        (3, "Practice"),
        (3, "Feb 2026"),
        (4, "Practice"),
        (5, "column 7"),
    ]
    assert "a share alone can’t be added up" in reasons[3][2]
    assert reasons[6][2] == "This practice is already on line 2."


def test_a_spreadsheet_makes_days_of_shares():
    (problem,) = read("Practice,Jan 2026\nAlder,2026-03-05\n").problems
    assert problem.reason.startswith("The spreadsheet has made a day of this.")
    assert problem.value == "2026-03-05"


def test_a_patient_number_goes_on_to_no_screen():
    (problem,) = read("Practice,Jan 2026\nAlder,CHI 0101010023\n").problems
    assert problem.value == ""
    assert "patient’s number" in problem.reason


def test_long_lines_twice_and_in_part():
    table = read("practice,period,numerator,denominator\nAlder,Jan 2026,1,2\n10001,1/1/2026,1,2\nAsh,soon,,9\n")
    assert wrong(table) == [
        (3, "numerator", "This practice and period are already on line 2."),
        (4, "period", "This is not a period. Write it like Jan 2026, Oct–Dec 2026 or week of 9 Nov 2026."),
        (4, "denominator", "There is a number here, but nothing was counted."),
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "There is nothing in it."),
        ("Practice,Jan 2026", "It has one line only."),
        ("Place,Jan 2026\nAlder,1", "the code or the name of each practice"),
        ("Practice,period,numerator\nAlder,Jan 2026,1", "This column is missing."),
        ("Practice,Jan 2026\nAlder,\n", "No figure stands in it"),
        ('Practice,Jan 2026\n"Alder,1', "The quotation marks on this line do not match"),
        ("Practice" + ",x" * 140 + "\nAlder,1", "more than 130 columns"),
        ("Practice,Jan 2026\n" + "Alder,1 of 2\n" * 1000, "more than 1,000 lines"),
    ],
)
def test_what_is_no_table_is_refused_whole(text, why):
    with pytest.raises(Refused) as refused:
        read(text)
    assert why in refused.value.refusals[0].reason


def a_workbook(rows, add=()):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    held = BytesIO()
    book.save(held)
    with ZipFile(held, "a", ZIP_DEFLATED) as folder:
        for name, content in add:
            folder.writestr(name, content)
    return held.getvalue()


def test_a_workbook_reads_like_its_text():
    data = a_workbook([["Practice", date(2026, 1, 1), "Feb 2026", None], [10001, "31 of 50", None], ["Ash", 7.0, 7.5]])
    lines = lines_of_file(data)
    assert lines == [(1, ["Practice", "2026-01-01", "Feb 2026"]), (2, ["10001", "31 of 50"]), (3, ["Ash", "7", "7.5"])]
    table = read_figures(lines_of_file(a_workbook([["Practice", date(2026, 1, 1)], [10001, 7]])), asked(is_share=False))
    assert [one.count.numerator for one in table.figures] == [Decimal(7)]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "The file is empty."),
        (b"x" * (500 * 1024 + 1), "larger than 500 kB"),
        (b"\x89PNG\r\n\x1a\n", "This is a picture"),
        (b"%PDF-1.7", "This is a PDF file"),
        (b"MZ\x90\x00\x03", "This is not text"),
        (b"<!DOCTYPE html><html></html>", "This is a web page"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "This is a picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "locked with a password"),
        (b"PK\x03\x04 no zip at all", "This Excel file cannot be read"),
        (a_workbook([["a"]], [("xl/vbaProject.bin", b"x")]), "holds macros"),
        (a_workbook([["a"]], [("xl/big.xml", b" " * 21 * 1024 * 1024)]), "unpacks to more than 20 MB"),
        (a_workbook([["a"]], [("xl/lol.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x/>')]), "Excel file cannot be read"),
        (a_workbook([["Practice"]] * 1_002), "more than 1,000 lines"),
    ],
)
def test_files_that_are_no_table_are_refused_in_words(data, why):
    with pytest.raises(Refused) as refused:
        lines_of_file(data)
    assert why in refused.value.refusals[0].reason
