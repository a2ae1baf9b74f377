"""How a row with a version is changed: by one at a time, with a trace."""

from typing import Any

from django.db.models import Model

from accounts import audit
from accounts.models import User


class ChangedMeanwhile(Exception):
    """Somebody saved the same thing first. `theirs` is what is kept now."""

    def __init__(self, theirs: Any) -> None:
        super().__init__("somebody else saved first")
        self.theirs = theirs


def change(
    thing: Model, *, by: User | None, version: int, verb: str, changes: dict[str, Any], also: bool = False
) -> bool:
    """Write `changes` to `thing` if it still is at `version`; whether anything differed.

    `also` says that something beside the row itself changes with it. The version is checked in the UPDATE.
    Raises ChangedMeanwhile with the row as it is now, unless that holds the very same words already.
    """
    before = audit.snapshot(thing)
    if holds(thing, changes) and not also:
        return False
    rows = type(thing)._default_manager.filter(pk=thing.pk, version=version)
    if not rows.update(**changes, version=version + 1):
        thing.refresh_from_db()
        if holds(thing, changes) and not also:
            return False
        raise ChangedMeanwhile(thing)
    for name, value in {**changes, "version": version + 1}.items():
        setattr(thing, name, value)
    audit.record(verb, thing, by=by, before=before)
    return True


def holds(thing: Model, changes: dict[str, Any]) -> bool:
    """Whether all of it is kept already: a second press of the same button is no conflict."""
    return all(getattr(thing, name) == value for name, value in changes.items())
