"""Meetings as a calendar file (RFC 5545, 5546): what an invitation carries, and what people download."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parseaddr
from enum import StrEnum
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vRecur

from accounts.models import User
from meetings.models import Meeting
from office.emails import absolute
from office.rules import one_line
from shared.dates import SCOTLAND

Sort = Meeting.Sort
NO_PATIENT = "No patient should be recognisable in anything you write about this meeting."


class Method(StrEnum):
    """What a file asks for. An invitation is one meeting for one person; several meetings are published together."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"


def calendar_of(
    meetings: Iterable[Meeting], *, method: Method, at: datetime, to: User | None = None, name: str = ""
) -> str:
    """The meetings, each with its forum and who planned it, as the text of a calendar file.

    A request or a cancellation names the one person `to` whom it goes and nobody else (S36). What was called off says
    so. Times are those of the clock in Scotland; their rule is in the file, so that every program shows them alike.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//{one_line(settings.PORTAL_NAME)}//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method.value)
    if name:
        calendar.add("x-wr-calname", one_line(name))
    calendar.add_component(_time_zone())
    for meeting in meetings:
        calendar.add_component(_event(meeting, at, to))
    return calendar.to_ical().decode()


def _event(meeting: Meeting, at: datetime, to: User | None) -> Event:
    event = Event()
    event.add("uid", f"{meeting.nonce}@{urlsplit(settings.SITE_ROOT).hostname}")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", at.astimezone(UTC).replace(microsecond=0))
    for field, value in _times(meeting):
        event.add(field, value)
    event.add("summary", title_of(meeting))
    if where := where_of(meeting):
        event.add("location", where)
    event.add("url", page_of(meeting))
    event.add("description", _description(meeting))
    event.add("status", "CANCELLED" if meeting.state == Meeting.State.CANCELLED else "CONFIRMED")
    event.add("organizer", _organiser(meeting))
    if to:
        event.add("attendee", _attendee(to))
    return event


def _times(meeting: Meeting) -> list[tuple[str, date]]:
    """From when to when; the whole day where no time is set."""
    begins, ends = meeting.begins_at, meeting.ends_at
    if begins is None or ends is None:
        return [("dtstart", meeting.held_on), ("dtend", meeting.held_on + timedelta(days=1))]
    return [("dtstart", begins), ("dtend", ends)]


def title_of(meeting: Meeting) -> str:
    """What the meeting is called in a calendar: the forum and the sort of meeting, never what it is about."""
    name, cluster = one_line(str(meeting.forum)), getattr(meeting.forum, "cluster", None)
    if meeting.sort != Sort.ORDINARY:
        return f"{name}: {meeting.get_sort_display().lower()}"
    return f"{one_line(cluster.audit_label)} meeting" if cluster else name


def where_of(meeting: Meeting) -> str:
    """The place and where to join, on one line."""
    return ", ".join(part for part in (one_line(meeting.place), one_line(meeting.joining_address)) if part)


def page_of(meeting: Meeting) -> str:
    """The address of its page."""
    return absolute(reverse("meetings:meeting", args=[meeting.pk]))


def _description(meeting: Meeting) -> str:
    lines = [f"{meeting.mode_in_words}."]
    if meeting.joining_address:
        lines.append(f"Join: {one_line(meeting.joining_address)}")
    if meeting.state == Meeting.State.CANCELLED:
        lines.append(f"Called off: {one_line(meeting.cancel_reason)}")
    return "\n".join([*lines, f"More about it: {page_of(meeting)}", NO_PATIENT])


def _organiser(meeting: Meeting) -> vCalAddress:
    organiser = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organiser.params["CN"] = one_line(str(meeting.planned_by or meeting.logged_by))
    return organiser


def _attendee(person: User) -> vCalAddress:
    attendee = vCalAddress(f"mailto:{person.email}")
    told = {"CN": one_line(person.full_name), "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "FALSE"}
    attendee.params.update(told)
    return attendee


# --- The clock in Scotland -------------------------------------------------------------------------

FIRST = 1996  # the first year with today's rule: the last Sundays of March and October, at one o'clock Greenwich time


def _time_zone() -> Timezone:
    """When the clocks change and by how much, as the time zone database has it for `FIRST` and every year since."""
    zone = Timezone()
    zone.add("tzid", str(SCOTLAND))
    for kind, month in ((TimezoneDaylight, 3), (TimezoneStandard, 10)):
        change = _last_sunday(FIRST, month)
        before, after = (datetime.combine(change, time(12), SCOTLAND) + timedelta(days=n) for n in (-1, 0))
        part = kind()
        # Written in the time that the clock shows before it is changed.
        part.add("dtstart", datetime.combine(change, time(1)) + (before.utcoffset() or timedelta()))
        part.add("rrule", vRecur(freq="YEARLY", bymonth=month, byday="-1SU"))
        part.add("tzname", after.tzname())
        part.add("tzoffsetfrom", before.utcoffset())
        part.add("tzoffsetto", after.utcoffset())
        zone.add_component(part)
    return zone


def _last_sunday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)
