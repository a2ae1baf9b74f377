"""Who may do what in a QI plan, and how projects move. Plain Python."""

from qiplans.rules.moves import MOVES, NEEDS_REASON, OVER, USUAL_WAY, lags_behind, may_move
from qiplans.rules.plans import (
    PlanRule,
    PriorityRule,
    can_agree_plan,
    can_fill_plan,
    can_read_plan,
    can_see_inside,
    can_write_plan,
    can_write_priority,
    is_meeting_to_agree_at,
    is_ready_to_agree,
    may_start,
    plan_year_of,
)
from qiplans.rules.projects import (
    ProjectRule,
    can_propose,
    can_propose_under,
    can_see_inside_project,
    can_share_project,
    can_update_project,
)
from qiplans.rules.sharing import clusters_seen_from, is_open_above, levels_open_to

__all__ = [
    "MOVES",
    "NEEDS_REASON",
    "OVER",
    "USUAL_WAY",
    "PlanRule",
    "PriorityRule",
    "ProjectRule",
    "can_agree_plan",
    "can_fill_plan",
    "can_propose",
    "can_propose_under",
    "can_read_plan",
    "can_see_inside",
    "can_see_inside_project",
    "can_share_project",
    "can_update_project",
    "can_write_plan",
    "can_write_priority",
    "clusters_seen_from",
    "is_meeting_to_agree_at",
    "is_open_above",
    "is_ready_to_agree",
    "lags_behind",
    "levels_open_to",
    "may_move",
    "may_start",
    "plan_year_of",
]
