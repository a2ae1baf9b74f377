"""The same chart in page, PDF and Word: the same drawing, the same sentences and the same figures, read out of each."""

import re
from datetime import date
from html import unescape
from io import BytesIO
from types import SimpleNamespace
from zipfile import ZipFile

import pytest
from pypdf import PdfReader
from pypdf.generic import ContentStream

from measures.analysis.periods import following
from measures.models import Measure
from measures.services import say_so_what
from shared.documents import Picture
from shared.documents.pdf import as_image
from tests.measures.practices import a_measure_by_practice, given
from tests.meetings.files import pdf_of, word_of, words_of
from tests.qiplans.conftest import a_measure, a_plan

SERIES = [52, 48, 55, 49, 51, 47, 53, 50, 46, 54, 52, None, 61, 63, 62, 66, 64, 65, 68, 67, 70, 69, 71, 66]
Line = list[tuple[float, ...]]


def of_the_cluster(world) -> Measure:
    return a_measure(world, a_plan(world).project, SERIES)


def of_six_practices(world) -> Measure:
    """Twelve months; the change came after the sixth."""
    measure, month = a_measure_by_practice(world), date(2025, 10, 1)
    for n in range(12):
        for place, name in enumerate(("alder", "ash", "beech", "elm", "hazel", "holly")):
            given(world, measure, getattr(world, name), 20 + place % 3 + n % 2 + (12 if n >= 6 else 0), on=month)
        month = following(month, "MONTH")
    return measure


@pytest.fixture(params=[of_the_cluster, of_six_practices])
def seen(request, world, as_person) -> SimpleNamespace:
    """The page of a measure and its two files, as Asha has them."""
    measure, client = request.param(world), as_person(world.asha)
    path = f"/measures/{measure.pk}/"
    say_so_what(by=world.callum, measure=measure, reaches_to=date(2026, 9, 1), meaning="It was the texts.")
    page = client.get(path).content.decode()
    pdf, word = (client.get(f"{path}chart.{form}").content for form in ("pdf", "docx"))
    return SimpleNamespace(page=page, svg=drawn_on(page), pdf=pdf, word=word)


def drawn_on(page: str) -> str:
    (svg,) = re.findall(r'<div class="portal-qi-chart"[^>]*>(<svg.*?</svg>)</div>', page, re.DOTALL)
    return str(svg)


def test_the_drawing_is_the_same(seen):
    lines = [
        [tuple(float(n) for n in point.split(",")) for point in line.split()]
        for line in re.findall(r'<polyline points="([^"]*)"', seen.svg)
    ]
    assert sum(map(len, lines)) == len(figures_of(seen.page)) >= 12
    assert lines_in(pdf_of(seen.pdf)) == lines
    with ZipFile(BytesIO(seen.word)) as parts:
        (picture,) = (parts.read(name) for name in parts.namelist() if name.startswith("word/media/"))
    assert picture == as_image(Picture(seen.svg, ""))


def test_the_sentences_are_the_same(seen):
    said = in_words(re.findall(r"<desc[^>]*>(.*?)</desc>", seen.svg)[0])
    assert "A shift by the run chart rules of Perla and colleagues" in said
    shows, how_sure = re.findall(r"<p><strong>(A shift.*?)</strong>(.*?)</p>", seen.page)[0]
    assert said.startswith(in_words(f"{shows}{how_sure}"))
    for file in (seen.pdf, seen.word):
        for sentence in (in_words(shows).rstrip("."), in_words(how_sure), "It was the texts."):
            assert sentence in words_of(file)
    assert alternative_of(pdf_of(seen.pdf)) == said
    (drawn,) = word_of(seen.word).inline_shapes
    assert drawn._inline.docPr.get("descr") == said


def test_the_figures_are_the_same(seen):
    figures = figures_of(seen.page)
    drawn = dict(re.findall(r"<title>(\w{3} \d{4}): ([\d.]+%)", seen.svg))
    assert drawn == figures
    (table,) = word_of(seen.word).tables[-1:]
    cells = [cell.text for row in table.rows[1:] for cell in row.cells]
    in_file = dict(zip(cells[::2], cells[1::2], strict=True))
    for period, figure in figures.items():
        assert in_file[period].split(",")[0] == figure
        assert f"{period}{figure}" in words_of(seen.pdf)


def figures_of(page: str) -> dict[str, str]:
    """By period what the table under the chart says, where there is a figure."""
    rows = re.findall(r'<tr><th scope="row">(\w{3} \d{4})</th><td>([\d.]+%)</td>', page)
    return dict(rows)


def lines_in(pdf: PdfReader) -> list[Line]:
    """Every stroke of a PDF through more than two points, in the measure of the drawing."""
    (page,) = pdf.pages
    lines: list[Line] = []
    path: Line = []
    for numbers, operator in ContentStream(page["/Contents"].get_object(), pdf).operations:
        if operator in (b"m", b"l"):
            path.append(tuple(round(float(n), 1) for n in numbers))
        elif operator == b"S" and len(path) > 2:
            lines.append(path)
        if operator in (b"S", b"f", b"B", b"n"):
            path = []
    return lines


def alternative_of(pdf: PdfReader) -> str:
    """What a PDF tells of its one picture to who does not see it."""
    (told,) = {
        str(found["/Alt"])
        for n in range(1, len(pdf.xref[0]) + 1)
        if isinstance(found := pdf.get_object(n), dict) and "/Alt" in found
    }
    return told


def in_words(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html)).strip()
