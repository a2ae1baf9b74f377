"""One way to find a thing and be let in: out of reach is 404, in reach but not allowed is 403."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils.http import url_has_allowed_host_and_scheme

M = TypeVar("M", bound=Model)

NOT_ALLOWED = "Your role does not allow this here."


class Moved(Http404):
    """A thing that has a new address: `was` is the part of the path that was asked for, `now` the one to use.

    Raised only for readers who may open it. Unhandled it is a 404; the middleware redirects.
    """

    def __init__(self, *, was: str, now: str) -> None:
        super().__init__()
        self.was, self.now = was, now


def open_door(
    within: QuerySet[M],
    *,
    may: Callable[[Any, M], bool] | None = None,
    reach: Any = None,
    sentence: str | Callable[[M], str] = NOT_ALLOWED,
    **lookup: Any,
) -> M:
    """Give the one thing in `within` (a queryset already narrowed to the reader's reach).

    Raises Http404 when it is not there (absent and out of reach look the same) and
    PermissionDenied with `sentence`, or what it says of the thing, when the rule `may(reach, thing)` says no.
    """
    # No database keeps NUL in a text, and PostgreSQL will not even look for one.
    is_possible = not any(isinstance(value, str) and "\x00" in value for value in lookup.values())
    thing = within.filter(**lookup).first() if is_possible else None
    if thing is None:
        raise Http404
    if may is not None and not may(reach, thing):
        raise PermissionDenied(sentence(thing) if callable(sentence) else sentence)
    return thing


def local_path(path: str) -> str | None:
    """`path` when it leads to a page of this site; None for anything that could lead away."""
    return path if path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None) else None
