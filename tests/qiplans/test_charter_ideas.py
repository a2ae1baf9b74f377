"""What a charter says is not typed again: its ideas into the driver diagram, and one of them into a test."""

from urllib.parse import quote

import pytest

from qiplans.models import Cycle, Diagram, DiagramLine
from qiplans.rules.tools import MOST_LINES
from qiplans.services.charters import write_charter
from qiplans.services.diagrams import add_line, put_ideas, start_driver_diagram
from tests.qiplans.tools import a_cycle


@pytest.fixture
def written(world, work):
    words = {"change_ideas": "One letter\nA text & a call", "first_test": "Text five people."}
    write_charter(by=world.tom, project=work.project, version=1, **words)
    return work


def page_of(client, work, path=""):
    return client.get(f"/projects/{work.project.pk}/{path}").content.decode()


def shape():
    """Every line with those that it hangs on."""
    lines = DiagramLine.objects.select_related("parent__parent").order_by("pk")
    return [tuple(one.text for one in (line.parent and line.parent.parent, line.parent, line) if one) for line in lines]


NAMELESS = ("Driver to be named", "Secondary driver to be named")


def test_one_press_puts_the_ideas_into_the_driver_diagram(world, as_person, written):
    client, path = as_person(world.tom), f"/projects/{written.project.pk}/drivers/ideas/"
    assert f'action="{path}"' in page_of(client, written)
    for _ in range(2):
        answer = client.post(path)
        assert answer.url == f"/diagrams/{Diagram.objects.get().pk}/"
    assert shape() == [
        NAMELESS[:1],
        NAMELESS,
        (*NAMELESS, "One letter"),
        (*NAMELESS, "A text & a call"),
    ]


def test_new_ideas_join_those_that_stand_there_whatever_their_driver_is_called(world, written):
    diagram = start_driver_diagram(by=world.tom, project=written.project)
    driver = add_line(by=world.tom, diagram=diagram, text="Reliable recall")
    second = add_line(by=world.tom, diagram=diagram, text="One way to ask", parent=driver)
    add_line(by=world.tom, diagram=diagram, text="one letter", parent=second)
    assert put_ideas(by=world.tom, project=written.project, ideas=["One letter", "A text"])[1] == 1
    assert shape()[-1] == ("Reliable recall", "One way to ask", "A text")
    assert DiagramLine.objects.count() == 4


def test_a_full_diagram_takes_none_and_says_so(world, as_person, written):
    diagram = start_driver_diagram(by=world.tom, project=written.project)
    for n in range(MOST_LINES - 3):
        add_line(by=world.tom, diagram=diagram, text=f"Driver {n}")
    client = as_person(world.tom)
    answer = client.post(f"/projects/{written.project.pk}/drivers/ideas/", follow=True).content.decode()
    assert "holds 80 lines at most" in answer
    assert DiagramLine.objects.count() == MOST_LINES - 3


def test_an_idea_opens_a_test_with_its_words_and_the_first_test(world, as_person, written):
    client = as_person(world.tom)
    path = f"cycles/new/?idea={quote('A text & a call', safe='')}"
    assert f'href="/projects/{written.project.pk}/{path}"' in page_of(client, written)
    asked = page_of(client, written, path)
    assert 'value="A text &amp; a call"' in asked
    assert "Text five people." in asked
    client.post(
        f"/projects/{written.project.pk}/{path}",
        {"new_idea": "A text & a call", "objective": "x", "question_1": "q", "prediction_1": "p"},
    )
    assert Cycle.objects.get().ramp.title == "A text & a call"


def test_an_idea_of_the_diagram_is_chosen_there(world, as_person, written):
    put_ideas(by=world.tom, project=written.project, ideas=["One letter"])
    a_cycle(world, written.project)
    asked = page_of(as_person(world.tom), written, "cycles/new/?idea=One%20letter")
    line = DiagramLine.objects.get(text="One letter")
    (chosen,) = (
        box for box in asked.split("<input")[1:] if " checked" in box.partition(">")[0] and 'name="idea"' in box
    )
    assert f'value="line-{line.pk}"' in chosen
    assert "Text five people." not in asked


def test_words_from_an_address_that_no_charter_holds_begin_nothing(world, as_person, written):
    assert "Buy a yacht" not in page_of(as_person(world.tom), written, "cycles/new/?idea=Buy%20a%20yacht")


def test_who_only_reads_is_offered_neither(world, as_person, written):
    written.project.practices.set([world.beech])
    page = page_of(as_person(world.asha), written)
    assert "One letter" in page
    assert "Test it" not in page
    assert "Put these in the driver diagram" not in page
