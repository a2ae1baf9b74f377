"""How many actions are done, in time or later, and how old the open ones are: numbers, never words (ACT-15)."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.db.models import Count, F, FilteredRelation, Q
from django.utils.timezone import localdate

from meetings.models import Action
from shared.dates import months_before

State = Action.State


@dataclass(frozen=True)
class Completion:
    """Of one forum: what fell due in twelve months, and what is open today. Given up ones count nowhere."""

    in_time: int = 0
    later: int = 0
    not_yet: int = 0
    still_open: int = 0
    late: int = 0
    age: int | None = None

    @property
    def fell_due(self) -> int:
        return self.in_time + self.later + self.not_yet

    @property
    def done(self) -> int:
        return self.in_time + self.later

    @property
    def share(self) -> int | None:
        """Per cent done of those that fell due; None where none did."""
        return round(100 * self.done / self.fell_due) if self.fell_due else None


def completion_of(forums: Collection[int], *, on: date) -> dict[int, Completion]:
    """By forum id, as of a day; two queries for any number of forums.

    What is open of a cluster that went on as another counts there too, as it stands in that one's list.
    """
    due = _fell_due(forums, on)
    ages, late = _open(forums, on)
    return {
        pk: Completion(
            **due.get(pk, {}),
            still_open=len(ages[pk]),
            late=late[pk],
            age=round(median(ages[pk])) if ages[pk] else None,
        )
        for pk in forums
    }


def _fell_due(forums: Collection[int], on: date) -> dict[int, dict[str, int]]:
    """Due within twelve months, up to yesterday: what is due today can still be done in time."""
    due = Action.objects.live().filter(forum__in=forums, due_on__gte=months_before(on, 12), due_on__lt=on)
    in_time = Q(state=State.DONE, closed_at__date__lte=F("due_on"))
    rows = (
        due.order_by()
        .values("forum")
        .annotate(
            in_time=Count("pk", filter=in_time),
            later=Count("pk", filter=Q(state=State.DONE) & ~in_time),
            not_yet=Count("pk", filter=Q(state=State.OPEN)),
        )
    )
    return {row.pop("forum"): row for row in rows}


def _open(forums: Collection[int], on: date) -> tuple[dict[int, list[int]], dict[int, int]]:
    """By forum the age of each open action in days, and how many are late."""
    begun = Q(forum__cluster__taken_over_by__starts_on__lte=on)
    rows = (
        Action.objects.live()
        .filter(state=State.OPEN)
        .annotate(went_on=FilteredRelation("forum__cluster__taken_over_by", condition=begun))
        .filter(Q(forum__in=forums) | Q(went_on__after__forum__in=forums))
        .order_by()
        .values_list("pk", "forum", "went_on__after__forum", "added_at", "due_on")
    )
    # A cluster that went on as several has a row for each of them.
    listed = {(forum, pk): (added_at, due_on) for pk, *both, added_at, due_on in rows for forum in both if forum}
    ages: dict[int, list[int]] = defaultdict(list)
    late: dict[int, int] = defaultdict(int)
    for (forum, _), (added_at, due_on) in listed.items():
        ages[forum].append((on - localdate(added_at)).days)
        late[forum] += due_on < on
    return ages, late
