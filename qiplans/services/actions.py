"""Actions of a project: kept by meetings like any other, linked from here."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from meetings.models import Action
from meetings.services import ActionEntry, add_action
from qiplans.models import Project


@transaction.atomic
def plan_action(
    *,
    by: User,
    project: Project,
    what: str,
    owner: User,
    due_on: date,
    origin_path: str = "",
    at: datetime | None = None,
    nonce: UUID | None = None,
) -> Action:
    """Add an action to a project's cluster and link it. The same form sent twice is one action."""
    action = add_action(
        by=by,
        forum=project.priority.plan.cluster.forum,
        entry=ActionEntry(what=what, due_on=due_on, owner=owner.pk),
        at=at or timezone.now(),
        nonce=nonce,
        origin_text=project.title,
        origin_path=origin_path,
        orientation=project.priority.orientation,
    )
    if not project.actions.filter(pk=action.pk).exists():
        project.actions.add(action)
        audit.record("action linked to project", project, by=by, detail={"action": action.pk})
    return action
