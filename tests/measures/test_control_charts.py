"""XmR, p and u charts, crossings and the rules of Making Data Count, at their edges and under shifts and mirrors."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.analysis.anhoej import crossings_by_phase
from measures.analysis.limits import Kind, limits_of_shares, limits_of_values
from measures.analysis.making_data_count import Assurance, Cause, read
from measures.analysis.phs import flags_of
from tests.measures.series import ANY, FEW_VALUES

SPLITS = st.lists(st.integers(-5, 80), max_size=3)
FROZEN = st.one_of(st.none(), st.integers(0, 30))


@given(ANY, SPLITS, FROZEN, st.booleans())
def test_no_series_raises(series, splits, frozen, screened):
    for found in crossings_by_phase(series, splits=splits, frozen=frozen, excluded=splits):
        assert found.useful <= found.counted
    for chart in limits_of_values(series, splits=splits, frozen=frozen, excluded=splits, screened=screened):
        assert len(chart.plotted) == len(chart.upper)
    reading = read(series, splits=splits, frozen=frozen, screened=screened)
    assert sum(phase.count for phase in reading.phases) == len(reading.points)
    assert reading.assurance(50, higher_is_better=True) in (None, *Assurance)
    assert flags_of(series, median_from_first=frozen).shift == flags_of(series, median_from_first=frozen).shift


@given(ANY, ANY, SPLITS, FROZEN)
def test_no_shares_raise(one, other, splits, frozen):
    length = min(len(one), len(other))
    for kind in (Kind.PROPORTION, Kind.RATE):
        charts = limits_of_shares(one[:length], other[:length], kind=kind, splits=splits, frozen=frozen)
        assert sum(len(chart.plotted) for chart in charts) == length


def test_what_belongs_together_is_of_one_length():
    with pytest.raises(ValueError, match="zip"):
        limits_of_shares([1, 2], [3], kind=Kind.RATE)


@given(FEW_VALUES, st.decimals(-1000, 1000, places=2), FROZEN)
def test_adding_a_constant_moves_no_flag(series, constant, frozen):
    moved = [None if v is None else v + constant for v in series]
    for before, after in zip(
        limits_of_values(series, frozen=frozen), limits_of_values(moved, frozen=frozen), strict=True
    ):
        assert before.outside == after.outside
        assert before.runs.has_signal == after.runs.has_signal
    before, after = read(series, frozen=frozen), read(moved, frozen=frozen)
    if any(phase.count and frozen == 0 for phase in before.phases):
        return  # no baseline, no mean to move
    assert [p.cause for p in before.points] == [p.cause for p in after.points]
    assert flags_of(series).shift == flags_of(moved).shift
    assert flags_of(series).trend == flags_of(moved).trend


@given(FEW_VALUES)
def test_turning_a_series_over_turns_every_flag_over(series):
    turned = [None if v is None else -v for v in series]
    over = {
        Cause.ABOVE_LIMIT: Cause.BELOW_LIMIT,
        Cause.RISING: Cause.FALLING,
        Cause.NEAR_UPPER: Cause.NEAR_LOWER,
        Cause.SHIFT_ABOVE: Cause.SHIFT_BELOW,
    }
    over |= {low: high for high, low in over.items()}
    assert [over.get(p.cause) for p in read(series).points] == [p.cause for p in read(turned).points]
    assert [c.outside for c in limits_of_values(series)] == [c.outside for c in limits_of_values(turned)]
    assert [c.has_signal for c in crossings_by_phase(series)] == [c.has_signal for c in crossings_by_phase(turned)]
    assert flags_of(series).shift == flags_of(turned).shift


def test_each_phase_has_lines_of_its_own():
    first, second = limits_of_values([10, 12, 10, 12, 50, 52, 50, 52], splits=[4])
    assert (first.centre, second.centre) == (11, 51)
    assert (first.runs.first, first.runs.last, second.runs.first, second.runs.last) == (0, 3, 4, 7)
    (whole,) = limits_of_values([10, 12, 10, 12, 50, 52, 50, 52], frozen=4)
    assert (whole.centre, whole.outside) == (11, (4, 5, 6, 7))


def test_a_point_left_out_sets_no_line_but_is_still_judged():
    series = [10, 12, 10, 12, 90, 10, 12, 10, 12]
    (chart,) = limits_of_values(series, excluded=[4], screened=False)
    assert chart.centre == 11
    assert chart.outside == (4,)
    assert chart.runs.counted == 8


def test_a_point_on_a_limit_is_not_beyond_it():
    """A mean of 20 and moving ranges of 2 put the limits at 14.68 and 25.32, which are no binary floats."""
    series = [Decimal(n) for n in (19, 21, 19, 21, 19, 21)]
    on, over = [*series, Decimal("25.32")], [*series, Decimal("25.33")]
    assert [p.is_beyond for p in read(on, frozen=6).points][-1] is False
    assert [p.is_beyond for p in read(over, frozen=6).points][-1] is True
    assert read(series).assurance(Decimal("25.32"), higher_is_better=True) is Assurance.HIT_OR_MISS
    assert read(series).assurance(Decimal("25.33"), higher_is_better=True) is Assurance.MISSED
    assert read(series).assurance(Decimal("25.33"), higher_is_better=False) is Assurance.MET
    assert read(series).assurance(Decimal("NaN"), higher_is_better=False) is None


def test_what_never_changes_has_no_limits_when_screened():
    (screened,), (bare,) = limits_of_values([5] * 12), limits_of_values([5] * 12, screened=False)
    assert (screened.upper[0], bare.upper[0]) == (None, 5.0)
    assert read([5] * 12).points[0].is_beyond is None
    assert read([5] * 12, screened=False).points[0].is_beyond is False


def test_limits_widen_where_few_were_asked():
    (chart,) = limits_of_shares([9, 90, 45], [10, 100, 50], kind=Kind.PROPORTION)
    assert chart.centre == Fraction(9, 10)
    assert chart.lower[0] < chart.lower[2] < chart.lower[1]
    assert chart.upper == (1, pytest.approx(0.99), 1)
    (rates,) = limits_of_shares([2, 0, 4, 1], [100, 0, 200, None], kind=Kind.RATE)
    assert rates.plotted == (Fraction(1, 50), None, Fraction(1, 50), None)
    assert rates.upper[1] is None


def test_the_point_where_two_trends_meet_belongs_to_the_later():
    wide = [10, 14, 11]
    causes = [p.cause for p in read([*wide, 1, 3, 5, 7, 9, 11, 13, 12, 10, 8, 6, 4, 2, *wide]).points]
    assert causes[8:11] == [Cause.RISING, Cause.FALLING, Cause.FALLING]


def test_seven_make_a_shift_six_do_not():
    noise = [Decimal(v) for v in ("9.6", "10.5", "9.4", "10.6", "9.5", "10.4")] * 4
    seven = [Decimal("10.3"), Decimal("10.2")] * 3 + [Decimal("10.3")]
    marked = [p.cause for p in read([*noise, Decimal("9.9"), *seven], frozen=24).points]
    assert marked[-7:] == [Cause.SHIFT_ABOVE] * 7
    assert read([*noise, Decimal("9.9"), *seven[:6]], frozen=24).latest is None


def test_a_mean_share_above_one_is_no_proportion_and_flags_nothing():
    (found,) = limits_of_shares([30, 31, 29], [20, 20, 20], kind=Kind.PROPORTION)
    assert (found.centre, found.outside) == (Fraction(3, 2), ())
