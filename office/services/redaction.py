"""Blacks out words wherever they are kept: the one change that history allows."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from office.models import Redaction
from office.selectors import WAITING, Waiting, Wanted, batches_holding, sessions_waiting
from shared.fields import words_everywhere

BLACK = "█████"
WAITED = "words waiting for sign-in"


@transaction.atomic
def redact_words(*, words: str, why: str, ignore_case: bool, by: User) -> int:
    """Black out every occurrence of `words` in free-text columns and waiting sessions; give how many there were.

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
    return found + _redact_waiting(wanted, why=why, by=by)


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
    _note(thing, list(changes), why=why, by=by)
    return sum(counts.values())


def _note(thing: models.Model, names: list[str], *, why: str, by: User) -> None:
    """Who, when, why and in which fields; never the words."""
    label, now = thing._meta.label_lower, timezone.now()
    Redaction.objects.bulk_create(
        Redaction(at=now, by=by, why=why, record_type=label, record_id=thing.pk, field=name) for name in names
    )
    audit.record("blacked out words in", thing, by=by, detail={"words": names})


def _next_version(thing: models.Model) -> dict[str, Any]:
    """Where a record counts its versions, somebody's open form must not bring the words back."""
    has_version = any(f.name == "version" for f in thing._meta.concrete_fields)
    return {"version": models.F("version") + 1} if has_version else {}


def _redact_waiting(wanted: Wanted, *, why: str, by: User) -> int:
    """Words that wait in a visitor's session for their sign-in: noted under the person whose words they are."""
    found: Counter[int] = Counter()
    for session, waiting in sessions_waiting():
        counts = {slot: count for slot, one in waiting.items() if (count := wanted.count(one["fields"]))}
        for slot, count in counts.items():
            waiting[slot]["fields"] = wanted.replaced(waiting[slot]["fields"], BLACK)
            found[waiting[slot]["person"]] += count
        if counts:
            _save_session(session, waiting)
    for person in User.objects.filter(pk__in=found):
        _note(person, [WAITED], why=why, by=by)
    return found.total()


def _save_session(session: Session, waiting: Waiting) -> None:
    data = {**session.get_decoded(), WAITING: waiting}
    Session.objects.filter(pk=session.pk).update(session_data=Session.objects.encode(data))
