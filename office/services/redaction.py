"""Blacks out words wherever they are kept: the one change that history allows."""

from collections.abc import Iterator
from typing import Any

from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from office.models import Redaction
from office.selectors import SessionData, Wanted, batches_holding, sessions_waiting
from shared.fields import words_everywhere

BLACK = "█████"


@transaction.atomic
def redact_words(*, words: str, why: str, ignore_case: bool, by: User) -> int:
    """Black out every occurrence of `words` in every free-text column; give how many places there were.

    Published minutes and taken steps are included. For each record and field a `Redaction` says who, when and
    why; the audit trail names the fields. All or nothing. Raises ValueError when `why` repeats the words.
    """
    wanted = Wanted(words, ignore_case)
    if wanted.count(why):
        raise ValueError("the reason would keep what is to go")
    found = 0
    for model, names in _columns():
        for thing in batches_holding(model, names, wanted, lock=True):
            found += _redact_record(thing, names, wanted, why=why, by=by)
    return found + _redact_waiting(wanted)


def _columns() -> Iterator[tuple[type[models.Model], list[str]]]:
    columns: dict[type[models.Model], list[str]] = {}
    for model, field in words_everywhere():
        columns.setdefault(model, []).append(field.name)
    yield from columns.items()


def _redact_record(thing: models.Model, names: list[str], wanted: Wanted, *, why: str, by: User) -> int:
    counts = {name: count for name in names if (count := wanted.count(getattr(thing, name)))}
    changes = {name: wanted.replaced(getattr(thing, name), BLACK) for name in counts}
    model = type(thing)
    model._base_manager.filter(pk=thing.pk).update(**changes, **_next_version(thing))
    label = model._meta.label_lower
    now = timezone.now()
    Redaction.objects.bulk_create(
        Redaction(at=now, by=by, why=why, record_type=label, record_id=thing.pk, field=name) for name in changes
    )
    audit.record("blacked out words in", thing, by=by, detail={"words": list(changes)})
    return sum(counts.values())


def _next_version(thing: models.Model) -> dict[str, Any]:
    """Where a record counts its versions, somebody's open form must not bring the words back."""
    has_version = any(f.name == "version" for f in thing._meta.concrete_fields)
    return {"version": models.F("version") + 1} if has_version else {}


def _redact_waiting(wanted: Wanted) -> int:
    """Words that wait in a visitor's session for their sign-in."""
    found = 0
    for session, waiting in sessions_waiting():
        count = wanted.count(waiting["fields"])
        if count:
            waiting["fields"] = wanted.replaced(waiting["fields"], BLACK)
            _save_session(session, waiting)
        found += count
    return found


def _save_session(session: Session, waiting: SessionData) -> None:
    data = session.get_decoded()
    data["kept_words"] = waiting
    Session.objects.filter(pk=session.pk).update(session_data=Session.objects.encode(data))
