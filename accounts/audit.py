"""Writes the audit trail. Every service calls `record` in the transaction of its change."""

from collections.abc import Iterable
from typing import Any

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
    AuditEvent.objects.bulk_create(events, batch_size=500)


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
