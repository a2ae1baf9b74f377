"""What a practice that is missing from the list means: it closed, or it is still there."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from accounts import audit
from accounts.models import User
from clusters.models import Membership, RoleAssignment
from clusters.selectors.histories import ENDED
from practices.models import Practice
from shared.dates import in_words, today


@transaction.atomic
def close_practice(*, practice: Practice, closed_on: date, reason: str, by: User | None) -> Practice:
    """A practice closes: `closed_on` is the first day without it. Its memberships and roles end on that day.

    Raises ValidationError beside `closed_on`: for a day to come, before it joined its cluster, or before somebody
    took up a role there; and when it is closed already.
    """
    practice = Practice.objects.select_for_update().get(pk=practice.pk)
    if practice.closed_on:
        raise ValidationError({"closed_on": f"{practice} closed on {in_words(practice.closed_on)} already."})
    if closed_on > today():
        raise ValidationError({"closed_on": "This day is still to come. Close the practice when it has closed."})
    still_open = Q(ends_on__isnull=True) | Q(ends_on__gt=closed_on)
    memberships = list(Membership.objects.filter(still_open, practice=practice))
    roles = list(RoleAssignment.objects.standing().filter(still_open, practice=practice))
    _refuse_too_early(practice, [row.starts_on for row in (*memberships, *roles)], closed_on)
    for row in memberships:
        _end(row, ENDED, by, ends_on=closed_on, end_reason=reason.strip())
    for held in roles:
        _end(held, "role ended", by, ends_on=closed_on)
    before = audit.snapshot(practice)
    practice.closed_on, practice.closed_reason, practice.missing_since = closed_on, reason.strip(), None
    practice.save(update_fields=["closed_on", "closed_reason", "missing_since"])
    audit.record("practice closed", practice, by=by, before=before)
    return practice


def _refuse_too_early(practice: Practice, beginnings: list[date], closed_on: date) -> None:
    latest = max(beginnings, default=None)
    if latest and latest >= closed_on:
        raise ValidationError(
            {
                "closed_on": f"{practice} joined a cluster, or somebody took up a role there, on {in_words(latest)}. "
                "Choose a later day."
            }
        )


def _end(row: Membership | RoleAssignment, verb: str, by: User | None, **values: object) -> None:
    before = audit.snapshot(row)
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    audit.record(verb, row, by=by, before=before)


@transaction.atomic
def keep_practice(*, practice: Practice, by: User | None) -> Practice:
    """A practice that a list no longer named is still there: the question is answered until a later list asks again."""
    practice = Practice.objects.select_for_update().get(pk=practice.pk)
    if practice.missing_since:
        before = audit.snapshot(practice)
        practice.missing_since = None
        practice.save(update_fields=["missing_since"])
        audit.record("practice kept", practice, by=by, before=before)
    return practice
