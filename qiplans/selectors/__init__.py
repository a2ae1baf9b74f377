"""Doors and answers about plans and projects. Nothing here writes."""

from qiplans.selectors.plans import PlanPage, PriorityBlock, ProjectLine, plan_for_reader, plan_of, plan_within
from qiplans.selectors.projects import (
    ProjectPage,
    meetings_to_agree_at,
    meetings_to_circulate,
    newest_priority,
    opened_among,
    people_to_lead,
    practices_to_take_part,
    priority_for,
    project_for,
    project_from_above,
    project_page,
    projects_within,
)
from qiplans.selectors.scotland import Brief, across_scotland, in_brief, whom_to_ask

__all__ = [
    "Brief",
    "PlanPage",
    "PriorityBlock",
    "ProjectLine",
    "ProjectPage",
    "across_scotland",
    "in_brief",
    "meetings_to_agree_at",
    "meetings_to_circulate",
    "newest_priority",
    "opened_among",
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
    "whom_to_ask",
]
