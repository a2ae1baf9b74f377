"""What stands on every agenda of Rowan, and the agenda of its next meeting, half put together."""

from uuid import uuid4

from clusters.selectors import reach_of
from meetings.models import Item
from meetings.plugs import Group
from meetings.selectors.agenda import agenda_of, next_planned
from meetings.services.agenda import add_agenda_item, leave_out, park_agenda_item, take_in
from meetings.services.standing import begin_standing_items
from portal.demo.stage import Stage

SPEAKER = "Memory clinic: when to refer, with a guest"
LATER = "Who covers whose holidays next summer"


def choose_standing_items(stage: Stage) -> None:
    """What stands on every agenda of Rowan, before its meetings are planned."""
    if "rowan" in stage.clusters:
        forum, at = stage.clusters["rowan"].forum, stage.at(stage.ago(30), 7, 30)
        begin_standing_items(by=stage.led_by("rowan", stage.now), forum=forum, at=at)


def put_agendas_together(stage: Stage) -> None:
    """A guest with a paper, one topic taken in, one item parked and one action left out."""
    if "rowan" not in stage.clusters:
        return
    forum, lead, at = stage.clusters["rowan"].forum, stage.led_by("rowan", stage.now), stage.at(stage.now, 7, 30)
    meeting = next_planned(forum, on=stage.now)
    if not meeting:
        return
    add_agenda_item(
        by=lead,
        meeting=meeting,
        nonce=uuid4(),
        at=at,
        title=SPEAKER,
        kind=Item.Kind.LEARNING,
        minutes_allowed=20,
        proposer=lead,
        paper_title="Questions that we sent ahead",
        paper_link="https://example.org/memory-clinic",
    )
    later = add_agenda_item(by=lead, meeting=meeting, nonce=uuid4(), at=at, title=LATER, minutes_allowed=10)
    park_agenda_item(by=lead, item=later, is_parked=True, at=at)
    waiting = [line for _, lines in agenda_of(meeting, reach_of(lead, on=stage.now)).groups for line in lines]
    topic = next(line for line in waiting if line.group == Group.TOPICS)
    take_in(by=lead, meeting=meeting, key=topic.key, at=at)
    leave_out(by=lead, meeting=meeting, key=waiting[-1].key, at=at)
