"""Adds actions and closes them."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from accounts import audit
from accounts.models import User
from clusters.models import Forum
from clusters.selectors import reach_of
from meetings import rules
from meetings.models import Action, ActionStep
from meetings.selectors import ActionEntry
from meetings.services.meanwhile import ClosedMeanwhile, one_try


@transaction.atomic
def add_action(
    *,
    by: User,
    forum: Forum,
    entry: ActionEntry,
    at: datetime,
    nonce: UUID | None = None,
    kind: str = Action.Kind.AGREED,
    origin_text: str = "",
    origin_path: str = "",
    orientation: str = "",
    issuer: str = "",
    grounds: str = "",
) -> Action:
    """Add one action outside a meeting; `origin_text` and `origin_path` lead back to where it came from.

    The same form (`nonce`) with the same words from the same person again gives the action that is there; with
    other words it is another action. Who may add is the caller's rule: several apps do.
    """
    fields = {
        "forum": forum,
        "what": entry.what,
        "due_on": entry.due_on,
        **entry.who.columns(),
        "kind": kind,
        "origin_text": origin_text,
        "origin_path": origin_path,
        "orientation": orientation,
        "issuer": issuer,
        "grounds": grounds,
        "added_at": at,
        "added_by": by,
    }
    if nonce is None:
        action, is_new = Action.objects.create(**fields), True
    else:
        own = rules.own_nonce(nonce, by.pk, forum.pk, entry)
        action, is_new = Action.objects.get_or_create(nonce=own, defaults=fields)
    if is_new:
        audit.record("action.added", action, by=by, detail={"forum": forum.name, "due_on": str(entry.due_on)})
    return action


@one_try
def close_action(*, by: User, action: Action, at: datetime, evidence: str = "", learning: str = "") -> Action:
    """Close an open action; how it was done and what was learned may be said now or later.

    Raises PermissionDenied unless `by` holds it or writes up for its forum, ClosedMeanwhile when somebody closed it
    before, ValidationError without evidence for what the HSCP requested or mandated: it is the reply.
    """
    now = Action.objects.select_for_update(of=("self",)).select_related("forum", "closed_by").get(pk=action.pk)
    if not rules.may_keep(reach_of(by, on=localdate(at)), now):
        raise PermissionDenied("Only whoever holds an action, or who writes up for the cluster, closes it.")
    if now.state != Action.State.OPEN:
        raise ClosedMeanwhile(now)
    if now.kind != Action.Kind.AGREED and not evidence.strip():
        raise ValidationError("Say how it was done: this is the reply to who asked for it.")
    before = audit.snapshot(now)
    now.state, now.closed_at, now.closed_by = Action.State.DONE, at, by
    now.evidence, now.learning, now.version = evidence.strip(), learning.strip(), now.version + 1
    now.waiting_on, now.waits_for_hscp, now.waiting_since = "", False, None
    written = ["state", "closed_at", "closed_by", "evidence", "learning", "version"]
    now.save(update_fields=[*written, "waiting_on", "waits_for_hscp", "waiting_since"])
    ActionStep.objects.create(action=now, kind=ActionStep.Kind.CLOSED, text=now.evidence, at=at, by=by)
    audit.record("action.closed", now, by=by, before=before)
    return now
