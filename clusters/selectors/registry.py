"""What the keepers of the registry look at: every practice, what needs a decision, what a move would do."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Replace

from accounts.models import User
from accounts.roles import Role
from clusters.models import Cluster, ClusterQuerySet, FormerName, Membership, RoleAssignment
from clusters.selectors.members import quality_leads_of
from clusters.selectors.summaries import holding, latest_list_size
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


@dataclass(frozen=True)
class Size:
    """A cluster's size before and after a move."""

    cluster: Cluster
    practices_before: int
    practices_after: int
    patients_before: int
    patients_after: int


@dataclass(frozen=True)
class MoveEffect:
    """What moving a practice on a day would do: which cluster it leaves and joins, and their sizes.

    `until` is the first day without it in the cluster it joins, where an end is known already.
    """

    practice: Practice
    starts_on: date
    leaving: Cluster | None
    joining: Cluster | None
    until: date | None
    sizes: tuple[Size, ...]


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


def registry_practices(*, on: date) -> QuerySet[Practice]:
    """Every open practice with its cluster, latest list size and `has_pql` on a day."""
    current = Membership.objects.on(on).filter(practice=OuterRef("pk"), kind=Cluster.Kind.IN_HOURS)
    sizes = latest_list_size("pk", on=on)
    return (
        Practice.objects.open_on(on)
        .select_related("hscp__board", "locality")
        .annotate(
            cluster_name=Subquery(current.values("cluster__forum__name")[:1]),
            cluster_slug=Subquery(current.values("cluster__forum__slug")[:1]),
            patients=Subquery(sizes.values("patients")),
            counted_on=Subquery(sizes.values("counted_on")),
        )
    )


def practices_called(practices: QuerySet[Practice], text: str) -> QuerySet[Practice]:
    """Those of `practices` with `text` in the name, or at the start of code or postcode (spaces do not count)."""
    found = practices.annotate(postcode_squeezed=Replace("postcode", Value(" "), Value("")))
    words = Q(name__icontains=text) | Q(code__startswith=text.strip())
    return found.filter(words | Q(postcode_squeezed__istartswith="".join(text.split())))


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


def registry_counts(*, on: date) -> RegistryCounts:
    """The numbers on the registry's first page."""
    practices = Practice.objects.open_on(on)
    clusters = Cluster.objects.open_on(on)
    return RegistryCounts(
        practices=practices.count(),
        clusters=clusters.count(),
        missing=practices.filter(missing_since__isnull=False).count(),
        without_cluster=without_cluster(practices, on=on).count(),
        without_cql=clusters_without_cql(clusters, on=on).count(),
        without_pql=without_pql(practices, on=on).count(),
    )


def move_effect(practice: Practice, to: Cluster | None, *, on: date) -> MoveEffect:
    """What moving `practice` to `to` (None: to no cluster) on a day would do."""
    now = membership_on(practice, on=on, kind=to.kind if to else Cluster.Kind.IN_HOURS)
    own = latest_list_size_of(practice, on=on)
    sizes = [_size(cluster, sign, own, on) for cluster, sign in ((now and now.cluster, -1), (to, 1)) if cluster]
    until = now.ends_on if now else practice.closed_on
    return MoveEffect(practice, on, now.cluster if now else None, to, until if to else None, tuple(sizes))


def latest_list_size_of(practice: Practice, *, on: date) -> int:
    """The latest number of patients known on a day; 0 when none is."""
    newest = practice.list_sizes.filter(counted_on__lte=on).order_by("-counted_on").first()
    return newest.patients if newest else 0


def _size(cluster: Cluster, sign: int, own: int, on: date) -> Size:
    rows = Membership.objects.on(on).filter(cluster=cluster)
    patients = rows.annotate(patients=Subquery(latest_list_size("practice", on=on).values("patients")))
    figures = list(patients.values_list("patients", flat=True))
    total = sum(n or 0 for n in figures)
    return Size(cluster, len(figures), len(figures) + sign, total, total + sign * own)


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


def assignment_for(pk: int) -> RoleAssignment:
    """One assignment with its person and place (404); for those whom the registry's door let in."""
    return open_door(assignments_when("all", on=date.max), pk=pk)


def person_for(pk: int) -> User:
    """One person, who may sign in or not (404); for those whom the registry's door let in."""
    return open_door(User.objects.all(), pk=pk)


def locality_for(pk: int) -> Locality:
    """One locality with its HSCP (404); for those whom the registry's door let in."""
    return open_door(Locality.objects.select_related("hscp"), pk=pk)


def localities_listed() -> QuerySet[Locality]:
    """Every locality by HSCP, with how many clusters and practices lie in it."""
    rows = Locality.objects.select_related("hscp").annotate(
        cluster_count=Count("clusters", distinct=True), practice_count=Count("practices", distinct=True)
    )
    return rows.order_by("hscp__name", "name")


def within_hscp(hscp: HSCP, *, on: date) -> tuple[ClusterQuerySet, QuerySet[Practice]]:
    """The open clusters that an HSCP leads and the open practices in it: what a locality of it may hold."""
    clusters = Cluster.objects.open_on(on).filter(lead_hscp=hscp).select_related("forum", "locality")
    return clusters, Practice.objects.open_on(on).filter(hscp=hscp).select_related("locality")


PRACTICE_HEADINGS = (
    "Practice code",
    "Practice",
    "Health board",
    "HSCP",
    "Locality",
    "Cluster",
    "Contract",
    "Postcode",
    "Patients",
    "Counted on",
    "PQL",
    "Missing since",
)


def practice_lines(practices: QuerySet[Practice], *, on: date) -> list[tuple[Any, ...]]:
    """One line a practice of `registry_practices` under `PRACTICE_HEADINGS`, for a download. Two queries."""
    found = list(practices)
    leads = quality_leads_of(found, on=on)
    return [
        (
            p.code,
            p.name,
            p.hscp.board.name,
            str(p.hscp),
            str(p.locality or ""),
            p.cluster_name or "",  # type: ignore[attr-defined]
            p.contract,
            p.postcode,
            p.patients,  # type: ignore[attr-defined]
            p.counted_on,  # type: ignore[attr-defined]
            ", ".join(map(str, leads[p.pk])),
            p.missing_since,
        )
        for p in found
    ]
