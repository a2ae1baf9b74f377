"""Doors and answers about plans and projects. Nothing here writes."""

from qiplans.selectors.plans import PlanPage, PriorityBlock, ProjectLine, plan_for_reader, plan_of, plan_within
from qiplans.selectors.projects import (
    ProjectPage,
    meetings_to_agree_at,
    people_to_lead,
    practices_to_take_part,
    priority_for,
    project_for,
    project_from_above,
    project_page,
    projects_within,
)
from qiplans.selectors.upward import Help, PlanState, could_use_help, last_updates, plan_state_of, projects_by_state

__all__ = [
    "Help",
    "PlanPage",
    "PlanState",
    "PriorityBlock",
    "ProjectLine",
    "ProjectPage",
    "could_use_help",
    "last_updates",
    "meetings_to_agree_at",
    "people_to_lead",
    "plan_for_reader",
    "plan_of",
    "plan_state_of",
    "plan_within",
    "practices_to_take_part",
    "priority_for",
    "project_for",
    "project_from_above",
    "project_page",
    "projects_by_state",
    "projects_within",
]
