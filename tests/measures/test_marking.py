"""How a chart is read is said by people: phases, a frozen baseline, rules before the first figure, single figures."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import AuditEvent
from measures import selectors, services
from measures.models import DataPoint, HouseRuleset, Measure, Phase
from tests.qiplans.conftest import a_measure, a_plan

SERIES = [52, 48, 55, 49, 51, 47, 53, 50, 46, 54, 52, 56, 66, 67, 61, 66, 62, 65]


@pytest.fixture
def work(world):
    return a_plan(world)


@pytest.fixture
def measure(world, work):
    return a_measure(world, work.project, SERIES)


def verbs():
    return list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))


def page_of(client, measure):
    return client.get(f"/measures/{measure.pk}/").content.decode()


def test_a_phase_is_begun_once_seen_everywhere_and_taken_back(world, as_person, measure):
    client, path = as_person(world.tom), f"/measures/{measure.pk}/phases/new/"
    for _ in range(2):
        assert client.post(path, {"starts_on": "2026-01-20", "name": "New letter"}).status_code == 302
    phase = Phase.objects.get()
    assert (phase.starts_on, phase.added_by) == (date(2026, 1, 1), world.tom)
    assert verbs().count("phase begun") == 1
    page = page_of(client, measure)
    assert "“New letter” begins" in page
    assert "Before and after: the median was" in page
    assert "before “New letter” (Jan 2026)" in page
    refused = client.post(path, {"starts_on": "2026-01-02", "name": "Texts"}).content.decode()
    assert "“New letter” begins with this period. Take that one back first." in refused.replace("&#x27;", "'")
    back = f"/measures/{measure.pk}/phases/{phase.pk}/take-back/"
    assert "New letter" in client.get(back).content.decode()
    assert client.post(back).status_code == 302
    assert "That phase is not on the chart." in client.post(back, follow=True).content.decode()
    assert client.get(back).status_code == 404
    assert not Phase.objects.exists()
    assert verbs()[-1] == "phase taken back"
    assert "Before and after" not in page_of(client, measure)
    services.take_back_phase(by=world.tom, phase=phase)
    assert verbs().count("phase taken back") == 1


def test_the_form_says_where_a_phase_leaves_enough_on_both_sides(world, as_person, work, measure):
    client, path = as_person(world.tom), f"/measures/{measure.pk}/phases/new/"
    few = client.get(path).content.decode()
    assert "the chart will say “not enough data yet” until each side has 10." in few
    more = a_measure(world, work.project, [*SERIES, None, 60, 61, 62, 63])
    told = client.get(f"/measures/{more.pk}/phases/new/").content.decode()
    assert "if the phase begins in Nov 2025 to Jan 2026. With any other period" in told
    services.mark_point(
        by=world.tom, point=more.points.first(), excluded_because="Moved", is_astronomical=False, version=1
    )
    told = client.get(f"/measures/{more.pk}/phases/new/").content.decode()
    assert "if the phase begins in Dec 2025 to Jan 2026. With" in told
    services.begin_phase(by=world.tom, measure=more, starts_on=date(2026, 1, 1), name="New letter")
    assert "too few figures for that yet" in client.get(f"/measures/{more.pk}/phases/new/").content.decode()


@pytest.mark.parametrize("day", ["2025-01-31", "2027-08-01", "2019-01-01"])
def test_a_phase_lies_within_the_figures(world, as_person, measure, day):
    path = f"/measures/{measure.pk}/phases/new/"
    page = as_person(world.callum).post(path, {"starts_on": day, "name": "Texts"}).content.decode()
    assert "Choose a period after the first figure and up to the last one." in page
    assert not Phase.objects.exists()


def test_a_baseline_is_frozen_and_let_go(world, as_person, measure):
    client, path = as_person(world.callum), f"/measures/{measure.pk}/baseline/"
    assert client.post(path, {"baseline": "12", "version": 1}).status_code == 302
    assert selectors.chart_of(Measure.objects.get()).centre == "51.5%"
    page = page_of(client, measure)
    assert "The first 12 periods of each phase set its lines." in page
    clash = client.post(path, {"baseline": "10", "version": 1})
    assert clash.status_code == 409
    assert client.post(path, {"baseline": "", "version": 2}).status_code == 302
    assert verbs()[-2:] == ["baseline frozen", "baseline no longer frozen"]
    assert "Choose between 2 and 18 periods" in client.post(path, {"baseline": "1", "version": 3}).content.decode()


def test_a_baseline_longer_than_every_phase_is_refused_beside_the_field(world, as_person, measure):
    client, path = as_person(world.callum), f"/measures/{measure.pk}/baseline/"
    services.begin_phase(by=world.callum, measure=measure, starts_on=date(2025, 11, 1), name="New letter")
    refused = client.post(path, {"baseline": "12", "version": 1}).content.decode()
    assert "12 needs 12 periods; the longest phase has 10." in refused
    assert Measure.objects.get().baseline is None
    assert client.post(path, {"baseline": "10", "version": 1}).status_code == 302


def test_a_figure_is_left_out_with_a_reason_and_put_back(world, as_person, measure):
    point = measure.points.last()
    client, path = as_person(world.morag), f"/measures/{measure.pk}/figures/{point.pk}/mark/"
    words = {"excluded_because": "Two searches were added up", "version": 1}
    assert client.post(path, words).status_code == 302
    chart = selectors.chart_of(measure)
    assert chart.rows[-1].said == "left out: Two searches were added up"
    assert len(chart.rows) - 1 not in {row for signal in chart.reading.signals for row in signal.rows}
    assert "left out: Two searches were added up" in page_of(client, measure)
    event = AuditEvent.objects.get(verb="figure left out")
    assert "Two searches" not in str(event.changes)
    assert client.post(path, {"excluded_because": "", "version": 2}).status_code == 302
    assert verbs()[-1] == "figure put back"
    assert client.post(path, {"excluded_because": "", "is_astronomical": "on", "version": 3}).status_code == 302
    assert verbs()[-1] == "figure marked"
    assert "out of line, as a person says" in page_of(client, measure)
    assert client.post(path, {"excluded_because": "x", "version": 1}).status_code == 409


def test_only_figures_of_the_measure_that_are_there_can_be_marked(world, as_person, work, measure):
    none = services.enter_point(by=world.callum, measure=measure, period_on=date(2026, 7, 1), value=None)
    client = as_person(world.callum)
    assert client.get(f"/measures/{measure.pk}/figures/{none.pk}/mark/").status_code == 404
    assert client.get(f"/measures/{measure.pk}/figures/{none.pk + 99}/mark/").status_code == 404


def test_rules_are_chosen_before_the_first_figure_and_never_after(world, as_person, work):
    measure = a_measure(world, work.project)
    client, path = as_person(world.tom), f"/measures/{measure.pk}/rules/"
    page = client.post(path, {"chart": "i", "ruleset": "PERLA", "version": 1}).content.decode()
    assert "This chart is read by the rules of Making Data Count." in page
    page = client.post(path, {"chart": "u", "ruleset": "MDC", "version": 1}).content.decode()
    assert "This chart does not fit the measure." in page
    assert "Control chart of proportions" not in page  # one figure for the whole cluster has no denominator
    assert client.post(path, {"chart": "i", "ruleset": "MDC", "version": 1}).status_code == 302
    measure.refresh_from_db()
    assert (measure.chart, measure.ruleset) == ("i", "MDC")
    services.enter_point(by=world.callum, measure=measure, period_on=date(2026, 7, 1), value=Decimal(5))
    assert client.post(path, {"chart": "run", "ruleset": "PHS", "version": 2}).status_code == 302
    measure.refresh_from_db()
    assert measure.ruleset == "MDC"
    with pytest.raises(services.RulesetFixed):
        services.choose_ruleset(by=world.tom, measure=measure, chart="run", ruleset="PHS", version=2)


def test_a_control_chart_shows_its_two_icons_in_words(world, as_person, work):
    measure = a_measure(world, work.project)
    Measure.objects.update(chart="i", ruleset="MDC", goal=90)
    for n, value in enumerate([20, 21, 19, 20, 22, 20, 19, 21, 20, 21, 19, 20, 22, 60]):
        services.enter_point(
            by=world.callum, measure=measure, period_on=date(2025 + n // 12, n % 12 + 1, 1), value=Decimal(value)
        )
    page = page_of(as_person(world.asha), measure)
    assert "Variation: special cause, and it is an improvement." in page
    assert "Assurance: if nothing changes, the goal will be missed every time." in page
    assert "Control chart of single values (XmR), read by the rules of Making Data Count" in page


def test_an_hscp_sets_the_rules_that_new_charts_begin_with(world, as_person, work):
    path, client = f"/hscps/{world.strath.code}/chart-rules/", as_person(world.heather)
    assert "Anhøj and Olesen" in client.get(path).content.decode()
    for _ in range(2):
        assert client.post(path, {"ruleset": "ANHOEJ"}).status_code == 302
    house = HouseRuleset.objects.get()
    assert (house.hscp, house.set_by, verbs().count("house ruleset set")) == (world.strath, world.heather, 1)
    assert a_measure(world, work.project).ruleset == "ANHOEJ"
    assert client.post(path, {"ruleset": "MDC"}).status_code == 200
    assert client.post(path, {"ruleset": "PHS"}).status_code == 302
    assert Measure.objects.get().ruleset == "ANHOEJ"
    assert as_person(world.callum).get(path).status_code == 403
    assert as_person(world.lewis).get(path).status_code == 403
    assert client.get(f"/hscps/{world.neighbour.code}/chart-rules/").status_code == 404


def test_doors(world, as_person, measure):
    point = measure.points.first()
    for end in ("phases/new/", "baseline/", f"figures/{point.pk}/mark/", "rules/"):
        path = f"/measures/{measure.pk}/{end}"
        assert as_person(world.nell).get(path).status_code == 404
        assert as_person(world.asha).get(path).status_code == 403
    assert DataPoint.objects.filter(is_astronomical=True).count() == 0
