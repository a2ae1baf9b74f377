"""One practice: details, list sizes over time, the clusters it belonged to, who does what there, what was changed."""

from dataclasses import dataclass
from datetime import date, timedelta

from accounts.models import User
from accounts.reach import Reach
from accounts.roles import Role
from clusters.models import Membership, RoleAssignment
from clusters.rules import can_keep_registry
from clusters.selectors import MembershipSpan, clusters_within, history_of_practice, role_history
from practices.models import ListSize, Practice
from reporting.selectors.audit import Event, events_about
from reporting.selectors.home import registry_administrators

STRUCTURE_EVENTS = 30


@dataclass(frozen=True)
class SizeRow:
    """One list size, and the difference from the one before it."""

    size: ListSize
    change: int | None


@dataclass(frozen=True)
class Stay:
    """The practice's time in one cluster, with its last day (the stored end is the day after); planned: not begun."""

    span: MembershipSpan
    last_on: date | None
    is_planned: bool


@dataclass(frozen=True)
class PracticePage:
    """What the page shows. `reachable` holds the clusters that the reader may open, the others are named only."""

    practice: Practice
    sizes: tuple[SizeRow, ...]
    memberships: tuple[Stay, ...]
    roles: tuple[RoleAssignment, ...]
    has_quality_lead: bool
    events: tuple[Event, ...]
    reachable: frozenset[int]
    may_move: bool
    administrators: tuple[User, ...]


def practice_page(practice: Practice, reach: Reach) -> PracticePage:
    """The page of `practice`, found by its door."""
    spans = history_of_practice(practice)
    roles = [r for r in role_history(practice=practice) if _holds_on(r, reach)]
    within = clusters_within(reach).filter(pk__in={span.cluster.pk for span in spans}).order_by()
    return PracticePage(
        practice=practice,
        sizes=tuple(_sizes(practice)),
        memberships=tuple(_stay(span, reach.day) for span in spans),
        roles=tuple(roles),
        has_quality_lead=any(r.role == Role.PQL for r in roles),
        events=tuple(_events(practice)),
        reachable=frozenset(within.values_list("pk", flat=True)),
        may_move=can_keep_registry(reach) and not practice.closed_on,
        administrators=tuple(registry_administrators(reach)),
    )


def _holds_on(row: RoleAssignment, reach: Reach) -> bool:
    begun = row.starts_on <= reach.day
    return begun and (row.ends_on is None or row.ends_on > reach.day) and row.person.is_active


def _stay(span: MembershipSpan, day: date) -> Stay:
    return Stay(span, span.ends_on - timedelta(days=1) if span.ends_on else None, span.starts_on > day)


def _sizes(practice: Practice) -> list[SizeRow]:
    sizes = list(practice.list_sizes.order_by("-counted_on"))
    earlier = [*sizes[1:], None]
    return [SizeRow(s, s.patients - e.patients if e else None) for s, e in zip(sizes, earlier, strict=True)]


def _events(practice: Practice) -> list[Event]:
    memberships = Membership.objects.filter(practice=practice).order_by().values_list("pk", flat=True)
    about = [(Practice._meta.label_lower, [practice.pk]), (Membership._meta.label_lower, memberships)]
    return events_about(about, most=STRUCTURE_EVENTS)
