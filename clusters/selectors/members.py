"""Who belongs where and who holds what, on a day."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import F, Q, QuerySet

from accounts.models import User
from accounts.roles import Role
from clusters.models import Cluster, Membership, RoleAssignment
from clusters.selectors.hostings import with_hosts
from practices.models import HSCP, Practice


def members_of(cluster: Cluster, *, on: date) -> QuerySet[Practice]:
    """The practices of a cluster on a day, by name."""
    return (
        Practice.objects.filter(pk__in=Membership.objects.on(on).filter(cluster=cluster).values("practice"))
        .select_related("hscp", "locality")
        .order_by("name", "code")
    )


def holders_of(role: Role, *, on: date, **place: object) -> QuerySet[RoleAssignment]:
    """Who holds `role` on a day at a place: `holders_of(Role.CQL, on=day, cluster=rowan)`."""
    return RoleAssignment.objects.on(on).filter(role=role, person__is_active=True, **place).select_related("person")


def keepers_of(hscp: HSCP | None, *, on: date) -> list[User]:
    """Who keeps the registry on a day: for an HSCP its own administrators (those of an HSCP that acts for it too) and
    its board's first, then the national ones; for None the national ones alone.
    """
    place = Q(hscp=None, board=None)
    if hscp:
        place |= Q(hscp__in=with_hosts([hscp.pk], on=on)) | Q(board=hscp.board_id)
    held = holders_of(Role.REGISTRY_ADMIN, on=on).filter(place)
    nearest = held.order_by(F("hscp").asc(nulls_last=True), F("board").asc(nulls_last=True), "person__full_name")
    return list(dict.fromkeys(row.person for row in nearest))


def quality_leads_of(practices: Iterable[Practice], *, on: date) -> dict[int, list[User]]:
    """PQLs by practice id, in one query."""
    leads: dict[int, list[User]] = defaultdict(list)
    for held in holders_of(Role.PQL, on=on, practice__in=practices).order_by("starts_on"):
        if held.practice_id:
            leads[held.practice_id].append(held.person)
    return leads


def people_inside(cluster: Cluster, *, on: date) -> QuerySet[User]:
    """Everybody who holds a role in the cluster or in one of its practices that day."""
    held = RoleAssignment.objects.on(on).filter(
        Q(cluster=cluster) | Q(practice__in=Membership.objects.on(on).filter(cluster=cluster).values("practice"))
    )
    return User.objects.filter(pk__in=held.values("person"), is_active=True).order_by("full_name")
