"""What the keepers of the registry look at: every practice, what needs a decision, what a move would do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.models import User
from accounts.roles import Role
from clusters.models import Cluster, ClusterQuerySet, FormerName, Membership, RoleAssignment
from clusters.rules import Scope
from clusters.selectors.scopes import clusters_in, localities_in, practices_in
from clusters.selectors.summaries import holding
from practices.models import HSCP, Locality, Practice
from shared.doors import open_door


@dataclass(frozen=True)
class RegistryCounts:
    """How much there is, and how much of it needs somebody."""

    practices: int
    clusters: int
    missing: int
    without_cluster: int
    without_cql: int
    without_pql: int


def membership_on(practice: Practice, *, on: date, kind: str = Cluster.Kind.IN_HOURS) -> Membership | None:
    """The membership that a practice has on a day."""
    rows = Membership.objects.on(on).filter(practice=practice, kind=kind)
    return rows.select_related("cluster__forum", "cluster__lead_hscp").first()


def planned_moves(practice: Practice, *, after: date) -> list[tuple[date, str]]:
    """In-hours moves that are already set for a later day, in words: "Joins Larch", "Leaves Rowan"."""
    rows = Membership.objects.filter(practice=practice, kind=Cluster.Kind.IN_HOURS).select_related("cluster__forum")
    leaves = {row.ends_on: f"Leaves {row.cluster}" for row in rows.filter(ends_on__gt=after) if row.ends_on}
    joins = {row.starts_on: f"Joins {row.cluster}" for row in rows.filter(starts_on__gt=after)}
    return sorted((leaves | joins).items())


def practices_to_move(scope: Scope, cluster: str = "", *, codes: Iterable[str] = (), on: date) -> QuerySet[Practice]:
    """Open practices of the part of the registry by name: those of the cluster at this address on a day ("none": of
    no cluster), or those with these codes.
    """
    rows = practices_in(scope, Practice.objects.open_on(on)).select_related("hscp__board", "locality")
    if cluster == "none":
        return without_cluster(rows, on=on).order_by("name", "code")
    if cluster:
        members = Membership.objects.on(on).filter(practice=OuterRef("pk"), cluster__forum__slug=cluster)
        return rows.filter(Exists(members)).order_by("name", "code")
    # What no code looks like is not asked for: PostgreSQL refuses even to look for a NUL.
    return rows.filter(code__in=[code for code in codes if code.isalnum()]).order_by("name", "code")


def in_cluster(practices: QuerySet[Practice], *, on: date, **which: Any) -> QuerySet[Practice]:
    """Those of `practices` that are members on a day: of any in-hours cluster, or of the one named by `which`."""
    rows = Membership.objects.on(on).filter(practice=OuterRef("pk"), kind=Cluster.Kind.IN_HOURS, **which)
    return practices.filter(Exists(rows))


def without_cluster(practices: QuerySet[Practice], *, on: date) -> QuerySet[Practice]:
    """Those of `practices` that belong to no in-hours cluster on a day."""
    rows = Membership.objects.on(on).filter(practice=OuterRef("pk"), kind=Cluster.Kind.IN_HOURS)
    return practices.filter(~Exists(rows))


def without_pql(practices: QuerySet[Practice], *, on: date) -> QuerySet[Practice]:
    """Those of `practices` where nobody is PQL on a day."""
    return practices.filter(~Exists(holding(Role.PQL, on=on, practice=OuterRef("pk"))))


def clusters_without_cql(clusters: ClusterQuerySet, *, on: date) -> ClusterQuerySet:
    """Those of `clusters` that nobody leads on a day."""
    return clusters.filter(~Exists(holding(Role.CQL, on=on, cluster=OuterRef("pk"))))


def clusters_missing_a_pql(clusters: ClusterQuerySet, *, on: date) -> ClusterQuerySet:
    """Those of `clusters` with a member practice where nobody is PQL on a day."""
    members = Membership.objects.on(on).filter(
        ~Exists(holding(Role.PQL, on=on, practice=OuterRef("practice"))), cluster=OuterRef("pk")
    )
    return clusters.filter(Exists(members))


def clusters_in_hscp(clusters: ClusterQuerySet, hscp: HSCP, *, on: date) -> ClusterQuerySet:
    """Those of `clusters` that an HSCP leads or that have a practice in it on a day."""
    members = Membership.objects.on(on).filter(cluster=OuterRef("pk"), practice__hscp=hscp)
    return clusters.filter(Q(lead_hscp=hscp) | Exists(members))


def clusters_called(clusters: ClusterQuerySet, text: str) -> ClusterQuerySet:
    """Those of `clusters` with `text` in their name or in one that they had."""
    former = FormerName.objects.filter(name__icontains=text).values("forum")
    return clusters.filter(Q(forum__name__icontains=text) | Q(forum__in=former))


def registry_counts(scope: Scope, *, on: date) -> RegistryCounts:
    """The numbers on the first page of the registry, or of a part of it."""
    practices = practices_in(scope, Practice.objects.open_on(on))
    clusters = clusters_in(scope, Cluster.objects.open_on(on))
    return RegistryCounts(
        practices=practices.count(),
        clusters=clusters.count(),
        missing=practices.filter(missing_since__isnull=False).count(),
        without_cluster=without_cluster(practices, on=on).count(),
        without_cql=clusters_without_cql(clusters, on=on).count(),
        without_pql=without_pql(practices, on=on).count(),
    )


def assignments_when(state: str, *, on: date) -> QuerySet[RoleAssignment]:
    """Every assignment by `state` on a day: "current", "planned", "past", "withdrawn", or anything else for all."""
    every = RoleAssignment.objects.select_related(
        "person", "practice", "cluster__forum", "locality__hscp", "hscp", "board", "withdrawn_by"
    )
    held = {
        "current": RoleAssignment.objects.on(on),
        "planned": RoleAssignment.objects.standing().filter(starts_on__gt=on),
        "past": RoleAssignment.objects.standing().filter(ends_on__lte=on),
        "withdrawn": RoleAssignment.objects.filter(withdrawn_at__isnull=False),
    }.get(state)
    return every if held is None else every.filter(pk__in=held.values("pk"))


def person_for(pk: int) -> User:
    """One person, who may sign in or not (404); for those whom the registry's door let in."""
    return open_door(User.objects.all(), pk=pk)


def localities_listed(scope: Scope, *, on: date) -> QuerySet[Locality]:
    """Every locality of the part of the registry by HSCP, with how many open clusters and practices lie in it."""
    closed = {thing: Q(**{f"{thing}__closed_on__lte": on}) for thing in ("clusters", "practices")}
    rows = localities_in(scope, Locality.objects.select_related("hscp")).annotate(
        cluster_count=Count("clusters", distinct=True, filter=~closed["clusters"]),
        practice_count=Count("practices", distinct=True, filter=~closed["practices"]),
    )
    return rows.order_by("hscp__name", "name")


def within_hscp(hscp: HSCP, *, on: date) -> tuple[ClusterQuerySet, QuerySet[Practice]]:
    """The open clusters that an HSCP leads and the open practices in it: what a locality of it may hold."""
    clusters = Cluster.objects.open_on(on).filter(lead_hscp=hscp).select_related("forum", "locality")
    return clusters, Practice.objects.open_on(on).filter(hscp=hscp).select_related("locality")
