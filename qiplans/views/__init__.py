"""Pages of plans and projects."""

from qiplans.views.measures import measure_add
from qiplans.views.plans import plan, plan_agree, plan_start, priority_add, priority_change
from qiplans.views.projects import (
    action_add,
    project,
    project_add,
    project_change,
    project_move,
    project_propose,
    project_share,
    update_write,
)

__all__ = [
    "action_add",
    "measure_add",
    "plan",
    "plan_agree",
    "plan_start",
    "priority_add",
    "priority_change",
    "project",
    "project_add",
    "project_change",
    "project_move",
    "project_propose",
    "project_share",
    "update_write",
]
