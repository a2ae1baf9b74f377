"""The picture: well-formed, escaped, without styles, with labels that don't touch."""

import re
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from measures.analysis.figures import rounded, with_unit
from measures.drawing import Drawn, Look, Mark, Stretch, draw_chart, draw_sparkline
from measures.drawing.scale import parted, width_of

SVG = "{http://www.w3.org/2000/svg}"
SERIES = {
    "three": [1, 2, 3],
    "120": [40 + n % 17 for n in range(120)],
    "nought": [0] * 12,
    "a million": [10**6] * 5,
    "tiny": [0.0001, 0.0003],
    "nought to a million": [0, 10**6, 0.0001] * 10,
}
FORTY = "A name that has exactly forty characters"


def drawn(values, **changes):
    marks = [Mark(f"Mar {2016 + n}", None if v is None else Decimal(str(v))) for n, v in enumerate(values)]
    start = {"key": "chart-1", "name": "Recall", "summary": "It rose.", "axis": "Per cent"}
    start |= {
        "write": lambda value, places: with_unit(value, "PERCENT", places=places),
        "write_rounded": lambda value: rounded(value, "PERCENT"),
    }
    return draw_chart(Drawn(**{**start, "marks": marks, **changes}))


def centred(values):
    return [Stretch(0, len(values) - 1, Fraction(str(sorted(values)[len(values) // 2])))]


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
        assert top >= 0, text
        assert bottom <= 400, text
        for other, left2, right2, top2, bottom2 in boxes[n + 1 :]:
            apart = right <= left2 or right2 <= left or bottom <= top2 or bottom2 <= top
            assert apart, f"{text!r} touches {other!r}"


@pytest.mark.parametrize("values", SERIES.values(), ids=SERIES)
@pytest.mark.parametrize("name", ["Recall", FORTY, "x" * 300])
def test_labels_never_touch(values, name):
    assert_none_touch(drawn(values, name=name, goal=Decimal(str(values[0])), stretches=centred(values)))


@pytest.mark.parametrize("values", SERIES.values(), ids=SERIES)
def test_labels_never_touch_with_everything_on_it(values):
    """Limits, a goal on the mean, two phases with long names, every shape, a note on every point."""
    looks = list(Look)
    marks = [
        Mark(f"30 Sep {n % 100:02}", Decimal(str(v)), looks[n % len(looks)], "said", str(n + 1))
        for n, v in enumerate(values)
    ]
    last = len(values) - 1
    middle = Fraction(str(values[0]))
    stretches = [Stretch(0, last // 2, middle), Stretch(last // 2 + 1, last, middle, FORTY)]
    limits = [float(middle)] * len(values)
    svg = drawn(
        [], marks=marks, name=FORTY, stretches=stretches, goal=Decimal(str(values[0])), lower=limits, upper=limits
    )
    assert_none_touch(svg)
    assert "A name" in svg.split("</desc>")[1]


@pytest.mark.parametrize("count", [12, 40, 120])
@pytest.mark.parametrize("noted", [1, 5, "all"])
def test_notes_never_touch_nor_leave_the_picture(count, noted):
    marks = [
        Mark(f"{30 - n % 20} Sep 26", Decimal(n % 7), note=str(n + 1) if noted == "all" or n < noted else "")
        for n in range(count)
    ]
    assert_none_touch(drawn([], marks=marks))


@given(
    st.lists(st.one_of(st.none(), st.integers(0, 10**6), st.decimals(0, 1, places=4)), max_size=120),
    st.lists(st.integers(1, 119), max_size=6, unique=True),
    st.sampled_from(["", "Letter", FORTY]),
    st.one_of(st.none(), st.integers(0, 10**6)),
)
def test_labels_never_touch_whatever_the_figures(values, starts, name, goal):
    firsts = [0, *sorted(s for s in starts if s < len(values))]
    ends = [*(first - 1 for first in firsts[1:]), len(values) - 1]
    centre = next((v for v in values if v is not None), None)
    stretches = [Stretch(a, b, centre, name) for a, b in zip(firsts, ends, strict=True)] if values else []
    assert_none_touch(drawn(values, stretches=stretches, goal=None if goal is None else Decimal(goal), name=FORTY))


@given(st.lists(st.floats(-50, 450), max_size=5))
def test_labels_are_moved_apart_within_the_picture(wanted):
    placed = sorted(parted(wanted, 17, low=60, high=330))
    assert all(later - before >= 17 - 1e-6 for before, later in pairwise(placed))
    assert all(60 - 1e-6 <= at <= 330 + 1e-6 for at in placed)


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
    svg = drawn([1, None, 3, 4], goal=Decimal(2), stretches=centred([1, 3, 4]), lower=[1.0] * 4, upper=[4.0] * 4)
    assert not re.search(r"\s(style|on\w+|class)=|<style|<script", svg)


def test_looks_differ_by_shape_and_the_legend_says_them():
    marks = [Mark(look.name, Decimal(n), look, look.value) for n, look in enumerate(Look)]
    root = ElementTree.fromstring(drawn([], marks=marks))
    shapes = [e for e in root.iter() if e.find(f"{SVG}title") is not None and e is not root]
    assert len({(e.tag, re.sub(r"[\d.]+", "", e.get("d") or ""), e.get("fill")) for e in shapes}) == len(Look)
    said = [e.find(f"{SVG}title").text for e in shapes]
    assert said[:2] == ["PLAIN: 0%", "SHIFT: 1%, part of a shift or long run"]
    texts = [e.text for e in root.iter(f"{SVG}text")]
    assert [look.value for look in Look if look.value in texts and look.value] == [look.value for look in Look][1:]


def test_a_gap_is_never_bridged_nor_a_point_that_is_left_out():
    root = ElementTree.fromstring(drawn([1, 2, None, 3, 4]))
    assert [len(line.get("points").split()) for line in root.iter(f"{SVG}polyline")] == [2, 2]
    marks = [Mark(str(n), Decimal(n), Look.LEFT_OUT if n == 2 else Look.PLAIN) for n in range(5)]
    root = ElementTree.fromstring(drawn([], marks=marks))
    assert [len(line.get("points").split()) for line in root.iter(f"{SVG}polyline")] == [2, 2]


def test_limits_are_steps_and_stop_where_there_are_none():
    root = ElementTree.fromstring(drawn([1, 2, 3, 4], upper=[5.0, 6.0, None, 7.0]))
    steps = [line.get("points").split() for line in root.iter(f"{SVG}polyline") if line.get("stroke-dasharray")]
    assert [len(points) for points in steps] == [4, 2]
    assert "Upper limit 7%" in [e.text for e in root.iter(f"{SVG}text")]


def test_each_phase_has_its_own_centre_line_and_the_name_is_that_of_the_latest():
    stretches = [Stretch(0, 1, Decimal(1)), Stretch(2, 3, Decimal(4), "Letter"), Stretch(4, 5, None, "Texts")]
    root = ElementTree.fromstring(drawn([1, 1, 4, 4, None, None], stretches=stretches))
    texts = [e.text for e in root.iter(f"{SVG}text")]
    assert {"Letter", "Texts"} <= set(texts)
    assert not any(text.startswith("Median") for text in texts)
    lines = [e for e in root.iter(f"{SVG}line") if e.get("stroke") == "#333333" and e.get("stroke-width") == "1.5"]
    assert len(lines) == 2
    assert len({line.get("y1") for line in lines}) == 2


def test_sparkline():
    spark = draw_sparkline([Decimal(1), None, Decimal(3), Decimal(3)], label='Recall: "no signal"')
    root = ElementTree.fromstring(spark)
    assert root.get("aria-label") == 'Recall: "no signal"'
    assert draw_sparkline([Decimal(1), None], label="x") == ""
