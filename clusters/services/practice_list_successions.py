"""What became of the practices that a list leaves out, as somebody decided it: recoded, merged, closed, still there.

Each goes through the service that does the same by hand. What those change is found by looking at the rows around the
practices before and after, so that the list can be undone whatever they touch.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

from accounts import audit
from accounts.models import User
from clusters.analysis.practice_list import Plan
from clusters.analysis.practice_list.decisions import merger_key, missing_key, recode_key
from clusters.models import Membership, RoleAssignment
from clusters.services.closing import close_practice, keep_practice
from clusters.services.journal import Journal
from clusters.services.succession import merge_practices, recode_practice
from practices.models import Practice, Succession

Rows = dict[tuple[type[Model], int], tuple[Model, dict[str, Any]]]


def settle(plan: Plan, *, reason: str, journal: Journal, by: User | None) -> None:
    """Carry out the confirmed recodes, mergers and closures on the day of the list, last of all that it does.

    Raises ValidationError beside the key of the suggestion that the registry speaks against.
    """
    settling = _Settling(plan, reason, by)
    if not settling.codes:
        return
    before = settling.rows_around()
    settling.everything()
    _note(before, settling.rows_around(), journal)


class _Settling:
    def __init__(self, plan: Plan, reason: str, by: User | None) -> None:
        self.plan, self.reason, self.by = plan, reason, by
        self.codes = set(_codes(plan))
        self.practices = {row.code: row for row in Practice.objects.filter(code__in=self.codes)} if self.codes else {}

    def everything(self) -> None:
        day, by = self.plan.as_of, self.by
        for recode in self.plan.recodes:
            before, after = self.practices[recode.gone.code], self.practices[recode.now.code]
            why = f"{self.reason}: the same practice under a new code"
            _beside(recode_key(recode), recode_practice, before=before, after=after, on=day, reason=why, by=by)
        for merger in self.plan.mergers:
            gone, into = [self.practices[one.code] for one in merger.gone], self.practices[merger.into.code]
            why = f"{self.reason}: merged into {merger.into.code}"
            _beside(merger_key(merger), merge_practices, gone=gone, into=into, on=day, reason=why, by=by)
        for closure in self.plan.closures:
            practice, why = self.practices[closure.gone.code], f"{self.reason}: no longer in it"
            _beside(missing_key(closure), close_practice, practice=practice, closed_on=day, reason=why, by=by)
        for missing in self.plan.unflagged:
            keep_practice(practice=self.practices[missing.code], by=by)

    def rows_around(self) -> Rows:
        """Every row that may change with these practices, with its values."""
        pks = [practice.pk for practice in self.practices.values()]
        around: tuple[QuerySet[Any], ...] = (
            Practice.objects.filter(Q(pk__in=pks) | Q(answered_by__in=pks)),
            Membership.objects.filter(practice__in=pks),
            RoleAssignment.objects.filter(practice__in=pks),
            Succession.objects.filter(Q(before__in=pks) | Q(after__in=pks)),
        )
        return {(type(row), row.pk): (row, audit.snapshot(row)) for rows in around for row in rows}


def _codes(plan: Plan) -> Iterator[str]:
    for recode in plan.recodes:
        yield from (recode.gone.code, recode.now.code)
    for merger in plan.mergers:
        yield from (*(gone.code for gone in merger.gone), merger.into.code)
    yield from (closure.gone.code for closure in plan.closures)
    yield from (missing.code for missing in plan.unflagged)


def _beside(key: str, service: Callable[..., object], **given: Any) -> None:
    """Say beside the box of the suggestion what the service says against it."""
    try:
        service(**given)
    except ValidationError as refused:
        raise ValidationError({key: refused.messages}) from None


def _note(before: Rows, after: Rows, journal: Journal) -> None:
    journal.brought(row for where, (row, _) in after.items() if where not in before)
    for where, (row, _) in after.items():
        if where in before:
            journal.changed(row, before[where][1])
