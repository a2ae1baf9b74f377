"""Measures and figures: one a period, corrected with a trace, never two at once."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from accounts.models import AuditEvent
from measures import selectors, services
from measures.models import DataPoint

AT = datetime(2026, 11, 12, 9, tzinfo=UTC)


@pytest.fixture
def recall(world):
    return services.define_measure(by=world.callum, cluster=world.rowan, name="Recall", goal=Decimal(80))


def enter(world, recall, day, value, note=""):
    return services.enter_point(by=world.callum, measure=recall, period_on=day, value=value, note=note, at=AT)


def test_a_figure_lands_on_the_first_day_of_its_period(world, recall):
    point = enter(world, recall, date(2026, 11, 12), Decimal("62.5"), "texts began")
    assert point.period_on == date(2026, 11, 1)
    assert (point.entered_at, point.entered_by) == (AT, world.callum)
    event = AuditEvent.objects.get(verb="figure entered")
    assert "texts" not in str(event.changes)


def test_a_figure_follows_the_frequency_as_it_is_now(world, recall):
    services.change_measure(by=world.callum, measure=type(recall).objects.get(), version=1, frequency="QUARTER")
    assert recall.frequency == "MONTH"
    assert enter(world, recall, date(2026, 11, 12), Decimal("62.5")).period_on == date(2026, 10, 1)


def test_the_same_figure_twice_is_one(world, recall):
    first = enter(world, recall, date(2026, 11, 12), Decimal("62.5"))
    assert enter(world, recall, date(2026, 11, 30), Decimal("62.50")) == first
    assert AuditEvent.objects.filter(verb="figure entered").count() == 1


def test_another_figure_for_the_period_is_refused(world, recall):
    enter(world, recall, date(2026, 11, 12), Decimal("62.5"))
    with pytest.raises(services.PeriodTaken) as taken:
        enter(world, recall, date(2026, 11, 1), Decimal(70))
    assert "Nov 2026 has a figure already (62.5%)" in selectors.taken_sentence(recall, taken.value.point)
    assert DataPoint.objects.get().value == Decimal("62.5")


def test_no_figure_and_zero_and_not_entered_are_three_things(world, recall):
    enter(world, recall, date(2026, 8, 1), Decimal(0))
    enter(world, recall, date(2026, 9, 1), None, "system down")
    enter(world, recall, date(2026, 11, 1), Decimal(50))
    chart = selectors.chart_of(recall)
    assert [row.figure for row in chart.rows] == ["0%", "no figure", "not entered", "50%"]
    assert [row.value for row in chart.rows] == [0, None, None, 50]
    assert [row.mark for row in chart.rows] == ["", "1", "", ""]


def test_a_correction_keeps_the_figure_before(world, recall):
    point = enter(world, recall, date(2026, 11, 1), Decimal("62.5"), "a")
    now = services.change_point(by=world.morag, point=point, version=1, value=Decimal(61), note="b")
    assert (now.version, now.value) == (2, 61)
    changes = AuditEvent.objects.get(verb="figure changed").changes
    assert changes["value"] == ["62.5000", "61"]
    assert changes["words"] == ["note"]


def test_the_second_of_two_editors_is_told(world, recall):
    point = enter(world, recall, date(2026, 11, 1), Decimal(60))
    services.change_point(by=world.morag, point=point, version=1, value=Decimal(61), note="")
    with pytest.raises(services.ChangedMeanwhile) as clash:
        services.change_point(by=world.callum, point=point, version=1, value=Decimal(65), note="")
    assert clash.value.theirs.value == 61
    again = services.change_point(by=world.morag, point=point, version=1, value=Decimal(61), note="")
    assert again.version == 2


def test_the_unit_stays_once_there_are_figures(world, recall):
    services.change_measure(by=world.callum, measure=recall, version=1, unit="COUNT")
    enter(world, recall, date(2026, 11, 1), Decimal(60))
    with pytest.raises(services.UnitFixed):
        services.change_measure(by=world.callum, measure=recall, version=2, unit="PERCENT")
    now = services.change_measure(by=world.callum, measure=recall, version=2, name="Recalled")
    assert (now.version, now.unit) == (3, "COUNT")


def test_charts_of_many_measures_take_three_queries(world, recall, django_assert_num_queries):
    other = services.define_measure(by=None, cluster=world.rowan, name="Other", unit="COUNT")
    for month in range(1, 12):
        enter(world, recall, date(2026, month, 1), Decimal(40 + month))
    with django_assert_num_queries(3):
        charts = selectors.charts_of([recall, other])
    assert charts[recall.pk].said.verdict == "trend, better"
    assert charts[other.pk].rows == []
    assert charts[recall.pk].latest.figure == "51%"
    assert "Recall: trend, better, last 51% in Nov 2026" in charts[recall.pk].sparkline


def test_what_is_asked_for_next(world, recall):
    assert selectors.next_period(recall, today=date(2026, 11, 12)) == date(2026, 11, 1)
    enter(world, recall, date(2026, 8, 1), Decimal(1))
    assert selectors.next_period(recall, today=date(2026, 11, 12)) == date(2026, 9, 1)
    enter(world, recall, date(2026, 11, 1), Decimal(1))
    assert selectors.next_period(recall, today=date(2026, 11, 12)) == date(2026, 11, 1)
