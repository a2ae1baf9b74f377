"""What a practice file may look like, and every reason to refuse one."""

import codecs
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practices.parsing import Refused, day_in_name, read_practice_file
from practices.selectors import known_codes
from tests.practices.lists import FIFE, HEADER, SHETLAND, as_file, changed, practice, small, without


def read(data):
    return read_practice_file(data, codes=known_codes())


def refusals(data):
    with pytest.raises(Refused) as caught:
        read(data)
    return caught.value.refusals


def only(data):
    (wrong,) = refusals(data)
    return wrong


def test_reads_practices_with_clean_cells():
    file = read(as_file(small()))
    first = file.rows[0]
    assert file.has_clusters
    assert (first.line, first.code, first.patients, first.cluster) == (2, "10001", 5000, "Alpha")
    assert first.address == "Health Centre, 1, High Street, Sampleton"
    assert first.phone == "01632 960 001"
    assert file.rows[-1].cluster == ""


@pytest.mark.parametrize("ends", ["\r\n", "\n", "\r"])
def test_reads_any_line_ending(ends):
    assert len(read(as_file(small(), ends=ends)).rows) == 13


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_reads_utf8_and_windows_1252(encoding):
    rows = changed(small(), 10001, GPPracticeName="Practice Seòras – Gàidhlig")
    assert read(as_file(rows, encoding=encoding)).rows[0].name == "Practice Seòras – Gàidhlig"


def test_collapses_white_space_in_cluster_names():
    rows = changed(small(), 10001, GPCluster="S  - Pink ")
    assert read(as_file(rows)).rows[0].cluster == "S - Pink"


def test_reads_older_shapes():
    header = ["_id", *[{"PracticeListSize": "Listsize"}.get(h, h) for h in HEADER if h != "GPCluster"]]
    rows = [{**row, "_id": "7", "Listsize": row["PracticeListSize"]} for row in small()]
    file = read(as_file(rows, header=header))
    assert not file.has_clusters
    assert file.rows[1].patients == 5010


def test_maps_archived_codes():
    rows = changed(small(), 10021, HB="S08000018", HSCP="S37000014")
    assert read(as_file(rows)).rows[8].hscp == FIFE


def test_a_blank_list_size_is_unknown_not_nought():
    assert read(as_file(changed(small(), 10001, PracticeListSize=" "))).rows[0].patients is None


def test_blank_lines_and_trailing_commas_are_nothing():
    data = as_file(small(), ends="\n").replace(b"\n10002", b"\n\n,,,\n10002").replace(b",Alpha\n", b",Alpha,,\n")
    assert len(read(data).rows) == 13


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \r\n ", "empty"),
        (",".join(HEADER).encode(), "no practices"),
        (b"PK\x03\x04 rest of a workbook", "Excel workbook"),
        (b"\xd0\xcf\x11\xe0", "old Excel"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"%PDF-1.7", "PDF"),
        (b"PracticeCode\x00", "not text"),
        (codecs.BOM_UTF16_LE + "PracticeCode".encode("utf-16-le"), "UTF-16"),
        (b"PracticeCode,\x81\x8d\xff", "not text in UTF-8"),
        (b"x" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
    ],
)
def test_refuses_what_is_no_csv_file(data, says):
    wrong = only(data)
    assert (wrong.line, wrong.field) == (0, "file")
    assert says in wrong.reason


@pytest.mark.parametrize("name", [h for h in HEADER if h not in ("Dispensing", "DataZone", "GPCluster")])
def test_refuses_a_missing_column_by_name(name):
    wrong = only(as_file(small(), header=[h for h in HEADER if h != name]))
    assert (wrong.line, wrong.field) == (1, name)
    assert "missing" in wrong.reason


def test_says_when_the_file_is_another_one():
    named = {wrong.field: wrong.reason for wrong in refusals(b"Date,PracticeCode,HB,HSCP,Sex,AllAges\n1,2,3,4,5,6\n")}
    assert "list sizes by age" in named["GPPracticeName"]
    assert "PracticeCode" not in named
    semicolons = refusals(as_file(small()).replace(b",", b";"))
    assert "comma delimited" in semicolons[0].reason


def test_refuses_a_column_that_is_there_twice():
    assert only(as_file(small(), header=[*HEADER, "HB"])).reason == "This column is there twice."


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ({"PracticeCode": "1234"}, "PracticeCode"),
        ({"PracticeCode": "123456"}, "PracticeCode"),
        ({"PracticeCode": "1000A"}, "PracticeCode"),
        ({"PracticeCode": "١٠٠٠١"}, "PracticeCode"),
        ({"PracticeCode": ""}, "PracticeCode"),
        ({"PracticeCode": "10002"}, "PracticeCode"),
        ({"GPPracticeName": "  "}, "GPPracticeName"),
        ({"GPPracticeName": "x" * 121}, "GPPracticeName"),
        ({"GPPracticeName": "bell \x07"}, "GPPracticeName"),
        ({"PracticeListSize": "many"}, "PracticeListSize"),
        ({"PracticeListSize": "1,234"}, "PracticeListSize"),
        ({"PracticeListSize": "-5"}, "PracticeListSize"),
        ({"PracticeListSize": "5.5"}, "PracticeListSize"),
        ({"PracticeListSize": "*"}, "PracticeListSize"),
        ({"PracticeListSize": "9" * 40}, "PracticeListSize"),
        ({"PracticeType": "17X"}, "PracticeType"),
        ({"HB": "S08000099"}, "HB"),
        ({"HB": ""}, "HB"),
        ({"HSCP": "S37000099"}, "HSCP"),
        ({"HB": "S08000026"}, "HB"),
        ({"GPCluster": "x" * 121}, "GPCluster"),
        ({"Postcode": "far too long"}, "Postcode"),
    ],
)
def test_refuses_a_wrong_cell_with_line_column_and_value(cells, field):
    wrong = {w.field: w for w in refusals(as_file(changed(small(), 10003, **cells)))}[field]
    assert wrong.line == 4
    assert wrong.value == cells[field]
    assert wrong.reason


def test_says_which_board_an_hscp_belongs_to():
    wrong = only(as_file(changed(small(), 10003, HB="S08000026")))
    assert wrong.reason == "This is NHS Shetland, but Falkirk HSCP belongs to NHS Forth Valley."


def test_says_where_a_code_stands_already():
    assert only(as_file([*small(), practice(10001, "Alpha")])).reason == "This practice code stands on line 2 already."


def test_names_all_problems_at_once():
    rows = changed(changed(small(), 10002, HB="X", PracticeListSize="no"), 10022, PracticeCode="1")
    assert [(w.line, w.field) for w in refusals(as_file(rows))] == [
        (3, "PracticeListSize"),
        (3, "HB"),
        (11, "PracticeCode"),
    ]


def test_refuses_ragged_lines():
    data = (
        as_file(small(), ends="\n")
        .replace(b",Alpha\n10002", b"\n10002")
        .replace(b"Beta Cluster\n", b"Beta Cluster,x\n", 1)
    )
    short, long = refusals(data)
    assert (short.line, short.field) == (2, "GPCluster")
    assert (long.line, long.field, long.value) == (6, "column 16", "x")


def test_counts_lines_over_cells_with_line_breaks():
    rows = changed(small(), 10001, GPPracticeName="Two\nlines")
    assert read(as_file(rows)).rows[0].name == "Two lines"
    assert only(as_file(changed(rows, 10002, HSCP="?"))).line == 4


def test_refuses_quotation_marks_that_do_not_match():
    wrong = refusals(as_file(small(), ends="\n") + b'10099,"open,1\n')
    assert wrong[0].line == 15
    assert "quotation marks" in wrong[0].reason


def test_refuses_thousands_of_lines():
    rows = [practice(10000 + n, "Alpha") for n in range(5001)]
    assert "about 900 practices" in only(as_file(rows)).reason


# 0101701233 is no real person's: the digits are made up to pass the check.
@pytest.mark.parametrize("cell", ["0101701233", "010170 1233", "010170   1233", "101701233"])
def test_refuses_patient_numbers_without_repeating_them(cell):
    for wrong in refusals(as_file(changed(small(), 10003, GPPracticeName=f"Practice {cell}"))):
        assert (wrong.line, wrong.field, wrong.value) == (4, "GPPracticeName", "")
        assert "patient’s CHI number" in wrong.reason
        assert "1233" not in wrong.reason


@pytest.mark.parametrize("left", ["010170", "01/01/70", "01/01/1970"])
def test_refuses_patient_numbers_in_columns_of_no_use_and_split_in_two(left):
    rows = [{**row, "Notes": "", "More": ""} for row in small()]
    rows[1] |= {"Notes": left, "More": "1233"}
    assert (only(as_file(rows, header=[*HEADER, "Notes", "More"])).field) == "Notes"


def test_reads_the_real_file(practice_data):
    file = read((practice_data / "practice_contactdetails_apr2024-open-data.csv").read_bytes())
    assert len(file.rows) == 891
    assert sum(row.patients or 0 for row in file.rows) == 5_991_571
    assert len({row.cluster for row in file.rows} - {""}) == 149
    assert sum(not row.cluster for row in file.rows) == 4


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("practice_contactdetails_apr2024-open-data.csv", date(2024, 4, 1)),
        ("practice_contactdetails_October-2023.csv", date(2023, 10, 1)),
        ("list Jul 24.csv", date(2024, 7, 1)),
        ("practices-2024-10-01.csv", date(2024, 10, 1)),
        ("practices_20240101.csv", date(2024, 1, 1)),
        ("practices.csv", None),
        ("20249901.csv", None),
        ("marl2024.csv", date(2024, 3, 1)),
        ("summary_may.csv", None),
    ],
)
def test_reads_the_day_in_a_file_name(name, day):
    assert day_in_name(name) == day


def rows_or_refusals(data):
    try:
        return read(data).rows
    except Refused as refused:
        return refused.refusals


HEAD = ",".join(HEADER).encode() + b"\n"


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=2000) | st.binary(max_size=2000).map(lambda junk: HEAD + junk))
def test_any_bytes_are_read_or_refused(data):
    assert rows_or_refusals(data)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), max_size=17), max_size=6))
def test_any_cells_are_read_or_refused(cells):
    body = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in cells)
    assert rows_or_refusals(HEAD + body.encode("utf-8", "surrogatepass"))


def test_nothing_is_lost_between_lines():
    assert [row.code for row in read(as_file(without(small(), 10012))).rows][4:6] == ["10011", "10013"]
    assert read(as_file([practice(10041, "Shetland", SHETLAND)])).rows[0].hscp == SHETLAND
