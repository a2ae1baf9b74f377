"""Who may use the tools of a project or a cluster, and how deep each diagram goes. Plain Python."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from accounts.reach import Reach
from accounts.roles import Right, Role
from qiplans.models import Cycle, Diagram, DiagramLine, Feedback, Project
from qiplans.rules.projects import can_update_project

if TYPE_CHECKING:
    from clusters.models import Cluster

Kind = Diagram.Kind

WHO_USES_TOOLS = (
    "The tools of a project are used by the Cluster Quality Lead, the cluster’s administrator, the project’s own lead "
    "and the Practice Quality Leads of the practices taking part."
)
WHO_KEEPS_DIAGRAMS = "A diagram of the cluster is kept by the Cluster Quality Lead and the cluster’s administrator."

# What the lines of each kind are called, level by level: as many levels as names.
LEVELS: dict[str, tuple[str, ...]] = {
    Kind.DRIVER: ("Primary driver", "Secondary driver", "Change idea"),
    Kind.FISHBONE: ("Category", "Cause", "Sub-cause"),
    Kind.PARETO: ("Cause",),
    Kind.SWOT: ("Line",),
}
IDEA_LEVEL = 2
MOST_LINES = 80  # more than anybody reads in one picture
STARTED_BY_HAND = (Kind.FISHBONE, Kind.PARETO, Kind.SWOT)


def can_use_tools(reach: Reach, project: Project) -> bool:
    """Diagrams, PDSA cycles and feedback of a project: its keepers, and the PQLs (or deputies) of those taking part."""
    if can_update_project(reach, project):
        return True
    if project.priority.plan.cluster_id not in reach.clusters(Right.SEE_INSIDE, past=False):
        return False
    answered_for = reach.practices_held(Role.PQL, Role.DEPUTY)
    return any(practice.pk in answered_for for practice in project.practices.all())


def can_start_diagram(reach: Reach, cluster: Cluster) -> bool:
    """A diagram of the cluster itself or of one of its meetings."""
    return cluster.pk in reach.clusters(Right.WRITE_UP)


def can_keep_diagram(reach: Reach, diagram: Diagram) -> bool:
    """Change a diagram and its lines."""
    if diagram.project is not None:
        return can_use_tools(reach, diagram.project)
    return diagram.cluster_id in reach.clusters(Right.WRITE_UP)


def who_keeps(diagram: Diagram) -> str:
    """Who changes a diagram, in a sentence."""
    return WHO_USES_TOOLS if diagram.project else WHO_KEEPS_DIAGRAMS


def can_keep_line(reach: Reach, line: DiagramLine) -> bool:
    return can_keep_diagram(reach, line.diagram)


def can_see_inside_diagram(reach: Reach, diagram: Diagram) -> bool:
    return diagram.cluster_id in reach.clusters(Right.SEE_INSIDE)


def can_keep_cycle(reach: Reach, cycle: Cycle) -> bool:
    """Write up a PDSA cycle: whoever uses the project's tools, and the cycle's own owner while inside."""
    project = cycle.ramp.project
    is_own = cycle.owner_id is not None and cycle.owner_id == reach.person_id
    inside = project.priority.plan.cluster_id in reach.clusters(Right.SEE_INSIDE, past=False)
    return can_use_tools(reach, project) or (is_own and inside)


def can_keep_feedback(reach: Reach, feedback: Feedback) -> bool:
    return can_use_tools(reach, feedback.project)


def has_level_under(kind: str, level: int) -> bool:
    """Whether a line of this level (from 0) may have lines under it."""
    return level + 1 < len(LEVELS[kind])


DiagramRule = Callable[[Reach, Diagram], bool]
LineRule = Callable[[Reach, DiagramLine], bool]
CycleRule = Callable[[Reach, Cycle], bool]
