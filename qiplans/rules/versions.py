"""Who signs a plan. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accounts.reach import Reach
from accounts.roles import Right, Role
from qiplans.models import Plan


def signs_for_cluster(reach: Reach, plan: Plan) -> bool:
    """The Cluster Quality Lead."""
    return plan.cluster_id in reach.clusters(Right.LEAD)


def practices_signed_for(reach: Reach, members: Iterable[int]) -> frozenset[int]:
    """Of the member practices those whose Practice Quality Lead the reader is."""
    return reach.practices_held(Role.PQL) & frozenset(members)


@dataclass(frozen=True)
class ReviewSeen:
    """The day on which a plan is looked at again, as a form shows it. The day itself stands for its version."""

    review_on: date | None
    version: int


def review_seen(plan: Plan) -> ReviewSeen:
    """The day that is set now; no day is version 0."""
    return ReviewSeen(plan.review_on, plan.review_on.toordinal() if plan.review_on else 0)
