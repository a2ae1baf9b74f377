"""How a lower floor asks upper floors what only they know: dotted paths in a settings tuple, imported by name."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


def plugged(name: str) -> tuple[Callable[..., Any], ...]:
    """The functions that the setting `name` lists, in its order; each path is imported once.

    A function plugged in runs in the caller's transaction. Raises ImportError for a path that leads nowhere.
    """
    return tuple(_imported(path) for path in getattr(settings, name))


@lru_cache
def _imported(path: str) -> Callable[..., Any]:
    function: Callable[..., Any] = import_string(path)
    return function
