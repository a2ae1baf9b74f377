"""Writes a project's charter, and keeps its partners, milestones and who takes part how."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from measures.services import change
from meetings.rules import own_nonce
from practices.models import Practice
from qiplans.models import Charter, Milestone, OptIn, Partner, Project
from qiplans.rules.aims import PARTS, aim_sentence


@transaction.atomic
def write_charter(*, by: User | None, project: Project, version: int, **words: Any) -> Charter:
    """Write or change a charter; where the parts of the aim changed, the project's aim becomes their sentence.

    Raises ChangedMeanwhile.
    """
    charter, is_new = Charter.objects.get_or_create(project=project)
    before = [getattr(charter, name) for name in PARTS]
    change(charter, by=by, version=1 if is_new else version, verb="charter written", changes=words)
    parts = {name: getattr(charter, name) for name in PARTS}
    if all(parts.values()) and list(parts.values()) != before:
        now = Project.objects.select_for_update().get(pk=project.pk)
        change(now, by=by, version=now.version, verb="project changed", changes={"aim": aim_sentence(**parts)})
        project.aim, project.version = now.aim, now.version
    return charter


@transaction.atomic
def add_partner(*, by: User | None, project: Project, name: str, kind: str, nonce: UUID | None = None) -> Partner:
    """Somebody whom the work needs; still to be engaged. The same form sent twice adds one."""
    partner, is_new = Partner.objects.get_or_create(
        nonce=own_nonce(nonce or uuid4(), by and by.pk, project.pk, name, kind),
        defaults={"project": project, "name": name, "kind": kind},
    )
    if is_new:
        audit.record("partner added", partner, by=by, detail={"project": project.pk})
    return partner


@transaction.atomic
def engage_partner(*, by: User, partner: Partner, is_engaged: bool, at: datetime | None = None) -> Partner:
    """Mark a partner as engaged, or as still to be. Doing it twice changes nothing."""
    now = Partner.objects.select_for_update().get(pk=partner.pk)
    if (now.engaged_at is not None) != is_engaged:
        before = audit.snapshot(now)
        now.engaged_at, now.engaged_by = (at or timezone.now(), by) if is_engaged else (None, None)
        now.save(update_fields=["engaged_at", "engaged_by"])
        audit.record("partner engaged" if is_engaged else "partner to be engaged", now, by=by, before=before)
    return now


@transaction.atomic
def add_milestone(
    *, by: User | None, project: Project, what: str, due_on: date, nonce: UUID | None = None
) -> Milestone:
    """A day by which something is there. The same form sent twice adds one."""
    milestone, is_new = Milestone.objects.get_or_create(
        nonce=own_nonce(nonce or uuid4(), by and by.pk, project.pk, what, str(due_on)),
        defaults={"project": project, "what": what, "due_on": due_on},
    )
    if is_new:
        audit.record("milestone added", milestone, by=by, detail={"project": project.pk})
    return milestone


@transaction.atomic
def reach_milestone(*, by: User, milestone: Milestone, is_done: bool, at: datetime | None = None) -> Milestone:
    """Say that it is there, or that it is not after all. Doing it twice changes nothing."""
    now = Milestone.objects.select_for_update().get(pk=milestone.pk)
    if (now.done_at is not None) != is_done:
        before = audit.snapshot(now)
        now.done_at, now.done_by = (at or timezone.now(), by) if is_done else (None, None)
        now.save(update_fields=["done_at", "done_by"])
        audit.record("milestone reached" if is_done else "milestone not reached", now, by=by, before=before)
    return now


@transaction.atomic
def opt(
    *,
    by: User,
    project: Project,
    practice: Practice,
    is_in: bool,
    variation: str = "",
    nonce: UUID | None = None,
    at: datetime | None = None,
) -> OptIn:
    """A practice takes part or does not, and says how its way differs. The same form sent twice says it once.

    Whoever has the project's form open at the time is told that who takes part has changed.
    """
    now = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    said, is_new = OptIn.objects.get_or_create(
        nonce=own_nonce(nonce or uuid4(), by.pk, project.pk, practice.pk, is_in, variation),
        defaults={
            "project": project,
            "practice": practice,
            "is_in": is_in,
            "variation": variation,
            "said_at": at or timezone.now(),
            "said_by": by,
        },
    )
    if is_new:
        _take_part(now, practice, is_in)
        audit.record("practice opted in" if is_in else "practice opted out", said, by=by, detail=_where(said))
    return said


def _take_part(project: Project, practice: Practice, is_in: bool) -> None:
    if project.practices.filter(pk=practice.pk).exists() != is_in:
        (project.practices.add if is_in else project.practices.remove)(practice)
        project.version += 1
        project.save(update_fields=["version"])


def _where(said: OptIn) -> dict[str, object]:
    return {"project": said.project_id, "practice": said.practice.code}
