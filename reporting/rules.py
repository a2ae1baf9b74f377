"""May this reach open a page that gathers? Plain Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.reach import Reach
from accounts.roles import Right

if TYPE_CHECKING:
    from clusters.models import Cluster


def can_see_tracker(reach: Reach) -> bool:
    """The tracker is for people above clusters: HSCP, locality, board, analysts, QI advisers."""
    return reach.has(Right.OVERSEE)


def can_see_audit(reach: Reach) -> bool:
    """The audit trail of the whole portal."""
    return reach.everywhere(Right.SEE_AUDIT)


def can_see_above(reach: Reach, cluster: Cluster) -> bool:
    """Read what the cluster shares upward."""
    return cluster.pk in reach.clusters(Right.OVERSEE)
