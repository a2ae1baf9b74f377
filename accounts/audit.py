"""Writes the audit trail. Every service calls `record` in the transaction of its change."""

import csv
import json
from collections.abc import Iterable
from io import StringIO
from typing import Any

from django.db import connection
from django.db.models import Model

from accounts.models import AuditEvent, User
from shared.fields import Words, WordsMap

COMMAND_LINE = "command line"
NOT_SIGNED_IN = "not signed in"


def snapshot(thing: Model) -> dict[str, Any]:
    """The fields of `thing` as they are now, for a later `record(before=…)`. Stays in memory, words and all."""
    return {f.attname: getattr(thing, f.attname) for f in thing._meta.concrete_fields}


def record(
    verb: str,
    subject: Model,
    *,
    by: User | None,
    before: dict[str, Any] | None = None,
    detail: dict[str, Any] | None = None,
) -> AuditEvent:
    """Add one event. `by` None means the command line.

    With `before` (a snapshot) the changed fields are worked out: structural ones with before and after,
    free-text ones by name only. `detail` adds structural facts that no single field shows (ids, counts, dates);
    never hand it words that somebody typed.
    """
    event = prepared(verb, subject, by=by, before=before, detail=detail)
    event.save(force_insert=True)
    return event


def prepared(
    verb: str,
    subject: Model,
    *,
    by: User | None,
    before: dict[str, Any] | None = None,
    detail: dict[str, Any] | None = None,
) -> AuditEvent:
    """The event that `record` would add, not added yet: for services that change hundreds of rows at once."""
    changes: dict[str, Any] = dict(detail or {})
    if before is not None:
        changes.update(_difference(subject, before))
    return AuditEvent(
        by=by,
        actor=by.full_name if by else COMMAND_LINE,
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        subject=label_of(subject),
        changes=changes,
    )


def record_attempt(verb: str, person: User | None) -> AuditEvent:
    """Add an event of somebody not signed in who tried to be `person`; None when nobody is known by what they typed."""
    kind, label = User._meta.label_lower, label_of(person) if person else "nobody known"
    return AuditEvent.objects.create(
        actor=NOT_SIGNED_IN, verb=verb, subject_type=kind, subject_id=person.pk if person else None, subject=label
    )


def record_all(events: Iterable[AuditEvent]) -> None:
    """Add many prepared events in few statements, in their order."""
    if connection.vendor == "postgresql":
        _copy(events)
    else:
        AuditEvent.objects.bulk_create(events)


def _copy(events: Iterable[AuditEvent]) -> None:
    """Add events by COPY: a practice list makes thousands, which INSERT takes three times as long to send."""
    columns = [field.attname for field in AuditEvent._meta.concrete_fields if not field.primary_key]
    lines = StringIO()
    write = csv.writer(lines, quoting=csv.QUOTE_ALL).writerow
    for event in events:
        values = {**event.__dict__, "changes": json.dumps(event.changes)}
        write([values[name] for name in columns])
    lines.seek(0)
    into = f"COPY {AuditEvent._meta.db_table} ({', '.join(columns)})"
    with connection.cursor() as cursor:
        cursor.copy_expert(f"{into} FROM STDIN WITH (FORMAT csv, FORCE_NULL (by_id, subject_id))", lines)


def label_of(subject: Model) -> str:
    """What the trail calls a thing: its own `audit_label` where it has one, else kind and number; never free text."""
    own = getattr(subject, "audit_label", None)
    return (str(own) if own else f"{subject._meta.verbose_name} {subject.pk}")[:200]


def _difference(subject: Model, before: dict[str, Any]) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    words = []
    for field in subject._meta.concrete_fields:
        old, new = before.get(field.attname), getattr(subject, field.attname)
        if old == new:
            continue
        if isinstance(field, Words | WordsMap):
            words.append(field.name)
        else:
            changed[field.name] = [_plain(old), _plain(new)]
    if words:
        changed["words"] = words
    return changed


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
