"""Clusters in one line each, their practices in one line each, and the roles that nobody holds."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from accounts.models import User
from accounts.roles import Role
from clusters import rules
from clusters.models import Cluster, Membership, RoleAssignment
from clusters.selectors.sizes import size_band
from practices.models import ListSize, Practice, Succession


@dataclass(frozen=True)
class ClusterSummary:
    """One cluster as of a day. `patients` adds up the latest list sizes that are known on that day."""

    cluster: Cluster
    practices: int
    patients: int
    without_list_size: int
    hscps: tuple[str, ...]
    quality_leads: tuple[User, ...]
    practices_without_pql: int
    is_closed: bool = False

    @property
    def crosses_hscps(self) -> bool:
        """Whether its practices lie in more than one HSCP, or in another than the one that leads it."""
        return len({*self.hscps, str(self.cluster.lead_hscp)}) > 1

    @property
    def size_notes(self) -> list[str]:
        """What lies outside the usual sizes, in words: information, never a fault. Of a closed one nothing."""
        if self.is_closed:
            return []
        return rules.size_notes(
            practices=self.practices, patients=self.patients, unknown=self.without_list_size, band=size_band()
        )

    @property
    def vacancies(self) -> list[str]:
        """Roles that nobody holds, in words."""
        if self.is_closed:
            return []
        missing = ["No CQL"] if not self.quality_leads else []
        if self.practices_without_pql:
            many = self.practices_without_pql
            missing.append(f"{many} practice{'s' if many > 1 else ''} without a PQL")
        return missing


@dataclass(frozen=True)
class PracticeRow:
    """One practice of a cluster as of a day: its latest list size and who holds which role there."""

    practice: Practice
    member_since: date
    patients: int | None
    counted_on: date | None
    quality_leads: tuple[User, ...]
    deputies: tuple[User, ...]
    managers: tuple[User, ...]


@dataclass(frozen=True)
class Vacancy:
    """A role that nobody holds: CQL of a cluster, or PQL of one of its practices.

    `since` is the day the last holder went; None when the portal never knew one.
    """

    cluster: Cluster
    role: Role
    practice: Practice | None
    since: date | None

    @property
    def sentence(self) -> str:
        """What is missing where: "Hazel Medical Practice has no PQL"."""
        place = self.practice or self.cluster
        return f"{place} has no {'CQL' if self.role is Role.CQL else 'PQL'}"


def latest_list_size(practice: str, *, on: date) -> QuerySet[ListSize]:
    """The newest list size of the outer row's practice by a day, for a Subquery; `practice` names the outer column."""
    return ListSize.objects.filter(practice=OuterRef(practice), counted_on__lte=on).order_by("-counted_on")[:1]


def holding(role: Role, *, on: date, **place: Any) -> QuerySet[RoleAssignment]:
    """Assignments of `role` on a day to people who can sign in; `place` may be an OuterRef."""
    return RoleAssignment.objects.on(on).filter(role=role, person__is_active=True, **place)


def cluster_summaries(clusters: Iterable[Cluster], *, on: date) -> list[ClusterSummary]:
    """One summary a cluster, in the order given. Three queries for any number of clusters.

    Hand in clusters with `forum` and `lead_hscp` selected (as `clusters_within` does).
    """
    wanted = list(clusters)
    members: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in _member_figures(wanted, on):
        members[row["cluster_id"]].append(row)
    leads: dict[int | None, list[User]] = defaultdict(list)
    for held in holding(Role.CQL, on=on, cluster__in=wanted).select_related("person").order_by("starts_on", "pk"):
        leads[held.cluster_id].append(held.person)
    return [_summary(cluster, members[cluster.pk], leads[cluster.pk], on) for cluster in wanted]


def _member_figures(clusters: list[Cluster], on: date) -> Iterable[dict[str, Any]]:
    return (
        Membership.objects.on(on)
        .filter(cluster__in=clusters)
        .order_by()
        .values("cluster_id", "practice__hscp__name")
        .annotate(
            patients=Subquery(latest_list_size("practice", on=on).values("patients")),
            has_pql=Exists(holding(Role.PQL, on=on, practice=OuterRef("practice"))),
        )
        .values("cluster_id", "practice_id", "practice__hscp__name", "patients", "has_pql")
    )


def _summary(cluster: Cluster, members: list[dict[str, Any]], leads: list[User], on: date) -> ClusterSummary:
    return ClusterSummary(
        cluster=cluster,
        practices=len(members),
        patients=sum(m["patients"] or 0 for m in members),
        without_list_size=sum(m["patients"] is None for m in members),
        hscps=tuple(sorted({f"{m['practice__hscp__name']} HSCP" for m in members})),
        quality_leads=tuple(leads),
        practices_without_pql=sum(not m["has_pql"] for m in members),
        is_closed=cluster.closed_on is not None and cluster.closed_on <= on,
    )


def summary_of(cluster: Cluster, *, on: date) -> ClusterSummary:
    """The summary of one cluster."""
    return cluster_summaries([cluster], on=on)[0]


def practice_rows(cluster: Cluster, *, on: date) -> list[PracticeRow]:
    """The practices of a cluster on a day, by name. Two queries."""
    members = list(
        Membership.objects.on(on)
        .filter(cluster=cluster)
        .select_related("practice__hscp", "practice__locality")
        .annotate(
            patients=Subquery(latest_list_size("practice", on=on).values("patients")),
            counted_on=Subquery(latest_list_size("practice", on=on).values("counted_on")),
        )
        .order_by("practice__name", "practice__code")
    )
    people = _people_at([m.practice_id for m in members], on)
    return [
        PracticeRow(
            practice=m.practice,
            member_since=m.starts_on,
            patients=m.patients,
            counted_on=m.counted_on,
            quality_leads=tuple(people[m.practice_id, Role.PQL]),
            deputies=tuple(people[m.practice_id, Role.DEPUTY]),
            managers=tuple(people[m.practice_id, Role.PRACTICE_MANAGER]),
        )
        for m in members
    ]


def _people_at(practices: list[int], on: date) -> dict[tuple[int, str], list[User]]:
    people: dict[tuple[int, str], list[User]] = defaultdict(list)
    held = RoleAssignment.objects.on(on).filter(practice__in=practices, person__is_active=True)
    for row in held.select_related("person").order_by("starts_on", "pk"):
        if row.practice_id:
            people[row.practice_id, row.role].append(row.person)
    return people


def vacancies(clusters: Iterable[Cluster], *, on: date) -> list[Vacancy]:
    """Every CQL and PQL role that nobody holds in these clusters on a day, in their order. Four queries at most."""
    wanted = list(clusters)
    led = set(holding(Role.CQL, on=on, cluster__in=wanted).values_list("cluster_id", flat=True))
    unled = [c for c in wanted if c.pk not in led]
    empty = (
        Membership.objects.on(on)
        .filter(~Exists(holding(Role.PQL, on=on, practice=OuterRef("practice"))), cluster__in=wanted)
        .select_related("practice")
        .order_by("practice__name", "practice__code")
    )
    without: dict[int, list[Practice]] = defaultdict(list)
    for membership in empty:
        without[membership.cluster_id].append(membership.practice)
    since = _last_days(unled, [p for rows in without.values() for p in rows], on)
    found = []
    for cluster in wanted:
        if cluster.pk not in led:
            found.append(Vacancy(cluster, Role.CQL, None, since.get((Role.CQL, cluster.pk))))
        found += [Vacancy(cluster, Role.PQL, p, since.get((Role.PQL, p.pk))) for p in without[cluster.pk]]
    return found


def _last_days(clusters: list[Cluster], practices: list[Practice], on: date) -> dict[tuple[str, int | None], date]:
    """The latest end of a CQL or PQL role by role and place: of a practice under its former code too."""
    recoded = FilteredRelation(
        "practice__successions", condition=Q(practice__successions__kind=Succession.Kind.RECODED)
    )
    here = Q(practice__in=practices) | Q(recoded__after__in=practices)
    ended = (
        RoleAssignment.objects.standing()
        .annotate(recoded=recoded)
        .filter(Q(role=Role.CQL, cluster__in=clusters) | Q(here, role=Role.PQL), ends_on__lte=on)
    )
    days = ended.order_by("ends_on").values_list("role", "cluster", "recoded__after", "practice", "ends_on")
    return {(role, cluster or after or practice): day for role, cluster, after, practice, day in days if day}
