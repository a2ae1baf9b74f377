"""Facts that hold from a day to a day."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q


def holds_on(day: date, at: str = "") -> Q:
    """That a dated row holds on `day`; `at` is the path to it, "memberships__" of a cluster."""
    lasts = Q((f"{at}ends_on__isnull", True)) | Q((f"{at}ends_on__gt", day))
    return lasts & Q((f"{at}starts_on__lte", day))


class DatedQuerySet(models.QuerySet[Any]):
    """Facts with a from (inclusive) and a to (exclusive; null is open)."""

    def on(self, day: date) -> Self:
        """The rows that hold on `day`."""
        return self.filter(holds_on(day))


def in_order(name: str) -> models.CheckConstraint:
    """A constraint for `Meta.constraints`: a dated row ends after it starts, or is open."""
    return models.CheckConstraint(name=name, condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")))
