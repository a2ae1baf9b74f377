"""One forum: its record, its members, when it meets, and how it stands on the escalation ladders."""

from dataclasses import dataclass
from datetime import date

from accounts.models import User
from accounts.reach import Reach
from clusters.models import Forum, WaysOfWorking
from clusters.rules import can_describe_forum, can_keep_forum, can_see_record_of_forum
from clusters.selectors.forums import ways_on
from clusters.selectors.seats import Seat, seats_of
from escalations.selectors import holders_by_forum
from escalations.selectors.forums import Standing, standings_of
from meetings.rules import Beat, can_see_forum_inside, can_see_plan_of_action, has_plan_of_action
from meetings.selectors import may_read_meetings
from meetings.selectors.heartbeat import beats_of
from reporting.selectors.audit import Event
from reporting.selectors.changes import changes_to_forum
from reporting.selectors.timetable import last_held


@dataclass(frozen=True)
class ForumPage:
    """What the page of a forum shows. `last_on` and `next_on` are what its published minutes and its series say.

    `events` is what was changed, for those who look at that part of the registry; None for others.
    """

    forum: Forum
    seats: list[Seat]
    standings: list[Standing]
    holders: list[User]
    ways: WaysOfWorking | None
    last_on: date | None
    next_on: date | None
    beat: Beat | None
    is_open: bool
    is_review_due: bool
    may_describe: bool
    may_keep: bool
    may_read_meetings: bool
    sees_plan: bool
    events: list[Event] | None


def forum_page(forum: Forum, reach: Reach) -> ForumPage:
    """The page of `forum`, found by its door. The number of queries does not depend on what is in it."""
    standings = standings_of(forum)
    met = last_held([forum.pk], on=reach.day).first()
    beat, inside = beats_of([forum], on=reach.day).get(forum.pk), can_see_forum_inside(reach, forum)
    return ForumPage(
        forum=forum,
        seats=seats_of(forum, on=reach.day),
        standings=standings,
        holders=holders_by_forum([forum], on=reach.day)[forum.pk] if standings else [],
        ways=ways_on(forum, on=reach.day),
        last_on=met.held_on if met else None,
        next_on=beat.day_told(inside=inside) if beat else met.next_on if met else None,
        beat=beat.seen(inside=inside) if beat else None,
        is_open=forum.is_open_on(reach.day),
        is_review_due=forum.is_review_due(reach.day),
        may_describe=can_describe_forum(reach, forum),
        may_keep=can_keep_forum(reach, forum),
        may_read_meetings=may_read_meetings(reach, forum),
        sees_plan=has_plan_of_action(forum) and can_see_plan_of_action(reach, forum),
        events=changes_to_forum(forum) if can_see_record_of_forum(reach, forum) else None,
    )
