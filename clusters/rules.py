"""May this reach do that, in a cluster or in the registry? Plain Python."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from accounts.reach import Reach
from accounts.roles import Right

if TYPE_CHECKING:
    from clusters.models import Cluster

ClusterRule = Callable[[Reach, Any], bool]

# The usual size of a cluster in the national guidance. Half of the real clusters lie outside one of the two, so they
# are information and never an error.
USUAL_PRACTICES = (4, 8)
USUAL_PATIENTS = (20_000, 40_000)


def size_notes(*, practices: int, patients: int, unknown: int = 0) -> list[str]:
    """Where a cluster lies outside the usual sizes, in words; `unknown` practices have no list size yet."""
    if not practices:
        return ["No practices"]
    notes = [_outside(practices, USUAL_PRACTICES, "practice"), _outside(patients, USUAL_PATIENTS, "patient")]
    if unknown:
        notes[1] = f"List size not known for {unknown} practice{'s' if unknown > 1 else ''}"
    return [note for note in notes if note]


def _outside(size: int, usual: tuple[int, int], noun: str) -> str:
    low, high = usual
    if low <= size <= high:
        return ""
    side = "fewer" if size < low else "more"
    return f"{size:,} {noun}{'' if size == 1 else 's'}: {side} than {low:,} to {high:,}"


def can_see_inside(reach: Reach, cluster: Cluster) -> bool:
    """Read what the cluster keeps to itself."""
    return cluster.pk in reach.clusters(Right.SEE_INSIDE)


def can_write_up(reach: Reach, cluster: Cluster) -> bool:
    """Log meetings, keep plans and data."""
    return cluster.pk in reach.clusters(Right.WRITE_UP)


def can_lead(reach: Reach, cluster: Cluster) -> bool:
    """Share above the cluster, agree the plan."""
    return cluster.pk in reach.clusters(Right.LEAD)


def can_see_registry(reach: Reach) -> bool:
    return reach.everywhere(Right.SEE_REGISTRY)


def can_keep_registry(reach: Reach) -> bool:
    return reach.everywhere(Right.KEEP_REGISTRY)
