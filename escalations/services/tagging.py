"""Marks an escalation as intrinsic or extrinsic. Its words and steps stay as they are."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts import audit
from accounts.models import User
from clusters.selectors import reach_of
from escalations import rules
from escalations.models import Escalation


@transaction.atomic
def tag_escalation(*, by: User, escalation: Escalation, orientation: str, on: date) -> Escalation:
    """Count it as intrinsic or extrinsic; blank goes back to extrinsic, as it goes to others. Twice is once.

    Raises PermissionDenied unless `by` raised it or leads its cluster, and for a confidential matter.
    """
    now = Escalation.objects.select_for_update(of=("self",)).get(pk=escalation.pk)
    if not rules.can_tag(reach_of(by, on=on), now):
        raise PermissionDenied(rules.WHO_TAGS)
    if now.orientation == orientation:
        return now
    before = audit.snapshot(now)
    now.orientation = orientation
    now.save(update_fields=["orientation"])
    audit.record("tagged an escalation", now, by=by, before=before)
    return now
