"""How a lower floor asks upper floors without importing them."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


@lru_cache
def plugged(name: str) -> tuple[Callable[..., Any], ...]:
    """Give the callables named, as dotted paths, in the settings tuple `name`.

    Raises ImportError when a path names nothing: a misspelt plug must not pass silently.
    """
    return tuple(import_string(path) for path in getattr(settings, name))
