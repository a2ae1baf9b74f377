"""A practice is in one in-hours cluster at a time: said in the same words whoever finds it out, service or database."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, transaction
from django.db.models import Q, QuerySet

from clusters.models import Membership
from practices.models import Practice
from shared.dates import in_words

DEADLOCK = "40P01"  # PostgreSQL's code for it


def two_at_once(practice: Practice, other: Membership) -> ValidationError:
    """The refusal beside `starts_on` of a membership that another one overlaps."""
    return ValidationError(
        {
            "starts_on": f"{practice} joins {other.cluster} on {in_words(other.starts_on)}. Choose that day or a "
            "later one: a practice cannot be in two clusters at once."
        }
    )


def save_in_words(row: Membership, **how: Any) -> None:
    """`row.save(**how)`; where the database refuses it because another membership overlaps, that is said in words.

    The other may have come past the services, or from somebody who was quicker by the blink of an eye.
    Raises ValidationError beside `starts_on`, and what the database raised where nothing overlaps.
    """
    try:
        _save(row, how)
    except OperationalError as stuck:
        if getattr(stuck.__cause__, "pgcode", None) != DEADLOCK:
            raise
        # Two who wrote at once waited for each other, and this one was sent away: it comes second, like anybody late.
        _save(row, how)


def _save(row: Membership, how: dict[str, Any]) -> None:
    try:
        with transaction.atomic():
            row.save(**how)
    except IntegrityError:
        other = _overlapping(row).select_related("cluster__forum").order_by("-starts_on").first()
        if other is None:
            raise
        raise two_at_once(row.practice, other) from None


def _overlapping(row: Membership) -> QuerySet[Membership]:
    others = Membership.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=row.starts_on), practice=row.practice)
    if row.ends_on:
        others = others.filter(starts_on__lt=row.ends_on)
    return others.filter(kind=row.kind).exclude(pk=row.pk)
