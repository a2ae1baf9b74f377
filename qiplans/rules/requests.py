"""Who asks the analyst, who takes the steps, and how a request moves. Plain Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.reach import Reach
from accounts.roles import Right, Role
from qiplans.models import AnalystRequest

if TYPE_CHECKING:
    from clusters.models import Cluster

State = AnalystRequest.State
# From each state to those that the analyst may move it to. The asker's answer brings a queried one back to new.
ANALYST_MOVES: dict[str, tuple[str, ...]] = {
    State.NEW: (State.ACCEPTED, State.QUERIED, State.DECLINED),
    State.QUERIED: (State.ACCEPTED, State.DECLINED),
    State.ACCEPTED: (State.DELIVERED, State.QUERIED, State.DECLINED),
    State.DECLINED: (State.ACCEPTED,),
    State.DELIVERED: (),
}
NEEDS_WORDS = frozenset({State.QUERIED, State.DECLINED})
WAITS_FOR_ANALYST = (State.NEW, State.ACCEPTED)


def clusters_analysed(reach: Reach) -> frozenset[int]:
    """Ids of clusters whose analyst the reader is."""
    return frozenset().union(*(h.clusters for h in reach.holdings if h.role is Role.ANALYST))


def can_read_requests(reach: Reach, cluster: Cluster) -> bool:
    """Members of the cluster, and its analyst."""
    return cluster.pk in reach.clusters(Right.SEE_INSIDE) | clusters_analysed(reach)


def can_request(reach: Reach, cluster: Cluster) -> bool:
    """Ask the analyst: those who raise matters or write up, in an open cluster."""
    return cluster.pk in reach.clusters(Right.RAISE, Right.WRITE_UP)


def is_analyst_of(reach: Reach, request: AnalystRequest) -> bool:
    """Whether the analyst's steps are the reader's to take."""
    return request.cluster_id in clusters_analysed(reach)


def speaks_for_askers(reach: Reach, request: AnalystRequest) -> bool:
    """Whether the reader is one of those who might have asked, and so answers the analyst and judges."""
    return request.cluster_id in reach.clusters(Right.RAISE, Right.WRITE_UP)


def can_analyse(reach: Reach, request: AnalystRequest) -> bool:
    """Take the analyst's next step, where there is one."""
    return bool(ANALYST_MOVES[request.state]) and is_analyst_of(reach, request)


def can_reply(reach: Reach, request: AnalystRequest) -> bool:
    """Answer what the analyst asked back."""
    return request.state == State.QUERIED and speaks_for_askers(reach, request)


def can_judge(reach: Reach, request: AnalystRequest) -> bool:
    """Say whether it was useful, once it is there."""
    return request.state == State.DELIVERED and not request.useful and speaks_for_askers(reach, request)
