"""Support that a project asks of the HSCP, the answer to it, and progress as a person confirms it."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from meetings.rules import own_nonce
from qiplans.models import Progress, Project, SupportAsk


class AlreadyDecided(Exception):
    """Somebody answered it first: `ask` holds the answer."""

    def __init__(self, ask: SupportAsk) -> None:
        super().__init__("already decided")
        self.ask = ask


@transaction.atomic
def ask_support(
    *, by: User, project: Project, what: str, reply_by: date, nonce: UUID | None = None, at: datetime | None = None
) -> SupportAsk:
    """Ask the HSCP for support. The same form sent twice asks once."""
    ask, is_new = SupportAsk.objects.get_or_create(
        nonce=own_nonce(nonce or uuid4(), by.pk, project.pk, what, str(reply_by)),
        defaults={
            "project": project,
            "what": what,
            "reply_by": reply_by,
            "asked_at": at or timezone.now(),
            "asked_by": by,
        },
    )
    if is_new:
        audit.record("support asked for", ask, by=by, detail={"project": project.pk})
    return ask


@transaction.atomic
def answer_support(*, by: User, ask: SupportAsk, decision: str, reasons: str, at: datetime | None = None) -> SupportAsk:
    """Decide, with reasons. Raises AlreadyDecided when somebody else did."""
    now = SupportAsk.objects.select_for_update(of=("self",)).get(pk=ask.pk)
    if now.decision:
        if (now.decision, now.reasons, now.decided_by_id) != (decision, reasons, by.pk):
            raise AlreadyDecided(now)
        return now
    before = audit.snapshot(now)
    now.decision, now.reasons, now.decided_at, now.decided_by = decision, reasons, at or timezone.now(), by
    now.save(update_fields=["decision", "reasons", "decided_at", "decided_by"])
    audit.record("support decided", now, by=by, before=before)
    return now


@transaction.atomic
def confirm_progress(
    *,
    by: User,
    project: Project,
    score: Decimal,
    proposed: Decimal,
    note: str = "",
    nonce: UUID | None = None,
    at: datetime | None = None,
) -> Progress:
    """A person's word on how far it is, beside what the portal proposed. The same form sent twice says it once."""
    said, is_new = Progress.objects.get_or_create(
        nonce=own_nonce(nonce or uuid4(), by.pk, project.pk, score, note),
        defaults={
            "project": project,
            "score": score,
            "proposed": proposed,
            "note": note,
            "confirmed_at": at or timezone.now(),
            "confirmed_by": by,
        },
    )
    if is_new:
        audit.record("progress confirmed", said, by=by, detail={"project": project.pk, "score": str(score)})
    return said
