"""Keeps what people have typed and not yet saved."""

from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from office.models import Draft
from office.selectors import EARLIER, blacked_out_since
from shared.fields import refuse_patient_numbers, refuse_unwritable, texts_in

SALT = "office.keep"


def keep_token(person: User, key: str) -> str:
    """A signed token for a form: proves later that this person was shown the form `key`, in whatever session."""
    return signing.dumps([person.pk, key], salt=SALT)


class KeepToken(NamedTuple):
    """Whose form it is, which one, and when it was shown."""

    person_id: int
    key: str
    shown_at: datetime


def read_keep_token(token: str) -> KeepToken | None:
    """What a token says; None when it was not made by us."""
    try:
        person_id, key = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    shown = signing.b62_decode(token.rsplit(":", 2)[1])  # the time that Django signs with every value
    return KeepToken(person_id, key, datetime.fromtimestamp(shown, UTC))


def keep_draft(*, owner: User, key: str, fields: dict[str, Any], shown_at: datetime | None = None) -> Draft:
    """Keep what `owner` has typed into the form `key`, over what was kept before. One write.

    `fields` maps a field's name to its text (or list of texts). Raises ValidationError, and stores nothing, when
    a patient number is in it, or when words of this draft were blacked out after the form was shown (`shown_at`).
    """
    refuse_unkeepable(fields)  # before the database is touched: a refusal must not spoil a transaction
    with transaction.atomic():
        # Written first, for the lock: whoever is blacking out words of this draft right now is waited for.
        draft = _put(owner, key, fields, timezone.now())
        if shown_at is not None:
            refuse_blacked_out(owner.pk, key, shown_at)
        return draft


def keep_beside(*, owner: User, key: str, fields: dict[str, Any], typed_at: datetime) -> bool:
    """Keep words that waited since `typed_at`, never over newer ones: then beside them, for the owner to copy.

    True when they were kept beside a newer draft.
    """
    refuse_unkeepable(fields)
    with transaction.atomic():
        newer = Draft.objects.select_for_update().filter(owner=owner, key=key, kept_at__gt=typed_at).first()
        if newer is None:
            _put(owner, key, fields, timezone.now())
        elif newer.fields != fields:
            _put(owner, f"{key}{EARLIER}{typed_at:%Y%m%d%H%M%S}", fields, typed_at)
            return True
    return False


def refuse_unkeepable(fields: dict[str, Any]) -> None:
    """Raise ValidationError for a patient number, or a character that no database can keep, anywhere in `fields`."""
    for text in texts_in(fields):
        refuse_unwritable(text)
        refuse_patient_numbers(text)


def refuse_blacked_out(person_id: int, key: str, shown_at: datetime) -> None:
    """Raise ValidationError when an open form would bring back words that were blacked out in its draft."""
    if blacked_out_since(person_id, key, shown_at):
        raise ValidationError(
            "Words in what was kept of this form were blacked out. Copy what is new and load the page again.",
            code="blacked_out",
        )


def _put(owner: User, key: str, fields: dict[str, Any], kept_at: datetime) -> Draft:
    (draft,) = Draft.objects.bulk_create(
        [Draft(owner=owner, key=key, fields=fields, kept_at=kept_at)],
        update_conflicts=True,
        unique_fields=["owner", "key"],
        update_fields=["fields", "kept_at"],
    )
    return draft


def drop_draft(*, owner: User, key: str) -> None:
    """Forget a draft, once its words are saved where they belong or the owner throws them away."""
    Draft.objects.filter(owner=owner, key=key).delete()
