"""What members put right in minutes that were sent round, and a note to minutes that don't change any more."""

from datetime import datetime
from uuid import uuid4

from accounts.models import User
from clusters.models import Cluster
from clusters.selectors import people_inside
from meetings.models import Correction, Meeting
from meetings.services import add_amendment, answer_correction, propose_correction
from portal.demo.stage import Stage

WRONG_NUMBER = "We said four practices, not three: Thursday’s count came in late."
WRONG_WORD = "Could this say “asked” and not “agreed”? Nobody had the rota in front of them."
PUT_RIGHT = "Four it is."
NOTE = "The text template changed in the meantime: the one to use is on the practice intranet."


def correct_and_amend(stage: Stage) -> None:
    """One correction that is answered and one that waits, and a note to the last published minutes of the lead."""
    for cluster in stage.clusters.values():
        circulated = Meeting.objects.filter(forum=cluster.forum_id, state=Meeting.State.CIRCULATED).first()
        if circulated:
            _correct(stage, cluster, circulated)
    if "rowan" in stage.clusters and "callum" in stage.people:
        _amend(stage, stage.clusters["rowan"], stage.people["callum"])


def _correct(stage: Stage, cluster: Cluster, meeting: Meeting) -> None:
    lead, at = stage.led_by(_key(stage, cluster), meeting.held_on), _evening(stage, 2)
    members = [person for person in people_inside(cluster, on=stage.now) if person != lead][:2]
    for person, text in zip(members, (WRONG_NUMBER, WRONG_WORD), strict=False):
        item = meeting.items.first()
        proposed = propose_correction(by=person, meeting=meeting, item=item, text=text, nonce=uuid4(), at=at)
        if text == WRONG_NUMBER:
            taken = Correction.State.TAKEN
            answer_correction(by=lead, correction=proposed, state=taken, answer=PUT_RIGHT, at=_evening(stage, 1))


def _amend(stage: Stage, cluster: Cluster, lead: User) -> None:
    last = Meeting.objects.filter(forum=cluster.forum_id, state=Meeting.State.PUBLISHED).order_by("-held_on").first()
    if last:
        add_amendment(by=lead, meeting=last, text=NOTE, nonce=uuid4(), at=_evening(stage, 3))


def _key(stage: Stage, cluster: Cluster) -> str:
    return next(key for key, there in stage.clusters.items() if there == cluster)


def _evening(stage: Stage, days: int) -> datetime:
    return stage.at(stage.working_days_ago(days), 18, 5)
