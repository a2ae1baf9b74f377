"""Reads the journal of an applied practice list: which rows it touched, and whether they are still as it left them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from django.apps import apps
from django.db.models import Model

MARK = 8  # letters a row
LETTERS = str.maketrans("0123456789", "ghijklmnop")  # no digits: nothing that might look like a patient's number


def plain(value: Any) -> Any:
    """A field's value as JSON keeps it; the field's own `to_python` reads it back."""
    return value if value is None or type(value) in (bool, int, float, str) else str(value)


def marks_of(rows: Iterable[Model]) -> Iterator[str]:
    """Eight letters for each row: other letters once a value of it is another one."""
    names: list[str] = []
    for row in rows:
        names = names or [one.attname for one in row._meta.concrete_fields]
        values = row.__dict__
        written = "\x1f".join([str(values[name]) for name in names])
        yield f"{crc32(written.encode()):08x}".translate(LETTERS)


@dataclass(frozen=True)
class Touched:
    """The rows of one model that a list touched: ids of those it brought with their marks, changed fields, removed."""

    model: type[Model]
    brought: dict[int, str] = field(default_factory=dict)
    changed: dict[int, dict[str, list[Any]]] = field(default_factory=dict)
    removed: tuple[dict[str, Any], ...] = ()


def touched_by(journal: dict[str, Any]) -> list[Touched]:
    """What a journal holds, model by model."""
    labels = {label: None for part in ("brought", "changed", "removed") for label in journal.get(part, {})}
    return [
        Touched(
            apps.get_model(label),
            dict(_brought(journal["brought"].get(label))),
            {int(pk): fields for pk, fields in journal["changed"].get(label, {}).items()},
            tuple(journal["removed"].get(label, ())),
        )
        for label in labels
    ]


def _brought(kept: dict[str, Any] | None) -> Iterator[tuple[int, str]]:
    if kept:
        pks = [pk for first, last in kept["spans"] for pk in range(first, last + 1)]
        for place, pk in enumerate(pks):
            yield pk, kept["marks"][place * MARK : (place + 1) * MARK]
