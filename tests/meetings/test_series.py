"""A series plans a forum's meetings ahead: begun after it was shown, changed, ended, and gone on with by itself."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from clusters.models import Forum, ForumMember
from meetings.analysis import Rhythm, slots
from meetings.models import Item, Meeting, Series
from meetings.selectors.coming import change_of_series
from meetings.selectors.plans import SeriesPlan, plan_of, rhythm_of, series_plan_of
from meetings.services.planning import (
    SeriesMeanwhile,
    ahead,
    begin_series,
    call_off_meeting,
    change_meeting,
    change_series,
    end_series,
    plan_ahead,
)
from meetings.services.standing import begin_standing_items
from office.models import Letter
from portal import jobs
from shared.dates import in_words
from tests.meetings.test_meeting_plan import LINK, a_plan, body

LETTERS = 5  # Callum, Morag, Asha, Pam and Tom are asked to Rowan's meetings


def rhythm(w, *, every=4, days=3, nth=None) -> Rhythm:
    first = w.today + timedelta(days=days)
    return Rhythm(every, first.weekday(), first, nth)


def series_plan(w, **changes) -> SeriesPlan:
    fields = {"starts_at": time(12, 30), "mode": "VIDEO", "joining_link": LINK}
    return SeriesPlan(rhythm(w), **{**fields, **changes})


def begun(w, *, by=None, forum=None, plan=None, nonce=None, at=None) -> Series:
    return begin_series(
        by=by or w.callum,
        forum=forum or w.rowan.forum,
        plan=plan or series_plan(w),
        nonce=nonce or uuid4(),
        at=at or timezone.now(),
    )


def series_fields(w, **changes):
    first = w.today + timedelta(days=3)
    fields = {
        "first_on": str(first),
        "rhythm": "WEEKS",
        "every": "4",
        "starts_at": "12:30",
        "minutes_long": "90",
        "mode": "VIDEO",
        "place": "",
        "joining_link": LINK,
        "sort": "ORD",
        "grace_days": "14",
        "is_inviting": "on",
        "nonce": str(uuid4()),
        "version": "0",
        "seen": "",
    }
    return {**fields, **changes}


def seen_in(page: str) -> str:
    return page.split('name="seen" value="')[1].split('"')[0]


def planned_days() -> list[date]:
    return list(Meeting.objects.filter(state="PLAN").order_by("held_on").values_list("held_on", flat=True))


@pytest.fixture
def path(world):
    return reverse("meetings:meeting_series", args=[world.rowan.forum])


# --- The days of a rhythm ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("every", "weekday", "first", "nth", "expected", "said"),
    [
        (5, 3, date(2026, 12, 3), None, ["2026-12-03", "2027-01-07", "2027-02-11"], "every 5 weeks, on Thursday"),
        (
            1,
            3,
            date(2026, 12, 10),
            2,
            ["2026-12-10", "2027-01-14", "2027-02-11"],
            "every month, on the second Thursday",
        ),
        (
            2,
            1,
            date(2026, 12, 29),
            5,
            ["2026-12-29", "2027-02-23", "2027-04-27"],
            "every 2 months, on the last Tuesday",
        ),
    ],
)
def test_the_days_of_a_rhythm(every, weekday, first, nth, expected, said):
    found = Rhythm(every, weekday, first, nth)
    days = slots(found, since=first, until=first, least=3)
    assert [str(day) for day in days] == expected
    assert found.in_words == said


# --- Beginning ---------------------------------------------------------------------------------------


def test_what_a_series_does_is_shown_before_it_is_done(world, as_person, path):
    callum = as_person(world.callum)
    typed = series_fields(world)
    first = body(callum.post(path, typed))
    assert "Nothing is saved or sent yet" in first
    assert not Series.objects.exists()
    assert not Letter.objects.exists()
    answer = callum.post(path, {**typed, "seen": seen_in(first)})
    assert answer.status_code == 302
    series = Series.objects.get()
    days = planned_days()
    assert days[0] == world.today + timedelta(days=3)
    assert {after - before for before, after in pairwise(days)} == {timedelta(weeks=4)}
    assert 6 <= len(days) <= 7
    assert all(meeting.starts_at == time(12, 30) for meeting in series.meetings.all())
    assert Letter.objects.count() == LETTERS
    page = body(as_person(world.asha).get(answer["Location"]))
    assert "meets every 4 weeks, on" in page
    assert "Change the series" not in page


def test_who_types_something_else_than_was_shown_is_shown_that_first(world, as_person, path):
    callum = as_person(world.callum)
    seen = seen_in(body(callum.post(path, series_fields(world))))
    page = body(callum.post(path, series_fields(world, every="2", seen=seen)))
    assert "Nothing is saved or sent yet" in page
    assert not Series.objects.exists()


def test_a_second_press_begins_no_second_series(world, as_person, path):
    callum, typed = as_person(world.callum), series_fields(world)
    typed["seen"] = seen_in(body(callum.post(path, typed)))
    assert [callum.post(path, typed).status_code for _ in range(2)] == [302, 302]
    assert Series.objects.count() == 1
    assert Letter.objects.count() == LETTERS


def test_two_who_begin_one_see_the_first(world, as_person, path):
    typed = series_fields(world)
    typed["seen"] = seen_in(body(as_person(world.morag).post(path, typed)))
    begun(world)
    mine = body(as_person(world.morag).post(path, typed))
    assert "Nothing is saved or sent yet" in mine
    late = as_person(world.morag).post(path, {**typed, "seen": seen_in(mine)})
    assert late.status_code == 409
    assert "Somebody changed the series while you were typing: it meets every 4 weeks" in body(late)
    assert f'value="{Series.objects.get().pk}"' in body(late)
    with pytest.raises(SeriesMeanwhile):
        begun(world, by=world.morag)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"first_on": "2020-01-07"}, "This day has passed"),
        ({"every": "0"}, "Give 1 or more."),
        ({"every": "27"}, "Give 26 weeks or 12 months at most."),
        ({"every": "13", "rhythm": "MONTHS", "first_on": "2027-03-10"}, "Give 12 months at most."),
        ({"rhythm": "MONTHS", "first_on": "2027-03-29"}, "Not every month has a fifth such weekday"),
        ({"rhythm": "LAST", "first_on": "2027-03-10"}, "This is not the last Wednesday of its month."),
        ({"joining_link": "javascript:alert(1)"}, "This is no web address"),
        ({"first_on": "2027-03-07", "starts_at": "01:30"}, "The clocks change at this time on two Sundays a year"),
    ],
)
def test_what_is_wrong_is_said_beside_the_box(world, as_person, path, changes, said):
    with time_machine.travel(datetime(2027, 1, 15, 9, tzinfo=UTC), tick=False):
        page = body(as_person(world.callum).post(path, series_fields(world, **changes)))
    assert said in page
    assert "Nothing is saved or sent yet" not in page


def test_the_service_refuses_the_hour_at_which_clocks_change_too(world):
    sunday = world.today + timedelta(days=(6 - world.today.weekday()) % 7 + 7)
    odd = replace(series_plan(world, starts_at=time(1, 30)), rhythm=Rhythm(1, 6, sunday))
    with pytest.raises(ValidationError):
        begun(world, plan=odd)
    assert begun(world, plan=replace(odd, starts_at=time(2, 0)))


@pytest.mark.parametrize("name", ["asha", "heather", "nell", "priya", "fergus", "gail", "una"])
def test_who_does_not_write_up_begins_changes_and_ends_nothing(world, name):
    person, series = getattr(world, name), begun(world)
    for refused in (
        lambda: begun(world, by=person),
        lambda: change_series(
            by=person, series=series, plan=series_plan(world, place="X"), nonce=uuid4(), at=timezone.now()
        ),
        lambda: end_series(by=person, series=series, at=timezone.now()),
    ):
        with pytest.raises(PermissionDenied):
            refused()


def test_lead_and_locality_manager_start_from_every_two_months(world, as_person):
    """MTG-03: out of the box."""
    forum = Forum.objects.create(kind="CQL_LM", name="Callum and Rhona", slug="callum-rhona", locality=world.east)
    for person in (world.callum, world.rhona):
        ForumMember.objects.create(forum=forum, person=person, starts_on=world.since)
    path = reverse("meetings:meeting_series", args=[forum])
    page = body(as_person(world.callum).get(path))
    assert 'name="every" value="2"' in page
    assert "checked" in page.split('value="MONTHS"')[1].split(">")[0]


def test_a_forum_starts_from_as_often_as_it_says_it_meets(world, as_person, path):
    Forum.objects.filter(pk=world.rowan.forum_id).update(meets_every_weeks=6)
    page = body(as_person(world.callum).get(path))
    assert 'name="every" value="6"' in page


# --- Changing and ending -----------------------------------------------------------------------------


def test_another_rhythm_moves_what_is_planned_and_leaves_what_has_an_agenda(world, as_person, path):
    series = begun(world)
    kept, *others = series.meetings.order_by("held_on")
    Item.objects.create(meeting=kept, position=1, title="Recall")
    typed = series_fields(world, every="8", version=str(series.pk), first_on=str(world.today + timedelta(days=10)))
    page = body(as_person(world.callum).post(path, typed))
    assert "Stay, as they have an agenda or were moved by hand" in page
    assert "Called off" in page
    answer = as_person(world.callum).post(path, {**typed, "seen": seen_in(page)})
    assert answer.status_code == 302
    kept.refresh_from_db()
    assert (kept.state, kept.sequence) == ("PLAN", 0)
    series.refresh_from_db()
    assert series.ended_by == world.callum
    after = Series.objects.get(ended_at=None)
    assert rhythm_of(after).every == 8
    moved = list(after.meetings.filter(state="PLAN"))
    assert {meeting.pk for meeting in moved} <= {meeting.pk for meeting in others}
    assert all(meeting.sequence == 1 for meeting in moved)
    assert Meeting.objects.filter(state="CANCEL", cancel_reason="The series has other days now.").exists()


def test_what_moves_is_shown_with_where_it_comes_from(world, as_person, path):
    series = begun(world)
    days = [in_words(day) for day in series.meetings.order_by("held_on").values_list("held_on", flat=True)]
    same = body(as_person(world.callum).post(path, series_fields(world, version=str(series.pk), starts_at="13:00")))
    assert "Moved:" not in same
    later = series_fields(world, version=str(series.pk), first_on=str(world.today + timedelta(days=4)))
    assert f"Moved: {days[0]} to " in body(as_person(world.callum).post(path, later))


def test_saving_the_series_as_it_is_changes_nothing(world):
    series = begun(world)
    same = change_series(by=world.callum, series=series, plan=series_plan_of(series), nonce=uuid4(), at=timezone.now())
    assert same == series
    assert Letter.objects.count() == LETTERS


def test_ending_calls_off_what_is_planned(world, as_person):
    series = begun(world)
    path = reverse("meetings:meeting_series_end", args=[world.rowan.forum])
    assert "Called off:" in body(as_person(world.callum).get(path))
    assert as_person(world.callum).post(path, {"version": str(series.pk), "is_inviting": "on"}).status_code == 302
    assert planned_days() == []
    assert Letter.objects.count() == 2 * LETTERS
    assert plan_ahead(at=timezone.now()) == 0
    again = as_person(world.callum).get(path)
    assert again["Location"] == reverse("meetings:meeting_series", args=[world.rowan.forum])


def test_who_ends_another_series_than_was_shown_is_asked_again(world, as_person):
    series = begun(world)
    change_series(
        by=world.morag, series=series, plan=series_plan(world, place="Hall"), nonce=uuid4(), at=timezone.now()
    )
    path = reverse("meetings:meeting_series_end", args=[world.rowan.forum])
    late = as_person(world.callum).post(path, {"version": str(series.pk)})
    assert late.status_code == 409
    assert "Somebody changed the series" in body(late)
    assert Series.objects.filter(ended_at=None).count() == 1


# --- Going on by itself ------------------------------------------------------------------------------


def test_the_daily_job_plans_the_next_meeting_once(world):
    begun(world)
    before, letters = planned_days(), Letter.objects.count()
    later = timezone.now() + timedelta(days=29)
    assert jobs.meetings(at=timezone.now()) == "0 meetings planned"
    assert jobs.meetings(at=later) == "1 meeting planned"
    assert jobs.meetings(at=later) == "0 meetings planned"
    assert planned_days() == [*before, before[-1] + timedelta(weeks=4)]
    # Gail, who leads from tomorrow on, is asked by then.
    assert set(Letter.objects.order_by("-pk")[:5].values_list("person__full_name", flat=True)) >= {"Gail Petrie"}
    assert Letter.objects.count() == letters + LETTERS + 1


def test_what_was_called_off_or_moved_is_not_made_again(world):
    series = begun(world)
    first, second, *_ = series.meetings.order_by("held_on")
    call_off_meeting(by=world.callum, meeting=first, reason="Snow", version=1, at=timezone.now())
    moved = replace(a_plan(world), held_on=second.held_on + timedelta(days=2))
    change_meeting(by=world.callum, meeting=second, plan=moved, version=1, at=timezone.now())
    assert plan_ahead(at=timezone.now()) == 0
    # Negative control: without its day of the series it would be made again.
    Meeting.objects.filter(pk=first.pk).update(slot_on=None, nonce=uuid4())
    assert plan_ahead(at=timezone.now()) == 1


def test_after_months_without_a_run_all_that_is_to_come_is_planned_and_nothing_that_went_by(world):
    begun(world)
    later = timezone.now() + timedelta(days=400)
    number = plan_ahead(at=later)
    assert number >= 6
    fresh = Meeting.objects.filter(planned_at=later)
    assert all(meeting.held_on >= timezone.localdate(later) for meeting in fresh)


def test_a_cluster_that_closes_ends_its_series(world):
    series = begun(world)
    end = world.today + timedelta(days=40)
    world.rowan.closed_on = end
    world.rowan.save(update_fields=["closed_on"])
    plan_ahead(at=timezone.now() + timedelta(days=41))
    series.refresh_from_db()
    assert series.ended_at is not None
    assert series.ended_by is None
    assert not Meeting.objects.filter(state="PLAN", held_on__gte=end).exists()
    assert AuditEvent.objects.filter(verb="series.ended").count() == 1
    off = Meeting.objects.filter(state="CANCEL", held_on__gte=end)
    letters = Letter.objects.filter(calendar__contains="CANCELLED")
    assert off.exists()
    assert {letter.person for letter in letters} >= {world.callum, world.asha, world.tom}
    plan_ahead(at=timezone.now() + timedelta(days=42))
    assert Letter.objects.filter(calendar__contains="CANCELLED").count() == letters.count()


def test_the_same_rhythm_leaves_alone_what_was_moved_and_plans_no_day_that_was_called_off(world):
    series = begun(world)
    moved, off, *_ = series.meetings.order_by("held_on")
    by, at = world.callum, timezone.now()
    plan = replace(plan_of(moved), held_on=moved.held_on + timedelta(days=1))
    change_meeting(by=by, meeting=moved, plan=plan, version=moved.version, at=at)
    call_off_meeting(by=by, meeting=off, reason="Half are away", version=off.version, at=at)
    later = replace(series_plan_of(series), starts_at=time(13, 0))
    change = change_of_series(world.rowan.forum, series, later, on=world.today)
    assert change.stay == (moved,)
    assert off.held_on not in change.days
    after = change_series(by=by, series=series, plan=later, nonce=uuid4(), at=at)
    plan_ahead(at=at)
    moved.refresh_from_db()
    assert moved.held_on == plan.held_on
    assert not Meeting.objects.filter(held_on=off.held_on, state="PLAN").exists()
    assert after.meetings.filter(state="PLAN").count() >= 2


def test_another_rhythm_leaves_alone_what_was_given_to_one_meeting(world):
    series = begun(world)
    given = series.meetings.order_by("held_on")[1]
    away = replace(plan_of(given), place="Alder’s library")
    change_meeting(by=world.callum, meeting=given, plan=away, version=given.version, at=timezone.now())
    later = replace(series_plan_of(series), starts_at=time(13, 0))
    change_series(by=world.callum, series=series, plan=later, nonce=uuid4(), at=timezone.now())
    given.refresh_from_db()
    assert (given.place, given.starts_at) == ("Alder’s library", time(13, 0))


# --- Both changes of the clock (F28) -----------------------------------------------------------------


def test_a_series_stays_at_half_past_twelve_across_both_changes_of_the_clock(world):
    with time_machine.travel(datetime(2027, 2, 15, 9, tzinfo=UTC), tick=False):
        series = begun(world, plan=replace(series_plan(world), rhythm=Rhythm(1, 3, date(2027, 3, 4))))
        plan_ahead(at=datetime(2027, 8, 1, 9, tzinfo=UTC))
    utc = {m.held_on: m.begins_at.astimezone(UTC).strftime("%H:%M") for m in series.meetings.all()}
    assert (utc[date(2027, 3, 25)], utc[date(2027, 4, 1)]) == ("12:30", "11:30")
    assert (utc[date(2027, 10, 28)], utc[date(2027, 11, 4)]) == ("11:30", "12:30")
    local = {m.begins_at.strftime("%H:%M") for m in series.meetings.all()}
    assert local == {"12:30"}


@pytest.mark.parametrize(
    "moment", [datetime(2027, 6, 30, 23, 30, tzinfo=UTC), datetime(2027, 3, 28, 0, 59, 59, tzinfo=UTC)]
)
def test_days_are_those_in_scotland(world, moment):
    """F29: at half past midnight in summer it is the next day already, whatever Greenwich says."""
    with time_machine.travel(moment, tick=False):
        today = timezone.localdate()
        plan = replace(series_plan(world), rhythm=Rhythm(1, today.weekday(), today))
        series = begun(world, plan=plan)
        assert series.meetings.order_by("held_on").first().held_on == today
        with pytest.raises(ValidationError):
            begun(
                world,
                forum=world.larch.forum,
                by=world.duncan,
                plan=replace(plan, rhythm=Rhythm(1, (today.weekday() - 1) % 7, today - timedelta(days=1))),
            )


def test_a_meeting_of_the_series_that_was_moved_onto_one_of_its_days_stands_for_it(world):
    """Of another sort than the series, it is none of the meetings that keep the day; planned twice it cannot be."""
    series = begun(world)
    first, last = Meeting.objects.order_by("held_on").first(), Meeting.objects.order_by("held_on").last()
    day = last.held_on + timedelta(weeks=4)
    plan = replace(plan_of(first), held_on=day, sort="PLT")
    change_meeting(by=world.callum, meeting=first, plan=plan, version=first.version, at=timezone.now())
    plan_ahead(at=timezone.now() + timedelta(weeks=9))
    planned = list(Meeting.objects.filter(series=series, held_on__gte=day).values_list("held_on", flat=True))
    assert planned.count(day) == 1
    assert max(planned) > day


def test_a_series_that_cannot_be_planned_stops_no_other(world, monkeypatch):
    begun(world)
    other = begun(world, by=world.nell, forum=world.birch.forum)
    number = Meeting.objects.filter(series=other).count()
    filled = ahead.fill

    def fill(series, *, at):
        if series.pk != other.pk:
            raise ValueError("this one cannot be")
        return filled(series, at=at)

    monkeypatch.setattr(ahead, "fill", fill)
    with pytest.raises(ValueError, match="this one"):
        plan_ahead(at=timezone.now() + timedelta(weeks=9))
    assert Meeting.objects.filter(series=other).count() > number


def test_what_stands_on_every_agenda_keeps_no_meeting_from_moving_or_being_called_off(world):
    begin_standing_items(by=world.callum, forum=world.rowan.forum, at=timezone.now())
    series = begun(world)
    days = planned_days()
    changed = change_series(
        by=world.callum,
        series=series,
        plan=replace(series_plan(world), rhythm=rhythm(world, days=5)),
        nonce=uuid4(),
        at=timezone.now(),
    )
    assert planned_days() == [day + timedelta(days=2) for day in days]
    end_series(by=world.callum, series=changed, at=timezone.now())
    assert planned_days() == []
