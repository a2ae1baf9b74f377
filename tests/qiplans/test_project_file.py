"""A project on one page, as PDF and Word."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from qiplans import services
from qiplans.services.charters import write_charter
from tests.qiplans.conftest import a_measure


def pdf_of(as_person, person, work):
    answer = as_person(person).get(f"/projects/{work.project.pk}/project.pdf")
    assert answer.status_code == 200
    return PdfReader(BytesIO(answer.content))


def text_of(pdf):
    """The words of the first page without blanks: a reader of PDF guesses them."""
    return "".join(pdf.pages[0].extract_text().split())


@pytest.fixture
def told(world, work):
    a_measure(world, work.project, [50, 48, 52, 51, 49, 47, 53, 50, 60, 62, 61, 63, 64, 66])
    services.write_update(by=world.tom, project=work.project, text="Texts go out weekly")
    write_charter(by=world.tom, project=work.project, version=1, change_ideas="One letter\nA text")
    return work


def test_it_is_one_page_with_aim_chart_and_ideas(world, as_person, told):
    pdf = pdf_of(as_person, world.asha, told)
    text = text_of(pdf)
    assert len(pdf.pages) == 1
    for words in ("70% of people", "Texts go out weekly", "One letter", "Recalled in time", "Tom Kerr"):
        assert words.replace(" ", "") in text


def test_above_the_cluster_it_says_no_more_than_the_page(world, as_person, told):
    services.share_project(by=world.callum, project=told.project, level="HSCP")
    text = text_of(pdf_of(as_person, world.heather, told))
    assert "Textsgooutweekly" in text
    for words in ("Tom Kerr", "Alder", "One letter"):
        assert words.replace(" ", "") not in text


def test_word_holds_the_same(world, as_person, told):
    answer = as_person(world.asha).get(f"/projects/{told.project.pk}/project.docx")
    with ZipFile(BytesIO(answer.content)) as book:
        words = book.read("word/document.xml").decode()
    assert "70% of people" in words
    assert "One letter" in words
