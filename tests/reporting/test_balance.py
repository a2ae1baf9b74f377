"""The gauge of intrinsic and extrinsic work: counted as far as the reader may see, told in words and drawn."""

from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from clusters.selectors import reach_of
from escalations.services.tagging import tag_escalation
from measures.drawing.balance import WIDE, draw_balance
from reporting.selectors.balance import balance_of
from tests.escalations.story import confidential, raised
from tests.meetings.minutes import an_action, an_ask, entry, logged, published
from tests.qiplans.conftest import a_plan

PATH = reverse("reporting:cluster", args=["rowan"])


def gauge(world, who="callum", *, inside=True):
    balance = balance_of(world.rowan, reach_of(getattr(world, who), on=world.today), inside=inside)
    return {line.label.split()[0]: (line.intrinsic, line.extrinsic, line.untagged) for line in balance.lines}


def test_everything_of_twelve_months_is_counted_inside(world):
    published(world)
    published(world, held_on=world.today - timedelta(days=390))
    logged(world)
    an_action(world)
    a_plan(world)
    raised(world, by=world.callum)
    assert gauge(world) == {
        "Items": (1, 1, 0),
        "Actions": (2, 4, 1),
        "Priorities": (1, 0, 0),
        "Questions": (0, 2, 0),
        "Escalations": (0, 1, 0),
    }


def test_above_counts_only_what_is_shared(world):
    published(world)
    first, second = entry(world).items
    published(world, share_level="HSCP", items=(replace(first, asks=()), second))
    a_plan(world)
    seen = gauge(world, "lewis", inside=False)
    assert seen == {"Items": (0, 0, 1)}, "the kept item, the actions and the plan nobody agreed are not his"


def test_a_confidential_matter_is_in_no_gauge(world):
    confidential(world)
    assert gauge(world, "asha") == {}
    raised(world)
    assert gauge(world, "asha") == {"Escalations": (0, 1, 0)}, "negative control"


def test_what_was_marked_counts_as_marked(world):
    escalation = raised(world)
    tag_escalation(by=world.asha, escalation=escalation, orientation="INTR", on=world.today)
    assert gauge(world, "asha") == {"Escalations": (1, 0, 0)}


def test_the_page_says_it_in_words_for_information(world, as_person):
    published(world)
    an_ask(world)
    text = as_person(world.callum).get(PATH).content.decode()
    assert "% intrinsic and" in text
    assert "For information, not a target." in text
    assert "less developed half" in text
    assert "as far as it is shared with you" in as_person(world.heather).get(PATH).content.decode()


def test_nothing_marked_is_said(world, as_person):
    text = as_person(world.callum).get(PATH).content.decode()
    assert "Nothing is marked as intrinsic or extrinsic yet." in text
    assert "portal-balance__in" not in text


def test_the_registry_has_no_gauge(world, as_person):
    published(world)
    assert "Intrinsic and extrinsic" not in as_person(world.priya).get(PATH).content.decode()


@pytest.mark.parametrize(("inward", "outward", "share"), [(3, 1, 75), (0, 2, 0), (2, 0, 100)])
def test_the_bar_has_two_parts_and_a_label(inward, outward, share):
    root = ElementTree.fromstring(draw_balance(inward, outward, label="In words"))
    assert (root.attrib["role"], root.attrib["aria-label"]) == ("img", "In words")
    assert [e.text for e in root if e.tag == "text"] == [f"Intrinsic {share}%", f"Extrinsic {100 - share}%"]
    widths = [float(e.attrib["width"]) for e in root if e.tag == "rect"]
    assert widths == [WIDE - 2, round((WIDE - 2) * share / 100)]
    assert not any("style" in e.attrib for e in root.iter())


def test_no_bar_without_anything():
    assert draw_balance(0, 0, label="Nothing") == ""
