"""What the drawings hold and which few causes a Pareto chart names: pure Python."""

from fractions import Fraction
from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiplans.analysis.pareto import pareto_of, percent
from qiplans.drawing import Branch, draw_drivers, draw_fishbone, draw_pareto, draw_swot

LONG = "Donaudampfschifffahrtsgesellschaftskapitaen " * 3
TREE = [Branch(f"{LONG}{n}", [Branch(LONG, [Branch("a < b & c")]), Branch("x")]) for n in range(5)]
CAUSES = [(f"Cause {n} with a longer name", 20 - n) for n in range(20)]


def drawings():
    yield draw_drivers(Branch("Aim", TREE), key="d", told="told")
    yield draw_drivers(Branch(LONG * 4), key="d", told="told")
    yield draw_fishbone("Effect", TREE, key="f", told="told")
    yield draw_fishbone("Effect", [], key="f", told="told")
    yield draw_pareto(pareto_of(CAUSES), name="Why", key="p", told="told")
    yield draw_pareto(pareto_of([("Only", 3)]), name="Why", key="p", told="told")
    yield draw_swot("Us", [("S", [LONG] * 6), ("W", []), ("O", ["x"]), ("T", [])], key="s", told="told")


@pytest.mark.parametrize("svg", list(drawings()))
def test_each_is_well_made_with_title_and_description_and_no_style(svg):
    root = ElementTree.fromstring(svg)
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert {"title", "desc"} <= names
    assert not any("style" in element.attrib for element in root.iter())
    assert root.attrib["role"] == "img"


@pytest.mark.parametrize("svg", list(drawings()))
def test_nothing_is_written_outside_the_picture(svg):
    root = ElementTree.fromstring(svg)
    wide, high = (float(part) for part in root.attrib["viewBox"].split()[2:])
    for text in root.iter("{http://www.w3.org/2000/svg}text"):
        x, y = float(text.attrib["x"]), float(text.attrib["y"])
        size = len(text.text or "") * 6.2
        left = {"middle": x - size / 2, "end": x - size}.get(text.attrib.get("text-anchor", ""), x)
        assert left >= -4, text.text
        assert left + size <= wide + 4, text.text
        assert 8 <= y <= high - 2, text.text


def test_boxes_of_a_driver_diagram_never_overlap():
    root = ElementTree.fromstring(draw_drivers(Branch("Aim", TREE), key="d", told="t"))
    boxes = [
        tuple(float(rect.attrib[name]) for name in ("x", "y", "width", "height"))
        for rect in root.iter("{http://www.w3.org/2000/svg}rect")
        if "x" in rect.attrib
    ]
    assert len(boxes) == 1 + 5 * 4
    for (x, y, w, h), (x2, y2, w2, h2) in combinations(boxes, 2):
        assert x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y


def test_the_few_are_the_fewest_that_make_80_per_cent():
    found = pareto_of([("a", 10), ("b", 80), ("c", 10)])
    assert [bar.name for bar in found.vital] == ["b"]
    assert found.words == "“b” makes up 80% of 100. Begin there."


def test_between_equal_ones_no_choice_is_made():
    found = pareto_of([("a", 50), *((name, 10) for name in "bcdef"), ("g", 0), ("h", 0)])
    assert not found.vital
    assert "No few causes stand out: it takes 4 of the 6" in found.words
    found = pareto_of([("a", 62), ("b", 15), *((name, 3) for name in "cdefghi"), ("j", 2)])
    assert [bar.name for bar in found.vital] == ["a", "b"]
    assert "80% takes 1 more of the 7 that were counted 3 each." in found.words


def test_noughts_and_nothing():
    assert pareto_of([]).words == "Nothing has been counted yet."
    assert pareto_of([("a", None)]).left == ("a",)
    assert "Every count is nought" in pareto_of([("a", 0)]).words
    assert "Only “a” was counted" in pareto_of([("a", 3), ("b", 0)]).words
    assert "it takes 4 of the 4" in pareto_of([(name, 5) for name in "abcd"]).words


def test_shares_are_rounded_without_telling_a_lie():
    assert [percent(Fraction(n, 1000)) for n in (0, 1, 5, 995, 999, 1000)] == [
        "0%",
        "under 1%",
        "1%",
        "over 99%",
        "over 99%",
        "100%",
    ]


@given(st.lists(st.tuples(st.text(max_size=8), st.none() | st.integers(0, 10**6)), max_size=25))
def test_any_counts_are_read_and_drawn(counted):
    found = pareto_of(counted)
    assert found.words
    assert sum(bar.count for bar in found.bars) == found.total
    assert not found.bars or not found.total or found.bars[-1].so_far == 1
    assert [bar.count for bar in found.bars] == sorted((bar.count for bar in found.bars), reverse=True)
    happened = [bar for bar in found.bars if bar.count]
    assert bool(found.vital) == (bool(happened) and "No few" not in found.words)
    assert len(happened) < 2 or len(found.vital) * 2 <= len(happened)
    if found.total:
        assert draw_pareto(found, name="Why", key="p", told="told").startswith("<svg")
