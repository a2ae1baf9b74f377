"""May this reach do that with a question to the HSCP?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.reach import Reach
from accounts.roles import PERMITS, Place, Right
from meetings.models import Ask
from meetings.rules.actions import forums_of_today

if TYPE_CHECKING:
    from clusters.models import Forum


def can_ask(reach: Reach, forum: Forum) -> bool:
    return forum.pk in reach.forums(Right.RAISE)


def forums_answered_for(reach: Reach) -> frozenset[int]:
    """Ids of forums whose questions the reader reads and answers as the HSCP.

    Not from the health board: a question goes to a named person, and only their HSCP's colleagues stand in.
    """
    answering = (h for h in reach.holdings if Right.ANSWER in PERMITS[h.role])
    return frozenset().union(*(h.forums_ever for h in answering if h.place is not Place.BOARD))


def may_answer(reach: Reach, ask: Ask) -> bool:
    """The person asked, or whoever answers for the cluster's HSCP; never who asked, or speaks for them."""
    if reach.person_id in (ask.asked_by_id, ask.speaker_id):
        return False
    is_asked = ask.to_id == reach.person_id and ask.forum_id in forums_of_today(reach)
    return is_asked or ask.forum_id in forums_answered_for(reach)


def can_reply(reach: Reach, ask: Ask) -> bool:
    return ask.state == Ask.State.WAITING and may_answer(reach, ask)


def may_withdraw(reach: Reach, ask: Ask) -> bool:
    """Who asked it, or speaks for them since a handover, while a role there lasts."""
    return ask.speaker_id == reach.person_id and ask.forum_id in forums_of_today(reach)


def can_withdraw(reach: Reach, ask: Ask) -> bool:
    return ask.state == Ask.State.WAITING and may_withdraw(reach, ask)


def can_escalate(reach: Reach, ask: Ask) -> bool:
    """A question becomes an escalation only if the one who asked it chooses (ACT-18)."""
    return ask.speaker_id == reach.person_id and ask.forum_id in reach.forums(Right.RAISE)
