"""Whatever is brought as a table of figures: refused in plain words beside the box, and nothing changes."""

import tracemalloc
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from measures.models import DataPoint
from measures.parsing import SIZE_LIMIT
from tests.measures.practices import a_measure_by_practice

ROWS_OF_EXCEL = 1_048_576
MEGABYTE = 1024 * 1024


def bring(world, as_person, measure, data, name="figures.xlsx"):
    file = SimpleUploadedFile(name, data, content_type="text/csv")
    return as_person(world.callum).post(f"/measures/{measure.pk}/upload/", {"file": file}).content.decode()


def workbook(*lines):
    book = Workbook()
    for line in lines:
        book.active.append(line)
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def with_part(data, name, content, *, instead=False):
    """The workbook `data` with one more part, or with another in the place of the one of that name."""
    held = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(held, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            if not (instead and part.filename == name):
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return held.getvalue()


def one_row_too_many():
    """A sheet that says it has a row below the last that Excel knows."""
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f'<row r="{ROWS_OF_EXCEL + 1}"><c r="A{ROWS_OF_EXCEL + 1}"><v>1</v></c></row></sheetData></worksheet>'
    )
    return with_part(workbook(["Practice"]), "xl/worksheets/sheet1.xml", sheet, instead=True)


@pytest.fixture
def measure(world):
    return a_measure_by_practice(world)


FILES = {
    "nothing": (b"", "The file is empty."),
    "blanks": (b" \r\n", "The file is empty."),
    "one byte": (b"1", 'aria-invalid="true"'),
    "one byte more than the limit": (b"1" * (SIZE_LIMIT + 1), "The file is larger than 500 kB."),
    "macros": (with_part(workbook(["Practice"]), "xl/vbaProject.bin", b"x"), "The workbook holds macros."),
    "locked": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "locked with a password"),
    "a bomb": (
        with_part(workbook(["Practice"]), "xl/media/image1.bin", bytes(30 * MEGABYTE)),
        "unpacks to more than 20 MB",
    ),
    "entities": (
        with_part(workbook(["Practice"]), "xl/extra.xml", '<!DOCTYPE l [<!ENTITY l "lol">]><l>&l;</l>'),
        "This Excel file cannot be read.",
    ),
    "a row too many": (one_row_too_many(), "There is nothing in it."),
    "more lines than are read": (workbook(*[["a"]] * 1_001), "It has more than 1,000 lines."),
    "a web page": (b"<!DOCTYPE html><html></html>", "This is a web page"),
    "a drawing": (b"<svg></svg>", "This is a picture"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "This is a picture"),
    "a program": (b"MZ\x90\x00\x03" + bytes(100), "This is not text"),
}


@pytest.mark.parametrize("name", ["figures.xlsx", "figures.csv"])
@pytest.mark.parametrize("kind", FILES)
def test_what_is_no_table_is_refused_in_plain_words(world, as_person, measure, kind, name):
    data, says = FILES[kind]
    page = bring(world, as_person, measure, data, name)
    assert says in page
    assert 'aria-invalid="true"' in page
    assert not DataPoint.objects.exists()


def test_a_file_of_exactly_the_limit_is_read(world, as_person, measure):
    table = f"Practice,Jan 2026\n{world.alder.code},*\n".encode()
    page = bring(world, as_person, measure, table + b"\n" * (SIZE_LIMIT - len(table)), "figures.csv")
    assert "too small to show" in page


@pytest.mark.parametrize("kind", ["a bomb", "a row too many", "entities"])
def test_nothing_is_unpacked_to_be_refused(world, as_person, measure, kind):
    bring(world, as_person, measure, b"1")  # what is loaded once is not the file's
    tracemalloc.start()
    try:
        bring(world, as_person, measure, FILES[kind][0])
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 16 * MEGABYTE
