"""May this reach do that, in a cluster or in the registry? Plain Python."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from accounts.reach import Reach
from accounts.roles import Right

if TYPE_CHECKING:
    from clusters.models import Cluster

ClusterRule = Callable[[Reach, Any], bool]


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
