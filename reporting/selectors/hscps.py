"""One HSCP as a tree: localities, clusters, practices, as far as the reader reaches."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, Subquery

from accounts.reach import Reach
from clusters.models import Cluster, Hosting, Membership
from clusters.rules import can_keep_hscp, can_see_boundaries, registry_seen
from clusters.selectors import clusters_within, practices_within
from clusters.selectors.hostings import hostings_around
from clusters.selectors.summaries import latest_list_size
from practices.models import HSCP, Locality, Practice
from reporting.rules import can_see_completion
from reporting.selectors.audit import Event
from reporting.selectors.changes import changes_to_hscp
from reporting.selectors.places import Counts, open_practices, reaches_wholly
from reporting.selectors.refused import Refused, refused_in


@dataclass(frozen=True)
class Leaf:
    """A practice; `note` says where it lies when that is not where it stands."""

    practice: Practice
    patients: int | None
    note: str


@dataclass(frozen=True)
class Branch:
    """A cluster with its practices; `note` says what crosses a boundary."""

    cluster: Cluster
    leaves: tuple[Leaf, ...]
    note: str

    @property
    def patients(self) -> int:
        return sum(leaf.patients or 0 for leaf in self.leaves)


@dataclass(frozen=True)
class Bough:
    """A locality with its clusters and the practices without one; `locality` None gathers what has no locality."""

    locality: Locality | None
    branches: tuple[Branch, ...]
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True)
class HscpPage:
    """What the page shows. `guests` are clusters that another HSCP leads, with practices here."""

    hscp: HSCP
    counts: Counts
    boughs: tuple[Bough, ...]
    guests: tuple[Branch, ...]
    hostings: tuple[Hosting, ...]
    is_whole: bool
    sees_registry: bool
    sees_boundaries: bool
    sees_actions: bool
    may_keep: bool
    events: tuple[Event, ...]
    refused: tuple[Refused, ...]


def hscp_page(hscp: HSCP, reach: Reach) -> HscpPage:
    """The page of `hscp`, found by its door. The number of queries does not depend on what is in it."""
    whole, registry = reaches_wholly(reach, hscp), registry_seen(reach).covers(hscp.pk)
    members = _members(hscp, reach)
    clusters = {c.pk: c for c in clusters_within(reach).filter(Q(lead_hscp=hscp) | Q(pk__in=members))}
    branches = [_branch(hscp, clusters[pk], members[pk]) for pk in clusters]
    own = [b for b in branches if b.cluster.lead_hscp_id == hscp.pk]
    loose = _loose(hscp, reach, members)
    boughs = _boughs(hscp, own, loose, named=whole)
    placed = {r.practice_id for rows in members.values() for r in rows if r.practice.hscp_id == hscp.pk}
    return HscpPage(
        hscp=hscp,
        counts=Counts(
            localities=sum(b.locality is not None for b in boughs),
            clusters=len(branches),
            practices=len(placed) + len(loose),
            patients=_patients(hscp, members) + sum(leaf.patients or 0 for leaf in loose),
        ),
        boughs=tuple(boughs),
        guests=tuple(b for b in branches if b.cluster.lead_hscp_id != hscp.pk),
        hostings=tuple(hostings_around([hscp.pk], on=reach.day)),
        is_whole=whole,
        sees_registry=registry,
        sees_boundaries=can_see_boundaries(reach, hscp),
        sees_actions=can_see_completion(reach, hscp),
        may_keep=can_keep_hscp(reach, hscp),
        events=tuple(changes_to_hscp(hscp)) if registry else (),
        refused=refused_in(hscp, reach),
    )


def _members(hscp: HSCP, reach: Reach) -> dict[int, list[Any]]:
    """Memberships of today by cluster, of the clusters that this HSCP leads or has a practice in."""
    members: dict[int, list[Any]] = defaultdict(list)
    here = Membership.objects.on(reach.day).filter(practice__hscp=hscp).order_by().values("cluster")
    rows = (
        Membership.objects.on(reach.day)
        .filter(Q(cluster__lead_hscp=hscp) | Q(cluster__in=here))
        .filter(cluster__in=clusters_within(reach).order_by().values("pk"))
        .select_related("practice__hscp", "practice__locality")
        .annotate(patients=Subquery(latest_list_size("practice", on=reach.day).values("patients")))
        .order_by("practice__name", "practice__code")
    )
    for row in rows:
        members[row.cluster_id].append(row)
    return members


def _patients(hscp: HSCP, members: dict[int, list[Any]]) -> int:
    """Each practice of the HSCP once, whatever clusters it is in."""
    own = {r.practice_id: r.patients or 0 for rows in members.values() for r in rows if r.practice.hscp_id == hscp.pk}
    return sum(own.values())


def _branch(hscp: HSCP, cluster: Cluster, rows: list[Any]) -> Branch:
    leaves = tuple(Leaf(r.practice, r.patients, _apart(hscp, cluster, r.practice)) for r in rows)
    if cluster.lead_hscp_id != hscp.pk:
        return Branch(cluster, leaves, f"led by {cluster.lead_hscp}, with practices here")
    others = sorted({str(r.practice.hscp) for r in rows if r.practice.hscp_id != hscp.pk})
    return Branch(cluster, leaves, f"with practices in {' and '.join(others)}" if others else "")


def _apart(hscp: HSCP, cluster: Cluster, practice: Practice) -> str:
    if practice.hscp_id != hscp.pk:
        return f"in {practice.hscp}"
    if practice.locality_id != cluster.locality_id and cluster.lead_hscp_id == hscp.pk:
        return f"lies in {practice.locality}" if practice.locality else "locality not named"
    return ""


def _loose(hscp: HSCP, reach: Reach, members: dict[int, list[Any]]) -> list[Leaf]:
    """Practices of the HSCP that belong to no cluster."""
    placed = [r.practice_id for rows in members.values() for r in rows]
    rows = (
        open_practices(practices_within(reach), reach.day)
        .filter(hscp=hscp)
        .exclude(pk__in=placed)
        .annotate(patients=Subquery(latest_list_size("pk", on=reach.day).values("patients")))
        .order_by("name", "code")
    )
    return [Leaf(p, p.patients, "belongs to no cluster") for p in rows]  # type: ignore[attr-defined]


def _boughs(hscp: HSCP, branches: list[Branch], loose: list[Leaf], *, named: bool) -> Iterable[Bough]:
    """By locality and name, what has none last; `named` shows localities in which nothing lies yet."""
    inside: dict[int | None, list[Branch]] = defaultdict(list)
    for branch in branches:
        inside[branch.cluster.locality_id].append(branch)
    alone: dict[int | None, list[Leaf]] = defaultdict(list)
    for leaf in loose:
        alone[leaf.practice.locality_id].append(leaf)
    localities = Locality.objects.filter(hscp=hscp).order_by("name")
    shown = [place for place in localities if named or inside[place.pk] or alone[place.pk]]
    boughs = [Bough(place, tuple(inside[place.pk]), tuple(alone[place.pk])) for place in shown]
    if inside[None] or alone[None]:
        boughs.append(Bough(None, tuple(inside[None]), tuple(alone[None])))
    return boughs
