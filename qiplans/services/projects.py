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
from qiplans.rules.charters import not_engaged, not_engaged_sentence, purpose_of

PROPOSED = "Proposed as an idea."


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
def propose_idea(
    *,
    by: User,
    priority: Priority,
    title: str,
    aim: str,
    why_now: str = "",
    practices: Iterable[Practice] = (),
    nonce: UUID | None = None,
    at: datetime | None = None,
) -> Project:
    """A project that somebody inside the cluster proposes: an idea without a lead, until a keeper takes it on.

    Its first line says who proposed it. Sent twice it is one; sent with other words it is another idea, so that nobody
    changes a project in this way that is kept by others by then.
    """
    project, is_new = Project.objects.get_or_create(
        nonce=own_nonce(nonce or uuid4(), by.pk, priority.pk, title, aim, why_now),
        defaults={"priority": priority, "title": title, "aim": aim, "why_now": why_now},
    )
    if is_new:
        taking_part = list(practices)
        project.practices.set(taking_part)
        audit.record("idea proposed", project, by=by, detail=_added(project, taking_part))
        write_update(by=by, project=project, text=PROPOSED, at=at)
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
    if to_state == Project.State.TESTING:
        _ready_to_test(now, reason)
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
def share_project(*, by: User | None, project: Project, level: str) -> Project:
    """Say how far above the cluster a project is read. Doing it twice changes nothing."""
    now = Project.objects.select_for_update().get(pk=project.pk)
    if now.share_level != level:
        before = audit.snapshot(now)
        now.share_level = project.share_level = level
        now.save(update_fields=["share_level"])
        kept = level == Project.ShareLevel.CLUSTER
        audit.record("project no longer shared" if kept else "project shared", now, by=by, before=before)
    return now


def _ready_to_test(project: Project, reason: str) -> None:
    """A purpose comes first (PLN-18), and partners on the pathway are engaged, or there is a reason (PLN-08)."""
    if not purpose_of(project):
        raise MoveNotAllowed("Say first why it is done: write “Why now” before the project starts.")
    names = not_engaged(project.partners.all())
    if names and not reason.strip():
        raise MoveNotAllowed(not_engaged_sentence(names))


def _added(project: Project, practices: list[Practice]) -> dict[str, object]:
    return {"priority": project.priority_id, "lead": project.lead_id, "practices": [p.code for p in practices]}


def _parting(was: set[int], wanted: list[Practice]) -> dict[str, object]:
    before = sorted(Practice.objects.filter(pk__in=was).values_list("code", flat=True))
    return {"practices": [before, sorted(p.code for p in wanted)]}
