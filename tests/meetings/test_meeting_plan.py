"""Planning one meeting, moving it and calling it off: by whom, when the clock allows it, once for each form."""

from dataclasses import replace
from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from clusters.models import Forum, ForumMember
from meetings.models import Item, Meeting
from meetings.selectors.plans import MeetingPlan, plan_of
from meetings.services import EditedMeanwhile, save_minute
from meetings.services.planning import call_off_meeting, change_meeting, plan_meeting, single
from office.models import Letter
from shared.dates import moment
from tests.meetings.minutes import entry, logged, published

LINK = "https://teams.example.org/l/meetup"


def a_plan(w, *, days=10, **changes) -> MeetingPlan:
    fields = {"starts_at": time(12, 30), "mode": "BOTH", "place": "Rowan Room", "joining_link": LINK}
    return MeetingPlan(held_on=w.today + timedelta(days=days), **{**fields, **changes})


def planned(w, *, by=None, nonce=None, is_inviting=True, forum=None, **changes) -> Meeting:
    return plan_meeting(
        by=by or w.callum,
        forum=forum or w.rowan.forum,
        plan=a_plan(w, **changes),
        nonce=nonce or uuid4(),
        at=timezone.now(),
        is_inviting=is_inviting,
    )


def plan_fields(w, **changes):
    plan = a_plan(w)
    fields = {
        "held_on": str(plan.held_on),
        "starts_at": "12:30",
        "minutes_long": "90",
        "mode": "BOTH",
        "place": plan.place,
        "joining_link": LINK,
        "sort": "ORD",
        "funding": "",
        "is_inviting": "on",
        "nonce": str(uuid4()),
    }
    return {**fields, **changes}


def body(response) -> str:
    return response.content.decode()


@pytest.fixture
def path(world):
    return reverse("meetings:meeting_plan", args=[world.rowan.forum])


def test_a_meeting_is_planned_and_its_page_says_when_and_where(world, as_person, path):
    answer = as_person(world.morag).post(path, plan_fields(world))
    meeting = Meeting.objects.get()
    assert answer["Location"] == f"/meetings/{meeting.pk}/"
    assert (meeting.state, meeting.planned_by, meeting.starts_at) == ("PLAN", world.morag, time(12, 30))
    page = body(as_person(world.asha).get(answer["Location"]))
    assert "12:30 to 14:00" in page
    assert "Rowan Room" in page
    assert f'href="{LINK}"' in page
    assert "Log the meeting" not in page
    assert "Call it off" not in page
    assert "Tom Kerr" in page
    assert as_person(world.heather).get(answer["Location"]).status_code == 404


def test_the_list_of_meetings_shows_what_comes_first(world, as_person):
    logged(world, held_on=world.today - timedelta(days=30))
    later, today = planned(world, days=40), planned(world, days=0)
    page = body(as_person(world.callum).get(reverse("meetings:meeting_list", args=[world.rowan.forum])))
    assert (
        page.index(f"/meetings/{today.pk}/")
        < page.index(f"/meetings/{later.pk}/")
        < page.index("<h2>Held, and called off")
    )
    assert "</span> today</strong>" in page
    above = body(as_person(world.heather).get(reverse("meetings:meeting_list", args=[world.rowan.forum])))
    assert "Coming meetings" not in above


def test_on_its_day_it_is_logged_as_the_same_row(world, as_person):
    meeting = planned(world, days=0)
    assert f"/meetings/{meeting.pk}/log/" in body(as_person(world.callum).get(f"/meetings/{meeting.pk}/"))
    new = body(as_person(world.callum).get(reverse("meetings:meeting_log", args=[world.rowan.forum])))
    assert f"/meetings/{meeting.pk}/log/" in new
    kept = save_minute(
        by=world.callum,
        forum=world.rowan.forum,
        entry=entry(world),
        nonce=uuid4(),
        at=timezone.now(),
        meeting=meeting,
        version=1,
    )
    assert (kept.pk, kept.state, kept.starts_at) == (meeting.pk, "DRAFT", time(12, 30))


def test_the_same_form_twice_plans_once(world, as_person, path):
    typed = plan_fields(world)
    answers = [as_person(world.callum).post(path, typed)["Location"] for _ in range(2)]
    assert answers[0] == answers[1]
    assert Meeting.objects.count() == 1
    asked = {world.callum, world.morag, world.asha, world.pam, world.tom}
    assert {letter.person for letter in Letter.objects.all()} == asked
    assert Letter.objects.count() == len(asked)
    assert AuditEvent.objects.filter(verb="meeting.planned").count() == 1


def test_without_a_nonce_the_same_form_would_plan_twice_and_is_refused_by_its_time(world, as_person, path):
    """Negative control: another form for the same day and time is a second meeting, and refused for that."""
    as_person(world.callum).post(path, plan_fields(world))
    again = body(as_person(world.morag).post(path, plan_fields(world)))
    assert "planned for this day and time already" in again
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"held_on": ""}, "Give the day on which you meet."),
        ({"starts_at": "half past"}, "Write the time as hours and minutes"),
        ({"starts_at": ""}, "Give the time at which it starts."),
        ({"joining_link": "javascript:alert(1)"}, "This is no web address"),
        ({"joining_link": "teams.example.org"}, "This is no web address"),
        ({"minutes_long": "7"}, "Choose a length from the list."),
        ({"mode": "PHONE"}, "Choose video, in person or both."),
    ],
)
def test_what_is_wrong_is_said_beside_the_box_and_what_was_typed_stays(world, as_person, path, typed, said):
    page = body(as_person(world.callum).post(path, plan_fields(world, **typed)))
    assert said in page
    assert 'value="Rowan Room"' in page
    assert not Meeting.objects.exists()


def test_a_day_that_has_passed_is_to_be_logged(world, as_person, path):
    page = body(as_person(world.callum).post(path, plan_fields(world, held_on=str(world.today - timedelta(days=1)))))
    assert "This day has passed. If the meeting took place, log it." in page


@pytest.mark.parametrize(
    ("day", "nearest"),
    [
        (date(2027, 3, 28), "forward, and 01:30 is left out. Choose 00:59 or earlier, or 02:00 or later."),
        (date(2027, 10, 31), "back, and 01:30 comes twice. Choose 00:59 or earlier, or 02:00 or later."),
    ],
)
def test_a_time_that_is_not_there_or_comes_twice_is_refused_in_words(world, as_person, path, day, nearest):
    typed = plan_fields(world, held_on=str(day), starts_at="01:30")
    if day <= world.today:
        pytest.skip("the day has gone by")
    page = body(as_person(world.callum).post(path, typed))
    assert nearest in page
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("day", [date(2027, 3, 28), date(2026, 10, 25), date(2027, 10, 31)])
def test_only_that_hour_of_that_night_is_refused(day):
    for at in (time(0, 59), time(2, 0), time(12, 30)):
        assert (moment(day, at).hour, moment(day, at).minute) == (at.hour, at.minute)
    for at in (time(1, 0), time(1, 30), time(1, 59)):
        with pytest.raises(ValidationError, match="clocks go"):
            moment(day, at)
        assert moment(day + timedelta(days=1), at)


def test_without_the_guard_a_time_that_is_not_there_would_be_stored(world, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(single, "refuse_odd_time", lambda plan: None)
    days = (date(2027, 3, 28) - world.today).days
    if days < 0:
        pytest.skip("the day has gone by")
    meeting = planned(world, days=days, starts_at=time(1, 30))
    utc = meeting.begins_at.astimezone(timezone.get_fixed_timezone(0))
    assert utc.astimezone(timezone.get_current_timezone()).hour == 2


def test_a_public_holiday_is_said_and_not_moved(world, as_person, path):
    christmas = date(world.today.year + (world.today > date(world.today.year, 12, 24)), 12, 25)
    answer = as_person(world.callum).post(path, plan_fields(world, held_on=str(christmas)), follow=True)
    assert "public holiday in Scotland: Christmas Day" in body(answer)
    assert Meeting.objects.get().held_on == christmas


# --- Moving and calling off ------------------------------------------------------------------------


def test_a_meeting_moves_with_its_agenda_and_everybody_is_told(world, as_person):
    meeting = planned(world)
    item = Item.objects.create(meeting=meeting, position=1, title="Recall")
    later = str(meeting.held_on + timedelta(days=7))
    path = reverse("meetings:meeting_change", args=[meeting.pk])
    typed = plan_fields(world, held_on=later, version="1", is_inviting="on")
    assert as_person(world.morag).post(path, typed).status_code == 302
    meeting.refresh_from_db()
    assert (str(meeting.held_on), meeting.sequence, meeting.version) == (later, 1, 2)
    assert list(meeting.items.all()) == [item]
    assert Letter.objects.filter(reason__startswith=f"invite:{meeting.pk}:1:", subject__startswith="Changed").exists()


def test_who_pays_is_in_nobodys_calendar_so_nobody_is_told(world):
    meeting = planned(world, sort="PLT")
    letters = Letter.objects.count()
    plan = replace(plan_of(meeting), funding="The HSCP")
    changed = change_meeting(by=world.callum, meeting=meeting, plan=plan, version=1, at=timezone.now())
    assert (changed.sequence, changed.version, changed.funding) == (0, 2, "The HSCP")
    assert Letter.objects.count() == letters


def test_saving_what_is_there_changes_nothing(world):
    meeting = planned(world)
    same = change_meeting(by=world.callum, meeting=meeting, plan=plan_of(meeting), version=1, at=timezone.now())
    assert (same.version, same.sequence) == (1, 0)


def test_two_who_move_it_see_both(world, as_person):
    meeting = planned(world)
    path = reverse("meetings:meeting_change", args=[meeting.pk])
    first, second = (str(meeting.held_on + timedelta(days=n)) for n in (7, 9))
    assert as_person(world.morag).post(path, plan_fields(world, held_on=first, version="1")).status_code == 302
    late = as_person(world.callum).post(path, plan_fields(world, held_on=second, version="1"))
    assert late.status_code == 409
    assert "Somebody saved this while you were typing" in body(late)
    meeting.refresh_from_db()
    assert str(meeting.held_on) == first


def test_it_is_called_off_with_the_reason_and_stays_so(world, as_person):
    meeting = planned(world)
    path = reverse("meetings:meeting_call_off", args=[meeting.pk])
    assert "Say in a few words why" in body(as_person(world.callum).post(path, {"reason": "", "version": "1"}))
    typed = {"reason": "Snow", "version": "1", "is_inviting": "on"}
    assert as_person(world.callum).post(path, typed).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.state, meeting.cancel_reason, meeting.sequence) == ("CANCEL", "Snow", 1)
    assert "Snow" in body(as_person(world.asha).get(f"/meetings/{meeting.pk}/"))
    listed = body(as_person(world.asha).get(reverse("meetings:meeting_list", args=[world.rowan.forum])))
    assert "Called off" in listed
    assert "0 of 0" not in listed
    row = next(row for row in listed.split("<tr") if "Called off" in row)
    assert row.count("–</td>") == 4  # nobody came, nothing was decided, nothing is to be read
    assert "Cluster only" not in row
    assert Letter.objects.filter(subject__startswith="Called off").exists()
    assert as_person(world.callum).get(path).status_code == 403
    off = call_off_meeting(by=world.callum, meeting=meeting, reason="Again", version=2, at=timezone.now())
    assert (off.cancel_reason, off.sequence) == ("Snow", 1)


def test_who_calls_off_what_was_moved_is_asked_again(world, as_person):
    meeting = planned(world)
    change_meeting(by=world.morag, meeting=meeting, plan=a_plan(world, days=17), version=1, at=timezone.now())
    path = reverse("meetings:meeting_call_off", args=[meeting.pk])
    late = as_person(world.callum).post(path, {"reason": "Snow", "version": "1"})
    assert late.status_code == 409
    assert "Call that one off?" in body(late)
    assert 'value="Snow"' in body(late)
    assert 'name="version" value="2"' in body(late)
    with pytest.raises(EditedMeanwhile):
        call_off_meeting(by=world.callum, meeting=meeting, reason="Snow", version=1, at=timezone.now())


def test_minutes_that_are_not_out_yet_name_the_day_to_which_the_next_meeting_was_moved(world):
    meeting, at = planned(world), timezone.now()
    draft, told = logged(world, next_on=meeting.held_on), published(world, next_on=meeting.held_on)
    moved = change_meeting(by=world.callum, meeting=meeting, plan=a_plan(world, days=17), version=1, at=at)
    draft.refresh_from_db()
    assert draft.next_on == moved.held_on
    later = planned(world, days=24)
    call_off_meeting(by=world.callum, meeting=moved, reason="Snow", version=moved.version, at=at)
    draft.refresh_from_db()
    assert draft.next_on == later.held_on
    call_off_meeting(by=world.callum, meeting=later, reason="Snow again", version=later.version, at=at)
    draft.refresh_from_db()
    assert draft.next_on is None
    assert AuditEvent.objects.filter(verb="meeting.next_moved", subject_id=draft.pk).count() == 3
    told.refresh_from_db()
    assert told.next_on == meeting.held_on  # published minutes do not change


@pytest.mark.parametrize("typed", [None, 30])
def test_minutes_that_are_not_out_yet_name_a_meeting_planned_before_the_day_that_was_typed(world, typed):
    draft = logged(world, next_on=typed and world.today + timedelta(days=typed))
    sooner = planned(world)
    draft.refresh_from_db()
    assert draft.next_on == sooner.held_on
    planned(world, days=60)
    draft.refresh_from_db()
    assert draft.next_on == sooner.held_on


def test_a_day_that_was_typed_stays_when_nothing_else_is_planned(world):
    meeting = planned(world)
    typed = meeting.held_on - timedelta(days=1)
    draft = logged(world, next_on=typed)
    call_off_meeting(by=world.callum, meeting=meeting, reason="Snow", version=1, at=timezone.now())
    draft.refresh_from_db()
    assert draft.next_on == typed


def test_once_the_minutes_are_begun_it_neither_moves_nor_is_called_off(world, as_person):
    draft = logged(world)
    for name in ("meeting_change", "meeting_call_off"):
        answer = as_person(world.callum).get(reverse(f"meetings:{name}", args=[draft.pk]))
        assert answer.status_code == 403
        assert "minutes of this meeting are begun" in body(answer)
    with pytest.raises(ValidationError):
        change_meeting(by=world.callum, meeting=draft, plan=a_plan(world), version=1, at=timezone.now())


@pytest.mark.parametrize("name", ["asha", "heather", "nell", "priya", "fergus", "gail", "una"])
def test_who_does_not_write_up_plans_nothing(world, name):
    person, meeting = getattr(world, name), planned(world)
    with pytest.raises(PermissionDenied):
        planned(world, by=person, days=11)
    with pytest.raises(PermissionDenied):
        change_meeting(by=person, meeting=meeting, plan=a_plan(world, days=12), version=1, at=timezone.now())
    with pytest.raises(PermissionDenied):
        call_off_meeting(by=person, meeting=meeting, reason="No", version=1, at=timezone.now())


def test_two_people_have_one_to_ones_in_a_forum_of_their_own(world, as_person):
    """MTG-04: the lead and the clinical director."""
    forum = Forum.objects.create(kind="TASK", name="Callum and Sorcha", slug="callum-and-sorcha", hscp=world.strath)
    for person in (world.callum, world.rhona):
        ForumMember.objects.create(forum=forum, person=person, starts_on=world.since)
    path = reverse("meetings:meeting_plan", args=[forum])
    assert as_person(world.callum).post(path, plan_fields(world, sort="ONE")).status_code == 302
    meeting = Meeting.objects.get(forum=forum)
    assert (meeting.sort, meeting.get_sort_display()) == ("ONE", "One-to-one")
    assert as_person(world.rhona).get(f"/meetings/{meeting.pk}/").status_code == 200
    assert as_person(world.asha).get(f"/meetings/{meeting.pk}/").status_code == 404


def test_what_is_wrong_is_told_where_the_form_begins_as_on_every_page(world, as_person):
    client, there, forum = as_person(world.callum), planned(world), world.rowan.forum
    for name, args in (("meeting_plan", forum), ("meeting_change", there.pk), ("meeting_series", forum)):
        page = body(client.post(reverse(f"meetings:{name}", args=[args]), plan_fields(world, starts_at="")))
        places = [page.index(part) for part in ("<h1>", "data-keep=", 'id="error-summary"', '<label class="ds_label')]
        assert places == sorted(places)
        assert page.count('id="error-summary"') == 1
