"""What clusters have planned: series of meetings, one of them moved and one called off, and an evening of its own."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import uuid4

from clusters.models import Forum
from clusters.selectors import reach_of
from meetings.analysis import Rhythm
from meetings.models import Meeting
from meetings.rules import can_write_up_forum
from meetings.selectors.plans import MeetingPlan, SeriesPlan, plan_of
from meetings.services.planning import begin_series, call_off_meeting, change_meeting, plan_meeting
from portal.demo.stage import Stage

# Cluster, weeks between two meetings, the hour, how they meet, and where.
SERIES = (
    ("rowan", 6, time(12, 30), Meeting.Mode.BOTH, "Meeting room, health centre"),
    ("larch", 8, time(13, 0), Meeting.Mode.VIDEO, ""),
    ("juniper", 4, time(12, 30), Meeting.Mode.IN_PERSON, "Village hall"),
)
LINK = "https://meet.example.org/{cluster}"
FIRST, LEADS, EVENING = 10, 17, 24
WHY_OFF = "Half of the practices are on leave that week."


def plan_meetings(stage: Stage) -> None:
    """Series where there is somebody who leads. The letters of what was planned went out long ago."""
    at = stage.at(stage.now - timedelta(days=1), 18, 20)
    for key, weeks, hour, mode, place in SERIES:
        if key in stage.clusters:
            _series(stage, key, weeks, _plan(stage.after(stage.now, FIRST), key, hour, mode, place), at)
    _leads_and_manager(stage, at)


def _leads_and_manager(stage: Stage, at: datetime) -> None:
    """The leads of a locality and its manager meet again; the forum's own rhythm is every six weeks."""
    day = stage.after(stage.now, LEADS)
    for forum in Forum.objects.filter(kind=Forum.Kind.LEAD_MANAGER):
        by = next((p for p in stage.people.values() if can_write_up_forum(reach_of(p, on=at.date()), forum)), None)
        if by:
            plan = MeetingPlan(day, time(8, 0), mode=Meeting.Mode.VIDEO, joining_link=LINK.format(cluster="leads"))
            plan_meeting(by=by, forum=forum, plan=plan, nonce=uuid4(), at=at, is_inviting=False)


def _plan(day: date, key: str, hour: time, mode: str, place: str) -> MeetingPlan:
    link = "" if mode == Meeting.Mode.IN_PERSON else LINK.format(cluster=key)
    return MeetingPlan(day, hour, mode=mode, place=place, joining_link=link)


def _series(stage: Stage, key: str, weeks: int, first: MeetingPlan, at: datetime) -> None:
    lead, forum = stage.led_by(key, stage.now), stage.clusters[key].forum
    if not can_write_up_forum(reach_of(lead, on=at.date()), forum) or first.starts_at is None:
        return
    rhythm = Rhythm(weeks, first.held_on.weekday(), first.held_on)
    plan = SeriesPlan(rhythm, first.starts_at, mode=first.mode, place=first.place, joining_link=first.joining_link)
    series = begin_series(by=lead, forum=forum, plan=plan, nonce=uuid4(), at=at, is_inviting=False)
    if key == "rowan":
        ahead = list(series.meetings.order_by("held_on"))
        later = replace(plan_of(ahead[1]), held_on=stage.after(ahead[1].held_on, 4))
        change_meeting(by=lead, meeting=ahead[1], plan=later, version=ahead[1].version, at=at, is_inviting=False)
        off = ahead[2]
        call_off_meeting(by=lead, meeting=off, reason=WHY_OFF, version=off.version, at=at, is_inviting=False)
        learning = MeetingPlan(
            stage.after(stage.now, EVENING),
            time(18, 30),
            place="Health centre",
            sort=Meeting.Sort.LEARNING,
            mode=Meeting.Mode.IN_PERSON,
            funding="The HSCP pays for cover from five o’clock.",
        )
        plan_meeting(by=lead, forum=forum, plan=learning, nonce=uuid4(), at=at, is_inviting=False)
