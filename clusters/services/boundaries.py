"""What lies across a boundary is noted, and decided."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from clusters.models import BoundaryIssue
from practices.models import Practice
from shared.dates import in_words, today


@transaction.atomic
def note_boundary_issue(
    *, practice: Practice, straddles: str, proposal: str, by: User, at: datetime | None = None
) -> BoundaryIssue:
    """Note that a practice lies across a boundary. Raises ValidationError beside `practice` when it has closed."""
    practice = Practice.objects.select_for_update().get(pk=practice.pk)
    if practice.closed_on and practice.closed_on <= today():
        raise ValidationError({"practice": f"{practice} closed on {in_words(practice.closed_on)}."})
    issue = BoundaryIssue.objects.create(
        practice=practice,
        straddles=straddles.strip(),
        proposal=proposal.strip(),
        noted_at=at or timezone.now(),
        noted_by=by,
    )
    audit.record("boundary issue noted", issue, by=by, detail={"practice": practice.pk})
    return issue


@transaction.atomic
def decide_boundary_issue(
    *, issue: BoundaryIssue, decision: str, decided_on: date, deciders: str, by: User, at: datetime | None = None
) -> BoundaryIssue:
    """Put down what was decided about an issue, on which day and by whom.

    Raises ValidationError: for one that is decided already, and beside `decided_on` for a day to come.
    """
    found = BoundaryIssue.objects.select_for_update(of=("self",)).select_related("practice", "settled_by")
    issue = found.get(pk=issue.pk)
    if issue.state == BoundaryIssue.State.DECIDED:
        raise ValidationError(f"{issue.settled_by} put down a decision meanwhile: look at the list again.")
    if decided_on > today():
        raise ValidationError({"decided_on": "This day is still to come. Put the decision down when it is made."})
    before = audit.snapshot(issue)
    issue.state, issue.decision = BoundaryIssue.State.DECIDED, decision.strip()
    issue.decided_on, issue.deciders = decided_on, deciders.strip()
    issue.settled_at, issue.settled_by = at or timezone.now(), by
    issue.save(update_fields=["state", "decision", "decided_on", "deciders", "settled_at", "settled_by"])
    audit.record("boundary issue decided", issue, by=by, before=before)
    return issue
