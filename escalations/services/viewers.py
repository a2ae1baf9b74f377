"""The raiser lets people read an escalation, and takes that back."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from clusters.selectors import reach_of
from escalations import rules
from escalations.models import Escalation, Viewer
from escalations.selectors import who_may_read


def add_viewer(*, escalation: Escalation, by: User, person: User, at: datetime | None = None) -> None:
    """Let `person` read. Twice changes nothing. Raises PermissionDenied or ValidationError with a sentence."""
    at = at or timezone.now()
    _check(escalation, by, at)
    if person.pk == escalation.about_id:
        raise ValidationError({"who": f"The matter is about {person}, who cannot read it."})
    if not who_may_read(escalation.cluster, on=timezone.localdate(at)).filter(pk=person.pk).exists():
        raise ValidationError({"who": f"{person} holds no role in {escalation.cluster.lead_hscp}."})
    with transaction.atomic():
        _, is_new = Viewer.objects.get_or_create(
            escalation=escalation, person=person, defaults={"added_at": at, "added_by": by}
        )
        if is_new:
            record("let somebody read an escalation", escalation, by=by, detail={"person": person.pk})


def remove_viewer(*, escalation: Escalation, by: User, person: User, at: datetime | None = None) -> None:
    """Take the reading back. Nothing happens when they could not read. Raises PermissionDenied."""
    _check(escalation, by, at or timezone.now())
    with transaction.atomic():
        gone, _ = Viewer.objects.filter(escalation=escalation, person=person).delete()
        if gone:
            record("took reading of an escalation back", escalation, by=by, detail={"person": person.pk})


def _check(escalation: Escalation, by: User, at: datetime) -> None:
    if not rules.can_choose_readers(reach_of(by, on=timezone.localdate(at)), escalation):
        raise PermissionDenied(rules.WHO_CHOOSES_READERS)
