"""Two people at the same form: the second is told, and neither loses a word."""

from typing import Any, TypeVar

from django.db.models import Model

from accounts import audit
from accounts.models import User
from measures.services import ChangedMeanwhile

__all__ = ["ChangedMeanwhile", "change"]

M = TypeVar("M", bound=Model)


def change(thing: M, *, by: User | None, version: int, verb: str, changes: dict[str, Any], also: bool = False) -> bool:
    """Write `changes` to `thing` if it still is at `version`; whether anything differed.

    `also` says that something beside the row itself changes with it. The version is checked in the UPDATE.
    Raises ChangedMeanwhile with the row as it is now, unless that holds the very same words already.
    """
    before = audit.snapshot(thing)
    if _holds(thing, changes) and not also:
        return False
    rows = type(thing)._default_manager.filter(pk=thing.pk, version=version)
    if not rows.update(**changes, version=version + 1):
        thing.refresh_from_db()
        if _holds(thing, changes) and not also:
            return False
        raise ChangedMeanwhile(thing)
    for name, value in {**changes, "version": version + 1}.items():
        setattr(thing, name, value)
    audit.record(verb, thing, by=by, before=before)
    return True


def _holds(thing: Model, changes: dict[str, Any]) -> bool:
    return all(getattr(thing, name) == value for name, value in changes.items())
