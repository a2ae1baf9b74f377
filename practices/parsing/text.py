"""From bytes to lines of cells, or the reason why not."""

import csv
from collections.abc import Iterator
from io import StringIO

SIZE_LIMIT = 5 * 1024 * 1024
SIGNATURES = (
    (b"PK\x03\x04", "an Excel workbook or a zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file"),
    (b"%PDF", "a PDF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xff\xfe", "text in UTF-16"),
    (b"\xfe\xff", "text in UTF-16"),
)
# How files begin that are text, but no list.
MARKUP = (("<!doctype html", "a web page"), ("<html", "a web page"), ("<?xml", "an XML file"), ("<svg", "a picture"))
SAVE_AS = "Save it as “CSV UTF-8 (comma delimited)” and try again."


class Unreadable(Exception):
    """The bytes are no CSV file; the message says why in plain words. `line` is 0 for the file as a whole."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.line = reason, line


def decoded(data: bytes) -> str:
    """The text of a CSV file, whether UTF-8 (with or without byte-order mark) or Windows-1252. Raises Unreadable."""
    if not data.strip():
        raise Unreadable("The file is empty.")
    if len(data) > SIZE_LIMIT:
        raise Unreadable("The file is larger than 5 MB. A practice list has about 200 kB.")
    for start, kind in SIGNATURES:
        if data.startswith(start):
            raise Unreadable(f"This is {kind}, not a CSV file. {SAVE_AS}")
    if b"\x00" in data:
        raise Unreadable(f"This is not text, so it cannot be a CSV file. {SAVE_AS}")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return _no_markup(text)
    raise Unreadable(f"This is not text in UTF-8 or Windows-1252, so it cannot be read. {SAVE_AS}")


def _no_markup(text: str) -> str:
    start = text[:100].lstrip().casefold()
    for mark, kind in MARKUP:
        if start.startswith(mark):
            raise Unreadable(f"This is {kind}, not a CSV file. Download the list itself and try again.")
    return text


def lines_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """Line number (where the row begins, counted from 1) and cells of each row that is not blank. Raises Unreadable."""
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error:
        raise Unreadable(
            "The quotation marks on this line do not match, so its cells cannot be told apart.", begins
        ) from None
