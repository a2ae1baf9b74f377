"""The audit trail: newest first, before and after, never the words."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.audit import record, snapshot
from accounts.models import AuditEvent
from reporting.selectors.audit import A_PAGE
from shared.dates import in_words


def page(as_person, person, query=""):
    response = as_person(person).get(f"/audit/{query}")
    assert response.status_code == 200
    return response.context["trail"], response.content.decode()


def test_newest_first_with_before_and_after_in_words(world, as_person):
    record("practice seen", world.alder, by=world.priya)
    before = snapshot(world.rowan)
    world.rowan.locality, world.rowan.mission = world.west, "MISSIONWORDS"
    world.rowan.save()
    record("locality set", world.rowan, by=world.priya, before=before)
    trail, text = page(as_person, world.olive)
    assert [event.said for event in trail.events][:2] == ["Locality set", "Practice seen"]
    change = next(c for c in trail.events[0].changes if c.field == "locality")
    assert (change.before, change.after) == ("East Strath locality", "West Strath locality")
    assert "Words changed: mission" in text
    assert "MISSIONWORDS" not in text


def test_choices_dates_and_people_are_said_in_words(world, as_person):
    role = world.callum.roles_held.get()
    before = snapshot(role)
    role.person, role.ends_on = world.tom, world.today
    record("role changed", role, by=None, before=before)
    (event, *_), text = page(as_person, world.olive)[0].events, page(as_person, world.olive)[1]
    changes = {c.field: (c.before, c.after) for c in event.changes}
    assert changes["person"] == ("Callum Reid", "Tom Kerr")
    assert changes["last day"] == ("nothing", in_words(world.today - timedelta(days=1)))
    assert "command line" in text


def test_filter_by_kind_person_and_day(world, as_person):
    record("practice seen", world.alder, by=world.priya)
    record("cluster seen", world.rowan, by=None)
    for query, expected in (
        ("?kind=practices.practice", ["Practice seen"]),
        ("?actor=priya", ["Practice seen"]),
        ("?actor=command", ["Cluster seen"]),
        (f"?day={world.today}", ["Cluster seen", "Practice seen"]),
        ("?day=2020-01-01", []),
    ):
        assert [e.said for e in page(as_person, world.olive, query)[0].events] == expected


def test_kinds_are_offered_in_words_people_use(world, as_person):
    _, text = page(as_person, world.olive)
    for name in ("Viewer", "Former name", "Reference year", "Draft", "Rung"):
        assert f">{name}</option>" not in text
    assert ">Practice</option>" in text


def test_people_are_called_by_their_names(world, as_person):
    record("person added", world.tom, by=world.priya)
    assert page(as_person, world.olive)[0].events[0].subject == "Tom Kerr"


def test_pages_by_number_not_by_count(world, as_person):
    for n in range(A_PAGE + 5):
        record(f"step {n}", world.alder, by=world.priya)
    client = as_person(world.olive)
    with CaptureQueriesContext(connection) as made:
        response = client.get("/audit/")
    assert not any("COUNT(" in q["sql"].upper() for q in made if "auditevent" in q["sql"])
    trail = response.context["trail"]
    assert len(trail.events) == A_PAGE
    assert f"before={trail.older}" in response.content.decode()
    rest, text = page(as_person, world.olive, f"?before={trail.older}")
    assert [e.said for e in rest.events] == [f"Step {n}" for n in range(4, -1, -1)]
    assert rest.older is None
    assert "Newest" in text


def test_the_same_number_of_queries_for_one_and_twenty(world, as_person):
    client = as_person(world.olive)

    def count():
        with CaptureQueriesContext(connection) as made:
            client.get("/audit/")
        return len(made)

    record("practice moved", world.alder, by=world.priya, detail={"hscp": 1})
    few = count()
    for _ in range(20):
        record("practice moved", world.alder, by=world.priya, detail={"hscp": 1})
    assert count() == few


@pytest.mark.parametrize(
    "query", ["?before=²", "?before=-1", "?before=99999999999999999999", "?day=31/31/2026", "?kind=%00", "?actor=%00"]
)
def test_nonsense_never_breaks(world, as_person, query):
    record("practice seen", world.alder, by=world.priya)
    _, text = page(as_person, world.olive, query)
    assert "Audit trail" in text


def test_a_wrong_day_is_said_beside_the_field(world, as_person):
    _, text = page(as_person, world.olive, "?day=31/31/2026")
    assert "<title>Error: Audit trail" in text
    assert 'aria-invalid="true"' in text


def test_a_thing_that_is_no_longer_known_still_shows(world, as_person):
    AuditEvent.objects.create(
        actor="old", verb="gone", subject_type="old.thing", subject="Old thing", changes={"x": [1, 2]}
    )
    assert "Old thing" in page(as_person, world.olive)[1]


@pytest.mark.parametrize("who", ["nell", "callum", "heather", "iona", "una"])
def test_it_is_not_there_for_others(world, as_person, who):
    assert as_person(getattr(world, who)).get("/audit/").status_code == 404
