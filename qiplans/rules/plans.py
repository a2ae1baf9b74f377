"""Who may read, write and agree a QI plan. Plain Python."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from accounts.reach import Reach
from accounts.roles import Right
from meetings.models import Meeting
from qiplans.models import Plan, Priority

if TYPE_CHECKING:
    from clusters.models import Cluster


def plan_year_of(day: date) -> int:
    """The plan year (April to March, named by its first calendar year) that a day lies in."""
    return day.year if day.month >= 4 else day.year - 1


def may_start(year: int, current: int) -> bool:
    """Plans are started for last, this and next year: older ones are history, later ones guesses."""
    return abs(year - current) <= 1


def can_read_plan(reach: Reach, cluster: Cluster) -> bool:
    """Members read all of it; those above read what is theirs to see (the selector decides what that is)."""
    return cluster.pk in reach.clusters(Right.SEE_INSIDE, Right.OVERSEE)


def can_see_inside(reach: Reach, cluster: Cluster) -> bool:
    return cluster.pk in reach.clusters(Right.SEE_INSIDE)


def can_write_plan(reach: Reach, cluster: Cluster) -> bool:
    """Start a plan, add and change priorities, add projects."""
    return cluster.pk in reach.clusters(Right.WRITE_UP)


def can_agree_plan(reach: Reach, plan: Plan) -> bool:
    """Put down that a meeting agreed it."""
    return plan.cluster_id in reach.clusters(Right.LEAD)


def is_ready_to_agree(plan: Plan, *, priorities: int) -> bool:
    """A draft with a priority in it, or an agreed plan that changed since."""
    return priorities > 0 and (plan.state == Plan.State.DRAFT or plan.has_changed_since_agreed)


def is_meeting_to_agree_at(plan: Plan, meeting: Meeting) -> bool:
    """A meeting of the cluster itself, whose minutes are out of draft: others can read there that it was agreed."""
    return meeting.forum_id == plan.cluster.forum_id and meeting.state != Meeting.State.DRAFT


def can_fill_plan(reach: Reach, plan: Plan) -> bool:
    """Add priorities to it."""
    return can_write_plan(reach, plan.cluster)


def can_write_priority(reach: Reach, priority: Priority) -> bool:
    """Change it, and add projects under it."""
    return can_write_plan(reach, priority.plan.cluster)


PlanRule = Callable[[Reach, Plan], bool]
PriorityRule = Callable[[Reach, Priority], bool]
