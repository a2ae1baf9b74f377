"""Small charts of practices: one scale for all, only the lines that a reader may see, and the same in words."""

from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from clusters.selectors import reach_of
from measures import selectors
from measures.drawing import draw_small, ends_of
from measures.models import Consent, DataPoint, Measure
from tests.measures.practices import members_of_old
from tests.measures.test_drawing import SVG


@pytest.fixture
def measure(world):
    members_of_old(world.rowan)
    measure = Measure.objects.create(cluster=world.rowan, name="Recalled", scope="PRACT")
    practices = (world.alder, world.ash, world.beech, world.elm, world.hazel)
    for place, practice in enumerate(practices):
        Consent.objects.create(
            practice=practice,
            cluster=world.rowan,
            inside="NAMED",
            starts_on=date(2025, 1, 1),
            given_at=timezone.now(),
            given_by=world.callum,
        )
        for month in range(1, 6):
            DataPoint.objects.create(
                measure=measure,
                practice=practice,
                period_on=date(2026, month, 1),
                numerator=Decimal(40 + 5 * place + month),
                denominator=Decimal(100),
                value=Decimal(40 + 5 * place + month),
                entered_at=timezone.now(),
                entered_by=world.callum,
            )
    return measure


def test_all_share_one_scale(world, as_person, measure):
    page = as_person(world.callum).get(f"/measures/{measure.pk}/").content.decode()
    assert "Each practice" in page
    for name in ("Alder", "Ash", "Beech", "Elm"):
        assert f"<strong>{name} Medical Practice</strong>" in page
    assert "Holly Medical Practice" not in page
    assert "median 43%, last 45% in May 2026" in page
    small = selectors.small_multiples(selectors.lines_of(measure, reach_of(world.callum, on=world.today)))
    ends = {tuple(t.text for t in ElementTree.fromstring(one.picture).iter(f"{SVG}text")) for one in small}
    assert len(ends) == 1


def test_above_the_cluster_no_line_is_shown_unless_consent_says_more(world, as_person, measure):
    page = as_person(world.heather).get(f"/measures/{measure.pk}/").content.decode()
    assert "No practice’s own line may be shown to you." in page
    assert "Alder" not in page


def test_a_measure_of_the_whole_cluster_has_no_such_part(world, as_person):
    measure = Measure.objects.create(cluster=world.rowan, name="Recalled")
    assert "Each practice" not in as_person(world.callum).get(f"/measures/{measure.pk}/").content.decode()


@given(st.lists(st.one_of(st.none(), st.integers(0, 10**6), st.decimals(0, 1, places=4)), min_size=1, max_size=120))
def test_a_small_chart_keeps_within_its_edges(values):
    there = [value for value in values if value is not None]
    if there:
        picture = draw_small(values, label="Alder", scale=ends_of(there), ends=("0", "1,000,000"), centre=there[0])
        root = ElementTree.fromstring(picture)
        assert root.get("aria-label") == "Alder"
        for dot in root.iter(f"{SVG}circle"):
            assert 0 <= float(dot.get("cx")) <= 240
            assert 0 <= float(dot.get("cy")) <= 120
