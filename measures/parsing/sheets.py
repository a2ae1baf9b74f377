"""From a file or a paste to lines of cells, or the reason why not: CSV, Excel workbooks, tabs from the clipboard."""

import csv
from collections.abc import Iterable
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook

from practices.parsing import Refusal, Refused
from practices.parsing.text import Unreadable, decoded

Lines = list[tuple[int, list[str]]]
WHOLE_FILE = "file"
SIZE_LIMIT = 500 * 1024
UNPACKED_LIMIT = 20 * 1024 * 1024
MOST_PARTS = 200
MOST_LINES, MOST_COLUMNS = 1_000, 130
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
ZIPPED = b"PK\x03\x04"
SAVE_AS = "Save it as an Excel workbook (.xlsx) or as “CSV UTF-8 (comma delimited)” and try again."


def lines_of_file(data: bytes) -> Lines:
    """Line number and cells of each line that is not blank. Raises Refused for what is no table."""
    if not data.strip():
        raise _refused("The file is empty.")
    if len(data) > SIZE_LIMIT:
        raise _refused("The file is larger than 500 kB. Bring the figures in several tables.")
    if data.startswith(OLD_EXCEL):
        raise _refused(f"This is an old Excel file, or one that is locked with a password. {SAVE_AS}")
    if data.startswith(ZIPPED):
        return _of_workbook(data)
    try:
        return lines_of_paste(decoded(data))
    except Unreadable as wrong:
        raise Refused(Refusal(wrong.line, WHOLE_FILE, "", wrong.reason)) from None


def lines_of_paste(text: str) -> Lines:
    """The same of text, its cells parted by tabs, semicolons or commas."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    mark = next((mark for mark in "\t;" if mark in first), ",")
    reader = csv.reader(StringIO(text, newline=""), delimiter=mark, strict=True)
    found: Lines = []
    begins = 1
    try:
        for cells in reader:
            found.append((begins, [cell.strip() for cell in cells]))
            begins = reader.line_num + 1
    except csv.Error:
        reason = "The quotation marks on this line do not match, so its cells cannot be told apart."
        raise Refused(Refusal(begins, WHOLE_FILE, "", reason)) from None
    return _within_limits(found)


def _of_workbook(data: bytes) -> Lines:
    _refuse_dangerous(data)
    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        rows = sheets[0].iter_rows(max_row=MOST_LINES + 2, max_col=MOST_COLUMNS + 2, values_only=True) if sheets else ()
        lines = [(line, [_text(value) for value in row]) for line, row in enumerate(rows, start=1)]
    except Exception:  # openpyxl raises whatever the file makes it stumble over
        raise _refused(f"This Excel file cannot be read. {SAVE_AS}") from None
    return _within_limits(lines)


def _refuse_dangerous(data: bytes) -> None:
    """A workbook is a packed folder of XML: refuse what unpacks to too much, holds macros, or defines entities."""
    try:
        with ZipFile(BytesIO(data)) as folder:
            parts = folder.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > UNPACKED_LIMIT:
                raise _refused("The workbook unpacks to more than 20 MB. Copy the table alone into a new one.")
            if any("vbaproject" in part.filename.casefold() for part in parts):
                raise _refused(f"The workbook holds macros. {SAVE_AS}")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")) and _defines_entities(folder.read(part)):
                    raise _refused(f"This Excel file cannot be read. {SAVE_AS}")
    except (BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError):
        raise _refused(f"This Excel file cannot be read. {SAVE_AS}") from None


def _defines_entities(part: bytes) -> bool:
    return b"<!DOCTYPE" in part or b"<!ENTITY" in part


def _text(value: Any) -> str:
    """A cell as a person would write it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _within_limits(lines: Iterable[tuple[int, list[str]]]) -> Lines:
    found = [(line, cells) for line, cells in lines if any(cells)]
    if not found:
        raise _refused("There is nothing in it.")
    if len(found) > MOST_LINES:
        raise _refused(f"It has more than {MOST_LINES:,} lines. Bring the figures in several tables.")
    for _, cells in found:
        while cells and not cells[-1]:
            cells.pop()  # spreadsheets leave empty cells at the end
    if max(len(cells) for _, cells in found) > MOST_COLUMNS:
        raise _refused(f"It has more than {MOST_COLUMNS} columns. Bring the figures in several tables.")
    return found


def _refused(reason: str) -> Refused:
    return Refused(Refusal(0, WHOLE_FILE, "", reason))
