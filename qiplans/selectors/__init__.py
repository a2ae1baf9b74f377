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

__all__ = [
    "PlanPage",
    "PriorityBlock",
    "ProjectLine",
    "ProjectPage",
    "meetings_to_agree_at",
    "people_to_lead",
    "plan_for_reader",
    "plan_of",
    "plan_within",
    "practices_to_take_part",
    "priority_for",
    "project_for",
    "project_from_above",
    "project_page",
    "projects_within",
]
