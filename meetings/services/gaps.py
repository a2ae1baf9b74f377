"""Puts gaps into the action plan of a locality, and what was decided on what they need (ACT-12)."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from accounts import audit
from accounts.models import User
from clusters.models import Forum
from clusters.selectors import reach_of
from meetings import rules
from meetings.models import Action, ActionStep, Gap
from meetings.selectors import ActionEntry
from meetings.services.actions import add_action
from meetings.services.meanwhile import ChangedMeanwhile, Pen, one_try

WHO_ADDS = "Who writes up for the group adds to its plan."
WHO_DECIDES = "Who answers for the HSCP in the group says what was decided."


@transaction.atomic
def add_gap(
    *, by: User, forum: Forum, entry: ActionEntry, what: str, resource_needed: str, at: datetime, nonce: UUID
) -> Gap:
    """Add a gap with the action that closes it. The same form (`nonce`) again gives the gap that is there.

    Raises PermissionDenied unless `by` writes up for a forum of a locality, ValidationError without the gap.
    """
    if not rules.can_add_gap(reach_of(by, on=localdate(at)), forum):
        raise PermissionDenied(WHO_ADDS)
    if not what.strip():
        raise ValidationError("Say what the gap is.")
    action = add_action(by=by, forum=forum, entry=entry, at=at, nonce=nonce)
    told = {"what": what.strip(), "resource_needed": resource_needed.strip()}
    gap, is_new = Gap.objects.get_or_create(action=action, defaults=told)
    if is_new:
        audit.record("gap.added", gap, by=by, detail={"forum": forum.name})
    return gap


@one_try
def decide_gap(pen: Pen, gap: Gap, *, decision: str) -> Gap:
    """Write down what was decided on the resource. An earlier decision stays among the steps of the action.

    Raises PermissionDenied unless `by` answers for the HSCP there, ValidationError without words, ChangedMeanwhile.
    """
    if not decision.strip():
        raise ValidationError("Say what was decided.")
    action = Action.objects.select_for_update(of=("self",)).get(pk=gap.action_id)
    now = Gap.objects.select_related("action__forum").get(pk=gap.pk)
    if not rules.can_decide_gap(reach_of(pen.by, on=localdate(pen.at)), now):
        raise PermissionDenied(WHO_DECIDES)
    if action.version != pen.version:
        raise ChangedMeanwhile(action)
    before = audit.snapshot(now)
    now.resource_decision, now.decided_at, now.decided_by = decision.strip(), pen.at, pen.by
    now.save(update_fields=["resource_decision", "decided_at", "decided_by"])
    Action.objects.filter(pk=action.pk).update(version=F("version") + 1)
    said = f"What it needs: {decision.strip()}"
    ActionStep.objects.create(action=action, kind=ActionStep.Kind.NOTE, text=said, at=pen.at, by=pen.by)
    audit.record("gap.decided", now, by=pen.by, before=before)
    return now
