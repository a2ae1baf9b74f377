"""Hours: one's own, and those that others share."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Sum

from accounts.models import User
from accounts.reach import Reach
from clusters.models import Forum
from meetings import rules
from meetings.models import Hours, Meeting
from shared.dates import months_before
from shared.doors import open_door

MONTHS_SHOWN = 12


@dataclass(frozen=True)
class Shared:
    """What one person shares: minutes a month, the latest month first."""

    person: str
    months: tuple[tuple[date, int], ...]


def own_hours(person: User) -> QuerySet[Hours]:
    """Everything that a person gave, the latest first."""
    return Hours.objects.filter(person=person).select_related("forum", "meeting").order_by("-on", "-pk")


def own_hours_for(person: User, pk: int) -> Hours:
    """One row of their own; another's is not there (404)."""
    return open_door(own_hours(person), pk=pk)


def months_of(person: User, *, on: date) -> list[tuple[date, int]]:
    """Minutes of each of the last twelve months in which they gave any, the latest first."""
    since = months_before(on.replace(day=1), MONTHS_SHOWN - 1)
    totals: dict[date, int] = defaultdict(int)
    for day, minutes in own_hours(person).filter(on__gte=since).values_list("on", "minutes"):
        totals[day.replace(day=1)] += minutes
    return sorted(totals.items(), reverse=True)


def sharing_by_forum(person: User) -> list[tuple[Forum, int, bool]]:
    """Each forum in which they gave hours: the minutes in all, and whether they share them."""
    rows = own_hours(person).order_by("forum__name")
    totals = rows.values("forum").annotate(minutes=Sum("minutes")).values_list("forum", "minutes", "forum__name")
    shared = set(rows.filter(is_shared=True).values_list("forum", flat=True))
    forums = Forum.objects.in_bulk([pk for pk, _, _ in totals])
    return [(forums[pk], minutes, pk in shared) for pk, minutes, _ in totals]


def own_at(person: User, meeting: Meeting) -> dict[str, int]:
    """Minutes that they noted for a meeting, by kind."""
    return dict(Hours.objects.filter(person=person, meeting=meeting).values_list("kind", "minutes"))


def shared_hours(reach: Reach, forum: Forum, *, on: date) -> list[Shared]:
    """What people share of their hours in a forum, by name; nothing for a reader with no part in it or above it."""
    if not rules.can_read_shared_hours(reach, forum):
        return []
    since = months_before(on.replace(day=1), MONTHS_SHOWN - 1)
    rows = Hours.objects.filter(forum=forum, is_shared=True, on__gte=since).select_related("person")
    found: dict[User, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows.order_by("person__full_name", "person"):
        found[row.person][row.on.replace(day=1)] += row.minutes
    return [Shared(person.full_name, tuple(sorted(months.items(), reverse=True))) for person, months in found.items()]
