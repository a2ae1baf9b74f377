"""Who puts topics forward, scores them, answers the HSCP and chooses. Plain Python."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from accounts.reach import Reach
from accounts.roles import Right, Role
from qiplans.models import Candidate

if TYPE_CHECKING:
    from clusters.models import Cluster
    from practices.models import HSCP

LITTLE = 1  # points up to which a question speaks for nothing


def can_read_studio(reach: Reach, cluster: Cluster) -> bool:
    """Read what might become a priority: members alone. Those above read what was chosen and agreed."""
    return cluster.pk in reach.clusters(Right.SEE_INSIDE)


def can_put_forward(reach: Reach, cluster: Cluster) -> bool:
    """Put a topic forward: everybody inside an open cluster."""
    return cluster.pk in reach.clusters(Right.SEE_INSIDE, past=False)


def can_keep_candidate(reach: Reach, candidate: Candidate) -> bool:
    """Score it, set it aside, answer it and choose it: who writes up. See also `can_score_candidate`."""
    return candidate.cluster_id in reach.clusters(Right.WRITE_UP)


def can_score_candidate(reach: Reach, candidate: Candidate) -> bool:
    """Score it while it is open: once it is settled, the score that it was settled by stands."""
    return candidate.state == Candidate.State.OPEN and can_keep_candidate(reach, candidate)


def can_change_candidate(reach: Reach, candidate: Candidate) -> bool:
    """Change its words while it is open: who put it forward, or who writes up. What the HSCP asked stays as asked."""
    if candidate.state != Candidate.State.OPEN or candidate.source == Candidate.Source.HSCP:
        return False
    is_own = candidate.put_forward_by_id == reach.person_id
    return can_keep_candidate(reach, candidate) or (
        is_own and candidate.cluster_id in reach.clusters(Right.SEE_INSIDE, past=False)
    )


def hscps_led(reach: Reach) -> frozenset[int]:
    """Ids of HSCPs that the reader leads, those for which theirs acts among them."""
    return frozenset().union(*(h.hscps for h in reach.holdings if h.role is Role.HSCP_LEAD))


def can_ask_for_topics(reach: Reach, hscp: HSCP) -> bool:
    """Ask clusters of an HSCP to take something up, and read what they answered: its lead."""
    return hscp.pk in hscps_led(reach)


def is_only_where_data_was(points: Mapping[str, int | None]) -> bool:
    """Whether a topic stands out by its data alone (PLN-15): easy to count, and nothing else speaks for it yet."""
    rest = (points.get(code) for code in ("need", "impact", "evidence"))
    return (points.get("data") or 0) > LITTLE and all((told or 0) <= LITTLE for told in rest)


CandidateRule = Callable[[Reach, Candidate], bool]
