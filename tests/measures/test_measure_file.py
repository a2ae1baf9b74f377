"""The chart as PDF and Word: the picture of the page, its sentences and figures, as far as one may read."""

import io
import zipfile

import pytest

from measures import selectors, services
from measures.models import Measure
from meetings.selectors import ActionEntry
from qiplans.services import share_project
from tests.meetings.files import pdf_of, word_of, words_of
from tests.qiplans.conftest import a_measure, a_plan
from tests.qiplans.test_strategy import an_emergency

SERIES = [52, 48, 55, 49, 51, 47, 53, 50, 46, 54, 52, None, 61, 63, 62, 66, 64, 65, 68, 67, 70, 69, 71, 66]


@pytest.fixture
def measure(world):
    return a_measure(world, a_plan(world).project, SERIES)


def answer(client, measure, form):
    return client.get(f"/measures/{measure.pk}/chart.{form}")


def test_page_pdf_and_word_say_the_same(world, as_person, measure):
    client, chart = as_person(world.asha), selectors.chart_of(measure)
    page = client.get(f"/measures/{measure.pk}/").content.decode()
    assert f"/measures/{measure.pk}/chart.pdf" in page
    pdf, word = answer(client, measure, "pdf"), answer(client, measure, "docx")
    assert pdf["Content-Type"] == "application/pdf"
    texts = [words_of(pdf.content), words_of(word.content)]
    for text in texts:
        for words in (chart.said.shows[:-1], "Recalled in time", "Texts began", "no figure", "Sep 2026", "61%"):
            assert words in text
    assert "Median 61%" in texts[0]


def test_it_says_what_is_counted_and_how_it_is_defined(world, as_person, measure):
    Measure.objects.update(numerator="People recalled", denominator="People due", definition="Without care homes")
    text = words_of(answer(as_person(world.asha), measure, "pdf").content)
    for words in ("People recalled out of People due", "Without care homes", "So what: Not discussed yet."):
        assert words in text


def test_it_is_one_page_with_a_picture_that_is_told(world, as_person, measure):
    services.say_so_what(
        by=world.callum, measure=measure, reaches_to=selectors.chart_of(measure).latest.day, meaning="It held."
    )
    client, chart = as_person(world.asha), selectors.chart_of(measure)
    pdf = pdf_of(answer(client, measure, "pdf").content)
    assert len(pdf.pages) == 1
    assert "It held." in pdf.pages[0].extract_text()
    word = word_of(answer(client, measure, "docx").content)
    (drawn,) = word.inline_shapes
    assert drawn._inline.docPr.get("descr") == chart.told
    names = zipfile.ZipFile(io.BytesIO(answer(client, measure, "docx").content)).namelist()
    assert any(name.endswith(".png") for name in names)


@pytest.mark.parametrize("periods", [16, 24, 40])
def test_it_is_one_page_with_phases_notes_and_all_that_was_said(world, as_person, periods):
    measure = a_measure(world, a_plan(world).project, (SERIES * 2)[:periods])
    begins = list(measure.points.order_by("period_on").values_list("period_on", flat=True))[periods - 12]
    services.begin_phase(by=world.callum, measure=measure, starts_on=begins, name="One letter for all practices")
    services.say_so_what(
        by=world.callum,
        measure=measure,
        reaches_to=selectors.chart_of(measure).latest.day,
        meaning="It held. " * 12,
        action=ActionEntry("Share the letter", world.today, owner=world.asha.pk),
    )
    told = {"numerator": "People recalled", "denominator": "People due", "source": "The practice system, each month"}
    Measure.objects.update(definition="All with diabetes, without care homes and without those new this year. ", **told)
    an_emergency(world, hscp=True)
    pdf = pdf_of(answer(as_person(world.asha), measure, "pdf").content)
    assert len(pdf.pages) == 1
    text = " ".join(pdf.pages[0].extract_text().split())
    assert "A phase begins: “One letter for all practices” with " in text
    assert "Share the letter" in text


def test_those_above_get_no_notes(world, as_person, measure):
    assert answer(as_person(world.heather), measure, "pdf").status_code == 404
    share_project(by=world.callum, project=measure.in_project.project, level="HSCP")
    services.say_so_what(
        by=world.callum, measure=measure, reaches_to=selectors.chart_of(measure).latest.day, meaning="It held."
    )
    text = words_of(answer(as_person(world.heather), measure, "pdf").content)
    assert "Recalled in time" in text
    assert "Texts began" not in text
    assert "It held." not in text


def test_whatever_is_typed_can_be_printed(world, as_person, measure):
    Measure.objects.update(name="Recall 👍 <b>&amp; #set page(width: 1pt)")
    for form in ("pdf", "docx"):
        assert answer(as_person(world.asha), measure, form).status_code == 200


def test_without_figures(world, as_person):
    measure = a_measure(world, a_plan(world).project)
    assert "No figures yet." in words_of(answer(as_person(world.asha), measure, "pdf").content)
