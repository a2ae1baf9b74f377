"""Who says what they want to learn. Plain Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.reach import Reach
from accounts.roles import Right

if TYPE_CHECKING:
    from clusters.models import Cluster

SHOWN_FROM = 4  # answers, new or changed, that the counts take in at once: fewer would tell who gave them
BASELINE = "For comparison: in Tayside, 43% agreed that they had adequate QI knowledge and skills."
MEMBERS_ONLY = "Learning needs are said and read by the members of the cluster."


def can_read_needs(reach: Reach, cluster: Cluster) -> bool:
    """Read the counts: those inside."""
    return cluster.pk in reach.clusters(Right.SEE_INSIDE)


def can_say_needs(reach: Reach, cluster: Cluster) -> bool:
    """Answer: everybody inside the open cluster."""
    return cluster.pk in reach.clusters(Right.SEE_INSIDE, past=False)
