"""Tables as CSV and Excel that no spreadsheet program will run as formulas (check S49)."""

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from itertools import chain
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.timezone import localtime
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

# Full-width forms count too: some spreadsheet programs fold them to the ASCII sign.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(value: Any) -> Any:
    """The value as CSV may hold it: text that could start a formula gets a leading apostrophe, numbers stay numbers."""
    if isinstance(value, str) and value.lstrip(' "').startswith(FORMULA_STARTS):
        return "'" + value
    return "" if value is None else value


class _Echo:
    def write(self, value: str) -> str:
        return value


def as_csv(name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """A download `name`.csv, streamed row by row, with a byte-order mark so that Excel reads UTF-8."""
    writer = csv.writer(_Echo())
    lines = (writer.writerow([safe_cell(v) for v in row]) for row in chain([headings], rows))
    response = StreamingHttpResponse(chain(["\ufeff"], lines))
    return _named(response, f"{name}.csv", "text/csv; charset=utf-8")


def as_excel(name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A download `name`.xlsx; every text cell is written as text, never as a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:31])
    for row in chain([headings], rows):
        sheet.append([_excel_value(sheet, v) for v in row])
    out = BytesIO()
    book.save(out)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _named(HttpResponse(out.getvalue()), f"{name}.xlsx", kind)


def _excel_value(sheet: Any, value: Any) -> Any:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return localtime(value).replace(tzinfo=None)  # Excel knows no time zones: the hour as the reader's clock says
    return _text_cell(sheet, value) if isinstance(value, str) else value


def _text_cell(sheet: Any, value: str) -> WriteOnlyCell:
    # Excel refuses control characters altogether; they carry nothing for a reader.
    cell = WriteOnlyCell(sheet, value="".join(c for c in value if c >= " " or c in "\t\n"))
    cell.data_type = "s"
    return cell


def _named(response: Any, filename: str, content_type: str) -> Any:
    response["Content-Type"] = content_type
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
