"""The rules of Perla and colleagues at their edges, and against themselves under shifts and mirrors."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from measures.analysis.exact import ratio, whole_numbers
from measures.analysis.kinds import Chart, Ruleset
from measures.analysis.reading import read
from measures.analysis.run_chart import ENOUGH, Verdict, analyse
from measures.analysis.runs_table import BALANCED, limits
from measures.analysis.words import said_of
from tests.measures.agreement import points_of
from tests.measures.series import ANY, FEW_VALUES


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


@given(ANY)
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


@given(st.one_of(ANY, st.lists(st.one_of(st.none(), st.integers(0, 6)), max_size=ENOUGH)))
def test_too_few_useful_points_are_counted_but_never_shown_as_a_signal(series):
    found = analyse(series)
    reading = read(points_of(series), ruleset=Ruleset.PERLA, kind=Chart.RUN)
    said = said_of(reading, periods=[str(n) for n in range(len(series))], write=str)
    assert (found.median is None) == all(ratio(value) is None for value in series)
    assert (found.runs > 0) == (found.longest_run > 0) == (found.useful > 0)
    assert (said.verdict == "not enough data yet") == (found.useful < ENOUGH)
    if found.useful < ENOUGH:
        assert not found.has_signal
        assert found.runs_verdict is Verdict.NOT_ENOUGH


@given(st.one_of(ANY, st.lists(st.one_of(st.none(), st.decimals(-1000, 1000, places=2)), max_size=60)))
def test_whole_numbers_are_the_figures_themselves(series):
    """However the figures are written: the quick way for Decimals of one make gives the same as the slow one."""
    figures, scale = whole_numbers(series)
    for value, figure in zip(series, figures, strict=True):
        parts = ratio(value)
        assert (None if figure is None else Fraction(figure, scale)) == (None if parts is None else Fraction(*parts))
