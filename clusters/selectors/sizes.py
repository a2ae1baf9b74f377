"""How large clusters usually are, as the settings say."""

from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from clusters.rules import SizeBand


def size_band() -> SizeBand:
    """The band of the settings. Raises ImproperlyConfigured where one is not written as "4-8"."""
    return _band(settings.CLUSTER_PRACTICES, settings.CLUSTER_PATIENTS, settings.CLUSTER_MANY_PRACTICES)


@lru_cache
def _band(practices: str, patients: str, many: int) -> SizeBand:
    return SizeBand(_range("CLUSTER_PRACTICES", practices), _range("CLUSTER_PATIENTS", patients), many)


def _range(name: str, text: str) -> tuple[int, int]:
    try:
        low, high = (int(part) for part in text.split("-"))
    except ValueError:
        raise ImproperlyConfigured(f"{name} is written as two numbers, such as 4-8, and not as {text!r}.") from None
    if low > high:
        raise ImproperlyConfigured(f"{name} begins with the larger number: {text!r}.")
    return low, high
