"""The one way in to the analysis: it says what each ruleset says by itself, and nothing where there is too little."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.analysis.better import Better, Meaning, Variation
from measures.analysis.kinds import Chart, Ruleset
from measures.analysis.making_data_count import Assurance
from measures.analysis.reading import Point, read
from measures.analysis.rulesets import Rule
from measures.analysis.run_chart import ENOUGH
from measures.models import Measure
from tests.measures.agreement import agrees, day, points_of, shown
from tests.measures.series import ANY, FEW_VALUES
from tests.measures.test_vectors import CORE

READINGS = [(ruleset, kind) for kind in Chart for ruleset in kind.rulesets]
OF_VALUES = st.sampled_from([(ruleset, kind) for ruleset, kind in READINGS if kind in (Chart.RUN, Chart.XMR)])
ROWS = st.lists(st.integers(0, 60), max_size=3)
BASELINE = st.one_of(st.none(), st.integers(1, 30))
# Stretches that stand still, rise or fall: unlike mere numbers they fire every rule.
PARTS = st.tuples(st.integers(0, 30), st.integers(-1, 1), st.integers(1, 12))
STRETCHES = st.lists(PARTS, min_size=1, max_size=6).map(
    lambda parts: [level + step * row for level, step, length in parts for row in range(length)]
)
LIVELY = st.one_of(STRETCHES, STRETCHES, FEW_VALUES)
OVER = {"above": "below", "below": "above", "up": "down", "down": "up", "": ""}
TURNED = {Meaning.BETTER: Meaning.WORSE, Meaning.WORSE: Meaning.BETTER, Meaning.NEITHER: Meaning.NEITHER}


@pytest.mark.parametrize(("series", "case"), CORE, ids=[case["case"] for _, case in CORE])
def test_core_case_is_read_as_its_ruleset_reads_it(series, case):
    agrees(series, case)


@given(
    st.one_of(ANY, LIVELY),
    st.one_of(ANY, LIVELY),
    st.sampled_from(READINGS),
    ROWS,
    BASELINE,
    st.sampled_from([None, *Better]),
)
def test_no_figures_raise(one, other, how, rows, baseline, better):
    length = min(len(one), len(other))
    both = [
        Point(day(row), top if row % 2 else None, top, bottom, row in rows)
        for row, (top, bottom) in enumerate(zip(one, other, strict=False))
    ]
    for points in (both, points_of(one[:length], excluded=rows), points_of(one[:length], other[:length], rows)):
        reading = read(
            points,
            ruleset=how[0],
            kind=how[1],
            phases=[day(row) for row in rows],
            baseline=baseline,
            better=better,
            target=50,
        )
        assert len(reading.days) == len(reading.plotted) == len(reading.lower) == len(reading.upper) == length
        covered = [row for phase in reading.phases for row in range(phase.first, phase.last + 1)]
        assert covered == list(range(length))
        for signal in reading.signals:
            (phase,) = [p for p in reading.phases if p.first <= signal.first <= signal.last <= p.last]
            assert phase.is_enough
            assert not set(signal.rows) & set(rows)
            assert None not in [reading.plotted[row] for row in signal.rows]


@given(st.lists(st.one_of(st.none(), st.integers(-50, 50)), max_size=ENOUGH - 1), OF_VALUES, BASELINE)
def test_too_few_points_show_no_signal(values, how, baseline):
    reading = read(points_of(values), ruleset=how[0], kind=how[1], baseline=baseline, better=Better.HIGHER, target=1)
    assert (reading.is_enough, reading.signals) == (False, ())
    assert (reading.variation, reading.assurance) == (None, None)


@pytest.mark.parametrize(("ruleset", "kind"), READINGS)
def test_nine_useful_points_are_not_enough_ten_are(ruleset, kind):
    """Nine or ten points that rise without end fire every rule of trends, and leave runs that are too few."""
    nine = read(points_of(range(1, 10), [1000] * 9), ruleset=ruleset, kind=kind, baseline=2)
    ten = read(points_of(range(1, 11), [1000] * 10), ruleset=ruleset, kind=kind, baseline=2)
    assert (nine.phases[0].useful, nine.is_enough, nine.signals) == (9, False, ())
    assert (ten.phases[0].useful, ten.is_enough, bool(ten.signals)) == (10, True, True)
    assert (nine.phases[0].centre, nine.phases[0].longest_run) == (Fraction(3, 2000), 8)
    if kind is not Chart.RUN:
        assert None not in nine.upper


@given(LIVELY, OF_VALUES, BASELINE)
def test_turning_a_series_over_turns_its_signals_over(values, how, baseline):
    def told(series, better):
        reading = read(points_of(series), ruleset=how[0], kind=how[1], baseline=baseline, better=better, target=0)
        return reading.variation, sorted((s.rule, s.way, s.rows, s.meaning) for s in reading.signals)

    turned = [None if value is None else -value for value in values]
    variation_before, before = told(values, Better.HIGHER)
    variation_after, after = told(turned, Better.LOWER)
    assert (variation_before, before) == (
        variation_after,
        sorted((r, OVER[way], rows, meaning) for r, way, rows, meaning in after),
    )
    _, worse = told(values, Better.LOWER)
    assert worse == sorted((r, way, rows, TURNED[meaning]) for r, way, rows, meaning in before)
    _, neither = told(values, None)
    assert {meaning for *_, meaning in neither} <= {Meaning.NEITHER}


@given(LIVELY, st.decimals(-1000, 1000, places=2), OF_VALUES, ROWS, BASELINE)
def test_adding_a_constant_moves_no_signal(values, constant, how, rows, baseline):
    moved = [None if value is None else value + constant for value in values]
    one, other = (
        read(
            points_of(series, excluded=rows[:1]),
            ruleset=how[0],
            kind=how[1],
            phases=[day(row) for row in rows[1:]],
            baseline=baseline,
        )
        for series in (values, moved)
    )
    assert (one.signals, one.variation) == (other.signals, other.variation)
    for before, after in zip(one.phases, other.phases, strict=True):
        assert (before.centre is None) == (after.centre is None)
        assert before.centre is None or before.centre + Fraction(constant) == after.centre


@given(LIVELY, OF_VALUES, st.integers(0, 60), BASELINE)
def test_a_phase_is_read_as_though_it_stood_alone(values, how, start, baseline):
    def told(series, phases=()):
        return read(points_of(series), ruleset=how[0], kind=how[1], phases=phases, baseline=baseline)

    whole, parts = told(values, [day(start)]), [told(values[:start]), told(values[start:])]
    assert whole.lower == parts[0].lower + parts[1].lower
    assert [p.centre for p in whole.phases] == [p.centre for part in parts for p in part.phases]
    assert [(s.rule, s.way, s.rows) for s in whole.signals] == [
        (s.rule, s.way, tuple(row + first for row in s.rows))
        for first, part in zip((0, start), parts, strict=True)
        for s in part.signals
    ]


def test_each_phase_is_read_by_its_own_line_and_only_where_it_has_enough():
    values = [Decimal(n) for n in (5, 7) * 6 + (20, 21, 22, 23, 24, 25)]
    how = {"ruleset": Ruleset.PERLA, "kind": Chart.RUN, "better": Better.LOWER}
    whole = read(points_of(values), baseline=12, **how)
    (trend,) = [signal for signal in whole.signals if signal.rule is Rule.TREND]
    assert (trend.first, trend.last, trend.way, trend.meaning) == (10, 17, "up", Meaning.WORSE)
    parted = read(points_of(values), phases=[day(12) - timedelta(days=3)], **how)
    assert [(p.first, p.last, p.centre, p.is_enough) for p in parted.phases] == [
        (0, 11, 6, True),
        (12, 17, Fraction(45, 2), False),
    ]
    assert [signal.rule for signal in parted.signals] == [Rule.TOO_MANY_RUNS]
    assert parted.is_enough


def test_rates_and_shares_are_judged_by_the_rules_of_making_data_count():
    """Sixteen at 10 %, then a shift that ends outside the limits, and a point left out, which is no part of it."""
    tops = [9, 11] * 8 + [17, 9, 11, 11, 12, 11, 13, 11, 12, 11, 40, 60]
    reading = read(
        points_of(tops, [100] * len(tops), excluded=[len(tops) - 1]),
        ruleset=Ruleset.MDC,
        kind=Chart.P,
        baseline=16,
        better=Better.LOWER,
    )
    assert reading.phases[0].centre == Fraction(1, 10)
    assert shown(reading, Rule.OUTSIDE) == [("above", (26,))]
    assert shown(reading, Rule.SHIFT) == [("above", tuple(range(18, 27)))]
    assert reading.plotted[27] == Fraction(3, 5)
    assert {signal.meaning for signal in reading.signals} == {Meaning.WORSE}
    assert (reading.variation, reading.assurance) == (Variation.CONCERN, None)
    near = read(points_of([*tops[:16], 17, 11, 18], [100] * 19), ruleset=Ruleset.MDC, kind=Chart.U, baseline=16)
    assert shown(near, Rule.TWO_OF_THREE) == [("above", (16, 18))]
    assert near.variation is Variation.HIGH


def test_the_icons_of_an_xmr_chart():
    values = [Decimal(n) for n in (19, 21, 22, 19, 21, 19, 20, 18, 21, 19, 21, 19, 50)]
    reading = read(
        points_of(values), ruleset=Ruleset.MDC, kind=Chart.XMR, baseline=12, better=Better.HIGHER, target=Decimal(90)
    )
    assert (reading.variation, reading.assurance) == (Variation.IMPROVEMENT, Assurance.MISSED)


def test_what_can_not_be_read_is_refused():
    points = points_of([1, 2])
    for ruleset, kind in ((Ruleset.MDC, Chart.RUN), (Ruleset.PERLA, Chart.XMR), (Ruleset.PHS, Chart.P)):
        with pytest.raises(ValueError, match="can't be read"):
            read(points, ruleset=ruleset, kind=kind)
    with pytest.raises(ValueError, match="order"):
        read(points[::-1], ruleset=Ruleset.PERLA, kind=Chart.RUN)
    with pytest.raises(ValueError, match="baseline"):
        read(points, ruleset=Ruleset.PERLA, kind=Chart.RUN, baseline=0)
    assert read([], ruleset=Ruleset.PERLA, kind=Chart.RUN).phases == ()


def test_better_is_said_as_a_measure_says_it():
    assert [str(way) for way in Better] == Measure.Direction.values
