"""A history says why only where it is known, and counts where the trail keeps ids and stored keys."""

from decimal import Decimal

import pytest

from accounts.audit import record, snapshot
from accounts.models import AuditEvent
from clusters.models import Cluster
from measures.models import DataPoint
from reporting.selectors.audit import as_lines
from reporting.selectors.audit_facts import plain_fact
from tests.clusters.test_ending import merge
from tests.measures.practices import a_measure_by_practice, given


@pytest.fixture
def merged(world):
    record("cluster added", world.rowan, by=world.priya, detail={"hscp": world.rowan.lead_hscp.code})
    merge(world)
    return world


def lines(kind, *, verb):
    events = AuditEvent.objects.filter(subject_type=kind._meta.label_lower, verb=verb)
    return as_lines(events, with_reasons=True)


def test_why_a_cluster_closed_is_not_why_it_began(merged):
    (began,) = lines(Cluster, verb="cluster added")
    (closed,) = lines(Cluster, verb="cluster closed")
    assert began.why == ""
    assert closed.why == "Too small alone (approved by Strath HSCP)"


def test_nor_why_a_practice_was_added(world):
    record("practice added by list", world.alder, by=None, detail={"list": "2026-10-01"})
    before = snapshot(world.alder)
    world.alder.closed_on, world.alder.closed_reason = world.today, "Both moved into one health centre"
    world.alder.save()
    record("practice closed", world.alder, by=None, before=before)
    practice = type(world.alder)
    assert [one.why for one in lines(practice, verb="practice added by list")] == [""]
    assert [one.why for one in lines(practice, verb="practice closed")] == ["Both moved into one health centre"]


def test_what_a_closing_touched_is_counted(merged):
    (closed,) = lines(Cluster, verb="cluster closed")
    said = {change.field: change.after for change in closed.changes}
    assert said["practices in it on its last day"] == "7"
    assert int(said["roles that ended with it"]) > 0
    assert not {"memberships", "roles ended", "roles given"} & said.keys()


def test_a_figure_of_a_practice_is_not_read_from_the_trail(world):
    point = given(world, a_measure_by_practice(world), world.alder, 31)
    before = snapshot(point)
    point.value, point.numerator, point.note = Decimal(88), Decimal(44), "Clinic closed"
    record("figure changed", point, by=world.pam, before=before)
    (line,) = lines(DataPoint, verb="figure changed")
    said = [(change.field, change.before, change.after) for change in line.changes]
    assert said == [("changed", "", "value, numerator"), ("note", "", "")]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("memberships", [29, 30], "2"),
        ("roles_given", [], "0"),
        ("decisions", {"confirmed": ["rename-9", "move-00122"], "refused": []}, "2 confirmed"),
        ("decisions", {"confirmed": [], "refused": []}, "nothing"),
        ("rows", {"practices.practice": [1, 4, 0], "clusters.membership": [0, 0, 0]}, "practices 1 taken out again"),
        ("rows", {"gone.kind": [0, 0, 3]}, "others 3 put back"),
    ],
)
def test_lists_of_ids_and_keys_are_said_in_words(name, value, words):
    assert plain_fact(name, value)[1].startswith(words)


@pytest.mark.parametrize(("name", "value"), [("practices", {"created": 1}), ("decisions", 3), ("moves", 4)])
def test_what_reads_well_stays(name, value):
    assert plain_fact(name, value) is None
