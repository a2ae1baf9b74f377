"""The jobs of a day (setting `DAILY_JOBS`): each takes the moment `at` and says in a sentence what it did."""

from datetime import datetime

from django.utils.timezone import localdate

from clusters.selectors.reach import reaches_of
from clusters.services.handovers import carry_out_due
from meetings.services.planning import plan_ahead
from office.models import Letter
from office.services.delivery import deliver_letters
from office.services.reminders import write_reminders


def handovers(*, at: datetime) -> str:
    """Carry out the handovers whose day has come."""
    done = carry_out_due(on=localdate(at))
    return _counted(len(done), "handover carried out", "handovers carried out")


def meetings(*, at: datetime) -> str:
    """Plan what every series of meetings should have planned by now, and invite to it."""
    return _counted(plan_ahead(at=at), "meeting planned", "meetings planned")


def reminders(*, at: datetime) -> str:
    """Write to everybody what is late, due, new and coming up. After the jobs that change what there is to tell."""
    return _counted(write_reminders(at=at, reaches_of=reaches_of), "reminder written", "reminders written")


def letters(*, at: datetime) -> str:
    """Send what waits, so that a machine without another job for it sends at least once a day."""
    became = deliver_letters()
    told = [f"{became[state]} {state.label.lower()}" for state in Letter.State if became[state]]
    return ", ".join(told) or "nothing waited"


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
