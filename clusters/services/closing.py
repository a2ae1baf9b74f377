"""What a practice that is missing from the list means: it closed, or it is still there."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, Q
from django.utils import timezone

from accounts import audit
from accounts.models import User
from clusters.models import DatedQuerySet, Membership, RoleAssignment
from clusters.selectors.histories import ENDED
from clusters.services.invitations import take_back_from_each
from practices.models import Practice
from shared.dates import in_words, today

M = TypeVar("M", bound=Model)


@transaction.atomic
def close_practice(*, practice: Practice, closed_on: date, reason: str, by: User | None) -> Practice:
    """A practice closes: `closed_on` is the first day without it. Its memberships and roles end on that day.

    Raises ValidationError beside `closed_on`: for a day to come, before it joined its cluster, or before somebody
    took up a role there; and when it is closed already.
    """
    practice = Practice.objects.select_for_update().get(pk=practice.pk)
    refuse_closing(practice, closed_on, beside="closed_on")
    memberships, roles = memberships_from(practice, closed_on), roles_from(practice, closed_on)
    began = [*(row.starts_on for row in memberships), *(held.starts_on for held in roles)]
    _refuse_too_early(practice, began, closed_on)
    end_on(closed_on, memberships, roles, reason=reason, by=by)
    return mark_closed(practice, closed_on=closed_on, reason=reason, by=by)


def refuse_closing(practice: Practice, on: date, *, beside: str) -> None:
    """Raise ValidationError beside a field when a practice is closed already, or for a day to come."""
    if practice.closed_on:
        raise ValidationError({beside: f"{practice} closed on {in_words(practice.closed_on)} already."})
    if on > today():
        raise ValidationError({beside: "This day is still to come. Close the practice when it has closed."})


def memberships_from(practice: Practice, on: date) -> list[Membership]:
    """Its memberships, of every kind, that last on a day or later."""
    return list(_lasting(Membership.objects.filter(practice=practice), on).select_related("cluster__forum", "practice"))


def roles_from(practice: Practice, on: date) -> list[RoleAssignment]:
    """The roles at it that are held on a day or later."""
    return list(_lasting(RoleAssignment.objects.standing().filter(practice=practice), on).select_related("person"))


def _lasting(rows: DatedQuerySet, on: date) -> DatedQuerySet:
    return rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on)).order_by("starts_on", "pk")


def _refuse_too_early(practice: Practice, beginnings: list[date], closed_on: date) -> None:
    latest = max(beginnings, default=None)
    if latest and latest >= closed_on:
        raise ValidationError(
            {
                "closed_on": f"{practice} joined a cluster, or somebody took up a role there, on {in_words(latest)}. "
                "Choose a later day."
            }
        )


def end_on(
    day: date, memberships: Iterable[Membership], roles: Iterable[RoleAssignment], *, reason: str, by: User | None
) -> None:
    """End memberships and roles on a day. A role that began on that day or later is withdrawn: it ends before it is.

    Whoever holds no role any more loses an invitation that waits, as when a role ends by hand.
    """
    roles = list(roles)
    for row in memberships:
        _change(row, ENDED, by, ends_on=day, end_reason=reason.strip())
    for held in roles:
        if held.starts_on < day:
            _change(held, "role ended", by, ends_on=day)
        else:
            _change(held, "role withdrawn", by, withdrawn_at=timezone.now(), withdrawn_by=by)
    take_back_from_each((held.person for held in roles), by=by)


def mark_closed(practice: Practice, *, closed_on: date, reason: str, by: User | None) -> Practice:
    """Write down that a practice closed, and that nobody asks any more where it is."""
    words = reason.strip()
    return _change(practice, "practice closed", by, closed_on=closed_on, closed_reason=words, missing_since=None)


def _change(row: M, verb: str, by: User | None, **values: object) -> M:
    before = audit.snapshot(row)
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    audit.record(verb, row, by=by, before=before)
    return row


@transaction.atomic
def keep_practice(*, practice: Practice, by: User | None) -> Practice:
    """A practice that a list no longer named is still there: the question is answered until a later list asks again."""
    practice = Practice.objects.select_for_update().get(pk=practice.pk)
    if practice.missing_since:
        _change(practice, "practice kept", by, missing_since=None)
    return practice
