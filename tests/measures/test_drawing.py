"""The picture: well-formed, escaped, without styles, with labels that don't touch."""

import re
from decimal import Decimal
from fractions import Fraction
from xml.etree import ElementTree

import pytest
from django.template import Context, Template

from measures.analysis.figures import rounded, with_unit
from measures.drawing import Drawn, Mark, draw_run_chart, draw_sparkline
from measures.drawing.scale import width_of

SVG = "{http://www.w3.org/2000/svg}"


def drawn(values, **changes):
    marks = [Mark(f"Mar {2016 + n}", None if v is None else Decimal(str(v))) for n, v in enumerate(values)]
    start = {"key": "chart-1", "name": "Recall", "summary": "It rose.", "axis": "Per cent"}
    start |= {
        "write": lambda value, places: with_unit(value, "PERCENT", places=places),
        "write_rounded": lambda value: rounded(value, "PERCENT"),
    }
    return draw_run_chart(Drawn(**{**start, "marks": marks, **changes}))


def boxes_of(svg):
    """Left, right, top and bottom of every text."""
    found = []
    for text in ElementTree.fromstring(svg).iter(f"{SVG}text"):
        wide, x, y = width_of(text.text), float(text.get("x")), float(text.get("y"))
        left = x - {"middle": wide / 2, "end": wide}.get(text.get("text-anchor"), 0)
        found.append((text.text, left, left + wide, y - 11, y + 2))
    return found


def assert_none_touch(svg):
    boxes = boxes_of(svg)
    for n, (text, left, right, top, bottom) in enumerate(boxes):
        assert left >= -1, text
        assert right <= 721, text
        for other, left2, right2, top2, bottom2 in boxes[n + 1 :]:
            apart = right <= left2 or right2 <= left or bottom <= top2 or bottom2 <= top
            assert apart, f"{text!r} touches {other!r}"


@pytest.mark.parametrize(
    "values", [[1, 2, 3], [40 + n % 17 for n in range(120)], [0] * 12, [10**6] * 5, [0.0001, 0.0003]]
)
@pytest.mark.parametrize("name", ["Recall", "A name that has exactly forty characters", "x" * 300])
def test_labels_never_touch(values, name):
    middle = Fraction(str(sorted(values)[len(values) // 2]))
    assert_none_touch(drawn(values, name=name, median=middle, goal=Decimal(str(values[0]))))


@pytest.mark.parametrize("every", [1, 2, 7])
def test_numbers_of_notes_never_touch(every):
    marks = [Mark("9 Nov 26", Decimal(n % 9), note=str(n) if n % every == 0 else "") for n in range(120)]
    assert_none_touch(drawn([], marks=marks))


def test_it_is_named_told_and_an_image():
    root = ElementTree.fromstring(drawn([1, 2, 3]))
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "chart-1-title chart-1-told"
    assert root.find(f"{SVG}title").text == "Run chart: Recall"
    assert root.find(f"{SVG}desc").text == "It rose."
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert ids == ["chart-1-title", "chart-1-told"]


def test_what_people_type_is_escaped_once():
    svg = drawn([1, 2], name='<script>x</script> & "co"')
    assert "<script" not in svg
    assert ElementTree.fromstring(svg).find(f"{SVG}title").text == 'Run chart: <script>x</script> & "co"'
    page = Template("{{ chart }}").render(Context({"chart": svg}))
    assert page == svg
    assert Template("{{ text }}").render(Context({"text": "<b>"})) == "&lt;b&gt;"


def test_no_style_and_no_handler():
    svg = drawn([1, None, 3, 4], goal=Decimal(2), median=Fraction(3))
    assert not re.search(r"\s(style|on\w+|class)=|<style|<script", svg)


def test_flags_differ_by_shape():
    marks = [Mark("a", Decimal(1)), Mark("b", Decimal(2), flag="shift"), Mark("c", Decimal(3), flag="trend")]
    root = ElementTree.fromstring(drawn([], marks=marks))
    titles = {
        e.tag.removeprefix(SVG): e.find(f"{SVG}title").text for e in root.iter() if e.find(f"{SVG}title") is not None
    }
    assert titles["circle"] == "a: 1%"
    assert titles["rect"] == "b: 2%, part of a shift"
    assert titles["path"] == "c: 3%, part of a trend"


def test_a_gap_is_never_bridged():
    root = ElementTree.fromstring(drawn([1, 2, None, 3, 4]))
    assert [len(line.get("points").split()) for line in root.iter(f"{SVG}polyline")] == [2, 2]


def test_sparkline():
    spark = draw_sparkline([Decimal(1), None, Decimal(3), Decimal(3)], label='Recall: "no signal"')
    root = ElementTree.fromstring(spark)
    assert root.get("aria-label") == 'Recall: "no signal"'
    assert draw_sparkline([Decimal(1), None], label="x") == ""
