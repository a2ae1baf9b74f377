"""The analysis against the reference vectors, and against itself under shifts and mirrors."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.analysis.run_chart import Verdict, analyse
from measures.analysis.runs_table import BALANCED, limits

SERIES = json.loads((Path(__file__).parent / "perla_vectors.json").read_text())["series"]
CASES = [(series["y"], case) for series in SERIES for case in series["cases"]]
NEAR = 1e-9


def what_definition_says(found):
    exact = found.expected_runs or (None, None)
    balanced = found.expected_runs_balanced or (None, None)
    return {
        "median": float(found.median),
        "n_useful": found.useful,
        "n_above": found.above,
        "n_below": found.below,
        "runs": found.runs,
        "longest_run": found.longest_run,
        "shift": [{"side": s.way, "points": list(s.points)} for s in found.shifts],
        "trend": [{"direction": s.way, "points": list(s.points)} for s in found.trends],
        "runs_verdict_exact": found.runs_verdict,
        "runs_verdict_balanced": found.runs_verdict_balanced,
        "runs_lower_exact": exact[0],
        "runs_upper_exact": exact[1],
        "runs_lower_balanced": balanced[0],
        "runs_upper_balanced": balanced[1],
    }


def what_flags_say(found):
    return {
        "median": float(found.median),
        "shift": sorted({p for s in found.shifts for p in s.points}),
        "trend": sorted({p for s in found.trends for p in s.points}),
    }


@pytest.mark.parametrize(("y", "case"), CASES, ids=[case["case"] for _, case in CASES])
def test_agrees_with_the_reference(y, case):
    found = analyse(y, **case["args"])
    got = what_definition_says(found) if case["engine"].startswith("definition") else what_flags_say(found)
    wanted = {**case["expect"], **case.get("exact", {})}
    assert got["median"] == pytest.approx(wanted.pop("median"), rel=NEAR)
    assert {name: got[name] for name in wanted} == wanted


def test_all_cases_were_compared():
    engines = [case["engine"] for _, case in CASES]
    assert engines.count("definition.perla2011_exact") == 67
    assert engines.count("phs.runchart_flags+perla_preprocess") == 67


def test_the_table_is_the_exact_distribution():
    assert {n: limits(n // 2, n - n // 2) for n in range(10, 61)} == BALANCED


def test_a_point_on_the_median_is_on_it():
    """(87.1 + 87.3) / 2 is 87.2, though not in binary floats."""
    found = analyse([87.1, 87.3, 87.2, 90, 80])
    assert found.median == Fraction("87.2")
    assert found.useful == 4


def test_under_ten_useful_points_there_is_no_signal():
    found = analyse([Decimal(n) for n in (1, 2, 3, 4, 5, 6, 7, 8, 9)])
    assert (found.useful, len(found.trends)) == (8, 1)
    assert found.runs_verdict is Verdict.NOT_ENOUGH
    assert not found.has_enough
    assert not found.has_signal


def test_a_median_can_be_frozen():
    found = analyse([5, 5, 5, *[9] * 20], median_from_first=3)
    assert (found.median, found.above, found.below) == (5, 20, 0)
    assert [s.way for s in found.shifts] == ["above"]


NUMBERS = st.one_of(
    st.none(),
    st.integers(-(10**9), 10**9),
    st.decimals(-1000, 1000, places=2),
    st.fractions(-100, 100, max_denominator=50),
    st.floats(-1e6, 1e6),
    st.sampled_from([float("nan"), float("inf"), Decimal("NaN"), Decimal("Infinity")]),
)
FEW_VALUES = st.lists(st.one_of(st.none(), st.integers(0, 6)), max_size=60)


@given(st.one_of(st.lists(NUMBERS, max_size=60), FEW_VALUES))
def test_no_series_raises(series):
    found = analyse(series)
    assert found.useful == found.above + found.below
    assert found.runs_verdict in set(Verdict)


@given(FEW_VALUES, st.decimals(-1000, 1000, places=2))
def test_adding_a_constant_moves_nothing(series, constant):
    before, after = analyse(series), analyse([None if v is None else v + constant for v in series])
    assert (before.shifts, before.trends, before.runs) == (after.shifts, after.trends, after.runs)
    assert before.runs_verdict is after.runs_verdict
    if before.median is not None:
        assert after.median == before.median + Fraction(constant)


@given(FEW_VALUES)
def test_turning_a_series_over_turns_every_flag_over(series):
    other = {"above": "below", "below": "above", "up": "down", "down": "up"}
    before, after = analyse(series), analyse([None if v is None else -v for v in series])
    for one, turned in ((before.shifts, after.shifts), (before.trends, after.trends)):
        assert [(other[s.way], s.points) for s in one] == [(s.way, s.points) for s in turned]
    assert (before.above, before.below) == (after.below, after.above)
    assert before.runs_verdict is after.runs_verdict
