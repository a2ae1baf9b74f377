"""A measure's chart: read by its own ruleset, its phases and its frozen baseline, without what is left out."""

from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from measures import selectors
from measures.models import DataPoint, Measure, Phase
from tests.measures.test_drawing import SVG, assert_none_touch

UNIT, KIND = Measure.Unit, Measure.ChartKind
LOW = [50, 52, 47, 51, 49, 48, 53, 54, 46, 45, 55, 44]


@pytest.fixture
def given(world):
    """Makes a measure of Rowan with a figure a month from January 2025; of a pair the share, in its unit."""

    def make(values, **facts):
        measure = Measure.objects.create(cluster=world.rowan, name=f"Measure {Measure.objects.count()}", **facts)
        for n, value in enumerate(values):
            a_point(world, measure, n, value)
        return measure

    return make


def a_point(world, measure, n, value, **facts):
    if isinstance(value, tuple):
        facts |= {"numerator": Decimal(value[0]), "denominator": Decimal(value[1])}
        value = 100 * value[0] / value[1]
    return DataPoint.objects.create(
        measure=measure,
        period_on=date(2025 + n // 12, n % 12 + 1, 1),
        value=None if value is None else Decimal(str(value)),
        state="MISSING" if value is None else "GIVEN",
        entered_at=timezone.now(),
        entered_by=world.callum,
        **facts,
    )


def begin_phase(world, measure, on, name="New letter"):
    return Phase.objects.create(
        measure=measure, starts_on=on, name=name, added_at=timezone.now(), added_by=world.callum
    )


def texts_of(chart):
    return [e.text for e in ElementTree.fromstring(chart.picture).iter(f"{SVG}text")]


@pytest.mark.parametrize(
    ("ruleset", "chart", "source", "title"),
    [
        ("PERLA", KIND.RUN, "Perla and colleagues", "Run chart"),
        ("ANHOEJ", KIND.RUN, "Anhøj and Olesen", "Run chart"),
        ("PHS", KIND.RUN, "Public Health Scotland", "Run chart"),
        ("MDC", KIND.XMR, "Making Data Count", "Control chart"),
    ],
)
def test_it_is_read_by_its_own_ruleset(given, ruleset, chart, source, title):
    found = selectors.chart_of(given([*LOW, 60, 61, 62, 63, 64, 65, 66, 67], ruleset=ruleset, chart=chart))
    assert source in found.said.shows
    assert source in found.rules
    assert found.title == title
    assert title in found.picture
    assert_none_touch(found.picture)


def test_a_baseline_freezes_the_line(given):
    values = [*LOW, *([60, 66, 61] * 4)]
    assert selectors.chart_of(given(values)).centre == "57.5%"
    frozen = selectors.chart_of(given(values, baseline=12))
    assert frozen.centre == "49.5%"
    assert "12 points in a row from Jan 2026 to Dec 2026 lie above the median of 49.5%, the better way" in (
        frozen.said.shows
    )


def test_phases_have_lines_of_their_own_and_are_compared(world, given):
    measure = given([*LOW, 60, 61, 59, 62, 60, 61, 63])
    begin_phase(world, measure, date(2025, 12, 20))
    chart = selectors.chart_of(measure)
    assert [(p.name, p.period, p.centre) for p in chart.phases] == [
        ("Phase 1", "Jan 2025", "49.5%"),
        ("New letter", "Jan 2026", "61%"),
    ]
    assert chart.said.before_after == (
        "Before and after: the median was 49.5% before “New letter” (Jan 2026) and is 61% since, the better way; the "
        "last 7 points all lie above 49.5%, so the change is sustained so far."
    )
    assert [row.phase for row in chart.rows if row.phase] == ["New letter"]
    assert "New letter" in texts_of(chart)
    above = selectors.chart_of(measure, with_notes=False)
    assert "New letter" not in f"{above.picture}{above.said}{above.phases}"
    assert "before Jan 2026 and is" in above.said.before_after


def test_what_is_left_out_sets_no_line_and_says_why_inside_only(world, given):
    measure = given(LOW)
    a_point(world, measure, 12, 99, excluded_because="Two searches were added up")
    chart = selectors.chart_of(measure)
    assert chart.centre == "49.5%"
    assert chart.rows[-1].said == "left out: Two searches were added up"
    assert "left out of lines and rules" in texts_of(chart)
    above = selectors.chart_of(measure, with_notes=False)
    assert above.rows[-1].said == "left out"
    assert "Two searches" not in above.picture


def test_what_a_person_says_is_out_of_line_is_marked_and_read_as_any_other(world, given):
    measure = given(LOW)
    a_point(world, measure, 12, 99, is_astronomical=True)
    chart = selectors.chart_of(measure)
    assert chart.centre == "50%"
    assert chart.rows[-1].said == "out of line, as a person says"
    assert "out of line, as a person says" in texts_of(chart)


def test_a_figure_kept_back_is_no_gap_of_the_same_kind(world, given):
    measure = given([50, None])
    a_point(world, measure, 3, None)
    DataPoint.objects.filter(measure=measure, period_on=date(2025, 4, 1)).update(state="SUPPR")
    figures = [row.figure for row in selectors.chart_of(measure).rows]
    assert figures == ["50%", "no figure", "not entered", "too small to show"]


def test_shares_are_drawn_in_the_unit_of_the_measure(given):
    pairs = [(10, 100), (12, 100)] * 6 + [(40, 100)]
    chart = selectors.chart_of(given(pairs, chart=KIND.P, ruleset="MDC", baseline=12))
    assert chart.values[-1] == 40
    assert chart.centre == "11%"
    assert "Dec 2025 (12%)" not in chart.said.shows
    assert "Jan 2026 (40%) lies above the upper limit of 20.39%, the better way" in chart.said.shows
    assert "Upper limit 20.39%" in texts_of(chart)
    assert {"Mean 11%", "Lower limit 1.61%"} <= set(texts_of(chart))
    rate = selectors.chart_of(given(pairs, chart=KIND.U, ruleset="MDC", unit=UNIT.RATE))
    assert rate.values[-1] == 400


def test_limits_that_no_figure_can_pass_are_not_drawn(given):
    chart = selectors.chart_of(given([1, 99] * 8, chart=KIND.XMR, ruleset="MDC"))
    assert chart.reading.lower[0] < 0
    assert not any("limit" in text for text in texts_of(chart))


def test_charts_cost_the_same_queries_however_many(world, given, django_assert_num_queries):
    many = [given(LOW) for _ in range(5)]
    begin_phase(world, many[0], date(2025, 6, 1))
    with django_assert_num_queries(3):
        selectors.charts_of(many)
    with django_assert_num_queries(0):
        assert selectors.charts_of([]) == {}


def test_figures_of_practices_are_no_part_of_the_cluster_line(world, given):
    measure = given([50])
    a_point(world, measure, 1, 70, practice=world.alder)
    assert len(selectors.chart_of(measure).rows) == 1
