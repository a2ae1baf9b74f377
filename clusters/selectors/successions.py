"""What may have come after a practice: suggestions for who decides, from the figures of the practice lists."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Min, QuerySet, Subquery

from clusters.selectors.summaries import latest_list_size
from practices.models import ListSize, Practice

SAME_SIZE = 0.03  # the same practice under a new code: list sizes within 3 %
SAME_GROWTH = 0.15  # merged into one that was there: it grew by about as much
MOST = 5


@dataclass(frozen=True)
class Candidate:
    """An open practice of the same HSCP that fits, and how: as the same practice, or as one that it merged into.

    `change` is its size against the one looked at, or by how much it grew since.
    """

    practice: Practice
    is_same: bool
    patients: int
    change: int
    since: date


def candidates_for(practice: Practice, *, on: date) -> list[Candidate]:
    """The likeliest first, five at most; none when the list size of `practice` is not known. Two queries.

    A practice that is new since fits as the same one under a new code when its size is within 3 %; one that was there
    fits as merged into when it grew by its size, give or take 15 %.
    """
    last = practice.list_sizes.filter(counted_on__lte=on).order_by("-counted_on").first()
    if last is None or not last.patients:
        return []
    found = [fit for row in _others(practice, last, on) if (fit := _fit(row, last))]
    return sorted(found, key=lambda c: (not c.is_same, abs(c.change - (0 if c.is_same else last.patients))))[:MOST]


def _others(practice: Practice, last: ListSize, on: date) -> QuerySet[Practice]:
    return (
        Practice.objects.open_on(on)
        .filter(hscp=practice.hscp_id)
        .exclude(pk=practice.pk)
        .annotate(
            patients=Subquery(latest_list_size("pk", on=on).values("patients")),
            counted_on=Subquery(latest_list_size("pk", on=on).values("counted_on")),
            patients_then=Subquery(latest_list_size("pk", on=last.counted_on).values("patients")),
            first_counted=Min("list_sizes__counted_on"),
        )
        .filter(counted_on__gt=last.counted_on)
        .order_by(F("name"), F("code"))
    )


def _fit(row: Any, last: ListSize) -> Candidate | None:
    if row.patients_then is None:
        change = row.patients - last.patients
        is_near = abs(change) <= SAME_SIZE * last.patients
        return Candidate(row, True, row.patients, change, row.first_counted) if is_near else None
    grown = row.patients - row.patients_then
    fits = abs(grown - last.patients) <= SAME_GROWTH * last.patients
    return Candidate(row, False, row.patients, grown, last.counted_on) if fits else None
