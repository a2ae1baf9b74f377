"""One practice: details, list sizes over time, the clusters it belonged to, who does what there, what was changed."""

from dataclasses import dataclass

from accounts.models import User
from accounts.reach import Reach
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
class PracticePage:
    """What the page shows. `reachable` holds the clusters that the reader may open, the others are named only."""

    practice: Practice
    sizes: tuple[SizeRow, ...]
    memberships: tuple[MembershipSpan, ...]
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
        memberships=tuple(spans),
        roles=tuple(roles),
        has_quality_lead=any(r.role == "PQL" for r in roles),
        events=tuple(_events(practice)),
        reachable=frozenset(within.values_list("pk", flat=True)),
        may_move=can_keep_registry(reach),
        administrators=tuple(registry_administrators(reach)),
    )


def _holds_on(row: RoleAssignment, reach: Reach) -> bool:
    begun = row.starts_on <= reach.day
    return begun and (row.ends_on is None or row.ends_on > reach.day) and row.person.is_active


def _sizes(practice: Practice) -> list[SizeRow]:
    sizes = list(practice.list_sizes.order_by("-counted_on"))
    earlier = [*sizes[1:], None]
    return [SizeRow(s, s.patients - e.patients if e else None) for s, e in zip(sizes, earlier, strict=True)]


def _events(practice: Practice) -> list[Event]:
    memberships = Membership.objects.filter(practice=practice).order_by().values_list("pk", flat=True)
    about = [(Practice._meta.label_lower, [practice.pk]), (Membership._meta.label_lower, memberships)]
    return events_about(about, most=STRUCTURE_EVENTS)
