"""May this reach open a page that gathers? Plain Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.reach import Reach
from accounts.roles import Right, Role
from clusters.rules import can_keep_cluster, can_keep_hscp

if TYPE_CHECKING:
    from clusters.models import Cluster
    from practices.models import HSCP


def can_see_tracker(reach: Reach) -> bool:
    """The tracker is for people above clusters: HSCP, locality, board, analysts, QI advisers."""
    return reach.has(Right.OVERSEE)


def can_see_audit(reach: Reach) -> bool:
    """The audit trail of the whole portal."""
    return reach.everywhere(Right.SEE_AUDIT)


def can_see_above(reach: Reach, cluster: Cluster) -> bool:
    """Read what the cluster shares upward."""
    return cluster.pk in reach.clusters(Right.OVERSEE)


def can_lead_here(reach: Reach, cluster: Cluster) -> bool:
    """Lead this cluster."""
    return cluster.pk in reach.clusters(Right.LEAD)


def can_see_ownerless(reach: Reach, cluster: Cluster) -> bool:
    """See what has no owner in a cluster: who leads it, the leads of its HSCP, and who keeps its part of the registry.

    The same people may hand it over.
    """
    of_hscp = any(h.role is Role.HSCP_LEAD and cluster.lead_hscp_id in h.hscps for h in reach.holdings)
    return can_lead_here(reach, cluster) or of_hscp or can_keep_cluster(reach, cluster)


def hscps_led(reach: Reach) -> frozenset[int]:
    """Ids of HSCPs that the reader leads, those for which theirs acts among them."""
    return frozenset().union(*(h.hscps for h in reach.holdings if h.role is Role.HSCP_LEAD))


def can_see_refused(reach: Reach, hscp: HSCP) -> bool:
    """See whose address the mail server refuses: the HSCP's leads, and who keeps its part of the registry (F19)."""
    return hscp.pk in hscps_led(reach) or can_keep_hscp(reach, hscp)


def can_see_owed(reach: Reach, cluster: Cluster) -> bool:
    """See what the HSCP owes a cluster: everybody in it, and who oversees it from above."""
    return cluster.pk in reach.clusters(Right.SEE_INSIDE, Right.OVERSEE)


def can_see_completion(reach: Reach, hscp: HSCP) -> bool:
    """See how many actions of an HSCP's clusters are done: its leads."""
    return hscp.pk in hscps_led(reach)
