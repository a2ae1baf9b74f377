"""May this reach do that, in a cluster or in the registry? Plain Python."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from accounts.reach import Reach
from accounts.roles import HELD_AT, PERMITS, Place, Right, Role

if TYPE_CHECKING:
    from clusters.models import Cluster, Forum, RoleAssignment
    from practices.models import HSCP, Practice

ClusterRule = Callable[[Reach, Any], bool]


@dataclass(frozen=True)
class SizeBand:
    """How large clusters usually are. Half of the real ones lie outside, so it is information and never an error.

    `many` practices are so many that engagement was reported to suffer.
    """

    practices: tuple[int, int] = (4, 8)
    patients: tuple[int, int] = (20_000, 40_000)
    many: int = 12

    @property
    def sentence(self) -> str:
        """The band in words: "4 to 8 practices and 20,000 to 40,000 patients"."""
        (few, most), (low, high) = self.practices, self.patients
        return f"{few} to {most} practices and {low:,} to {high:,} patients"


def size_notes(*, practices: int, patients: int, unknown: int = 0, band: SizeBand = SizeBand()) -> list[str]:
    """Where a cluster lies outside the usual sizes, in words; `unknown` practices have no list size yet."""
    if not practices:
        return ["No practices"]
    notes = [_outside(practices, band.practices, "practice"), _outside(patients, band.patients, "patient")]
    if practices >= band.many:
        notes[0] += f". From {band.many} practices on, engagement was reported to suffer"
    if unknown:
        notes[1] = f"List size not known for {unknown} practice{'s' if unknown > 1 else ''}"
    return [note for note in notes if note]


def _outside(size: int, usual: tuple[int, int], noun: str) -> str:
    low, high = usual
    if low <= size <= high:
        return ""
    side = "fewer" if size < low else "more"
    return f"{size:,} {noun}{'' if size == 1 else 's'}: {side} than the usual {low:,} to {high:,}"


def differs_in_locality(practice_locality: int | None, cluster_locality: int | None) -> bool:
    """Whether a practice lies in another locality than the cluster (STR-05). Where one is not named nobody can say."""
    return None not in (practice_locality, cluster_locality) and practice_locality != cluster_locality


def year_of(day: date) -> int:
    """The year from April to March that a day lies in, named by its first calendar year."""
    return day.year if day.month >= 4 else day.year - 1


def can_see_inside(reach: Reach, cluster: Cluster) -> bool:
    """Read what the cluster keeps to itself."""
    return cluster.pk in reach.clusters(Right.SEE_INSIDE)


def can_write_up(reach: Reach, cluster: Cluster) -> bool:
    """Log meetings, keep plans and data."""
    return cluster.pk in reach.clusters(Right.WRITE_UP)


def can_lead(reach: Reach, cluster: Cluster) -> bool:
    """Share above the cluster, agree the plan."""
    return cluster.pk in reach.clusters(Right.LEAD)


def is_hscp_lead_of(reach: Reach, cluster: Cluster) -> bool:
    """Lead the HSCP that leads the cluster, not one of those that merely have a practice in it."""
    return any(h.role is Role.HSCP_LEAD and cluster.lead_hscp_id in h.hscps for h in reach.holdings)


def can_describe(reach: Reach, cluster: Cluster) -> bool:
    """Say what an open cluster is for and when it meets: its CQLs, and who keeps the registry there."""
    return can_lead(reach, cluster) or can_keep_cluster(reach, cluster)


def can_set_support(reach: Reach, cluster: Cluster) -> bool:
    """Note stage of development and level of support."""
    return is_hscp_lead_of(reach, cluster) or can_keep_cluster(reach, cluster)


def can_note_freed_time(reach: Reach, cluster: Cluster) -> bool:
    """Note how much time was freed for the expert medical generalist role, for past years of a closed cluster too."""
    return cluster.pk in reach.clusters(Right.LEAD, past=True) or is_hscp_lead_of(reach, cluster)


@dataclass(frozen=True)
class Scope:
    """The part of the registry that somebody looks after: all of it, or what lies in some HSCPs."""

    everything: bool = False
    hscps: frozenset[int] = frozenset()

    def covers(self, hscp_id: int | None) -> bool:
        """Whether a practice of this HSCP, or a cluster that it leads, is in the part."""
        return self.everything or hscp_id in self.hscps


def registry_seen(reach: Reach) -> Scope:
    """The part of the registry that the reader may look at."""
    return scope_of(reach, Right.SEE_REGISTRY)


def registry_kept(reach: Reach) -> Scope:
    """The part of the registry that the reader may change."""
    return scope_of(reach, Right.KEEP_REGISTRY)


def scope_of(reach: Reach, right: Right) -> Scope:
    """The part in which the reader's roles permit `right`."""
    return Scope(everything=reach.everywhere(right), hscps=reach.hscps(right))


def may_be_given(role: Role, scope: Scope) -> bool:
    """Whether who keeps this part of the registry may give the role: administrators and auditors come from above."""
    return scope.everything or (role is not Role.REGISTRY_ADMIN and HELD_AT[role] != {Place.EVERYWHERE})


def may_keep_role(reach: Reach, held: RoleAssignment) -> bool:
    """Whether the reader may change, end or withdraw a role in their part: the same roles that they may give."""
    return may_be_given(Role(held.role), registry_kept(reach))


def can_watch_posts(reach: Reach) -> bool:
    """See which roles nobody holds: keepers of the registry, those who oversee clusters, and who leads one."""
    return reach.has(Right.SEE_REGISTRY) or reach.has(Right.OVERSEE) or reach.has(Right.LEAD)


def can_hand_over(reach: Reach, held: RoleAssignment) -> bool:
    """Whether the reader may hand over what is held through a role in reach: administrators' by the national ones."""
    return Role(held.role) is not Role.REGISTRY_ADMIN or reach.everywhere(Right.KEEP_REGISTRY)


WHO_KEEPS_ROLE = "Who looks after all of the registry changes the roles of its administrators."

# The hours that the national guidance names for leading a cluster: 16 a month, which is 4 sessions. Information only.
USUAL_SESSIONS = 4

# What is asked about a role, beside its dates and its sessions.
_ALWAYS_ASKED = ("funded_by", "review_on")
_ASKED_OF = {Role.CQL: ("portfolio",), Role.MDT_MEMBER: ("seat", "profession")}


def facts_asked(role: Role) -> tuple[str, ...]:
    """Names of the facts that are kept about a role of this kind."""
    return (*_ASKED_OF.get(role, ()), *_ALWAYS_ASKED)


def can_see_registry(reach: Reach) -> bool:
    """Look at the registry, or at a part of it."""
    return reach.has(Right.SEE_REGISTRY)


def can_keep_registry(reach: Reach) -> bool:
    """Change the registry, or a part of it."""
    return reach.has(Right.KEEP_REGISTRY)


def can_keep_whole_registry(reach: Reach) -> bool:
    """Change what belongs to no single HSCP: practice lists, roles at a board, administrators."""
    return reach.everywhere(Right.KEEP_REGISTRY)


def can_keep_practice(reach: Reach, practice: Practice) -> bool:
    """Change a practice: who keeps the registry where it lies."""
    return registry_kept(reach).covers(practice.hscp_id)


def can_say_what_happened(reach: Reach, practice: Practice) -> bool:
    """Keep or close an open practice, or say what came after one: of a closed one too, until that is known."""
    return can_keep_practice(reach, practice) and practice.answered_by_id is None


def can_keep_practice_record(reach: Reach, practice: Practice) -> bool:
    """Say what an open practice is like and which posts stand empty: its own lead, deputy and manager, and the registry
    (STR-03)."""
    is_open = practice.closed_on is None or practice.closed_on > reach.day
    own = practice.pk in reach.practices_held(Role.PQL, Role.DEPUTY, Role.PRACTICE_MANAGER)
    return is_open and (own or can_keep_practice(reach, practice))


def can_keep_cluster(reach: Reach, cluster: Cluster) -> bool:
    """Change a cluster: who keeps the registry of the HSCP that leads it."""
    return registry_kept(reach).covers(cluster.lead_hscp_id)


def can_keep_hscp(reach: Reach, hscp: HSCP) -> bool:
    """Change an HSCP and its localities: who keeps the registry there."""
    return registry_kept(reach).covers(hscp.pk)


def boards_kept(reach: Reach) -> frozenset[int]:
    """Ids of health boards whose own part of the registry the reader keeps."""
    kept = (h for h in reach.holdings if Right.KEEP_REGISTRY in PERMITS[h.role] and h.place is Place.BOARD)
    return frozenset(h.place_id for h in kept if h.place_id)


def can_keep_forum(reach: Reach, forum: Forum) -> bool:
    """Name and close a forum above clusters: who keeps the registry there; a board's own, who keeps that board's."""
    if forum.hscp_served is not None:
        return registry_kept(reach).covers(forum.hscp_served)
    return reach.everywhere(Right.KEEP_REGISTRY) or forum.board_id in boards_kept(reach)


def can_see_record_of_forum(reach: Reach, forum: Forum) -> bool:
    """See what was changed of a forum: who looks at the registry there; a board's own, who looks at all of it."""
    if forum.hscp_served is not None:
        return registry_seen(reach).covers(forum.hscp_served)
    return reach.everywhere(Right.SEE_REGISTRY) or forum.board_id in boards_kept(reach)


def can_describe_forum(reach: Reach, forum: Forum) -> bool:
    """Say what a forum is for and who sits in it: who keeps its record, and the lead of the HSCP that it lies in."""
    leads = (h.hscps for h in reach.holdings if h.role is Role.HSCP_LEAD)
    return can_keep_forum(reach, forum) or any(forum.hscp_served in hscps for hscps in leads)


def can_see_boundaries(reach: Reach, hscp: HSCP) -> bool:
    """Read which practices of an HSCP lie across a boundary: who looks after the registry there, and its leads."""
    return registry_seen(reach).covers(hscp.pk) or _leads_hscp(reach, hscp)


def can_keep_boundaries(reach: Reach, hscp: HSCP) -> bool:
    """Note and decide such issues (STR-06): who keeps the registry there, and the leads of the HSCP."""
    return registry_kept(reach).covers(hscp.pk) or _leads_hscp(reach, hscp)


def _leads_hscp(reach: Reach, hscp: HSCP) -> bool:
    return any(h.role is Role.HSCP_LEAD and hscp.pk in h.hscps for h in reach.holdings)
