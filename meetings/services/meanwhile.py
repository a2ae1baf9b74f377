"""Somebody was quicker: the second of two who change one action at once is told so, and the trail keeps both tries."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar

from django.db import transaction

from accounts import audit
from accounts.models import User
from meetings.models import Action

T = TypeVar("T")


class ClosedMeanwhile(Exception):
    """The action was closed already. `action` is as it is now."""

    def __init__(self, action: Action) -> None:
        super().__init__(f"Action {action.pk} is closed")
        self.action = action


class ChangedMeanwhile(Exception):
    """Somebody changed the action after it was shown. `action` is as it is now."""

    def __init__(self, action: Action) -> None:
        super().__init__(f"Action {action.pk} was changed meanwhile")
        self.action = action


@dataclass(frozen=True)
class Pen:
    """Who does something to an action, when, and which version of it they saw."""

    by: User
    at: datetime
    version: int


def one_try(save: Callable[..., T]) -> Callable[..., T]:
    """`save` in one transaction. When somebody was quicker nothing of it stays but the try, in the trail (F06)."""

    @wraps(save)
    def tried(*args: Any, **kwargs: Any) -> T:
        try:
            with transaction.atomic():
                return save(*args, **kwargs)
        except (ClosedMeanwhile, ChangedMeanwhile) as meanwhile:
            by, tried_to = args[0].by if args else kwargs["by"], save.__name__.replace("_", " ")
            audit.record("action.came_too_late", meanwhile.action, by=by, detail={"tried": tried_to})
            raise

    return tried
