"""How a meeting was, and hours that people gave: some shared, some not."""

from datetime import timedelta

from clusters.selectors import people_inside, reach_of
from meetings.models import Hours, Meeting
from meetings.rules import can_give_pulse
from meetings.services.hours import note_hours, share_hours
from meetings.services.pulse import give_pulse
from portal.demo.stage import Stage

ANSWERS = ((4, 4, 3, 3), (4, 4, 4, 3), (3, 4, 4, 4), (4, 3, 2, 3), (4, 4, 4, 4))
ASPECTS = ("organised", "friendly", "facilitated", "productive")
PREPARING, OTHER = 60, 105


def look_back_on_meetings(stage: Stage) -> None:
    """The last published meeting of each cluster has its pulse; its lead prepared, and gave an afternoon besides."""
    for key, cluster in stage.clusters.items():
        published = Meeting.objects.filter(forum=cluster.forum_id, state=Meeting.State.PUBLISHED)
        last = published.order_by("-held_on").first()
        if last is None:
            continue
        at = stage.at(stage.now - timedelta(days=1), 19, 5)
        inside = people_inside(cluster, on=stage.now)
        able = [person for person in inside if can_give_pulse(reach_of(person, on=at.date()), last)]
        for person, answers in zip(able, ANSWERS, strict=False):
            give_pulse(by=person, meeting=last, at=at, **dict(zip(ASPECTS, answers, strict=True)))
        _hours(stage, key, last)


def _hours(stage: Stage, key: str, last: Meeting) -> None:
    lead, at = stage.led_by(key, stage.now), stage.at(stage.now - timedelta(days=1), 19, 10)
    if not can_give_pulse(reach_of(lead, on=at.date()), last):
        return
    forum, prepared, other = last.forum, Hours.Kind.PREPARATION, Hours.Kind.OTHER
    note_hours(by=lead, forum=forum, meeting=last, kind=prepared, minutes=PREPARING, on=last.held_on, at=at)
    note_hours(by=lead, forum=forum, kind=other, minutes=OTHER, on=stage.now - timedelta(days=3), at=at)
    if key == "rowan":
        share_hours(by=lead, forum=forum, is_shared=True)
