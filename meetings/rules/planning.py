"""May this reach plan meetings? And who is asked to come. Plain Python."""

from accounts.reach import Reach
from accounts.roles import Role
from meetings.models import Meeting
from meetings.rules.minutes import forums_written_up

State = Meeting.State

WHO_PLANS = "Whoever leads or supports it plans its meetings: of a cluster its Quality Lead and its administrator."

# Why a series itself called a meeting off.
SERIES_ENDED, SERIES_CHANGED = "The series ended.", "The series has other days now."
SERIES_LEFT = (SERIES_ENDED, SERIES_CHANGED)
# Who is asked to the meetings of a cluster: whoever takes a seat at its table, in the cluster or for a practice. A
# deputy is asked beside the lead, to keep the day free; a practice manager is not, who is told by the practice.
ASKED = (Role.CQL, Role.PQL, Role.DEPUTY, Role.CLUSTER_SUPPORT, Role.MDT_MEMBER)


def can_plan(reach: Reach, meeting: Meeting) -> bool:
    """Move a meeting or call it off, as long as it is planned and no more."""
    return meeting.state == State.PLANNED and meeting.forum_id in forums_written_up(reach)


def not_planned(meeting: Meeting) -> str:
    """Why a meeting cannot be moved or called off."""
    if meeting.state == State.CANCELLED:
        return "This meeting was called off. Plan a new one."
    if meeting.state != State.PLANNED:
        return "The minutes of this meeting are begun: it can no longer be moved or called off."
    return WHO_PLANS


def forums_asked_to(reach: Reach) -> frozenset[int]:
    """Ids of forums to whose meetings the reader is asked: their clusters', and those in which they have a seat.

    The same people as `invited_to` finds for one forum: letters, "My meetings" and the home page go by this.
    """
    return frozenset().union(*(h.forums for h in reach.holdings if h.role in ASKED)) | reach.seats
