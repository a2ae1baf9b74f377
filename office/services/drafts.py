"""Keeps what people have typed and not yet saved."""

from typing import Any

from django.core import signing
from django.utils import timezone

from accounts.models import User
from office.models import Draft
from shared.fields import refuse_patient_numbers, refuse_unwritable, texts_in

SALT = "office.keep"


def keep_token(person: User, key: str) -> str:
    """A signed token for a form: proves later that this person was shown the form `key`, in whatever session."""
    return signing.dumps([person.pk, key], salt=SALT)


def read_keep_token(token: str) -> tuple[int, str] | None:
    """Person id and draft key of a token; None when it was not made by us."""
    try:
        person_id, key = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return person_id, key


def keep_draft(*, owner: User, key: str, fields: dict[str, Any]) -> Draft:
    """Keep what `owner` has typed into the form `key`, over what was kept before. One write.

    `fields` maps a field's name to its text (or list of texts). Raises ValidationError when a patient
    number is in it: then nothing is stored.
    """
    for text in texts_in(fields):  # before the database is touched: a refusal must not spoil a transaction
        refuse_unwritable(text)
        refuse_patient_numbers(text)
    (draft,) = Draft.objects.bulk_create(
        [Draft(owner=owner, key=key, fields=fields, kept_at=timezone.now())],
        update_conflicts=True,
        unique_fields=["owner", "key"],
        update_fields=["fields", "kept_at"],
    )
    return draft


def drop_draft(*, owner: User, key: str) -> None:
    """Forget a draft, once its words are saved where they belong or the owner throws them away."""
    Draft.objects.filter(owner=owner, key=key).delete()
