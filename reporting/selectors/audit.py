"""The audit trail as a person reads it: what happened, to what, by whom, before and after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from django.apps import apps
from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from accounts.audit import COMMAND_LINE
from accounts.models import AuditEvent, User
from clusters.models import RoleOrigin
from escalations.models import Escalation
from reporting.selectors.audit_words import Change, changes_of, model_of, names_in, reasons_of

A_PAGE = 50
# Changes to these are told of the thing they belong to, so nobody would find anything under their names.
NEVER_TOLD = {
    "accounts.auditevent",
    "clusters.formername",
    "clusters.roleorigin",
    "escalations.referenceyear",
    "escalations.viewer",
    "office.draft",
    "office.redaction",
    "practices.healthboard",
    "practices.listsize",
}
# What others may know of these events: that there was one, and when.
MASKED = {
    Escalation._meta.label_lower: ("confidential escalation changed", "A confidential escalation"),
    RoleOrigin._meta.label_lower: ("private answer given", "How somebody came to a role"),
}
KIND_NAMES = {"escalations.rung": "Rung of an escalation ladder", "escalations.step": "Step of an escalation"}


@dataclass(frozen=True)
class Event:
    """One line of the trail. `has_older`: it is the last of a list that was cut here."""

    pk: int
    at: datetime
    actor: str
    verb: str
    kind: str
    subject: str
    said: str
    changes: tuple[Change, ...]
    why: str = ""
    has_older: bool = False


@dataclass(frozen=True)
class TrailPage:
    """Some events, newest first; `older` is where the next page begins, None at the end."""

    events: list[Event]
    older: int | None


def kinds() -> list[tuple[str, str]]:
    """What the trail can be narrowed to: stored kind and its name for people."""
    models = (m for app in settings.OWN_APPS for m in apps.get_app_config(app).get_models())
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
        # Not even by trying names may anybody learn who raised a confidential matter, or gave a private answer.
        events = events.filter(_done_by(actor)).exclude(_about_secrets())
    if day:
        events = events.filter(at__range=_local_day(day))
    if before:
        events = events.filter(pk__lt=before)
    found = list(events[: most + 1])
    return TrailPage(as_lines(found[:most]), found[most - 1].pk if len(found) > most else None)


def events_about(things: Iterable[tuple[str, Iterable[int]]], *, most: int = A_PAGE) -> list[Event]:
    """The newest events about `things` (pairs of stored kind and ids), with the reasons that the records give.

    The last of them says so where older ones are left out.
    """
    about = Q(pk__in=())
    for kind, ids in things:
        about |= Q(subject_type=kind, subject_id__in=list(ids))
    found = list(AuditEvent.objects.filter(about).order_by("-pk")[: most + 1])
    lines = as_lines(found[:most], with_reasons=True)
    return lines if len(found) <= most else [*lines[:-1], replace(lines[-1], has_older=True)]


def as_lines(events: Iterable[AuditEvent] | QuerySet[AuditEvent], *, with_reasons: bool = False) -> list[Event]:
    """Stored events in words. Ids are looked up in bulk: one query for each kind of thing they point to.

    `with_reasons` adds why, from the records themselves: only for readers who may open those records.
    """
    events = list(events)
    told = [e.subject_id for e in events if e.subject_type == Escalation._meta.label_lower]
    secret = set(Escalation.objects.filter(pk__in=told, is_confidential=True).values_list("pk", flat=True))
    events = [_masked(e) if _is_about(secret, e) else e for e in events]
    names = names_in(events)
    why = reasons_of(events) if with_reasons else {}
    return [
        Event(
            pk=e.pk,
            at=e.at,
            actor=e.actor,
            verb=e.verb,
            kind=_kind_name(model_of(e)),
            subject=e.subject,
            said=_verb(e.verb),
            changes=tuple(changes_of(e, names)),
            why=why.get(e.pk, ""),
        )
        for e in events
    ]


def _about_secrets() -> Q:
    secret = Escalation.objects.filter(is_confidential=True).order_by().values("pk")
    return Q(subject_type=Escalation._meta.label_lower, subject_id__in=secret) | Q(
        subject_type=RoleOrigin._meta.label_lower
    )


def _is_about(secret: set[int], event: AuditEvent) -> bool:
    if event.subject_type == Escalation._meta.label_lower:
        return event.subject_id in secret
    return event.subject_type == RoleOrigin._meta.label_lower


def _masked(event: AuditEvent) -> AuditEvent:
    verb, subject = MASKED[event.subject_type]
    return AuditEvent(
        pk=event.pk,
        at=event.at,
        actor="Not shown",
        verb=verb,
        subject_type=event.subject_type,
        subject=subject,
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


def _kind_name(model: type[Model] | None) -> str:
    if model is None:
        return "Something"
    name = KIND_NAMES.get(model._meta.label_lower, str(model._meta.verbose_name))
    return name[:1].upper() + name[1:]
