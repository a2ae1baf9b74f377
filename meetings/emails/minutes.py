"""Minutes by e-mail: to each member what is theirs to do, then what was decided, then where the minutes are."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cache

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.timezone import localdate

from accounts.models import User
from accounts.reach import Reach
from clusters.selectors import people_inside
from clusters.selectors.reach import reaches_of
from clusters.selectors.seats import seats_of
from meetings import rules
from meetings.models import Action, Attendance, Audience, Meeting
from meetings.selectors import MinutesSeen, what_audience_sees
from office.emails import absolute, guarded
from office.models import Letter
from office.rules import one_line
from office.services.letters import queue_letters
from shared.dates import in_words

State = Meeting.State
Presence = Attendance.Presence
CAME = (Presence.PRESENT, Presence.DEPUTY, Presence.GUEST)
LONGEST_LINE = 300
ROOM = 4_000  # characters for each of the two lists: a letter is no place for a whole book of minutes


def send_minutes(*, meeting: Meeting, by: User, at: datetime) -> int:
    """Put a letter about circulated or published minutes into the outbox for each member who may read them.

    Members are whoever holds a role inside the cluster, or a seat in the forum, that day, and who was there. Gives the
    number of letters; a second call for the same state of the minutes writes none. In the caller's transaction.
    """
    on = localdate(at)
    people = {person.pk: person for person in _members(meeting, on=on)}
    reaches = reaches_of(people.values(), on=on)
    seen = cache(lambda audience: what_audience_sees(meeting, audience))
    actions = list(
        Action.objects.filter(item__meeting=meeting, state=Action.State.OPEN).select_related("owner", "owner_practice")
    )
    letters = (
        _letter(meeting, person, reaches[pk], seen(audience), actions, by)
        for pk, person in people.items()
        if (audience := _reads_as(reaches[pk], meeting))
    )
    return queue_letters(letters, at=at)


def _members(meeting: Meeting, *, on: date) -> Iterator[User]:
    cluster = getattr(meeting.forum, "cluster", None)
    if cluster:
        yield from people_inside(cluster, on=on)
    else:
        yield from (seat.person for seat in seats_of(meeting.forum, on=on) if seat.person)
    there = Attendance.objects.filter(meeting=meeting, presence__in=CAME).order_by().values("person")
    yield from User.objects.filter(pk__in=there, is_active=True).order_by("full_name")


def _reads_as(reach: Reach, meeting: Meeting) -> Audience | None:
    """As whom somebody may read the minutes in their state: while they are corrected, from inside only."""
    audience = rules.audience_of(reach, meeting)
    return audience if audience is Audience.CLUSTER or meeting.state == State.PUBLISHED else None


def _letter(
    meeting: Meeting, person: User, reach: Reach, seen: MinutesSeen, actions: Iterable[Action], by: User
) -> Letter:
    until = meeting.corrections_until if meeting.state == State.CIRCULATED else None
    decided = [f"{item.title}: {item.decision}" for item in seen.items if item.decision and not item.is_kept]
    context = {
        "person": one_line(person.get_short_name()),
        "meeting": f"{one_line(str(meeting.forum))}, {in_words(meeting.held_on)}",
        "until": in_words(until) if until else "",
        "is_circulated": meeting.state == State.CIRCULATED,
        "by": one_line(str(by)),
        "actions": _lines(_action(action) for action in actions if _is_theirs(reach, action)),
        "decisions": _lines(decided),
        "kept": sum(item.is_kept for item in seen.items),
        "kept_word": seen.kept_word,
        "link": absolute(reverse("meetings:meeting", args=[meeting.pk])),
        "portal": settings.PORTAL_NAME,
    }
    what = "Minutes to correct" if meeting.state == State.CIRCULATED else "Minutes"
    return Letter(
        to=person.email,
        person=person,
        subject=f"{what}: {context['meeting']}",
        body=guarded(render_to_string("meetings/email/minutes.txt", context).strip()),
        reason=f"minutes:{meeting.pk}:{meeting.state}:{person.pk}",
    )


def _is_theirs(reach: Reach, action: Action) -> bool:
    return rules.is_mine(reach, action) or rules.is_asked_for_practice(reach, action)


def _action(action: Action) -> str:
    return f"{action.what}, by {in_words(action.due_on)} ({action.holder})"


def _lines(texts: Iterable[str]) -> list[str]:
    """The texts, a line each, as far as there is room; then how many more there are."""
    lines, left = [Truncator(one_line(text)).chars(LONGEST_LINE) for text in texts], ROOM
    for number, line in enumerate(lines):
        left -= len(line)
        if left < 0:
            return [*lines[:number], f"and {len(lines) - number} more in the minutes"]
    return lines
