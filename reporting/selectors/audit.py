"""The audit trail as a person reads it: what happened, to what, by whom, before and after."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Field, Model, Q, QuerySet
from django.utils import timezone

from accounts.audit import COMMAND_LINE, label_of
from accounts.models import AuditEvent, User
from escalations.models import Escalation
from shared.dates import in_words

A_PAGE = 50
# Changes to these are told of the thing they belong to, so nobody would find anything under their names.
NEVER_TOLD = {
    "accounts.auditevent",
    "clusters.formername",
    "escalations.referenceyear",
    "escalations.viewer",
    "office.draft",
    "office.redaction",
    "practices.healthboard",
    "practices.listsize",
}
KIND_NAMES = {"escalations.rung": "Rung of an escalation ladder", "escalations.step": "Step of an escalation"}
A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
EXCLUSIVE = "ends_on"  # stored as the first day on which something no longer holds
OWN_APPS = ("accounts", "office", "practices", "clusters", "meetings", "measures", "qiplans", "escalations")


@dataclass(frozen=True)
class Change:
    """One field: before and after, or a fact that has no before. `words_only` says that its words are not kept."""

    field: str
    before: str = ""
    after: str = ""
    words_only: bool = False


@dataclass(frozen=True)
class Event:
    """One line of the trail."""

    pk: int
    at: datetime
    actor: str
    verb: str
    kind: str
    subject: str
    said: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class TrailPage:
    """Some events, newest first; `older` is where the next page begins, None at the end."""

    events: list[Event]
    older: int | None


def kinds() -> list[tuple[str, str]]:
    """What the trail can be narrowed to: stored kind and its name for people."""
    models = (m for app in OWN_APPS for m in apps.get_app_config(app).get_models())
    told = ((m._meta.label_lower, _kind_name(m)) for m in models if m._meta.label_lower not in NEVER_TOLD)
    return sorted(told, key=lambda pair: pair[1])


def trail(
    *, kind: str = "", actor: str = "", day: date | None = None, before: int | None = None, most: int = A_PAGE
) -> TrailPage:
    """Events newest first, from below the number `before`. Never counted and never skipped over: any page is fast."""
    events = AuditEvent.objects.order_by("-pk")
    if kind:
        events = events.filter(subject_type=kind)
    if actor:
        # Not even by trying names may anybody learn who raised a confidential matter.
        events = events.filter(_done_by(actor)).exclude(_about_secrets())
    if day:
        events = events.filter(at__range=_local_day(day))
    if before:
        events = events.filter(pk__lt=before)
    found = list(events[: most + 1])
    return TrailPage(as_lines(found[:most]), found[most - 1].pk if len(found) > most else None)


def events_about(things: Iterable[tuple[str, Iterable[int]]], *, most: int = A_PAGE) -> list[Event]:
    """The newest events about `things` (pairs of stored kind and ids)."""
    about = Q(pk__in=())
    for kind, ids in things:
        about |= Q(subject_type=kind, subject_id__in=list(ids))
    return as_lines(AuditEvent.objects.filter(about).order_by("-pk")[:most])


def as_lines(events: Iterable[AuditEvent] | QuerySet[AuditEvent]) -> list[Event]:
    """Stored events in words. Ids are looked up in bulk: one query for each kind of thing they point to."""
    events = list(events)
    told = [e.subject_id for e in events if e.subject_type == Escalation._meta.label_lower]
    secret = set(Escalation.objects.filter(pk__in=told, is_confidential=True).values_list("pk", flat=True))
    events = [_masked(e) if _is_about(secret, e) else e for e in events]
    names = _names(events)
    return [
        Event(e.pk, e.at, e.actor, e.verb, _kind_name(_model(e)), e.subject, _verb(e.verb), tuple(_changes(e, names)))
        for e in events
    ]


def _about_secrets() -> Q:
    secret = Escalation.objects.filter(is_confidential=True).order_by().values("pk")
    return Q(subject_type=Escalation._meta.label_lower, subject_id__in=secret)


def _is_about(secret: set[int], event: AuditEvent) -> bool:
    return event.subject_type == Escalation._meta.label_lower and event.subject_id in secret


def _masked(event: AuditEvent) -> AuditEvent:
    """An event about a confidential matter, as much as others may know: that there was one, and when."""
    return AuditEvent(
        pk=event.pk,
        at=event.at,
        actor="Not shown",
        verb="confidential escalation changed",
        subject_type=event.subject_type,
        subject="A confidential escalation",
    )


def _local_day(day: date) -> tuple[datetime, datetime]:
    """From local midnight to the last moment before the next: a range that the index can serve."""
    return tuple(timezone.make_aware(datetime.combine(day, end)) for end in (time.min, time.max))  # type: ignore[return-value]


def _done_by(actor: str) -> Q:
    people = User.objects.filter(full_name__icontains=actor).values("pk")
    without = Q(by__isnull=True) if actor.lower() in COMMAND_LINE else Q(pk__in=())
    return Q(by__in=people) | without


def _verb(verb: str) -> str:
    """ "meeting.published" as "Meeting published"."""
    said = verb.replace(".", " ").replace("_", " ")
    return said[:1].upper() + said[1:]


def _model(event: AuditEvent) -> type[Model] | None:
    try:
        return apps.get_model(event.subject_type)
    except (LookupError, ValueError):
        return None


def _kind_name(model: type[Model] | None) -> str:
    if model is None:
        return "Something"
    name = KIND_NAMES.get(model._meta.label_lower, str(model._meta.verbose_name))
    return name[:1].upper() + name[1:]


def _field(event: AuditEvent, name: str) -> Field[Any, Any] | None:
    model = _model(event)
    return next((f for f in model._meta.concrete_fields if f.name == name), None) if model else None


Names = dict[tuple[type[Model], str], str]


def _names(events: list[AuditEvent]) -> Names:
    """What the ids in before and after are called."""
    wanted: dict[type[Model], set[int]] = defaultdict(set)
    for event in events:
        for name, value in event.changes.items():
            field = _field(event, name)
            if field is not None and isinstance(field.related_model, type):
                wanted[field.related_model].update(v for v in _pair(value) if isinstance(v, int))
    return {
        (model, str(pk)): thing.full_name if isinstance(thing, User) else label_of(thing)
        for model, ids in wanted.items()
        for pk, thing in model._default_manager.in_bulk(ids).items()
    }


def _pair(value: Any) -> list[Any]:
    return value if isinstance(value, list) and len(value) == 2 else [value]


def _changes(event: AuditEvent, names: Names) -> Iterable[Change]:
    for name, value in event.changes.items():
        if name == "words":
            yield Change(", ".join(_plain(v) for v in value), words_only=True)
            continue
        field = _field(event, name)
        last_day = name == EXCLUSIVE
        shown = [_said(field, _day_before(v) if last_day else v, names) for v in _pair(value)]
        label = "last day" if last_day else _plain(field.verbose_name if field is not None else name)
        yield Change(label, shown[0], shown[1]) if len(shown) == 2 else Change(label, after=shown[0])


def _day_before(value: Any) -> Any:
    """The last day of something that ends at the midnight before `value`."""
    return (
        str(date.fromisoformat(value) - timedelta(days=1)) if isinstance(value, str) and A_DAY.match(value) else value
    )


def _dated(value: Any) -> str:
    """A day as the portal writes it everywhere; anything else as it stands."""
    return in_words(date.fromisoformat(value)) if isinstance(value, str) and A_DAY.match(value) else str(value)


def _plain(name: Any) -> str:
    return str(name).removesuffix("_id").replace("_", " ")


def _said(field: Field[Any, Any] | None, value: Any, names: Names) -> str:
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ", ".join(f"{_plain(k)} {_said(None, v, names)}" for k, v in value.items())
    if isinstance(value, list):
        return ", ".join(_said(None, v, names) for v in value)
    if field is not None and isinstance(field.related_model, type):
        return names.get((field.related_model, str(value)), f"number {value}")
    choices = dict(getattr(field, "flatchoices", ()) or ())
    return _dated(choices.get(value, value))
