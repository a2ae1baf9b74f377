"""Writes one reminder to each person: what is late, due, new and coming up for them."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.reach import Reach
from office.emails import reminder_letter
from office.models import Letter, ReminderChoice
from office.plugs import AHEAD, Asked, Line, lines_for
from office.rules import week_of
from office.selectors import DIGEST, people_to_remind, rhythm_of
from office.services.letters import queue_letters

AT_ONCE = 2_000  # people whose reminders are put together in one go
NOT_WANTED = "They want no reminders."
NEWS = timedelta(days=31)  # nothing older is news, however long nobody was told

Reaches = Callable[..., dict[int, Reach]]


def write_reminders(*, at: datetime, reaches_of: Reaches) -> int:
    """Put a reminder into the outbox for everybody whose turn it is and whom something concerns; gives how many.

    `reaches_of(people, on=day)` says how far each reaches that day: nobody is told of what they may not open then.
    A reminder is known by its person and day (of the weekly ones the Monday), so that a second run writes none.
    """
    on, written = timezone.localdate(at), 0
    everybody = list(people_to_remind(on=on))
    for start in range(0, len(everybody), AT_ONCE):
        people = everybody[start : start + AT_ONCE]
        reaches = reaches_of(people, on=on)
        since = {p.pk: _news_since(p, at) for p in people}
        asked = Asked({p.pk: p for p in people if reaches[p.pk].holdings}, reaches, on, since)
        with transaction.atomic():
            written += queue_letters(_letters(asked), at=at) if asked.people else 0
    return written


def _news_since(person: User, at: datetime) -> datetime:
    """When they were last told; of a first reminder the last days."""
    told_at: datetime | None = person.told_at  # type: ignore[attr-defined]
    return max(told_at, at - NEWS) if told_at else at - AHEAD


def _letters(asked: Asked) -> Iterable[Letter]:
    for pk, lines in lines_for(asked).items():
        person = asked.people[pk]
        slot, over = _slot(person, asked.on)
        subject, body = reminder_letter(person, lines)
        yield Letter(
            to=person.email,
            person=person,
            subject=subject,
            body=body,
            reason=f"{DIGEST}{pk}:{slot}",
            useful_until=useful_until(lines, over),
        )


def _slot(person: User, on: date) -> tuple[date, datetime]:
    """The day that a reminder belongs to, and when the next one takes its place."""
    chosen: ReminderChoice | None = getattr(person, "reminder_choice", None)
    if chosen and chosen.rhythm == ReminderChoice.Rhythm.WEEKLY:
        return week_of(on), midnight(week_of(on) + timedelta(days=7))
    return on, midnight(on + timedelta(days=1))


def useful_until(lines: Iterable[Line], over: datetime) -> datetime:
    """From when a reminder is of no use: the next one takes its place, or the last thing in it is over (F20)."""
    return min(over, max(line.until or over for line in lines))


def midnight(day: date) -> datetime:
    """When a day begins by the clock in Scotland."""
    return timezone.make_aware(datetime.combine(day, time.min))


@transaction.atomic
def choose_rhythm(*, rhythm: str, by: User, at: datetime) -> ReminderChoice:
    """Be reminded so often from now on. What waits in the outbox still leaves, unless they want none."""
    before = {"rhythm": rhythm_of(by)}
    choice, _ = ReminderChoice.objects.update_or_create(person=by, defaults={"rhythm": rhythm, "chosen_at": at})
    audit.record("reminders chosen", choice, by=by, before=before)
    if rhythm == ReminderChoice.Rhythm.NONE:
        waiting = Letter.objects.filter(person=by, reason__startswith=DIGEST, state=Letter.State.QUEUED)
        waiting.update(state=Letter.State.GIVEN_UP, answer=NOT_WANTED)
    return choice
