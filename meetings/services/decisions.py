"""Decisions that other floors bring to the minutes: a topic chosen, a plan put off."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from accounts import audit
from accounts.models import User
from clusters.selectors import reach_of
from meetings import rules
from meetings.models import Item, Meeting, Topic

WHO_DECIDES = "Whoever writes up the meeting puts its decisions down, until its minutes are agreed."


@transaction.atomic
def note_decision(
    *,
    by: User,
    meeting: Meeting,
    key: str,
    at: datetime,
    title: str,
    decision: str,
    reason: str,
    options: str = "",
    how_decided: str = "",
    dissent: str = "",
    topic: Topic | None = None,
    is_kept: bool = False,
) -> Item:
    """Put a decision at the end of the minutes of a meeting, with its reason; the same `key` again adds nothing twice.

    `is_kept`: no reader above the forum may know of it. Raises PermissionDenied unless `by` writes up, and the meeting
    has begun by `at` and its minutes are not agreed; ValidationError without a decision or a reason.
    """
    now = Meeting.objects.select_for_update(of=("self",)).select_related("forum__cluster").get(pk=meeting.pk)
    if not (rules.can_write_up(reach_of(by, on=localdate(at)), now) and rules.takes_decisions(now, localdate(at))):
        raise PermissionDenied(WHO_DECIDES)
    if not (decision.strip() and reason.strip()):
        raise ValidationError("Say what was decided, and why.")
    there = now.items.filter(source=key).exclude(decision="").first()
    if there:
        return there
    item = Item.objects.create(
        meeting=now,
        position=now.items.count() + 1,
        kind=Item.Kind.DECISION,
        title=title,
        decision=decision.strip(),
        decision_reason=reason.strip(),
        options=options.strip(),
        how_decided=how_decided,
        dissent=dissent.strip(),
        topic=topic,
        is_kept_in_cluster=is_kept,
        source=key,
    )
    Meeting.objects.filter(pk=now.pk).update(version=F("version") + 1)
    audit.record("decision.noted", item, by=by, detail={"meeting": now.pk})
    return item
