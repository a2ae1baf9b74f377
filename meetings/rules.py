"""May this reach do that with a meeting, an action, a question? And how the minutes move. Plain Python."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from accounts.reach import Reach
from accounts.roles import PERMITS, Place, Right, Role
from meetings.models import Action, Ask, Audience, Item, Meeting, ShareLevel

if TYPE_CHECKING:
    from clusters.models import Cluster, Forum

State = Meeting.State

# From each state of the minutes to the states that may follow. Published minutes don't move and don't change.
MOVES: dict[str, frozenset[str]] = {
    State.DRAFT: frozenset({State.CIRCULATED, State.AGREED, State.PUBLISHED}),
    State.CIRCULATED: frozenset({State.AGREED}),
    State.AGREED: frozenset({State.PUBLISHED}),
    State.PUBLISHED: frozenset(),
}
# What each sharing level opens to, from the cluster upward.
OPENS_TO: dict[str, frozenset[Audience]] = {
    ShareLevel.CLUSTER: frozenset({Audience.CLUSTER}),
    ShareLevel.HSCP: frozenset({Audience.CLUSTER, Audience.HSCP}),
    ShareLevel.BOARD: frozenset({Audience.CLUSTER, Audience.HSCP, Audience.BOARD}),
}
# Peer support and significant events stay in the cluster, whatever anybody ticks.
ALWAYS_KEPT = frozenset({Item.Kind.PEER_SUPPORT, Item.Kind.SIGNIFICANT_EVENT})
# Roles whose holder answers for a practice's actions.
FOR_THE_PRACTICE = (Role.PQL, Role.DEPUTY, Role.PRACTICE_MANAGER)


def can_move(meeting: Meeting, target: str) -> bool:
    return target in MOVES[meeting.state]


def forums_seen_from(reach: Reach, audience: Audience) -> frozenset[int]:
    """Ids of forums that the reader sees as `audience`: from inside, from the HSCP, or from the board."""
    if audience is Audience.CLUSTER:
        return reach.forums(Right.SEE_INSIDE)
    above = (h for h in reach.holdings if Right.OVERSEE in PERMITS[h.role])
    from_board = audience is Audience.BOARD
    return frozenset().union(*(h.forums for h in above if (h.place is Place.BOARD) is from_board))


def can_read_meetings(reach: Reach, cluster: Cluster) -> bool:
    """Open the cluster's list of meetings: from inside all of them, from above those that were shared."""
    return cluster.pk in reach.clusters(Right.SEE_INSIDE, Right.OVERSEE)


def audience_of(reach: Reach, meeting: Meeting) -> Audience | None:
    """As whom the reader reads this meeting: the most that any of their roles allows; None for a stranger."""
    for audience in (Audience.CLUSTER, Audience.HSCP, Audience.BOARD):
        if meeting.forum_id in forums_seen_from(reach, audience) and audience in OPENS_TO[meeting.share_level]:
            return audience
    return None


def can_see_inside(reach: Reach, meeting: Meeting) -> bool:
    return meeting.forum_id in reach.forums(Right.SEE_INSIDE)


def can_write_up_forum(reach: Reach, forum: Forum) -> bool:
    """Log a meeting of this forum and keep its actions."""
    return forum.pk in reach.forums(Right.WRITE_UP)


def can_lead_forum(reach: Reach, forum: Forum) -> bool:
    return forum.pk in reach.forums(Right.LEAD)


def can_write_up(reach: Reach, meeting: Meeting) -> bool:
    return meeting.forum_id in reach.forums(Right.WRITE_UP)


def can_lead(reach: Reach, meeting: Meeting) -> bool:
    """Share the minutes above the cluster."""
    return meeting.forum_id in reach.forums(Right.LEAD)


def can_edit(reach: Reach, meeting: Meeting) -> bool:
    """Change what the minutes say: while they are a draft."""
    return can_write_up(reach, meeting) and meeting.state == State.DRAFT


def can_open_sharing(reach: Reach, meeting: Meeting) -> bool:
    """Preview and publish a draft; once published only the lead changes who may read it."""
    if meeting.state == State.PUBLISHED:
        return can_lead(reach, meeting)
    return can_write_up(reach, meeting) and can_move(meeting, State.PUBLISHED)


def can_share_at(reach: Reach, meeting: Meeting, level: str) -> bool:
    """Who writes up may publish to the cluster; above it only the lead shares."""
    return can_lead(reach, meeting) or (level == ShareLevel.CLUSTER and can_write_up(reach, meeting))


def forums_of_today(reach: Reach) -> frozenset[int]:
    """Ids of forums in which a role that is held today gives the reader a part.

    What is somebody's own there, an action or a question, is open to them no longer than that.
    """
    return reach.forums(Right.SEE_INSIDE, Right.OVERSEE)


def is_mine(reach: Reach, action: Action) -> bool:
    """The action is the reader's own, in a forum of theirs, or their practice's."""
    if action.owner_id is not None:
        return action.owner_id == reach.person_id and action.forum_id in forums_of_today(reach)
    return action.owner_practice_id in reach.practices_held(*FOR_THE_PRACTICE)


def can_close(reach: Reach, action: Action) -> bool:
    """An open action is closed by whoever holds it, or by those who write up for its forum."""
    return action.state == Action.State.OPEN and may_keep(reach, action)


def may_keep(reach: Reach, action: Action) -> bool:
    return is_mine(reach, action) or action.forum_id in reach.forums(Right.WRITE_UP)


def can_ask(reach: Reach, forum: Forum) -> bool:
    return forum.pk in reach.forums(Right.RAISE)


def forums_answered_for(reach: Reach) -> frozenset[int]:
    """Ids of forums whose questions the reader reads and answers as the HSCP.

    Not from the health board: a question goes to a named person, and only their HSCP's colleagues stand in.
    """
    answering = (h for h in reach.holdings if Right.ANSWER in PERMITS[h.role])
    return frozenset().union(*(h.forums for h in answering if h.place is not Place.BOARD))


def may_answer(reach: Reach, ask: Ask) -> bool:
    """The person asked, or whoever answers for the cluster's HSCP; never who asked."""
    if ask.asked_by_id == reach.person_id:
        return False
    is_asked = ask.to_id == reach.person_id and ask.forum_id in forums_of_today(reach)
    return is_asked or ask.forum_id in forums_answered_for(reach)


def can_reply(reach: Reach, ask: Ask) -> bool:
    return ask.state == Ask.State.WAITING and may_answer(reach, ask)


def may_withdraw(reach: Reach, ask: Ask) -> bool:
    """Who asked it, while a role there lasts."""
    return ask.asked_by_id == reach.person_id and ask.forum_id in forums_of_today(reach)


def can_withdraw(reach: Reach, ask: Ask) -> bool:
    return ask.state == Ask.State.WAITING and may_withdraw(reach, ask)


def can_escalate(reach: Reach, ask: Ask) -> bool:
    """A question becomes an escalation only if the one who asked it chooses (ACT-18)."""
    return ask.asked_by_id == reach.person_id and ask.forum_id in reach.forums(Right.RAISE)


def own_nonce(nonce: UUID, *parts: object) -> UUID:
    """What is stored for the nonce of a form: tied to `parts` (the person, the forum), so nobody else can meet it."""
    return uuid5(nonce, repr(parts))
