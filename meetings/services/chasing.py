"""Reminds of all that is late at once."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from clusters.selectors import reach_of
from meetings.models import Action
from meetings.selectors.chasing import late_and_not_nudged
from meetings.services.action_steps import nudge
from meetings.services.meanwhile import ClosedMeanwhile, Pen


@dataclass(frozen=True)
class Chased:
    """How many actions were reminded of, and those of which nobody could be."""

    reminded: int
    unreachable: tuple[Action, ...]


@transaction.atomic
def nudge_late(*, by: User, at: datetime) -> Chased:
    """Remind of every late action of the forums that `by` writes up, of each at most once a day.

    One that is closed meanwhile, or that nobody holds who can be written to, stops no other.
    """
    reminded, unreachable = 0, []
    for action in late_and_not_nudged(reach_of(by, on=localdate(at))):
        try:
            nudge(Pen(by, at, action.version), action)
        except ClosedMeanwhile:
            continue
        except ValidationError:
            unreachable.append(action)
        else:
            reminded += 1
    return Chased(reminded, tuple(unreachable))
