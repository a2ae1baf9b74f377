"""May this reach do that with a meeting and its minutes? And how the minutes move."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from accounts.reach import Reach
from accounts.roles import PERMITS, Place, Right
from meetings.models import Audience, Item, Meeting, ShareLevel

if TYPE_CHECKING:
    from clusters.models import Forum

State = Meeting.State

# From each state of the minutes to the states that may follow. Published minutes don't move and don't change.
MOVES: dict[str, frozenset[str]] = {
    State.PLANNED: frozenset({State.DRAFT, State.CANCELLED}),
    State.CANCELLED: frozenset(),
    State.DRAFT: frozenset({State.CIRCULATED, State.PUBLISHED}),
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


def can_move(meeting: Meeting, target: str) -> bool:
    return target in MOVES[meeting.state]


# What lets whoever has a seat in a forum write up its meetings, and share its minutes: running a cluster, or answering.
RUNNING = (Right.WRITE_UP, Right.ANSWER)
LEADING = (Right.LEAD, Right.ANSWER)


def forums_inside(reach: Reach) -> frozenset[int]:
    """Ids of forums whose meetings the reader is a part of: their clusters', and those of forums they sit in."""
    return reach.forums(Right.SEE_INSIDE) | reach.seats


def forums_written_up(reach: Reach, *, past: bool | None = None) -> frozenset[int]:
    """Ids of forums whose meetings the reader plans, logs and writes up. `past`: also of clusters that closed."""
    return reach.forums(Right.WRITE_UP, past=past) | _seats(reach, RUNNING)


def forums_led(reach: Reach, *, past: bool | None = None) -> frozenset[int]:
    """Ids of forums whose minutes the reader shares above."""
    return reach.forums(Right.LEAD, past=past) | _seats(reach, LEADING)


def _seats(reach: Reach, rights: tuple[Right, ...]) -> frozenset[int]:
    return reach.seats if any(reach.has(right) for right in rights) else frozenset()


def forums_seen_from(reach: Reach, audience: Audience) -> frozenset[int]:
    """Ids of forums that the reader sees as `audience`: from inside, from the HSCP, or from the board."""
    if audience is Audience.CLUSTER:
        return forums_inside(reach)
    above = (h for h in reach.holdings if Right.OVERSEE in PERMITS[h.role])
    from_board = audience is Audience.BOARD
    return frozenset().union(*(h.forums_ever for h in above if (h.place is Place.BOARD) is from_board))


def can_read_meetings(reach: Reach, forum: Forum) -> bool:
    """Open the forum's list of meetings: from inside all of them, from above those that were shared."""
    return forum.pk in forums_inside(reach) | reach.forums(Right.OVERSEE)


def audience_of(reach: Reach, meeting: Meeting) -> Audience | None:
    """As whom the reader reads this meeting: the most that any of their roles allows; None for a stranger."""
    for audience in (Audience.CLUSTER, Audience.HSCP, Audience.BOARD):
        if meeting.forum_id in forums_seen_from(reach, audience) and audience in OPENS_TO[meeting.share_level]:
            return audience
    return None


def can_see_inside(reach: Reach, meeting: Meeting) -> bool:
    return meeting.forum_id in forums_inside(reach)


def can_see_forum_inside(reach: Reach, forum: Forum) -> bool:
    """Read what the forum keeps to itself."""
    return forum.pk in forums_inside(reach)


def can_write_up_forum(reach: Reach, forum: Forum) -> bool:
    """Plan and log meetings of this forum and keep its actions."""
    return forum.pk in forums_written_up(reach) and forum.is_open_on(reach.day)


def can_lead_forum(reach: Reach, forum: Forum) -> bool:
    """Share what this forum says above it."""
    return forum.pk in forums_led(reach)


def can_write_up(reach: Reach, meeting: Meeting) -> bool:
    """Finish its minutes. Those of a cluster that closed are finished where it went on."""
    return meeting.forum_id in forums_written_up(reach, past=True)


def can_lead(reach: Reach, meeting: Meeting) -> bool:
    """Share the minutes above the cluster."""
    return meeting.forum_id in forums_led(reach, past=True)


def can_edit(reach: Reach, meeting: Meeting) -> bool:
    """Change what the minutes say: while they are a draft, or begin those of a planned meeting."""
    return can_write_up(reach, meeting) and (meeting.state == State.DRAFT or can_move(meeting, State.DRAFT))


def takes_decisions(meeting: Meeting, day: date) -> bool:
    """Whether a decision may still be put into its minutes: once its day has come, until they are agreed."""
    return meeting.held_on <= day and meeting.state in (State.PLANNED, State.DRAFT, State.CIRCULATED)


def can_open_sharing(reach: Reach, meeting: Meeting) -> bool:
    """Preview, circulate and publish; once published only the lead changes who may read it."""
    if meeting.state == State.PUBLISHED:
        return can_lead(reach, meeting)
    return can_write_up(reach, meeting) and can_move(meeting, State.PUBLISHED)


def can_correct(reach: Reach, meeting: Meeting) -> bool:
    """Propose a correction: whoever is a part of the forum, while the minutes are circulated."""
    return can_see_inside(reach, meeting) and meeting.state == State.CIRCULATED


def can_settle(reach: Reach, meeting: Meeting) -> bool:
    """Answer corrections, put the text right, and say that the minutes are agreed."""
    return can_write_up(reach, meeting) and meeting.state == State.CIRCULATED


def can_give_pulse(reach: Reach, meeting: Meeting) -> bool:
    """Say how a meeting was: whoever is a part of the forum, once its minutes are out of draft."""
    return can_see_inside(reach, meeting) and meeting.state in Meeting.TOLD


def can_read_shared_hours(reach: Reach, forum: Forum) -> bool:
    """Read the hours that people chose to share: from inside, and from the HSCP."""
    return forum.pk in forums_inside(reach) | forums_seen_from(reach, Audience.HSCP)


def can_amend(reach: Reach, meeting: Meeting) -> bool:
    """Add a dated note to minutes that don't change any more."""
    return can_write_up(reach, meeting) and meeting.state in (State.AGREED, State.PUBLISHED)


def can_share_at(reach: Reach, meeting: Meeting, level: str) -> bool:
    """Who writes up may publish to the cluster; above it only the lead shares."""
    return can_lead(reach, meeting) or (level == ShareLevel.CLUSTER and can_write_up(reach, meeting))


def can_write_event(reach: Reach, item: Item) -> bool:
    """Write the analysis of a significant event: who writes up, once the minutes are begun."""
    is_begun = item.meeting.state not in (State.PLANNED, State.CANCELLED)
    return item.kind == Item.Kind.SIGNIFICANT_EVENT and is_begun and can_write_up(reach, item.meeting)
