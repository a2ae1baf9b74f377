"""May this reach do that with the agenda of a planned meeting?"""

from __future__ import annotations

from accounts.reach import Reach
from meetings.models import Meeting
from meetings.rules.minutes import can_see_inside, can_write_up

# As many as the form of the minutes holds: a longer agenda could not be written up.
MOST_ON_AGENDA = 30


def can_read_agenda(reach: Reach, meeting: Meeting) -> bool:
    """Whoever is a part of the forum, or writes up for it."""
    return can_see_inside(reach, meeting) or can_write_up(reach, meeting)


def can_write_agenda(reach: Reach, meeting: Meeting) -> bool:
    """Who writes up, until the minutes are begun."""
    return meeting.state == Meeting.State.PLANNED and can_write_up(reach, meeting)
