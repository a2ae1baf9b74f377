"""The two sentences under a chart."""

from decimal import Decimal

import pytest

from measures.analysis.figures import plain, rounded, with_unit
from measures.analysis.run_chart import analyse
from measures.analysis.words import reading_of


def read(values, direction="UP", unit="PERCENT"):
    return reading_of(
        analyse(values), periods=[f"month {n + 1}" for n in range(len(values))], unit=unit, direction=direction
    )


def test_too_early():
    said = read([1, 2, 3])
    assert said.shows == "Not enough data yet: 2 points lie off the median and 10 are needed."
    assert said.verdict == "not enough data yet"
    assert read([1, 1, 2]).shows.startswith("Not enough data yet: 1 point lies off")


@pytest.mark.parametrize(("direction", "side"), [("UP", ", the better way"), ("DOWN", ", the worse way"), ("NONE", "")])
def test_a_shift_names_its_stretch_its_rule_and_which_way_is_better(direction, side):
    said = read([40, 43, 39, 44, 41, 42, 38, 60, 63, 58, 65, 61, 62, 59, 64], direction)
    assert said.shows == (
        f"A shift: 7 points in a row from month 8 to month 15 lie above the median of 58%{side} "
        "(the rule asks for six)."
    )
    assert "in pure chance data of 12 points one of the three rules fires in about 14 of 100 charts" in said.how_sure


def test_a_trend():
    said = read([50, 40, 60, 41, 59, 42, 58, 43, 51, 52, 53, 54, 55], "DOWN")
    assert said.shows == (
        "A trend: 6 points in a row from month 8 to month 13 are rising, the worse way (the rule asks for five)."
    )
    assert said.verdict == "trend, worse"


def test_too_many_swings():
    said = read([40, 60] * 12)
    assert said.shows.startswith("Too many runs: the line changes sides of the median of 50% in 24 runs")
    assert "24 points" in said.how_sure
    assert "37 of 100" in said.how_sure


def test_nothing_to_see_does_not_claim_that_nothing_changed():
    said = read([50, 52, 47, 51, 49, 48, 53, 54, 46, 45, 55, 44, 56, 50.5])
    assert said.shows.startswith("No signal")
    assert "need more points" in said.how_sure


def test_a_long_chart_says_that_noise_fires_more_often():
    assert "in longer charts more often" in read([40, 60] * 30).how_sure


def test_figures_are_written_plainly():
    assert plain(10**6) == "1,000,000"
    assert plain(Decimal("0.0001")) == "0.0001"
    assert plain(Decimal("-0.00")) == "0"
    assert with_unit(Decimal("62.50"), "PERCENT") == "62.5%"
    assert rounded(Decimal("0.00015"), "RATE") == "0.00015"
    assert rounded(Decimal("62.666"), "PERCENT") == "62.67%"
