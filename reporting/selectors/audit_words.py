"""What an event of the trail changed, in words: names of fields, names for ids, days, and the reasons beside them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Field, Model, QuerySet
from django.utils.timezone import localtime

from accounts.audit import label_of
from accounts.models import AuditEvent, User
from clusters.models import Cluster
from practices import reference
from reporting.selectors.audit_facts import COUNT_NAMES, plain_fact
from shared.dates import in_words

A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
A_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}")
EXCLUSIVE = "ends_on"  # stored as the first day on which something no longer holds
LONGEST_REASON = 300
# Kept by the trail, but a practice’s figures are not read by who reads the trail: it says what changed, not into what.
FIGURES = "measures.datapoint"

# What a field is called where its stored name would puzzle a reader.
FIELD_NAMES = {
    "adopted_on": "terms adopted on",
    "agreed_chosen_by": "who chose it, as agreed",
    "answered_by": "practice that answers for it",
    "as_of": "day it speaks of",
    "at": "where",
    "chosen_by": "who chose it",
    "closed_on": "first day without it",
    "counted_on": "counted on",
    "deciders": "who decided",
    "ends_on": "last day",
    "hscp": "HSCP",
    "lead_hscp": "HSCP that leads it",
    "meets_every_weeks": "weeks between meetings",
    "missing_since": "missing from the list since",
    "orientation": "counts as",
    "review_on": "to be reviewed on",
    "sessions_a_month": "sessions a month",
    "settled_at": "put down",
    "settled_by": "put down by",
    "slug": "address",
    "starts_on": "first day",
    "withdrawn_at": "withdrawn",
}
# Where a record says why, by its stored kind: what the event changed of these.
REASONS: dict[str, tuple[str, ...]] = {
    "clusters.membership": ("reason", "end_reason", "locality_reason"),
    "clusters.hosting": ("service",),
    "clusters.boundaryissue": ("straddles", "decision"),
    "clusters.cluster": ("closed_reason",),
    "practices.practice": ("closed_reason",),
    "practices.succession": ("reason",),
}
# Records that say with their first words why they began; a cluster or practice says only why it closed.
SAY_WHY_THEY_BEGAN = REASONS.keys() - {"clusters.cluster", "practices.practice"}


@dataclass(frozen=True)
class Change:
    """One field: before and after, or a fact that has no before. `words_only` says that its words are not kept."""

    field: str
    before: str = ""
    after: str = ""
    words_only: bool = False


Names = dict[tuple[type[Model], str], str]


def model_of(event: AuditEvent) -> type[Model] | None:
    """The kind of thing that an event is about; None for a kind that is no longer known."""
    try:
        return apps.get_model(event.subject_type)
    except (LookupError, ValueError):
        return None


def names_in(events: Iterable[AuditEvent]) -> Names:
    """What the ids in before and after are called. One query for each kind of thing."""
    wanted: dict[type[Model], set[int]] = defaultdict(set)
    for event in events:
        for name, value in event.changes.items():
            field = _field(event, name)
            if field is not None and isinstance(field.related_model, type):
                wanted[field.related_model].update(v for v in _pair(value) if isinstance(v, int))
    return {
        (model, str(pk)): thing.full_name if isinstance(thing, User) else label_of(thing)
        for model, ids in wanted.items()
        for pk, thing in _loaded(model).in_bulk(ids).items()
    }


def _loaded(model: type[Model]) -> QuerySet[Any]:
    every = model._default_manager.all()
    return every.select_related("forum") if model is Cluster else every


def changes_of(event: AuditEvent, names: Names) -> Iterable[Change]:
    """Each changed field of an event, with what it was and is; of figures only which fields they were."""
    hidden = [n for n, v in event.changes.items() if isinstance(v, list)] if event.subject_type == FIGURES else []
    if numbers := [name for name in hidden if name != "words"]:
        yield Change("changed", after=", ".join(_called(name, _field(event, name)) for name in numbers))
    for name, value in event.changes.items():
        if name in hidden and name != "words":
            continue
        if name == "words":
            yield Change(", ".join(_called(v, None) for v in value), words_only=True)
            continue
        field = _field(event, name)
        if field is None and (fact := plain_fact(name, value)):
            yield Change(fact[0], after=fact[1])
            continue
        shown = [_said(field, _as_meant(name, v), names) for v in _pair(value)]
        label = COUNT_NAMES.get((event.verb, name)) or _called(name, field)
        yield Change(label, shown[0], shown[1]) if len(shown) == 2 else Change(label, after=shown[0])


def reasons_of(events: Iterable[AuditEvent]) -> dict[int, str]:
    """Why, by the number of the event, in the words of the record as they stand now. One query a kind of record."""
    wanted: dict[str, set[int]] = defaultdict(set)
    told = [e for e in events if e.subject_type in REASONS and e.subject_id]
    for event in told:
        wanted[event.subject_type].add(event.subject_id or 0)
    found = {kind: apps.get_model(kind)._default_manager.in_bulk(ids) for kind, ids in wanted.items()}
    said = ((e.pk, _reason(e, found[e.subject_type].get(e.subject_id or 0))) for e in told)
    return {pk: words for pk, words in said if words}


def _reason(event: AuditEvent, record: Any) -> str:
    """The words that the event changed; of the event with which a record began those it began with."""
    names = REASONS[event.subject_type]
    changed = [name for name in names if name in event.changes.get("words", ())]
    has_before = any(isinstance(value, list) for name, value in event.changes.items() if name != "words")
    if not changed and not has_before:
        changed = [names[0]] if event.subject_type in SAY_WHY_THEY_BEGAN and _began(event) else []
    return " ".join(str(getattr(record, name, "") or "") for name in changed)[:LONGEST_REASON].strip()


def _began(event: AuditEvent) -> bool:
    return event.verb.endswith(("begun", "added", "noted", "began", "given")) or "words" not in event.changes


def _field(event: AuditEvent, name: str) -> Field[Any, Any] | None:
    model = model_of(event)
    return next((f for f in model._meta.concrete_fields if f.name == name), None) if model else None


def _pair(value: Any) -> list[Any]:
    return value if isinstance(value, list) and len(value) == 2 else [value]


def _as_meant(name: str, value: Any) -> Any:
    """What a reader would take for the value: an end as the last day, of a long mark its beginning."""
    if name == "hash" and isinstance(value, str):
        return f"{value[:12]}…"
    return _day_before(value) if name == EXCLUSIVE else value


def _day_before(value: Any) -> Any:
    """The last day of something that ends at the midnight before `value`."""
    return (
        str(date.fromisoformat(value) - timedelta(days=1)) if isinstance(value, str) and A_DAY.match(value) else value
    )


def _called(name: Any, field: Field[Any, Any] | None) -> str:
    plain = str(field.verbose_name if field is not None else name).removesuffix("_id").replace("_", " ")
    return FIELD_NAMES.get(str(name), plain)


def _said(field: Field[Any, Any] | None, value: Any, names: Names) -> str:
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ", ".join(f"{_called(k, None)} {_said(None, v, names)}" for k, v in value.items())
    if isinstance(value, list):
        return ("; " if any(isinstance(v, str) and "," in v for v in value) else ", ").join(
            _said(None, v, names) for v in value
        )
    if isinstance(value, str) and (place := _place(value)):
        return place
    if field is not None and isinstance(field.related_model, type):
        return names.get((field.related_model, str(value)), f"number {value}")
    choices = dict(getattr(field, "flatchoices", ()) or ())
    return _dated(choices.get(value, value))


def _place(code: str) -> str:
    """What the code of an HSCP or health board stands for; "" for any other text."""
    if code in reference.HSCPS:
        return f"{reference.HSCPS[code][0]} HSCP"
    return reference.BOARDS.get(code, "")


def _dated(value: Any) -> str:
    """A day or a moment as the portal writes it everywhere; anything else as it stands."""
    if isinstance(value, str) and A_DAY.match(value):
        return in_words(date.fromisoformat(value))
    if isinstance(value, str) and A_MOMENT.match(value):
        try:
            moment = localtime(datetime.fromisoformat(value))
        except ValueError:
            return value
        return f"{in_words(moment.date())}, {moment:%H:%M}"
    return str(value)
