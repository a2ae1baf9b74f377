"""Undoes the practice list that was applied last: the registry is as it was before, or nothing changes."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model, RestrictedError
from django.db.models.deletion import ProtectedError
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, User
from clusters.models import Cluster, FormerName, Forum, Membership, PracticeList, RoleAssignment
from clusters.selectors.journals import Touched, touched_by
from clusters.selectors.practice_list_undo import reasons_against
from clusters.services.locks import hold_names, hold_practices
from clusters.services.practice_list import AlreadyDecided
from practices.models import ListSize, Practice, Succession

# Leaves first: what is taken away must not be pointed at any more.
LEAVES: tuple[type[Model], ...] = (Succession, ListSize, RoleAssignment, Membership, FormerName)
ROOTS: tuple[type[Model], ...] = (Cluster, Forum, Practice)
# The list was applied with one event for all its sizes; undoing it keeps to that.
WITHOUT_EVENTS = (ListSize, FormerName)
CHANGED_MEANWHILE = "Something that the list brought came into use at this very moment. Nothing was undone: try again."


def undo_practice_list(*, practice_list: PracticeList, by: User | None) -> PracticeList:
    """Put every row that the list touched back to what it was, and take away what it brought.

    Raises AlreadyDecided when somebody undid it first, or ValidationError with every reason against it in words:
    a newer list, a change by hand since, something that hangs on what the list brought. Then nothing was changed.
    """
    try:
        with transaction.atomic():
            return _undone(practice_list, by)
    except (ProtectedError, RestrictedError, IntegrityError):
        raise ValidationError(CHANGED_MEANWHILE) from None


def _undone(practice_list: PracticeList, by: User | None) -> PracticeList:
    hold_names()
    hold_practices()
    applied = PracticeList.objects.select_for_update(of=("self",)).get(pk=practice_list.pk)
    if applied.state == PracticeList.State.UNDONE:
        raise AlreadyDecided(applied)
    touched = touched_by(applied.journal)
    _hold(touched)
    if reasons := reasons_against(applied):
        raise ValidationError(reasons)
    _PuttingBack(touched, by).everything()
    counts = {one.model._meta.label_lower: [len(one.brought), len(one.changed), len(one.removed)] for one in touched}
    applied.state, applied.journal = PracticeList.State.UNDONE, {}
    applied.undone_at, applied.undone_by = timezone.now(), by
    applied.save(update_fields=["state", "journal", "undone_at", "undone_by"])
    audit.record("practice list undone", applied, by=by, detail={"rows": counts})
    return applied


def _hold(touched: list[Touched]) -> None:
    """Whoever changes a row that is put back waits: nothing is written over that was not looked at."""
    by_model = {one.model: one for one in touched}
    models: tuple[type[Model], ...] = (Practice, Cluster, Forum, *LEAVES)
    for model in models:
        rows = model._default_manager.select_for_update(no_key=True)
        if one := by_model.get(model):
            list(rows.filter(pk__in=[*one.changed, *one.brought]).order_by("pk").values_list("pk"))


class _PuttingBack:
    def __init__(self, touched: list[Touched], by: User | None) -> None:
        self.by_model, self.by = {one.model: one for one in touched}, by
        self.events: list[AuditEvent] = []

    def everything(self) -> None:
        """In an order in which the database never sees a practice twice at a time, nor a row that points nowhere."""
        for model in LEAVES:
            self._take_away(model)
        for model in (*LEAVES, *ROOTS):
            self._put_back(model)
        for model in ROOTS:
            self._take_away(model)
        audit.record_all(self.events)

    def _take_away(self, model: type[Model]) -> None:
        one = self.by_model.get(model)
        if one is None or not one.brought:
            return
        rows = model._default_manager.filter(pk__in=list(one.brought))
        if model not in WITHOUT_EVENTS:
            self.events += [audit.prepared("taken back with its list", row, by=self.by) for row in _named(rows)]
        rows.delete()

    def _put_back(self, model: type[Model]) -> None:
        one = self.by_model.get(model)
        if one is None:
            return
        manager = model._default_manager
        manager.bulk_create([model(**_values(model, kept)) for kept in one.removed])
        rows = manager.in_bulk(list(one.changed))
        for pk, fields in one.changed.items():
            before = audit.snapshot(rows[pk])
            for name, value in _values(model, {name: both[0] for name, both in fields.items()}).items():
                setattr(rows[pk], name, value)
            self.events.append(audit.prepared("put back with its list", rows[pk], by=self.by, before=before))
        names = {name for fields in one.changed.values() for name in fields}
        changed = [field.name for field in model._meta.concrete_fields if field.attname in names]
        if changed:
            manager.bulk_update(rows.values(), changed, batch_size=500)


def _named(rows: Any) -> Any:
    """The rows with what their labels name, so that a label costs no query."""
    wanted = {Membership: ("practice", "cluster__forum"), Cluster: ("forum",), Succession: ("before", "after")}
    return rows.select_related(*wanted.get(rows.model, ())) if rows.model in wanted else rows


def _values(model: type[Model], kept: dict[str, Any]) -> dict[str, Any]:
    """Kept values as the fields of the model hold them."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return {name: fields[name].to_python(value) for name, value in kept.items()}
