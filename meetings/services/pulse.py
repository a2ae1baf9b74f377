"""The pulse of a meeting: four answers, without a name."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from accounts import audit
from accounts.models import User
from clusters.selectors import reach_of
from meetings import rules
from meetings.models import Meeting, Pulse, PulseGiven


@transaction.atomic
def give_pulse(
    *, by: User, meeting: Meeting, at: datetime, organised: int, friendly: int, facilitated: int, productive: int
) -> None:
    """Keep one unnamed answer, each of the four from 1 (no) to 4 (yes), and that `by` has answered.

    Nothing joins the two: no time, no order, no name with the answer. Answering again changes nothing.
    Raises PermissionDenied unless `by` is a part of the forum and the minutes are out of draft, ValidationError for an
    answer out of range.
    """
    if not rules.can_give_pulse(reach_of(by, on=localdate(at)), meeting):
        raise PermissionDenied("Those who belong here say how a meeting was, once its minutes are out of draft.")
    answers = {
        "organised": organised,
        "friendly": friendly,
        "facilitated": facilitated,
        "productive": productive,
    }
    if any(value not in range(1, 5) for value in answers.values()):
        raise ValidationError("Choose one of the four answers.")
    _, is_new = PulseGiven.objects.get_or_create(meeting=meeting, person=by)
    if is_new:
        Pulse.objects.create(meeting=meeting, **answers)
        audit.record("pulse.given", meeting, by=by)
