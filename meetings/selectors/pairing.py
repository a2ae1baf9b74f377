"""Which stored row an entry goes on as."""

from collections.abc import Callable, Sequence
from typing import Any


def paired(
    entries: Sequence[Any], stored: Sequence[tuple[Any, Any]], *, also: Callable[[Any], Any] | None = None
) -> list[Any]:
    """For each of `entries` its row among `stored` (pairs of entry and row), None for a new one; each row once.

    First the row whose id the entry names; then, for those that name none, one that says the same; then one with
    the same `also` (a title), where that is given.
    """
    left = dict(enumerate(stored))
    found: list[Any] = [None] * len(entries)

    def take(matches: Callable[[Any, Any], bool], *, named: bool) -> None:
        for n, entry in enumerate(entries):
            if found[n] is not None or (entry.pk is not None) is not named:
                continue
            hit = next((k for k, (there, _) in left.items() if matches(entry, there)), None)
            if hit is not None:
                found[n] = left.pop(hit)[1]

    take(lambda entry, there: entry.pk == there.pk, named=True)
    take(lambda entry, there: entry == there, named=False)
    if also:
        take(lambda entry, there: also(entry) == also(there), named=False)
    return found
