"""Sends invitations: one letter a person, with a calendar file that names nobody else."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from django.utils.timezone import localdate

from accounts.models import User
from meetings.documents import Method, calendar_of
from meetings.emails.invitations import invitation_letter, series_letter
from meetings.models import Meeting
from meetings.selectors.invited import invited_to
from office.models import Letter
from office.services.letters import queue_letters


def invite(meetings: Iterable[Meeting], *, by: User, at: datetime, asked_on: date | None = None) -> int:
    """Tell everybody who is asked to these meetings of one forum how they stand: planned, moved or called off.

    One meeting is asked for or cancelled by itself; several go together in one letter a person. Gives the number of
    letters; the same again writes none. Nobody is written to of a day that has passed. `asked_on` is the day whose
    members are meant, today unless it is given. In the caller's transaction.
    """
    today = localdate(at)
    told = sorted((m for m in meetings if m.held_on >= today), key=lambda m: (m.held_on, m.pk))
    if not told:
        return 0
    people = invited_to(told[0].forum, on=asked_on or today)
    write = _single if len(told) == 1 else _several
    return queue_letters(write(told, people, by, at), at=at)


def _single(meetings: Sequence[Meeting], people: list[User], by: User, at: datetime) -> Iterator[Letter]:
    (meeting,) = meetings
    method = Method.CANCEL if meeting.state == Meeting.State.CANCELLED else Method.REQUEST
    for person in people:
        calendar = calendar_of(meetings, method=method, at=at, to=person)
        yield invitation_letter(meeting, person, by=by, calendar=calendar)


def _several(meetings: Sequence[Meeting], people: list[User], by: User, at: datetime) -> Iterator[Letter]:
    """A request asks for one meeting; several are published together (RFC 5546, 3.2.1 and 3.2.2)."""
    calendar = calendar_of(meetings, method=Method.PUBLISH, at=at)
    return (series_letter(meetings, person, by=by, calendar=calendar) for person in people)
