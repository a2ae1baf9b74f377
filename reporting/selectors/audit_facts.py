"""What an event says beside the fields of its record, in words: counts in place of lists of ids and of stored keys."""

from collections.abc import Callable, Mapping
from typing import Any

from django.apps import apps

# What was changed by one event of a practice list that is undone: as the journal counts it.
UNDONE = ("taken out again", "as before", "put back")


def plain_fact(name: str, value: Any) -> tuple[str, str] | None:
    """What a fact is called and how it reads; None where its name and value can be read as they are stored."""
    if name in COUNTED and isinstance(value, list | dict) and not any(isinstance(one, list) for one in value):
        return COUNTED[name], str(len(value))
    if name in READ and isinstance(value, dict):
        label, read = READ[name]
        return label, read(value) or "nothing"
    return None


def _answers(value: Mapping[str, Any]) -> str:
    return ", ".join(f"{len(keys)} {said}" for said, keys in value.items() if keys)


def _rows(value: Mapping[str, Any]) -> str:
    told = []
    for kind, counts in value.items():
        words = [f"{count} {done}" for count, done in zip(counts, UNDONE, strict=False) if count]
        if words:
            told.append(f"{_plural(kind)} {' and '.join(words)}")
    return "; ".join(told)


def _plural(kind: str) -> str:
    try:
        return str(apps.get_model(kind)._meta.verbose_name_plural)
    except (LookupError, ValueError):
        return "others"


COUNTED = {
    "memberships": "practices in it on its last day",
    "roles_ended": "roles that ended with it",
    "roles_given": "roles that go on where it merged into",
    "kept_items": "items kept in the cluster",
}
READ: dict[str, tuple[str, Callable[[Mapping[str, Any]], str]]] = {
    "decisions": ("suggestions answered", _answers),
    "rows": ("put back", _rows),
}
# What a count is called where its stored name alone would not say what was done.
COUNT_NAMES = {
    ("localities read from data zones", "localities"): "localities that began",
    ("localities read from data zones", "practices"): "practices given their locality",
    ("localities read from data zones", "clusters"): "clusters that followed their practices",
    ("localities read from data zones", "data_zones"): "data zones in the file",
    ("practice list uploaded", "practices"): "practices in the file",
    ("practice list applied", "moves"): "practices that changed cluster",
}
