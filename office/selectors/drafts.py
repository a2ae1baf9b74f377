"""Finds kept drafts."""

from datetime import datetime

from django.db.models import QuerySet

from accounts.models import User
from office.models import Draft, Redaction

EARLIER = ":earlier:"  # in the key of words that came back to a newer draft


def draft_of(person: User, key: str) -> Draft | None:
    """What `person` last typed into the form `key`; None when nothing is kept."""
    return Draft.objects.filter(owner=person, key=key).first()


def earlier_drafts(person: User) -> QuerySet[Draft]:
    """Words of `person` that came back after a newer draft of the same form was kept elsewhere, latest first."""
    return Draft.objects.filter(owner=person, key__contains=EARLIER).order_by("-kept_at", "-pk")


def blacked_out_since(person_id: int, key: str, since: datetime) -> bool:
    """Whether words were blacked out in this person's draft `key` after `since`."""
    drafts = Draft.objects.filter(owner=person_id, key=key).values("pk")
    label = Draft._meta.label_lower
    return Redaction.objects.filter(record_type=label, record_id__in=drafts, at__gt=since).exists()
