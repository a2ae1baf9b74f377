"""Who may propose, change, move and share a project. Plain Python."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from accounts.reach import Reach
from accounts.roles import Right
from qiplans.models import Priority, Project

if TYPE_CHECKING:
    from clusters.models import Cluster


def can_propose(reach: Reach, cluster: Cluster) -> bool:
    """Propose a project as an idea: everybody inside an open cluster. Its lead takes it on (STR-21)."""
    return cluster.pk in reach.clusters(Right.SEE_INSIDE, past=False)


def can_propose_under(reach: Reach, priority: Priority) -> bool:
    return can_propose(reach, priority.plan.cluster)


def can_see_inside_project(reach: Reach, project: Project) -> bool:
    """Read all of a project: who takes part, actions, notes, earlier updates."""
    return project.priority.plan.cluster_id in reach.clusters(Right.SEE_INSIDE)


def can_update_project(reach: Reach, project: Project) -> bool:
    """Change, move and report on a project: those who write up the cluster's work, and the project's own lead."""
    is_own = project.lead_id is not None and project.lead_id == reach.person_id
    inside = project.priority.plan.cluster_id
    written_up = inside in reach.clusters(Right.WRITE_UP)
    return written_up or (is_own and inside in reach.clusters(Right.SEE_INSIDE, past=False))


def can_share_project(reach: Reach, project: Project) -> bool:
    """Say how far above the cluster a project is read."""
    return project.priority.plan.cluster_id in reach.clusters(Right.LEAD)


ProjectRule = Callable[[Reach, Project], bool]
