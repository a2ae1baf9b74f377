"""Who says what counts as intrinsic or extrinsic."""

from accounts.reach import Reach
from meetings.models import Action, Ask, Item, Meeting
from meetings.rules.minutes import can_write_up, forums_written_up

State = Meeting.State

WHO_TAGS = "The Cluster Quality Lead and the cluster’s administrator say what counts as intrinsic or extrinsic."


def can_tag(reach: Reach, thing: Action | Ask) -> bool:
    """Mark an action or a question as intrinsic or extrinsic: who writes up for its forum."""
    return thing.forum_id in forums_written_up(reach)


def can_tag_item(reach: Reach, item: Item) -> bool:
    """The same for an item of minutes that are out of draft; in a draft its form asks."""
    return can_write_up(reach, item.meeting) and item.meeting.state != State.DRAFT
