"""Whether a forum keeps its rhythm: inside it is known at once, above only once the grace time is over."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clusters.models import Forum, ForumMember
from meetings.analysis import Rhythm
from meetings.models import Meeting, Series
from meetings.rules import Pulse, beat_of, due_after
from meetings.selectors import heartbeat
from meetings.selectors.plans import series_plan_of
from tests.meetings.minutes import logged
from tests.meetings.test_meeting_plan import body, planned
from tests.meetings.test_series import begun

DUE = date(2027, 3, 4)


@pytest.mark.parametrize(
    ("days", "pulse"),
    [
        (-15, Pulse.FINE),
        (-14, Pulse.DUE),
        (0, Pulse.DUE),
        (1, Pulse.LATE),
        (14, Pulse.LATE),
        (15, Pulse.MISSED),
    ],
)
def test_due_late_and_missed(days, pulse):
    assert beat_of(DUE, on=DUE + timedelta(days=days), grace=14, next_on=None).pulse is pulse


def test_what_was_put_off_within_the_grace_time_is_not_late():
    put_off = DUE + timedelta(days=7)
    assert beat_of(DUE, on=DUE + timedelta(days=5), grace=14, next_on=put_off).pulse is Pulse.FINE
    later = DUE + timedelta(days=20)
    assert beat_of(DUE, on=DUE + timedelta(days=5), grace=14, next_on=later).pulse is Pulse.LATE


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (None, DUE),
        (DUE, date(2027, 4, 1)),
        (DUE + timedelta(days=5), date(2027, 4, 1)),
        (DUE - timedelta(days=5), date(2027, 4, 1)),
        (DUE - timedelta(days=20), DUE),
    ],
)
def test_a_meeting_held_a_little_early_or_late_stands_for_its_day(last, due):
    assert due_after(Rhythm(4, 3, DUE), last) == due


def test_each_meeting_whose_grace_is_over_was_missed():
    days = tuple(DUE + timedelta(weeks=4 * n) for n in range(3))
    assert beat_of(DUE, on=days[2] + timedelta(days=3), grace=14, next_on=None, days=days).missed == 2


def behind(world, *, days: int) -> Series:
    """A series of Rowan whose last meeting was to be `days` ago and which has nothing planned."""
    series = begun(world)
    Meeting.objects.filter(series=series).update(state="CANCEL", cancelled_at=timezone.now(), cancelled_by=world.callum)
    first = world.today - timedelta(days=days)
    Series.objects.filter(pk=series.pk).update(first_on=first, weekday=first.weekday())
    return Series.objects.get(pk=series.pk)


def seen(as_person, person) -> dict[str, str]:
    pages = {"cluster": "/clusters/rowan/", "meetings": "/clusters/rowan/meetings/", "tracker": "/tracker/"}
    answers = {name: as_person(person).get(path) for name, path in pages.items()}
    return {name: body(answer) for name, answer in answers.items() if answer.status_code == 200}


def test_late_is_known_inside_and_not_above(world, as_person):
    behind(world, days=5)
    for person in (world.callum, world.morag, world.asha):
        pages = seen(as_person, person)
        assert "Meeting late" in pages["cluster"]
        assert "Meeting late" in pages["meetings"]
    above = seen(as_person, world.heather)
    assert set(above) == {"cluster", "meetings", "tracker"}
    for page in above.values():
        assert "Meeting late" not in page
        assert "was due" not in page


def test_missed_is_known_above_once_the_grace_time_is_over(world, as_person):
    behind(world, days=20)
    above = seen(as_person, world.heather)
    assert "Meeting missed" in above["cluster"]
    assert "was due" in above["tracker"]
    # Longer grace, and it is for those inside alone again.
    Series.objects.update(grace_days=30)
    above = seen(as_person, world.heather)
    assert "Meeting missed" not in above["cluster"]
    assert "was due" not in above["tracker"]


def test_without_its_guard_the_hscp_would_know_at_once(world, as_person, monkeypatch):
    """Negative control."""
    behind(world, days=5)
    monkeypatch.setattr(heartbeat.Beat, "seen", lambda beat, *, inside: beat)
    assert "Meeting late" in seen(as_person, world.heather)["cluster"]


def test_home_says_it_to_whoever_plans(world, as_person):
    behind(world, days=5)
    assert "Late 5 days" in body(as_person(world.callum).get("/"))
    assert "none is planned" in body(as_person(world.morag).get("/"))
    assert "none is planned" not in body(as_person(world.asha).get("/"))
    planned(world, days=3, is_inviting=False)
    assert "none is planned" not in body(as_person(world.callum).get("/"))


def test_minutes_make_it_good(world, as_person):
    series = behind(world, days=5)
    assert "Meeting late" in seen(as_person, world.callum)["cluster"]
    logged(world, held_on=series.first_on)
    assert "Meeting late" not in seen(as_person, world.callum)["cluster"]


def test_lead_and_locality_manager_have_two_months_without_a_series(world, as_person):
    """MTG-03: with a flag of its own, out of the box."""
    begun_on = world.today - timedelta(days=65)
    forum = Forum.objects.create(
        kind="CQL_LM", name="Callum and Rhona", slug="callum-rhona", locality=world.east, starts_on=begun_on
    )
    for person in (world.callum, world.rhona):
        ForumMember.objects.create(forum=forum, person=person, starts_on=world.since)
    page = body(as_person(world.rhona).get("/forums/callum-rhona/meetings/"))
    assert "Meeting late" in page
    assert "Meeting late" not in body(as_person(world.heather).get("/forums/callum-rhona/"))
    Forum.objects.filter(pk=forum.pk).update(starts_on=world.today - timedelta(days=30))
    assert "Meeting late" not in body(as_person(world.rhona).get("/forums/callum-rhona/meetings/"))


def test_as_many_queries_for_one_forum_as_for_many(world):
    behind(world, days=5)
    with CaptureQueriesContext(connection) as one:
        heartbeat.beats_of([world.rowan.forum], on=world.today)
    plan = series_plan_of(Series.objects.get())
    forums = [world.rowan.forum]
    for n in range(20):
        forum = Forum.objects.create(kind="TASK", name=f"Group {n}", slug=f"group-{n}", hscp=world.strath)
        values = replace(plan).columns()
        Series.objects.create(forum=forum, nonce=uuid4(), begun_at=timezone.now(), begun_by=world.callum, **values)
        forums.append(forum)
    with CaptureQueriesContext(connection) as many:
        assert len(heartbeat.beats_of(forums, on=world.today)) == 21
    assert len(many) == len(one) == 1
