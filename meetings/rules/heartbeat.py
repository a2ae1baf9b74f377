"""When a forum should meet next, and what it is called once that day has passed. Plain Python."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from meetings.analysis import Rhythm

SOON = 14  # days ahead from which a meeting that nobody has planned is due


class Pulse(StrEnum):
    """How a forum keeps its rhythm. Late is for those inside alone; missed, once the grace time is over, for the HSCP
    too (MTG-02).
    """

    FINE = "fine"
    DUE = "due"
    LATE = "late"
    MISSED = "missed"


@dataclass(frozen=True)
class Beat:
    """Until when a forum was to meet, how many days of grace it has, and how many of its meetings were missed."""

    pulse: Pulse
    due_on: date
    next_on: date | None = None
    missed: int = 0

    def day_told(self, *, inside: bool) -> date | None:
        """When it meets next, or should have: above nobody hears of a day that passed until the grace is over."""
        if self.next_on is None and self.pulse is Pulse.LATE and not inside:
            return None
        return self.next_on or self.due_on

    def seen(self, *, inside: bool) -> "Beat | None":
        """What a reader is told of it: all inside; from above only what was missed."""
        return self if inside or self.pulse is Pulse.MISSED else None


def due_after(rhythm: Rhythm, last: date | None) -> date:
    """The day of the rhythm that follows the last meeting held. A meeting held a little early or late stands for its
    day, so that what comes within half an interval of it is no new one.
    """
    half = timedelta(days=rhythm.usual_days // 2)
    return next(day for day in rhythm.days() if last is None or day > last + half)


def beat_of(due_on: date, *, on: date, grace: int, next_on: date | None, days: tuple[date, ...] = ()) -> Beat:
    """How a forum stands on a day. What is planned within the grace time was put off, and is not late before that day.

    `days` are those of the rhythm since the one that is due: each whose grace is over was missed.
    """
    latest = due_on + timedelta(days=grace)
    if next_on and due_on < next_on <= latest:
        due_on = next_on
    if on > latest:
        missed = sum(day + timedelta(days=grace) < on for day in days)
        return Beat(Pulse.MISSED, due_on, next_on, max(missed, 1))
    if on > due_on:
        return Beat(Pulse.LATE, due_on, next_on)
    if next_on is None and due_on - on <= timedelta(days=SOON):
        return Beat(Pulse.DUE, due_on)
    return Beat(Pulse.FINE, due_on, next_on)
