"""The log of actions as a file: what the list shows, in full and with real dates."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.timezone import localdate

from meetings.models import Action

HEADINGS = (
    "Action",
    "Kind",
    "Asked for by",
    "Why",
    "Who",
    "From",
    "Added",
    "Due",
    "State",
    "Waits for",
    "Waits since",
    "HSCP owes it",
    "Closed",
    "Closed by",
    "How it was done",
    "What was learned",
    "Answer to the reply",
    "Because",
)


def log_rows(actions: Iterable[Action]) -> Iterator[tuple[Any, ...]]:
    """One row an action, in the order of `HEADINGS`."""
    return (_row(action) for action in actions)


def _row(action: Action) -> tuple[Any, ...]:
    closed = localdate(action.closed_at) if action.closed_at else None
    return (
        action.what,
        action.get_kind_display(),
        action.issuer,
        action.grounds,
        str(action.holder),
        action.forum.name,
        localdate(action.added_at),
        action.due_on,
        action.get_state_display(),
        action.waiting_on,
        action.waiting_since,
        "Yes" if action.waits_for_hscp else "",
        closed,
        str(action.closed_by or ""),
        action.evidence,
        action.learning,
        action.get_verdict_display(),
        action.verdict_reason,
    )
