"""A cluster as it was, or will be, on a day: its name, its practices, and who held which role."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.roles import Role
from clusters.models import Cluster, FormerName, Membership, RoleAssignment
from clusters.selectors.names import name_of
from clusters.selectors.summaries import latest_list_size

AT_PRACTICE = (Role.PQL, Role.DEPUTY, Role.PRACTICE_MANAGER)


@dataclass(frozen=True)
class MemberThen:
    """A practice of that day, with the latest list size known by then and who held a role there."""

    membership: Membership
    patients: int | None
    counted_on: date | None
    roles: dict[str, tuple[RoleAssignment, ...]]

    @property
    def quality_leads(self) -> tuple[RoleAssignment, ...]:
        return self.roles.get(Role.PQL, ())

    @property
    def others(self) -> list[tuple[str, RoleAssignment]]:
        """Everybody else at the practice, each with the role in words."""
        return [(role.label, held) for role in AT_PRACTICE[1:] for held in self.roles.get(role, ())]


@dataclass(frozen=True)
class ClusterThen:
    """The cluster on a day. `name` is what it was called; it did not exist before it began or after it closed."""

    day: date
    name: str
    existed: bool
    members: tuple[MemberThen, ...]
    roles: tuple[tuple[str, RoleAssignment], ...]

    @property
    def patients(self) -> int:
        return sum(m.patients or 0 for m in self.members)

    @property
    def without_list_size(self) -> int:
        return sum(m.patients is None for m in self.members)


def cluster_on(cluster: Cluster, day: date, *, with_roles: bool) -> ClusterThen:
    """The cluster on a day, past or planned. Three queries, whatever is in it.

    People keep their names, whether they can still sign in or not. Practices carry the names of today.
    """
    members = list(
        Membership.objects.on(day)
        .filter(cluster=cluster)
        .select_related("practice__hscp", "practice__locality")
        .annotate(
            patients=Subquery(latest_list_size("practice", on=day).values("patients")),
            counted_on=Subquery(latest_list_size("practice", on=day).values("counted_on")),
        )
        .order_by("practice__name", "practice__code")
    )
    held = list(_held(cluster, members, day)) if with_roles else []
    return ClusterThen(
        day=day,
        name=name_of(cluster.forum, on=day),
        existed=cluster.starts_on <= day and (cluster.closed_on is None or day < cluster.closed_on),
        members=tuple(_member(row, held) for row in members),
        roles=tuple((Role(row.role).label, row) for row in held if row.cluster_id == cluster.pk),
    )


def _held(cluster: Cluster, members: list[Any], day: date) -> QuerySet[RoleAssignment]:
    at = Q(cluster=cluster) | Q(practice__in=[row.practice_id for row in members], role__in=AT_PRACTICE)
    rows = RoleAssignment.objects.on(day).filter(at).select_related("person")
    return rows.order_by("role", "starts_on", "pk")


def _member(row: Any, held: list[RoleAssignment]) -> MemberThen:
    roles: dict[str, list[RoleAssignment]] = defaultdict(list)
    for one in held:
        if one.practice_id == row.practice_id:
            roles[one.role].append(one)
    return MemberThen(row, row.patients, row.counted_on, {role: tuple(rows) for role, rows in roles.items()})


def called_on(forum: str, *, on: date) -> Coalesce:
    """What the forum in the outer row's column was called on a day, for an annotation: its name of today otherwise."""
    former = FormerName.objects.filter(forum=OuterRef(forum), until__gt=on).order_by("until", "pk")
    return Coalesce(Subquery(former.values("name")[:1]), f"{forum}__name")
