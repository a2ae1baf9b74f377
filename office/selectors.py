"""Finds kept drafts."""

from accounts.models import User
from office.models import Draft


def draft_of(person: User, key: str) -> Draft | None:
    """What `person` last typed into the form `key`; None when nothing is kept."""
    return Draft.objects.filter(owner=person, key=key).first()
