"""Puts down what a chart means, and what follows from it."""

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from measures.models import Measure, SoWhat
from meetings.models import Action
from meetings.rules import own_nonce
from meetings.selectors import ActionEntry
from meetings.services import add_action


@transaction.atomic
def say_so_what(
    *,
    by: User,
    measure: Measure,
    reaches_to: date,
    meaning: str,
    action: ActionEntry | None = None,
    origin_path: str = "",
    nonce: UUID | None = None,
    at: datetime | None = None,
) -> SoWhat:
    """What a chart means whose figures reach to `reaches_to`, with the action that follows, if one does.

    The same form (`nonce`) of the same person with the same answers again adds nothing.
    """
    at = at or timezone.now()
    own = own_nonce(nonce or uuid4(), by.pk, measure.pk, meaning, reaches_to, action)
    Measure.objects.select_for_update().get(pk=measure.pk)  # two presses at once come one after the other
    kept = SoWhat.objects.filter(nonce=own).first()
    if kept:
        return kept
    said = SoWhat.objects.create(
        measure=measure,
        reaches_to=reaches_to,
        meaning=meaning,
        action=_action(by, measure, action, origin_path, own, at) if action else None,
        said_at=at,
        said_by=by,
        nonce=own,
    )
    audit.record("so what said", said, by=by, detail={"measure": measure.pk})
    return said


def _action(by: User, measure: Measure, entry: ActionEntry, path: str, nonce: UUID, at: datetime) -> Action:
    return add_action(
        by=by,
        forum=measure.cluster.forum,
        entry=entry,
        at=at,
        nonce=nonce,
        origin_text=measure.name,
        origin_path=path,
    )
