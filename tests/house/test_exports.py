"""No spreadsheet program runs what somebody typed (S49), and numbers stay numbers."""

import csv
from datetime import UTC, datetime
from io import BytesIO, StringIO

import openpyxl
import pytest

from shared.exports import as_csv, as_excel

NASTY = ["=1+1", "+1", "-cmd", "@SUM(A1)", "\t=1", "\r=1", '"=1+1"', "＝1+1", " =1"]


def csv_rows(values):
    body = b"".join(as_csv("list", ["What"], [[v] for v in values])).decode("utf-8-sig")
    return [row[0] for row in csv.reader(StringIO(body, newline=""))][1:]


def excel_cells(values):
    book = openpyxl.load_workbook(BytesIO(as_excel("list", ["What"], [[v] for v in values]).content))
    return [row[0] for row in book.active.iter_rows(min_row=2)]


def test_csv_text_never_starts_a_formula():
    assert all(cell.startswith("'") for cell in csv_rows(NASTY))


def test_excel_text_is_text():
    assert {cell.data_type for cell in excel_cells(NASTY)} == {"s"}


def test_numbers_stay_numbers():
    assert csv_rows([-3, 4.5]) == ["-3", "4.5"]
    assert [cell.value for cell in excel_cells([-3, 4.5])] == [-3, 4.5]
    assert {cell.data_type for cell in excel_cells([-3, 4.5])} == {"n"}


@pytest.mark.parametrize("text", ["Rowan", "O’Neil & Sons", "North, South"])
def test_ordinary_text_is_left_alone(text):
    assert csv_rows([text]) == [text]
    assert excel_cells([text])[0].value == text


def test_a_plain_writer_would_have_made_a_formula():
    """Negative control: openpyxl by itself turns the text into a formula."""
    book = openpyxl.Workbook()
    book.active.append(["=1+1"])
    assert book.active["A1"].data_type == "f"


def test_csv_is_written_row_by_row():
    asked = []
    rows = ([asked.append(n) or n] for n in range(3))
    body = iter(as_csv("list", ["What"], rows))
    assert (next(body), next(body)) == ("\ufeff".encode(), b"What\r\n")
    assert asked == []
    assert next(body) == b"0\r\n"
    assert asked == [0]


def test_a_moment_is_written_as_the_readers_clock_says_it():
    summer = datetime(2026, 7, 1, 12, 30, tzinfo=UTC)
    assert excel_cells([summer])[0].value == datetime(2026, 7, 1, 13, 30)
