"""Several practices move at once: all of them or none."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from clusters.models import Cluster, Membership
from clusters.selectors.moves import MovesEffect, moves_effect
from clusters.services.memberships import move_practice, seen_move
from practices.models import Practice

T = TypeVar("T")


@transaction.atomic
def move_practices(
    *,
    practices: Iterable[Practice],
    leaving: Mapping[int, Cluster | None],
    to: Cluster | None,
    starts_on: date,
    reason: str,
    approved_by: str = "",
    locality_reason: str = "",
    by: User | None,
) -> list[Membership | None]:
    """Move every one of `practices` as `move_practice` does, or none: `leaving` says by id where each was seen.

    Raises ValidationError as that does. With several practices each refusal names its practice.
    """
    chosen = _in_order(practices)
    list(Practice.objects.select_for_update().filter(pk__in=[p.pk for p in chosen]).order_by("pk").values_list("pk"))

    def move(practice: Practice) -> Membership | None:
        return move_practice(
            practice=practice,
            to=to,
            starts_on=starts_on,
            reason=reason,
            leaving=leaving.get(practice.pk),
            approved_by=approved_by,
            locality_reason=locality_reason,
            by=by,
        )

    return each_of(chosen, move)


def preview_moves(*, practices: Iterable[Practice], to: Cluster | None, starts_on: date, reason: str) -> MovesEffect:
    """What `move_practices` would do. Changes nothing; raises the same ValidationErrors, but does not ask yet for the
    reason for another locality.
    """
    chosen = _in_order(practices)
    seen = each_of(chosen, lambda practice: seen_move(practice, to, starts_on=starts_on, reason=reason))
    return moves_effect(seen, on=starts_on)


def each_of(practices: Sequence[Practice], work: Callable[[Practice], T]) -> list[T]:
    """What `work` gives for each practice. Raises one ValidationError with the refusals of all, each said once."""
    found: list[T] = []
    refused: list[ValidationError] = []
    for practice in practices:
        try:
            found.append(work(practice))
        except ValidationError as wrong:
            refused.append(wrong)
    if refused:
        raise _together(refused)
    return found


def _in_order(practices: Iterable[Practice]) -> list[Practice]:
    """Always in the same order, so that of two who move the same at once one waits for the other."""
    chosen = sorted(practices, key=lambda practice: practice.pk)
    if not chosen:
        raise ValidationError({"practices": "Tick the practices that move."})
    return chosen


def _together(refused: list[ValidationError]) -> ValidationError:
    words: dict[str, list[str]] = {}
    for wrong in refused:
        said = wrong.message_dict if hasattr(wrong, "error_dict") else {"__all__": wrong.messages}
        for field, messages in said.items():
            words.setdefault(field, []).extend(m for m in messages if m not in words.get(field, []))
    return ValidationError(words)
