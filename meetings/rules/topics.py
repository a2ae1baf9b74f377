"""How a topic moves on (MTG-17), and who looks back on a decision."""

from accounts.reach import Reach
from meetings.models import Item, Meeting, Topic
from meetings.rules.minutes import can_write_up

Stage = Topic.Stage

# From each stage to those that may follow: raise, agree that it matters, one practice tries, it reports, all decide.
TOPIC_MOVES: dict[str, tuple[str, ...]] = {
    Stage.RAISED: (Stage.IMPORTANT, Stage.STOPPED),
    Stage.IMPORTANT: (Stage.PILOT, Stage.ADOPTED, Stage.STOPPED),
    Stage.PILOT: (Stage.REPORTED, Stage.STOPPED),
    Stage.REPORTED: (Stage.ADOPTED, Stage.ADAPTED, Stage.PILOT, Stage.STOPPED),
    Stage.ADOPTED: (),
    Stage.ADAPTED: (),
    Stage.STOPPED: (Stage.RAISED,),
}


def can_look_back(reach: Reach, item: Item) -> bool:
    """Say whether a decision held: who writes up, once the minutes are out of draft."""
    return bool(item.decision) and item.meeting.state in Meeting.TOLD and can_write_up(reach, item.meeting)
