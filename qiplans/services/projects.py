"""Adds, changes, moves and shares projects, and keeps their one-line updates."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from measures.services import change
from meetings.rules import own_nonce
from practices.models import Practice
from qiplans.models import Priority, ProgressUpdate, Project, ProjectStep
from qiplans.rules import NEEDS_REASON, may_move


class MoveNotAllowed(Exception):
    """The table of moves does not hold this one, or its reason is missing. `sentence` says so to a person."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@transaction.atomic
def add_project(
    *,
    by: User | None,
    priority: Priority,
    title: str,
    aim: str,
    why_now: str = "",
    could_use_help_with: str = "",
    lead: User | None = None,
    next_review_on: date | None = None,
    practices: Iterable[Practice] = (),
    nonce: UUID | None = None,
    version: int = 0,
) -> Project:
    """A new project, as an idea. The same `nonce` of the same person again gives the same project.

    With other words by then, those are a change: Raises ChangedMeanwhile until `version` says that it is meant.
    """
    project, is_new = Project.objects.get_or_create(
        nonce=own_nonce(nonce or uuid4(), by and by.pk, priority.pk),
        defaults={
            "priority": priority,
            "title": title,
            "aim": aim,
            "why_now": why_now,
            "could_use_help_with": could_use_help_with,
            "lead": lead,
            "next_review_on": next_review_on,
        },
    )
    if not is_new:
        return change_project(
            by=by,
            project=project,
            version=version,
            title=title,
            aim=aim,
            why_now=why_now,
            could_use_help_with=could_use_help_with,
            lead=lead,
            next_review_on=next_review_on,
            practices=practices,
        )
    taking_part = list(practices)
    project.practices.set(taking_part)
    audit.record("project added", project, by=by, detail=_added(project, taking_part))
    return project


@transaction.atomic
def change_project(
    *,
    by: User | None,
    project: Project,
    version: int,
    title: str,
    aim: str,
    why_now: str,
    could_use_help_with: str,
    lead: User | None,
    next_review_on: date | None,
    practices: Iterable[Practice],
) -> Project:
    """Change what a project says and who takes part. Raises ChangedMeanwhile."""
    changes = {
        "title": title,
        "aim": aim,
        "why_now": why_now,
        "could_use_help_with": could_use_help_with,
        "lead_id": lead.pk if lead else None,
        "next_review_on": next_review_on,
    }
    wanted = list(practices)
    was = set(project.practices.values_list("pk", flat=True))
    parting = was != {p.pk for p in wanted}
    change(project, by=by, version=version, verb="project changed", changes=changes, also=parting)
    if parting:
        project.practices.set(wanted)
        audit.record("practices taking part changed", project, by=by, detail=_parting(was, wanted))
    return project


@transaction.atomic
def move_project(
    *, by: User, project: Project, to_state: str, reason: str = "", at: datetime | None = None
) -> ProjectStep | None:
    """Move a project to another state; the step keeps who, when and why. None when it is there already.

    Raises MoveNotAllowed, with a sentence, for a move that the table lacks or a missing reason.
    """
    now = Project.objects.select_for_update().get(pk=project.pk)
    if now.state == to_state:
        return None
    if not may_move(now.state, to_state):
        raise MoveNotAllowed(f"The project is now “{now.get_state_display()}” and can’t go there from that.")
    if to_state in NEEDS_REASON and not reason.strip():
        raise MoveNotAllowed("Say why it stops: the reason is kept as learning.")
    before = audit.snapshot(now)
    step = ProjectStep.objects.create(
        project=now,
        from_state=now.state,
        to_state=to_state,
        reason=reason,
        moved_at=at or timezone.now(),
        moved_by=by,
    )
    now.state = project.state = to_state
    now.save(update_fields=["state"])
    audit.record("project moved", now, by=by, before=before)
    return step


@transaction.atomic
def write_update(
    *, by: User, project: Project, text: str, at: datetime | None = None, nonce: UUID | None = None
) -> ProgressUpdate:
    """One line on how it is going. The same line sent twice is one; sent with other words it is another line."""
    update, is_new = ProgressUpdate.objects.get_or_create(
        nonce=own_nonce(nonce or uuid4(), by.pk, project.pk, text),
        defaults={"project": project, "text": text, "written_at": at or timezone.now(), "written_by": by},
    )
    if is_new:
        audit.record("update written", update, by=by, detail={"project": project.pk})
    return update


@transaction.atomic
def share_project(*, by: User | None, project: Project, with_hscp: bool) -> Project:
    """Show a project above the cluster, or stop showing it. Doing it twice changes nothing."""
    now = Project.objects.select_for_update().get(pk=project.pk)
    if now.is_shared_with_hscp != with_hscp:
        before = audit.snapshot(now)
        now.is_shared_with_hscp = project.is_shared_with_hscp = with_hscp
        now.save(update_fields=["is_shared_with_hscp"])
        audit.record("project shared" if with_hscp else "project no longer shared", now, by=by, before=before)
    return now


def _added(project: Project, practices: list[Practice]) -> dict[str, object]:
    return {"priority": project.priority_id, "lead": project.lead_id, "practices": [p.code for p in practices]}


def _parting(was: set[int], wanted: list[Practice]) -> dict[str, object]:
    before = sorted(Practice.objects.filter(pk__in=was).values_list("code", flat=True))
    return {"practices": [before, sorted(p.code for p in wanted)]}
