"""The sentences under a chart: what it shows and by which rule, how sure, and before and after."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.analysis.better import Better
from measures.analysis.chance import false_signals
from measures.analysis.figures import plain, rounded, with_unit
from measures.analysis.kinds import Chart, Ruleset
from measures.analysis.reading import read
from measures.analysis.words import said_of
from tests.measures.agreement import day, points_of
from tests.measures.series import ANY, FEW_VALUES

ANY_WAY = [(ruleset, kind) for kind in Chart for ruleset in kind.rulesets]
SHIFT_UP = [40, 43, 39, 44, 41, 42, 38, 60, 63, 58, 65, 61, 62, 59, 64]


def said(values, better="UP", ruleset=Ruleset.PERLA, kind=Chart.RUN, bases=None, since="", **how):
    values = [Decimal(str(v)) if isinstance(v, float) else v for v in values]
    reading = read(points_of(values, bases), ruleset=ruleset, kind=kind, better=Better(better), **how)
    periods = [f"month {n + 1}" for n in range(len(values))]
    factor = 100 if kind in (Chart.P, Chart.U) else 1
    return said_of(reading, periods=periods, write=lambda v: rounded(v * factor, "PERCENT"), since=since)


def test_too_early():
    told = said([1, 2, 3])
    assert told.shows == "Not enough data yet: 2 points lie off the median and 10 are needed."
    assert told.how_sure.startswith("Until then none of the run chart rules of Perla and colleagues is applied")
    assert (told.verdict, told.before_after) == ("not enough data yet", "")
    assert said([1, 1, 2]).shows.startswith("Not enough data yet: 1 point lies off")
    assert said([]).shows.startswith("Not enough data yet: 0 points lie off the median")
    assert "off the mean" in said([1, 2, 3], ruleset=Ruleset.MDC, kind=Chart.XMR).shows


@pytest.mark.parametrize(("better", "side"), [("UP", ", the better way"), ("DOWN", ", the worse way"), ("NONE", "")])
def test_a_shift_names_its_stretch_its_rule_and_which_way_is_better(better, side):
    told = said(SHIFT_UP, better)
    assert told.shows == (
        "A shift by the run chart rules of Perla and colleagues: 7 points in a row from month 8 to month 15 lie above "
        f"the median of 58%{side} (the rule asks for six); it is one of 3 signals here."
    )
    assert told.how_sure == (
        "Chance hardly ever does this: by these rules pure noise of 15 points shows a signal in about 18 of 100 charts "
        "and three or more signals in fewer than 1 of 100, so ask what changed."
    )


def test_a_trend():
    told = said([50, 40, 60, 41, 59, 42, 58, 43, 51, 52, 53, 54, 55], "DOWN")
    assert told.shows == (
        "A trend by the run chart rules of Perla and colleagues: 6 points in a row from month 8 to month 13 are "
        "rising, the worse way (the rule asks for five)."
    )
    assert told.verdict == "trend, worse"


def test_how_sure_is_weighed_by_how_often_noise_shows_so_many_signals():
    one = said([50, 40, 60, 41, 59, 42, 58, 43, 51, 52, 53, 54, 55])
    assert one.how_sure == (
        "This may still be chance: by these rules pure noise of 12 points shows a signal in about 13 of 100 charts, so "
        "ask what changed before you trust it."
    )
    seldom = said(SHIFT_UP, ruleset=Ruleset.ANHOEJ, baseline=7)
    assert seldom.how_sure == (
        "Chance seldom does this: by these rules pure noise of 15 points shows a signal in about 3 of 100 charts, so "
        "ask what changed."
    )
    for ruleset, kind in ANY_WAY:
        for size in (10, 24, 60, 120):
            chances = [false_signals(ruleset, kind, size, signals=n)[1] for n in (1, 2, 3, 4)]
            assert chances == sorted(chances, reverse=True)
            assert chances[2] == chances[3]


def test_too_many_swings():
    told = said([40, 60] * 12)
    assert told.shows == (
        "Too many runs by the run chart rules of Perla and colleagues: the line changes sides of the median of 50% in "
        "24 runs, where chance gives 8 to 18; the figures swing to and fro, as two mixed sources do."
    )
    assert "24 points shows a signal in about 37 of 100" in told.how_sure
    assert told.verdict == "unusual pattern"


def test_nothing_to_see_does_not_claim_that_nothing_changed():
    told = said([50, 52, 47, 51, 49, 48, 53, 54, 46, 45, 55, 44, 56, 50.5])
    assert told.shows.startswith("No signal by the run chart rules of Perla and colleagues: no shift, no trend")
    assert told.how_sure == (
        "With 14 points off the median a large lasting change would probably show, a small one may need more; by these "
        "rules pure noise of 15 points shows a signal in about 18 of 100 charts."
    )


def test_a_very_long_chart_says_that_noise_fires_more_often():
    assert "in about 97 of 100 charts, and in longer charts more often" in said([40, 60] * 90).how_sure


def test_a_long_run_by_anhoej():
    told = said(SHIFT_UP, ruleset=Ruleset.ANHOEJ, baseline=7)
    assert told.shows == (
        "An unusually long run by the run chart rules of Anhøj and Olesen: 8 points in a row from month 8 to month 15 "
        "lie above the median of 41%, the better way (chance gives at most 7)."
    )
    assert told.verdict == "long run, better"
    calm = said([50, 52, 47, 51, 49, 48, 53, 54, 46, 45, 55, 44, 56, 50.5], ruleset=Ruleset.ANHOEJ)
    assert "no run longer and no fewer crossings than chance gives" in calm.shows


def test_few_crossings_by_anhoej():
    told = said([1, 2, 1, 2, 9, 8, 9, 8] * 3, ruleset=Ruleset.ANHOEJ)
    assert told.shows == (
        "Unusually few crossings by the run chart rules of Anhøj and Olesen: the line crosses the median of 5% 5 "
        "times, where chance gives at least 8; the figures stay on one side for long."
    )


def test_the_rules_of_public_health_scotland_are_named():
    assert said(SHIFT_UP, ruleset=Ruleset.PHS).shows.startswith(
        "A shift by the run chart rules of Public Health Scotland: 7 points in a row"
    )


def test_a_point_outside_the_limits():
    steady = [20, 21, 19, 20, 22, 20, 19, 21, 20, 21, 19, 20, 22, 19]
    told = said([*steady, 40], "DOWN", ruleset=Ruleset.MDC, kind=Chart.XMR, baseline=14)
    assert told.shows == (
        "A point outside the limits by the rules of Making Data Count: month 15 (40%) lies above the upper limit of "
        "24.51%, the worse way."
    )
    assert told.verdict == "outside the limits, worse"
    assert "limits of fewer" not in told.how_sure
    rough = said([*steady[:11], 40], ruleset=Ruleset.MDC, kind=Chart.XMR, baseline=11)
    assert "and limits of fewer than 13 points are rough" in rough.how_sure


def test_shares_are_said_in_per_cent():
    told = said([10, 12] * 8 + [40], ruleset=Ruleset.MDC, kind=Chart.P, bases=[100] * 17, baseline=16)
    assert "month 17 (40%) lies above the upper limit of 20.39%, the better way" in told.shows
    near = said([9, 11] * 8 + [17, 11, 18], ruleset=Ruleset.MDC, kind=Chart.U, bases=[100] * 19, baseline=16)
    assert "month 17 (17%) and month 19 (18%) lie near the upper limit of 19.49%, the better way" in near.shows


OLD = [50, 52, 47, 51, 49, 48, 53, 54, 46, 45, 55, 44]


@pytest.mark.parametrize(
    ("new", "end"),
    [
        (
            [60, 61, 59],
            "the median was 49.5% before “Letter” and is 60% since, the better way; too early to say whether that "
            "lasts, which takes 6 points in a row on one side of 49.5%.",
        ),
        (
            [60, 61, 59, 62, 60, 61, 63],
            "is 61% since, the better way; the last 7 points all lie above 49.5%, so the change is sustained so far.",
        ),
        (
            [60, 61, 59, 62, 60, 61, 45],
            "6 points in a row lay above 49.5%, but the latest do not: the change has not held.",
        ),
        (
            [60, 40, 59, 41, 60, 42, 45],
            "is 45% since, the worse way; no 6 points in a row since lie on one side of 49.5%, so no change is shown.",
        ),
    ],
)
def test_before_and_after(new, end):
    told = said([*OLD, *new], phases=[day(12)], since="“Letter”")
    assert told.before_after.startswith("Before and after: the median was 49.5% before “Letter”")
    assert told.before_after.endswith(end)
    if len(new) < 10:
        assert told.shows.startswith("Not enough data yet since “Letter”:")


def test_too_little_before_is_not_compared():
    told = said([1, 2, 3, *OLD], phases=[day(3)], since="“Letter”")
    assert told.before_after == (
        "Before and after can’t be compared yet: before “Letter” 2 points lie off the median, and 10 are needed."
    )


def test_each_ruleset_asks_for_its_own_shift_before_a_change_is_sustained():
    new = [60, 61, 59, 62, 60, 61]
    assert "sustained" in said([*OLD, *new], phases=[day(12)]).before_after
    xmr = said([*OLD, *new], phases=[day(12)], ruleset=Ruleset.MDC, kind=Chart.XMR)
    assert "takes 7 points in a row" in xmr.before_after
    assert "takes 7 points" in said([*OLD, *new], phases=[day(12)], ruleset=Ruleset.ANHOEJ).before_after


@given(
    st.one_of(ANY, FEW_VALUES),
    st.sampled_from(ANY_WAY),
    st.lists(st.integers(0, 60), max_size=3),
    st.sampled_from(list(Better)),
)
def test_two_sentences_whatever_the_figures(values, how, rows, better):
    points = points_of(values, values, excluded=rows[:1])
    reading = read(points, ruleset=how[0], kind=how[1], phases=[day(r) for r in rows[1:]], better=better)
    told = said_of(
        reading, periods=[f"m{n}" for n in range(len(values))], write=lambda v: rounded(v, "RATE"), since="x"
    )
    for sentence in (told.shows, told.how_sure):
        assert sentence.endswith(".")
        assert ". " not in sentence
    assert told.verdict
    if not reading.is_enough:
        assert told.shows.startswith("Not enough data yet")


def test_figures_are_written_plainly():
    assert plain(10**6) == "1,000,000"
    assert plain(Decimal("0.0001")) == "0.0001"
    assert plain(Decimal("-0.00")) == "0"
    assert with_unit(Decimal("62.50"), "PERCENT") == "62.5%"
    assert rounded(Decimal("0.00015"), "RATE") == "0.00015"
    assert rounded(Fraction(188, 3), "PERCENT") == "62.67%"
    assert rounded(19.4868, "PERCENT") == "19.49%"
