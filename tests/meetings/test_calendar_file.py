"""Calendar files: read back by a parser, and line by line as mail programs get them."""

import re
from datetime import UTC, date, datetime, time, timedelta
from email import message_from_bytes
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from dateutil.rrule import rrulestr
from dateutil.tz import tzical
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from meetings.documents import calendar as files
from meetings.services.planning import call_off_meeting, change_meeting
from office.models import Letter
from office.services.delivery import deliver_letters
from tests.meetings.test_meeting_plan import LINK, a_plan, planned
from tests.meetings.test_series import begun, series_plan

LONDON = ZoneInfo("Europe/London")
# A Thursday on each side of both changes of the clock, and what Greenwich has at 12:30 in Scotland.
SIDES = [
    (date(2027, 3, 25), "12:30"),
    (date(2027, 4, 1), "11:30"),
    (date(2027, 10, 28), "11:30"),
    (date(2027, 11, 4), "12:30"),
]


def unfolded(text: str) -> list[str]:
    return re.sub(r"\r\n[ \t]", "", text).split("\r\n")


def offset_by_rule(text: str, local: datetime) -> timedelta:
    """What the rules in the file itself say, read without any database of time zones."""
    (zone,) = Calendar.from_ical(text).walk("VTIMEZONE")
    latest = {}
    for part in zone.subcomponents:
        start = part.decoded("dtstart").replace(tzinfo=None)
        rule = part["rrule"].to_ical().decode()
        changed = rrulestr(rule, dtstart=start).before(local, inc=True)
        latest[changed] = part.decoded("tzoffsetto")
    return latest[max(latest)]


def letter_to(person, *, starts="") -> Letter:
    return Letter.objects.filter(person=person, subject__startswith=starts).order_by("-pk").first()


@pytest.mark.parametrize(("day", "utc"), SIDES)
def test_half_past_twelve_on_both_sides_of_each_change_of_the_clock(world, as_person, day, utc):
    with time_machine.travel(datetime(2027, 1, 15, 9, tzinfo=UTC), tick=False):
        meeting = planned(world, days=(day - world.today).days)
        text = as_person(world.asha).get(reverse("meetings:meeting_calendar", args=[meeting.pk])).content.decode()
    lines = unfolded(text)
    assert f"DTSTART;TZID=Europe/London:{day:%Y%m%d}T123000" in lines
    assert f"DTEND;TZID=Europe/London:{day:%Y%m%d}T140000" in lines
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    start = event.decoded("dtstart")
    assert start.astimezone(LONDON).strftime("%d %H:%M") == f"{day:%d} 12:30"
    assert start.astimezone(UTC).strftime("%H:%M") == utc
    local = datetime.combine(day, time(12, 30))
    assert (local - offset_by_rule(text, local)).strftime("%H:%M") == utc
    # Another reader than the library that wrote it: dateutil makes a time zone of the file alone.
    zone = tzical(StringIO("\n".join(lines))).get("Europe/London")
    assert local.replace(tzinfo=zone).astimezone(UTC).strftime("%H:%M") == utc


def test_a_zone_without_its_rule_for_summer_would_be_an_hour_wrong(world, as_person):
    """Negative control of the reading above: take the rule out of the file and the time is wrong."""
    meeting = planned(world)
    text = as_person(world.asha).get(reverse("meetings:meeting_calendar", args=[meeting.pk])).content.decode()
    local = datetime(2027, 7, 1, 12, 30)
    assert offset_by_rule(text, local) == timedelta(hours=1)
    without = re.sub(r"BEGIN:DAYLIGHT.*?END:DAYLIGHT\r\n", "", text, flags=re.S)
    assert offset_by_rule(without, local) == timedelta(0)


@pytest.mark.parametrize("year", [1997, 2026, 2027, 2040])
def test_the_rule_in_the_file_is_that_of_the_time_zone_database(world, as_person, year):
    meeting = planned(world)
    text = as_person(world.asha).get(reverse("meetings:meeting_calendar", args=[meeting.pk])).content.decode()
    for noon in (datetime(year, 1, 1, 12) + timedelta(days=n) for n in range(365)):
        assert offset_by_rule(text, noon) == noon.replace(tzinfo=LONDON).utcoffset(), noon


def test_lines_are_as_programs_want_them(world, as_person):
    meeting = planned(world, place="Rowan Room, first floor; ring the bell " + "and wait " * 12)
    answer = as_person(world.asha).get(reverse("meetings:meeting_calendar", args=[meeting.pk]))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="meeting-{meeting.pk}.ics"'
    text = answer.content.decode()
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    lines = unfolded(text)
    assert lines[0] == "BEGIN:VCALENDAR"
    for line in (
        "VERSION:2.0",
        "METHOD:PUBLISH",
        "BEGIN:VTIMEZONE",
        "TZID:Europe/London",
        "SEQUENCE:0",
        "STATUS:CONFIRMED",
    ):
        assert line in lines
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in lines
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10" in lines
    assert any(line.startswith("LOCATION:Rowan Room\\, first floor\\; ring the bell") for line in lines)


def test_an_invitation_names_one_person_and_its_changes_carry_the_same_name(world):
    meeting = planned(world)
    first = letter_to(world.asha, starts="Invitation").calendar
    change_meeting(by=world.callum, meeting=meeting, plan=a_plan(world, days=17), version=1, at=timezone.now())
    second = letter_to(world.asha, starts="Changed").calendar
    call_off_meeting(by=world.callum, meeting=meeting, reason="Snow", version=2, at=timezone.now())
    third = letter_to(world.asha, starts="Called off").calendar
    told = [unfolded(text) for text in (first, second, third)]
    uids = [[line for line in lines if line.startswith("UID:")] for lines in told]
    assert uids[0] == uids[1] == uids[2]
    assert len(uids[0]) == 1
    for number, (method, status, lines) in enumerate(
        zip(("REQUEST", "REQUEST", "CANCEL"), ("CONFIRMED", "CONFIRMED", "CANCELLED"), told, strict=True)
    ):
        assert f"METHOD:{method}" in lines
        assert f"STATUS:{status}" in lines
        assert f"SEQUENCE:{number}" in lines
        attendees = [line for line in lines if line.startswith("ATTENDEE")]
        assert len(attendees) == 1
        assert attendees[0].endswith(f"mailto:{world.asha.email}")
        assert world.tom.email not in "".join(lines)
    assert f"DTSTART;TZID=Europe/London:{world.today + timedelta(days=17):%Y%m%d}T123000" in told[1]


def test_without_its_sequence_a_change_would_look_like_the_first(world, monkeypatch):
    """Negative control: programs ignore a change that counts no further."""
    meeting = planned(world)
    changed = change_meeting(
        by=world.callum, meeting=meeting, plan=a_plan(world, days=17), version=1, at=timezone.now()
    )
    changed.sequence = 0
    text = files.calendar_of([changed], method=files.Method.REQUEST, at=timezone.now(), to=world.asha)
    assert "SEQUENCE:1" not in unfolded(text)
    assert "SEQUENCE:1" in unfolded(letter_to(world.asha, starts="Changed").calendar)


def test_the_letter_carries_it_as_an_invitation(world, smtp):
    planned(world)
    deliver_letters()
    sent = [message_from_bytes(envelope.content) for envelope in smtp.taken]
    parts = [part for part in sent[0].walk() if part.get_content_type() == "text/calendar"]
    assert parts
    assert all(part.get_param("method") == "REQUEST" for part in parts)
    assert b"BEGIN:VTIMEZONE" in parts[0].get_payload(decode=True)


def test_what_people_type_never_breaks_out_of_its_line(world, as_person):
    meeting = planned(world, place="Hall\r\nATTENDEE:mailto:eve@example.org")
    text = as_person(world.asha).get(reverse("meetings:meeting_calendar", args=[meeting.pk])).content.decode()
    assert not any(line.startswith("ATTENDEE") for line in unfolded(text))
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert "eve@example.org" in event["location"]


def test_a_link_that_is_no_web_address_is_nowhere_in_it(world, as_person):
    meeting = planned(world)
    type(meeting).objects.filter(pk=meeting.pk).update(joining_link="javascript:alert(1)")
    for path in (f"/meetings/{meeting.pk}/", reverse("meetings:meeting_calendar", args=[meeting.pk])):
        assert "javascript:alert" not in as_person(world.asha).get(path).content.decode()
    type(meeting).objects.filter(pk=meeting.pk).update(joining_link=LINK)
    assert LINK in as_person(world.asha).get(f"/meetings/{meeting.pk}/").content.decode()


def test_a_series_goes_out_in_one_letter_with_every_meeting(world):
    series = begun(world, plan=series_plan(world))
    letter = Letter.objects.get(person=world.asha)
    lines = unfolded(letter.calendar)
    assert "METHOD:PUBLISH" in lines
    assert not any(line.startswith("ATTENDEE") for line in lines)
    events = Calendar.from_ical(letter.calendar).walk("VEVENT")
    assert len(events) == series.meetings.count()
    assert {event.decoded("dtstart").astimezone(LONDON).strftime("%H:%M") for event in events} == {"12:30"}


def test_the_file_of_a_forum_asks_the_same_for_one_and_for_many(world, as_person):
    path = reverse("meetings:forum_calendar", args=[world.rowan.forum])
    planned(world)
    client = as_person(world.asha)
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    for days in range(11, 31):
        planned(world, days=days, is_inviting=False)
    with CaptureQueriesContext(connection) as many:
        text = client.get(path).content.decode()
    assert len(Calendar.from_ical(text).walk("VEVENT")) == 21
    assert len(many) == len(one)
