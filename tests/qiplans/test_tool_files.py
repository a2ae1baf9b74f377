"""A PDSA cycle and a diagram as PDF and Word, one page each."""

from io import BytesIO

import docx
import pytest
from pypdf import PdfReader

from qiplans import services
from qiplans.models import Diagram
from qiplans.services import diagrams
from tests.qiplans.tools import a_diagram, a_pareto, a_studied_cycle, some_drivers


def fetch(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content


def words_of(pdf):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def pictures_said(part):
    """What stands in the place of pictures in a tagged PDF, for who does not see them."""
    part = part.get_object()
    if isinstance(part, list):
        return [said for one in part for said in pictures_said(one)]
    if not isinstance(part, dict):
        return []
    own = [str(part["/Alt"])] if part.get("/S") == "/Figure" and "/Alt" in part else []
    return own + (pictures_said(part["/K"]) if "/K" in part else [])


def words_in(word):
    document = docx.Document(BytesIO(word))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_a_cycle_on_one_page(world, as_person, work):
    cycle, client = a_studied_cycle(world, work.project), as_person(world.asha)
    pdf = fetch(client, f"/cycles/{cycle.pk}/cycle.pdf")
    assert len(PdfReader(BytesIO(pdf)).pages) == 1
    said, word = words_of(pdf), words_in(fetch(client, f"/cycles/{cycle.pk}/cycle.docx"))
    for text in ("Eight of ten come.", "Six of ten came.", "A text the day before is too late.", "Adapt"):
        assert text in said
        assert text in word


def test_a_driver_diagram_on_one_page_with_its_picture(world, as_person, work):
    diagram, _ = some_drivers(world, work.project)
    diagrams.add_line(by=world.callum, diagram=diagram, text="Capacity to see people")
    client = as_person(world.asha)
    pdf = fetch(client, f"/diagrams/{diagram.pk}/diagram.pdf")
    reader = PdfReader(BytesIO(pdf))
    assert len(reader.pages) == 1
    assert any("change idea" in said for said in pictures_said(reader.trailer["/Root"]["/StructTreeRoot"]))
    said = words_of(pdf)
    word = fetch(client, f"/diagrams/{diagram.pk}/diagram.docx")
    assert "Secondary drivers" in said  # stands in the picture alone: its letters are there too
    for text in ("Capacity to see people", "Text reminder", "Change idea"):
        assert text in said
        assert text in words_in(word)
    pictures = docx.Document(BytesIO(word)).inline_shapes
    assert len(pictures) == 1
    assert "change idea" in pictures[0]._inline.docPr.get("descr")


@pytest.mark.parametrize("kind", [Diagram.Kind.FISHBONE, Diagram.Kind.SWOT])
def test_an_empty_one_is_made_too(world, as_person, work, kind):
    diagram = a_diagram(world, kind)
    assert "Nothing" in words_of(fetch(as_person(world.asha), f"/diagrams/{diagram.pk}/diagram.pdf"))


def test_a_pareto_chart_has_its_table(world, as_person, work):
    pareto = a_pareto(world, {"Declined": 5, "Did not attend": 42})
    said = words_of(fetch(as_person(world.asha), f"/diagrams/{pareto.pk}/diagram.pdf"))
    assert "“Did not attend” makes up 89% of 47." in said


def test_above_the_cluster_only_a_shared_driver_diagram(world, as_person, work):
    diagram, _ = some_drivers(world, work.project)
    cycle, heather = a_studied_cycle(world, work.project), as_person(world.heather)
    assert heather.get(f"/diagrams/{diagram.pk}/diagram.pdf").status_code == 404
    services.share_project(by=world.callum, project=work.project, level="HSCP")
    assert "Shared above the cluster." in words_of(fetch(heather, f"/diagrams/{diagram.pk}/diagram.pdf"))
    assert heather.get(f"/cycles/{cycle.pk}/cycle.pdf").status_code == 404
