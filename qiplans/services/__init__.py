"""Everything that changes plans, priorities, projects and their measures."""

from measures.services import ChangedMeanwhile, NameTaken
from qiplans.services.actions import plan_action
from qiplans.services.measures import measure_project
from qiplans.services.plans import NothingToAgree, add_priority, agree_plan, change_priority, start_plan
from qiplans.services.projects import (
    MoveNotAllowed,
    add_project,
    change_project,
    move_project,
    propose_idea,
    share_project,
    write_update,
)

__all__ = [
    "ChangedMeanwhile",
    "MoveNotAllowed",
    "NameTaken",
    "NothingToAgree",
    "add_priority",
    "add_project",
    "agree_plan",
    "change_priority",
    "change_project",
    "measure_project",
    "move_project",
    "plan_action",
    "propose_idea",
    "share_project",
    "start_plan",
    "write_update",
]
