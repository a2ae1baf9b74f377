"""Finds words wherever they are kept, and what was blacked out."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Q, QuerySet

from accounts.audit import label_of
from accounts.models import User
from office.models import Redaction
from shared.fields import WordsMap, words_everywhere

WAITING = "kept_words"
CHUNK = 200
SHOWN = 100

Waiting = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Wanted:
    """Words that somebody looks for, in text or in a mapping of texts."""

    words: str
    ignore_case: bool

    @property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(re.escape(self.words), re.IGNORECASE if self.ignore_case else 0)

    def count(self, value: Any) -> int:
        """In how many places of `value` the words stand."""
        if isinstance(value, str):
            return len(self.pattern.findall(value))
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        return sum(self.count(v) for v in inner)

    def replaced(self, value: Any, by: str) -> Any:
        """`value` with `by` in every such place; of a mapping the values, never the names."""
        if isinstance(value, str):
            return self.pattern.sub(by, value)
        if isinstance(value, dict):
            return {name: self.replaced(inner, by) for name, inner in value.items()}
        return [self.replaced(inner, by) for inner in value] if isinstance(value, list) else value


@dataclass(frozen=True)
class Place:
    """A field of a record in which the words stand, and how often; never the words around them."""

    kind: str
    where: str
    field: str
    times: int


@dataclass(frozen=True)
class Places:
    """What blacking out would change: by kind of record, and the first of the places one by one."""

    total: int
    kinds: tuple[tuple[str, int], ...]
    first: tuple[Place, ...]

    @property
    def others(self) -> int:
        return self.total - sum(place.times for place in self.first)


def places_of(wanted: Wanted) -> Places:
    """Where the words stand today, in every free-text column of every app."""
    kinds: Counter[str] = Counter()
    first: list[Place] = []
    for model, field in words_everywhere():
        for thing in batches_holding(model, [field.name], wanted):
            times = wanted.count(getattr(thing, field.name))
            kinds[kind_of(model)] += times
            if len(first) < SHOWN:
                first.append(Place(kind_of(model), where(thing), str(field.verbose_name).capitalize(), times))
    if waiting := sum(wanted.count(one["fields"]) for _, forms in sessions_waiting() for one in forms.values()):
        kinds["Words waiting for somebody to sign in"] += waiting
    return Places(kinds.total(), tuple(sorted(kinds.items())), tuple(first))


def batches_holding(
    model: type[models.Model], names: list[str], wanted: Wanted, *, lock: bool = False
) -> Iterator[Any]:
    """The records of `model` with the words in one of the fields `names`, a few hundred in memory at a time."""
    rows = model._base_manager.filter(_likely(model, names, wanted)).order_by("pk")
    ids = list(rows.values_list("pk", flat=True))
    for start in range(0, len(ids), CHUNK):
        batch = model._base_manager.filter(pk__in=ids[start : start + CHUNK]).order_by("pk")
        for thing in batch.select_for_update() if lock else batch:
            if any(wanted.count(getattr(thing, name)) for name in names):
                yield thing


def _likely(model: type[models.Model], names: list[str], wanted: Wanted) -> Q:
    """A filter that leaves out no record with the words in it. Wildcards in them are escaped by Django.

    A database may fold the case of ASCII letters alone, and stored mappings escape characters: there everything
    is read.
    """
    everything = Q()
    if wanted.ignore_case and not wanted.words.isascii():
        return everything
    lookup = "icontains" if wanted.ignore_case else "contains"
    either = Q()
    for name in names:
        if isinstance(model._meta.get_field(name), WordsMap):
            return everything
        either |= Q(**{f"{name}__{lookup}": wanted.words})
    return either


def sessions_waiting() -> Iterator[tuple[Session, Waiting]]:
    """Sessions of visitors whose words wait until they sign in; ended ones too, as long as their rows stand."""
    for session in Session.objects.iterator(CHUNK):
        waiting = session.get_decoded().get(WAITING)
        if waiting:
            yield session, waiting


def kind_of(model: type[models.Model]) -> str:
    """What people call records of a model: "Agenda item"."""
    name = str(model._meta.verbose_name)
    return name[:1].upper() + name[1:]


def where(thing: models.Model, depth: int = 2) -> str:
    """Where a record belongs, from its own label or that of what it hangs on: "Meeting of Rowan, 2026-11-12"."""
    if getattr(thing, "audit_label", None):
        return label_of(thing)
    for field in thing._meta.concrete_fields:
        if depth and isinstance(field, models.ForeignKey) and field.related_model is not User:
            parent = getattr(thing, field.name)
            found = where(parent, depth - 1) if parent is not None else ""
            if found:
                return found
    return ""


def redactions() -> QuerySet[Redaction]:
    """What was blacked out, latest first."""
    return Redaction.objects.select_related("by")
