"""The topic box: what members want to be talked about, and how far it got; and looking back on decisions."""

from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from accounts import audit
from accounts.models import User
from clusters.models import Forum
from clusters.selectors import reach_of
from meetings import rules
from meetings.models import Item, LookBack, Topic, TopicStep
from practices.models import Practice

WHO_PROPOSES = "Whoever belongs here proposes a topic."
WHO_MOVES = "Whoever writes up says how far a topic got."
WHO_LOOKS_BACK = "Whoever writes up looks back on decisions, once the minutes are out of draft."


class MovedMeanwhile(Exception):
    """Somebody moved the topic on first. `topic` is as it is now."""

    def __init__(self, topic: Topic) -> None:
        super().__init__(f"Topic {topic.pk} was moved on")
        self.topic = topic


@transaction.atomic
def propose_topic(*, by: User, forum: Forum, title: str, why: str, nonce: UUID, at: datetime) -> Topic:
    """Put a topic into the box of a forum, with why it matters. The same form (`nonce`) with the same words again
    proposes nothing twice; with other words it is another topic.

    Raises PermissionDenied unless `by` is a part of the forum, ValidationError without title or reason.
    """
    if not rules.can_see_forum_inside(reach_of(by, on=localdate(at)), forum):
        raise PermissionDenied(WHO_PROPOSES)
    if not (title.strip() and why.strip()):
        raise ValidationError("Say what it is about, and why it matters.")
    words = {"title": title.strip(), "why": why.strip()}
    topic, is_new = Topic.objects.get_or_create(
        nonce=rules.own_nonce(nonce, by.pk, forum.pk, *words.values()),
        defaults={"forum": forum, "proposed_at": at, "proposed_by": by, **words},
    )
    if is_new:
        audit.record("topic.proposed", topic, by=by, detail={"forum": forum.pk})
    return topic


@transaction.atomic
def move_topic(
    *, by: User, topic: Topic, was: str, stage: str, note: str, at: datetime, pilot: Practice | None = None
) -> Topic:
    """Say that a topic got further, with a line on why; `was` is the stage that was shown.

    Raises PermissionDenied unless `by` writes up for the forum, MovedMeanwhile when it stands elsewhere by now,
    ValidationError for a stage that does not follow, without a line, or for a trial without a practice.
    """
    now = Topic.objects.select_for_update(of=("self",)).select_related("forum").get(pk=topic.pk)
    if not rules.can_write_up_forum(reach_of(by, on=localdate(at)), now.forum):
        raise PermissionDenied(WHO_MOVES)
    if now.stage != was:
        raise MovedMeanwhile(now)
    if stage not in rules.TOPIC_MOVES[now.stage]:
        raise ValidationError("Choose one of the steps that follow.", code="stage")
    if not note.strip():
        raise ValidationError("Say in a line why: who proposed it reads it.", code="note")
    if stage == Topic.Stage.PILOT and pilot is None:
        raise ValidationError("Choose the practice that tries it.", code="pilot")
    before = audit.snapshot(now)
    now.stage = stage
    now.pilot = pilot if stage == Topic.Stage.PILOT else now.pilot
    now.save(update_fields=["stage", "pilot"])
    TopicStep.objects.create(topic=now, stage=stage, note=note.strip(), at=at, by=by)
    audit.record("topic.moved", now, by=by, before=before)
    return now


@transaction.atomic
def look_back(
    *, by: User, item: Item, verdict: str, reflection: str, nonce: UUID, at: datetime, again_on: date | None = None
) -> LookBack:
    """Say whether a decision held, with what was learned, and perhaps when to ask once more.

    The same form (`nonce`) with the same words again adds nothing twice. Raises PermissionDenied unless `by` writes up
    and the minutes are out of draft, ValidationError without words, or for a day to ask again that is not to come.
    """
    now = Item.objects.select_for_update(of=("self",)).select_related("meeting__forum").get(pk=item.pk)
    if not rules.can_look_back(reach_of(by, on=localdate(at)), now):
        raise PermissionDenied(WHO_LOOKS_BACK)
    if not reflection.strip():
        raise ValidationError("Say in a line what you see now.", code="reflection")
    if again_on and again_on <= localdate(at):
        raise ValidationError("Ask again on a day that is still to come.", code="again_on")
    told = {"verdict": verdict, "reflection": reflection.strip(), "again_on": again_on}
    back, is_new = LookBack.objects.get_or_create(
        nonce=rules.own_nonce(nonce, by.pk, now.pk, *map(str, told.values())),
        defaults={"item": now, "at": at, "by": by, **told},
    )
    if is_new:
        audit.record("decision.looked_back", now, by=by, detail={"verdict": verdict})
    return back
