"""May this reach do that with the action plan of a locality (ACT-12)?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.reach import Reach
from accounts.roles import Right
from meetings.models import Gap
from meetings.rules.minutes import can_lead_forum, can_see_forum_inside, can_write_up_forum

if TYPE_CHECKING:
    from clusters.models import Forum


def has_plan_of_action(forum: Forum) -> bool:
    """A forum that serves a locality has one; clusters have a plan of their own."""
    return forum.locality_id is not None and forum.kind != forum.Kind.CLUSTER


def can_see_plan_of_action(reach: Reach, forum: Forum) -> bool:
    """Whoever is a part of the forum reads its plan."""
    return can_see_forum_inside(reach, forum)


def can_add_gap(reach: Reach, forum: Forum) -> bool:
    return has_plan_of_action(forum) and can_write_up_forum(reach, forum)


def can_decide_gap(reach: Reach, gap: Gap) -> bool:
    """Decide whether the resource is given: who leads the forum and answers for the HSCP, not the clusters that ask."""
    return can_lead_forum(reach, gap.action.forum) and reach.has(Right.ANSWER)
