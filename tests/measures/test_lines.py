"""Whose figures a reader sees: cluster lines, lines with and without names, and one's own."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clusters.models import Membership
from clusters.selectors import reach_of
from measures.models import Consent, DataPoint
from measures.selectors import chart_of, cluster_lines, lines_of, lines_of_all
from tests.measures.practices import a_measure_by_practice, consent, given
from tests.qiplans.conftest import a_measure, a_plan

JAN, FEB = date(2026, 1, 1), date(2026, 2, 1)


@pytest.fixture
def seen(world):
    """Six practices, 20 to 25 of 50 each, in January."""
    measure = a_measure_by_practice(world)
    world.six = [world.alder, world.ash, world.beech, world.elm, world.hazel, world.holly]
    for n, practice in enumerate(world.six):
        given(world, measure, practice, 20 + n)
    return measure


def read(world, measure, who):
    return lines_of(measure, reach_of(getattr(world, who), on=world.today))


def labels(lines):
    return [line.label for line in lines.practices]


def test_without_consents_all_see_the_cluster_line_and_each_its_own(world, seen):
    for who in ("callum", "heather", "asha"):
        (figure,) = read(world, seen, who).cluster.figures
        assert (figure.numerator, figure.denominator, figure.value) == (135, 300, 45)
        assert (figure.label, figure.behind, figure.expected, figure.is_whole) == ("45%", 6, 7, False)
    assert labels(read(world, seen, "callum")) == []
    (own,) = read(world, seen, "asha").practices
    assert (own.kind, own.label, own.practice) == ("OWN", "Alder Medical Practice (yours)", world.alder)
    assert (own.figures[0].label, own.figures[0].point.numerator) == ("40%", 20)


def test_a_named_line_is_seen_inside_and_above_as_each_was_said(world, seen):
    for practice in world.six:
        consent(world, practice, inside="NAMED", above="NAMED" if practice == world.elm else "AGGR")
    assert "Elm Medical Practice" in labels(read(world, seen, "callum"))
    assert len(labels(read(world, seen, "callum"))) == 6
    assert labels(read(world, seen, "heather")) == ["Elm Medical Practice"]
    assert labels(read(world, seen, "asha"))[0] == "Alder Medical Practice (yours)"
    assert "Alder Medical Practice" not in labels(read(world, seen, "asha"))[1:]


def test_lines_without_names_carry_letters_and_no_practice(world, seen):
    for practice in world.six[:3]:
        consent(world, practice, inside="CODED")
    assert labels(read(world, seen, "callum")) == []
    consent(world, world.elm, inside="CODED")
    assert labels(read(world, seen, "callum")) == []  # the other two could be told apart from their sum
    given(world, seen, world.willow, 26)
    coded = read(world, seen, "callum").practices
    assert [(line.kind, line.practice) for line in coded] == [("CODED", None)] * 4
    assert all(line.label.startswith("Practice ") for line in coded)


def test_a_practice_that_shows_its_name_has_no_line_without_it(world, seen):
    given(world, seen, world.willow, 26)
    for practice in world.six:
        given(world, seen, practice, 30, on=FEB)
        consent(world, practice, inside="CODED", until=FEB if practice == world.elm else None)
    consent(world, world.elm, inside="NAMED", on=FEB)
    consent(world, world.willow, inside="CODED")
    given(world, seen, world.willow, 30, on=FEB)
    told = read(world, seen, "callum").practices
    elm = [figure.period_on for line in told if line.practice == world.elm for figure in line.figures]
    assert elm == [FEB]
    assert sum(line.kind == "CODED" for line in told) >= 4
    # With it gone, three are left: too few for lines without names.
    Consent.objects.exclude(practice__in=[world.alder, world.ash, world.beech, world.elm]).delete()
    assert not any(line.kind == "CODED" for line in read(world, seen, "callum").practices)


def test_a_total_that_tells_of_one_practice_is_kept_from_who_entered_the_others(world, seen):
    DataPoint.objects.filter(practice=world.alder).update(is_from_practice=True)
    assert read(world, seen, "callum").cluster.figures[0].label == "kept back"
    assert read(world, seen, "morag").cluster.figures[0].label == "kept back"
    assert read(world, seen, "asha").cluster.figures[0].label == "45%"
    assert read(world, seen, "heather").cluster.figures[0].label == "45%"
    DataPoint.objects.filter(practice__in=[world.ash, world.beech]).update(is_from_practice=True)
    assert read(world, seen, "callum").cluster.figures[0].label == "45%"


def test_a_consent_counts_from_its_day_and_not_before(world, seen):
    for practice in world.six:
        given(world, seen, practice, 30, on=FEB)
        consent(world, practice, inside="NAMED", on=date(2026, 1, 15))
    for line in read(world, seen, "callum").practices:
        assert [figure.period_on for figure in line.figures] == [FEB]


def test_a_consent_taken_back_leaves_what_was_seen_before(world, seen):
    for practice in world.six:
        given(world, seen, practice, 30, on=FEB)
        consent(world, practice, inside="NAMED", until=FEB if practice == world.elm else None)
    (elm,) = [line for line in read(world, seen, "callum").practices if line.practice == world.elm]
    assert [figure.period_on for figure in elm.figures] == [JAN]


def test_none_takes_a_practice_out_of_the_cluster_line(world, seen):
    consent(world, world.alder, inside="NONE", above="NONE")
    (figure,) = read(world, seen, "callum").cluster.figures
    assert (figure.numerator, figure.behind, figure.expected) == (115, 5, 6)
    assert read(world, seen, "asha").practices[0].figures[0].label == "40%"


def test_under_three_practices_there_is_no_cluster_line(world):
    measure = a_measure_by_practice(world)
    given(world, measure, world.alder, 20)
    given(world, measure, world.ash, 20)
    (figure,) = read(world, measure, "callum").cluster.figures
    assert (figure.state, figure.label, figure.value, figure.numerator) == ("SUPPR", "kept back", None, None)


def test_small_counts_are_seen_by_their_own_practice_alone(world, seen):
    DataPoint.objects.filter(practice=world.alder).update(numerator=3, value=6)
    for practice in world.six:
        consent(world, practice, inside="NAMED", above="NAMED")
    for who in ("callum", "heather"):
        lines = read(world, seen, who)
        shown = {line.label: line.figures[0].numerator for line in lines.practices}
        assert "Alder Medical Practice" not in shown
        assert len(shown) == 3
        assert lines.cluster.figures[0].numerator == 118
    assert read(world, seen, "asha").practices[0].figures[0].numerator == 3


def test_a_small_count_among_shown_ones_reads_like_any_that_is_kept_back(world, seen):
    for n, practice in enumerate(world.six):
        consent(world, practice, inside="NAMED")
        given(world, seen, practice, 3 if n == 0 else 30, on=FEB)
    alder, ash, *_ = read(world, seen, "callum").practices
    assert [figure.label for figure in alder.figures] == ["40%", "kept back"]
    assert [figure.label for figure in ash.figures] == ["42%", "kept back"]


def test_missing_and_too_small_and_nought_are_three_things(world):
    measure = a_measure_by_practice(world)
    given(world, measure, world.alder, 0)
    given(world, measure, world.alder, 0, on=FEB, state="MISSING")
    given(world, measure, world.alder, 0, on=date(2026, 3, 1), state="SUPPR")
    (own,) = read(world, measure, "pam").practices
    assert [figure.label for figure in own.figures] == ["0%", "no figure", "too small to show"]
    assert [figure.label for figure in read(world, measure, "callum").cluster.figures] == [
        "kept back",
        "no figure",
        "kept back",
    ]


def test_a_sum_of_counts_waits_for_everybody(world):
    measure = a_measure_by_practice(world, unit="COUNT", denominator="")
    members = [world.alder, world.ash, world.beech, world.elm, world.hazel, world.holly]
    for practice in members:
        given(world, measure, practice, 10)
    assert read(world, measure, "callum").cluster.figures[0].label == "waiting for 1 practice"
    given(world, measure, world.willow, 0, state="MISSING")
    (figure,) = read(world, measure, "callum").cluster.figures
    assert (figure.label, figure.value) == ("no figure from 1 practice", None)
    DataPoint.objects.filter(practice=world.willow).update(state="GIVEN", value=4)
    (figure,) = read(world, measure, "callum").cluster.figures
    assert (figure.label, figure.value, figure.is_whole) == ("64", 64, True)


def test_a_figure_from_before_a_practice_joined_is_its_own(world, seen):
    given(world, seen, world.willow, 50)
    assert read(world, seen, "callum").cluster.figures[0].numerator == 185
    Membership.objects.filter(practice=world.willow, cluster=world.rowan).update(starts_on=FEB)
    (figure,) = read(world, seen, "callum").cluster.figures
    assert (figure.numerator, figure.behind, figure.expected) == (135, 6, 6)


def test_a_share_of_some_practices_says_of_how_many(world, seen):
    (row,) = chart_of(seen).rows
    assert (row.figure, row.said) == ("45%", "6 of 7 practices")


def test_a_measure_of_the_whole_cluster_has_one_line(world):
    measure = a_measure(world, a_plan(world).project, [50, None])
    lines = read(world, measure, "callum")
    assert [(f.label, f.value, f.point is not None) for f in lines.cluster.figures] == [
        ("50%", Decimal(50), True),
        ("no figure", None, True),
    ]
    assert cluster_lines([measure], inside=False)[measure.pk] == lines.cluster


def test_many_measures_cost_no_more_queries(world, seen):
    reach = reach_of(world.callum, on=world.today)
    lines_of(seen, reach)
    with CaptureQueriesContext(connection) as few:
        lines_of(seen, reach)
    more = [a_measure_by_practice(world, name=f"Measure {n}") for n in range(20)]
    for measure in more:
        given(world, measure, world.alder, 20)
    with CaptureQueriesContext(connection) as many:
        assert len(lines_of_all([seen, *more], reach)) == 21
    assert len(many) == len(few)
