"""The case for a change: derived from what a project wrote, and no more of it than its reader may read."""

import re
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader

from measures.services import begin_phase, say_so_what
from qiplans import services
from qiplans.models import Project
from qiplans.services.support import answer_support, ask_support
from tests.qiplans.conftest import a_measure
from tests.qiplans.tools import a_cycle, a_studied_cycle

SHIFT = [50, 48, 52, 51, 49, 47, 53, 50, 60, 62, 61, 63, 64, 66]
CALM = [50, 48, 52, 49, 51, 47, 53, 48, 52, 50, 51, 49]
INSIDE = ("Texts work best three days before", "Fewer people lost to follow-up.")


def path_to(work, file=""):
    return f"/projects/{work.project.pk}/case/{file}"


def read(as_person, person, work):
    answer = as_person(person).get(path_to(work))
    assert answer.status_code == 200
    return answer.content.decode()


def say(world, measure):
    last = measure.points.order_by("period_on").last().period_on
    say_so_what(
        by=world.callum,
        measure=measure,
        reaches_to=last,
        meaning="Texts work best three days before",
        at=timezone.now(),
    )


@pytest.fixture
def told(world, work):
    """A project with a shift in its chart, a meaning, a test with a lesson, and two things asked of the HSCP."""
    say(world, a_measure(world, work.project, SHIFT))
    a_studied_cycle(world, work.project)
    first = ask_support(by=world.tom, project=work.project, what="Money for texts in May", reply_by=world.today)
    answer_support(by=world.heather, ask=first, decision="PART", reasons="Half of it", at=timezone.now())
    ask_support(by=world.tom, project=work.project, what="A contract for texts", reply_by=world.today)
    return work


EVERYBODY = (
    "70% of people",
    "A shift by the run chart rules of Perla and colleagues",
    "A text the day before is too late.",
    "made things better",
    "Money for texts",
)


def test_members_read_all_of_it_from_one_page(world, as_person, told):
    page = read(as_person, world.asha, told)
    for words in (*EVERYBODY, *INSIDE, "Given in part", "Half of it", "A contract for texts"):
        assert words in page
    assert "show nothing yet" not in page
    assert path_to(told) in as_person(world.asha).get(f"/projects/{told.project.pk}/").content.decode()


def test_the_hscp_reads_it_once_it_is_shared_and_without_what_the_cluster_keeps(world, as_person, told):
    assert as_person(world.heather).get(path_to(told)).status_code == 404
    services.share_project(by=world.callum, project=told.project, level="HSCP")
    page = read(as_person, world.heather, told)
    for words in (*EVERYBODY, "A contract for texts", "Half of it", "No meeting has agreed the reason yet"):
        assert words in page
    for words in (*INSIDE, "Tom Kerr", "Alder", "Do texts bring people in?", "Texts began"):
        assert words not in page
    assert as_person(world.nell).get(path_to(told)).status_code == 404


def test_above_the_reason_is_the_purpose_that_a_meeting_agreed(world, as_person, told):
    services.share_project(by=world.callum, project=told.project, level="HSCP")
    told.priority.agreed_title, told.priority.agreed_purpose = "Recall", "As the meeting agreed it."
    told.priority.save()
    assert "As the meeting agreed it." in read(as_person, world.heather, told)


@pytest.mark.parametrize("name", ["lewis", "bruce"])
def test_who_does_not_answer_for_the_hscp_is_not_told_what_was_asked(world, as_person, told, name):
    services.share_project(by=world.callum, project=told.project, level="BOARD")
    page = read(as_person, getattr(world, name), told)
    assert "What is asked is read by the cluster and by those who answer for the HSCP." in page
    assert "A contract for texts" not in page
    assert "Half of it" not in page


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        (None, "No measure yet, so no chart says whether it made a difference."),
        ([], "no figure has been entered"),
        (SHIFT[:5], "too few figures to tell a change from chance"),
        (CALM, "The charts show no change so far"),
    ],
)
def test_charts_that_show_nothing_are_said_to(world, as_person, work, figures, said):
    if figures is not None:
        a_measure(world, work.project, figures)
    page = read(as_person, world.callum, work)
    assert said in page
    assert "No test of change can be read here yet." in page
    assert "Nothing has been asked of the HSCP yet." in page


def test_a_change_that_lasts_since_a_phase_is_something_to_show(world, as_person, work):
    measure = a_measure(world, work.project, [*CALM, 60, 61, 62, 60, 61, 62, 60])
    begin_phase(by=world.callum, measure=measure, starts_on=date(2026, 1, 1), name="Texts")
    page = read(as_person, world.callum, work)
    assert "the change is sustained so far" in page
    assert "show no change" not in page


def test_a_test_that_is_only_planned_is_no_evidence(world, as_person, work):
    a_cycle(world, work.project)
    assert "No test of change can be read here yet." in read(as_person, world.callum, work)


def test_pdf_and_word_say_the_same(world, as_person, told):
    pdf = as_person(world.asha).get(path_to(told, "case.pdf"))
    text = "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf.content)).pages)
    with ZipFile(BytesIO(as_person(world.asha).get(path_to(told, "case.docx")).content)) as book:
        word = book.read("word/document.xml").decode()
    for words in (*EVERYBODY[:3], *INSIDE, "Half of it", "A contract for texts"):
        assert words.replace(" ", "") in text
        assert words in word


def test_the_file_from_above_says_no_more_than_the_page(world, as_person, told):
    services.share_project(by=world.callum, project=told.project, level="HSCP")
    with ZipFile(BytesIO(as_person(world.heather).get(path_to(told, "case.docx")).content)) as book:
        word = book.read("word/document.xml").decode()
    assert "70% of people" in word
    for words in (*INSIDE, "Tom Kerr", "Alder"):
        assert words not in word


def readers_of(as_person, person, work):
    pdf = PdfReader(BytesIO(as_person(person).get(path_to(work, "case.pdf")).content))
    return "".join(pdf.pages[0].extract_text().split())


def test_the_file_names_no_wider_circle_than_its_words_may_have(world, as_person, told):
    services.share_project(by=world.callum, project=told.project, level="BOARD")
    above = "Sharedabovethecluster"
    answering = readers_of(as_person, world.heather, told)
    assert "ForRowanandthosewhoanswerforitsHSCPonly." in answering
    assert above not in answering
    assert above in readers_of(as_person, world.bruce, told)
    assert "ForthemembersofRowanonly." in readers_of(as_person, world.asha, told)


def test_whoever_may_not_know_what_was_asked_is_not_told_that_nothing_is_needed(world, as_person, told):
    Project.objects.filter(pk=told.project.pk).update(could_use_help_with="")
    services.share_project(by=world.callum, project=told.project, level="BOARD")
    assert "It names none here." in read(as_person, world.bruce, told)
    assert "It has asked the HSCP" in read(as_person, world.heather, told)


@pytest.mark.parametrize("file", ["case/case.pdf", "project.pdf"])
def test_the_notes_whose_numbers_stand_on_the_drawing_stand_under_it(world, as_person, told, file):
    pdf = PdfReader(BytesIO(as_person(world.asha).get(f"/projects/{told.project.pk}/{file}").content))
    text = "".join("".join(page.extract_text().split()) for page in pdf.pages)
    assert re.search(r"Notes:1\(Apr\w*2025\):Textsbegan", text)


def test_as_many_queries_with_one_measure_as_with_twenty(world, as_person, told):
    client = as_person(world.callum)

    def queries():
        client.get(path_to(told))
        with CaptureQueriesContext(connection) as seen:
            client.get(path_to(told))
        return len(seen)

    few = queries()
    for n in range(19):
        say(world, a_measure(world, told.project, CALM[:2], name=f"Measure {n}"))
        a_studied_cycle(world, told.project, title=f"Idea {n}")
    assert queries() == few
