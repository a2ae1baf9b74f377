"""Letters that ask people to a meeting, say that it moved or was called off, or tell of a whole series at once."""

from collections.abc import Sequence

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from meetings.models import Meeting
from office.emails import absolute, guarded
from office.models import Letter
from office.rules import one_line
from shared.dates import in_words

State = Meeting.State


def invitation_letter(meeting: Meeting, person: User, *, by: User, calendar: str) -> Letter:
    """The letter to one person about one meeting as it stands: planned, moved or called off."""
    word, said = _news(meeting)
    context = {**_told(meeting, person, by), "meeting": meeting, "said": said, "when": when_of(meeting)}
    return _letter(
        "invitation",
        context,
        person,
        subject=f"{word}: {context['forum']}, {in_words(meeting.held_on)}",
        mark=f"{meeting.pk}:{meeting.sequence}",
        last=meeting,
        calendar=calendar,
    )


def series_letter(meetings: Sequence[Meeting], person: User, *, by: User, calendar: str) -> Letter:
    """The letter to one person about several meetings of one forum."""
    first, last = meetings[0], meetings[-1]
    called_off = [one for one in meetings if one.state == State.CANCELLED]
    context = {
        **_told(first, person, by),
        "planned": [(when_of(one), one.place, one.joining_address) for one in meetings if one not in called_off],
        "called_off": [when_of(one) for one in called_off],
        "link": absolute(reverse("meetings:meeting_list", args=[first.forum])),
    }
    mark = ".".join(f"{one.pk}-{one.sequence}" for one in (first, last))
    return _letter(
        "series",
        context,
        person,
        subject=f"Meetings of {context['forum']}, from {in_words(first.held_on)}",
        mark=f"{mark}:{len(meetings)}",
        last=last,
        calendar=calendar,
    )


def _letter(
    name: str, context: dict[str, object], person: User, *, subject: str, mark: str, last: Meeting, calendar: str
) -> Letter:
    """`mark` names what is told, so that nobody is told it twice; after `last` the letter is of no use."""
    return Letter(
        to=person.email,
        person=person,
        subject=subject,
        body=guarded(render_to_string(f"meetings/email/{name}.txt", context).strip()),
        reason=f"invite:{mark}:{person.pk}",
        useful_until=last.begins_at or last.end_of_day,
        calendar=calendar,
    )


def _news(meeting: Meeting) -> tuple[str, str]:
    if meeting.state == State.CANCELLED:
        return "Called off", "called off this meeting"
    return ("Changed", "changed this meeting") if meeting.sequence else ("Invitation", "asks you to this meeting")


def when_of(meeting: Meeting) -> str:
    """Day and time in words."""
    if meeting.begins_at is None or meeting.ends_at is None:
        return in_words(meeting.held_on)
    return f"{in_words(meeting.held_on)}, {meeting.begins_at:%H:%M} to {meeting.ends_at:%H:%M}"


def _told(meeting: Meeting, person: User, by: User) -> dict[str, object]:
    return {
        "person": one_line(person.get_short_name()),
        "forum": one_line(str(meeting.forum)),
        "by": one_line(str(by)),
        "link": absolute(reverse("meetings:meeting", args=[meeting.pk])),
        "portal": settings.PORTAL_NAME,
    }
