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
from meetings.models import Action
from meetings.selectors import ActionEntry


class ClosedMeanwhile(Exception):
    """The action was closed already. `action` is as it is now."""

    def __init__(self, action: Action) -> None:
        super().__init__(f"Action {action.pk} is closed")
        self.action = action


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
) -> Action:
    """Add one action outside a meeting; `origin_text` and `origin_path` lead back to where it came from.

    The same form (`nonce`) with the same words from the same person again gives the action that is there; with
    other words it is another action. Who may add is the caller's rule: several apps do.
    """
    fields = {
        "forum": forum,
        "what": entry.what,
        "due_on": entry.due_on,
        "owner_id": entry.owner,
        "owner_practice_id": entry.owner_practice,
        "kind": kind,
        "origin_text": origin_text,
        "origin_path": origin_path,
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


@transaction.atomic
def close_action(*, by: User, action: Action, evidence: str, at: datetime) -> Action:
    """Close an open action with one line of evidence.

    Raises PermissionDenied unless `by` holds it or writes up for its forum, ValidationError without evidence,
    ClosedMeanwhile when somebody closed it before.
    """
    if not evidence.strip():
        raise ValidationError("Say in one line how it was done.")
    now = Action.objects.select_for_update(of=("self",)).select_related("forum", "closed_by").get(pk=action.pk)
    if not rules.may_keep(reach_of(by, on=localdate(at)), now):
        raise PermissionDenied("Only whoever holds an action, or who writes up for the cluster, closes it.")
    if now.state != Action.State.OPEN:
        raise ClosedMeanwhile(now)
    before = audit.snapshot(now)
    now.state, now.evidence, now.closed_at, now.closed_by = Action.State.DONE, evidence.strip(), at, by
    now.save(update_fields=["state", "evidence", "closed_at", "closed_by"])
    audit.record("action.closed", now, by=by, before=before)
    return now
