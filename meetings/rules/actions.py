"""May this reach do that with an action?"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from accounts.reach import Reach
from accounts.roles import PERMITS, Place, Right, Role
from meetings.models import Action
from meetings.rules.minutes import forums_written_up

if TYPE_CHECKING:
    from clusters.models import Forum

# Roles whose holder answers for a practice's actions.
FOR_THE_PRACTICE = (Role.PQL, Role.DEPUTY, Role.PRACTICE_MANAGER)


def forums_of_today(reach: Reach) -> frozenset[int]:
    """Ids of forums in which a role that is held today gives the reader a part.

    What is somebody's own there, an action or a question, is open to them no longer than that.
    """
    return reach.forums(Right.SEE_INSIDE, Right.OVERSEE) | reach.seats


def is_mine(reach: Reach, action: Action) -> bool:
    """The action is the reader's own, in a forum of theirs, or their practice's."""
    if action.owner_id is not None:
        return action.owner_id == reach.person_id and action.forum_id in forums_of_today(reach)
    if action.owner_role:
        return action.forum_id in forums_by_role(reach, Role(action.owner_role))
    return action.owner_practice_id in reach.practices_held(*FOR_THE_PRACTICE)


def forums_by_role(reach: Reach, role: Role) -> frozenset[int]:
    """Ids of forums in which the reader holds this role."""
    return frozenset().union(*(h.forums for h in reach.holdings if h.role == role))


def is_asked_for_practice(reach: Reach, action: Action) -> bool:
    """It is for every practice of a cluster, and the reader acts for one of them."""
    acts = bool(reach.practices_held(*FOR_THE_PRACTICE))
    return action.is_for_every_practice and acts and action.forum_id in reach.forums(Right.SEE_INSIDE, past=False)


def waits_for_practice(reach: Reach, action: Action, done: Collection[int]) -> bool:
    """The same, and none of the reader's practices is among those that have `done` it."""
    return is_asked_for_practice(reach, action) and reach.practices_held(*FOR_THE_PRACTICE).isdisjoint(done)


def can_close(reach: Reach, action: Action) -> bool:
    """An open action is closed by whoever holds it, or by those who write up for its forum."""
    return action.state == Action.State.OPEN and may_keep(reach, action)


def may_keep(reach: Reach, action: Action) -> bool:
    return is_mine(reach, action) or action.forum_id in forums_written_up(reach, past=True)


def can_reopen(reach: Reach, action: Action) -> bool:
    return action.state != Action.State.OPEN and may_keep(reach, action)


def can_nudge(reach: Reach, action: Action) -> bool:
    """Remind others of it: who writes up for its forum."""
    return action.forum_id in forums_written_up(reach, past=True)


def can_chase(reach: Reach) -> bool:
    """Look after what is late: who writes up for any forum."""
    return bool(forums_written_up(reach))


def can_tell_return(reach: Reach, action: Action, practice_id: int) -> bool:
    """Say for a practice whether it has done what every practice was asked for."""
    if not action.is_for_every_practice:
        return False
    acts = practice_id in reach.practices_held(*FOR_THE_PRACTICE) and is_asked_for_practice(reach, action)
    return acts or action.forum_id in forums_written_up(reach)


def forums_issued_to(reach: Reach) -> frozenset[int]:
    """Ids of clusters' forums to which the reader may issue an action in the name of the HSCP."""
    answering = (h for h in reach.holdings if Right.ANSWER in PERMITS[h.role])
    return frozenset().union(*(h.forums for h in answering if h.place is not Place.BOARD))


def can_issue(reach: Reach, forum: Forum) -> bool:
    """Request or mandate an action (ACT-08, 09)."""
    return forum.pk in forums_issued_to(reach) and forum.kind == forum.Kind.CLUSTER


def may_judge(reach: Reach, action: Action) -> bool:
    """It was requested or mandated, and the reader answers for the HSCP over its cluster."""
    return action.kind != Action.Kind.AGREED and action.forum_id in forums_issued_to(reach)


def can_judge(reach: Reach, action: Action) -> bool:
    """Accept the reply to what was requested or mandated, or not."""
    return action.state == Action.State.DONE and may_judge(reach, action)


def can_raise_late(reach: Reach, action: Action) -> bool:
    """Offer to take a late action up the ladder (ACT-11): to those who escalate in its cluster."""
    is_late = action.state == Action.State.OPEN and action.due_on < reach.day
    return is_late and action.forum_id in reach.forums(Right.RAISE)
