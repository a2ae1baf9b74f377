"""The part of the path that names a cluster."""

import re
import unicodedata

LONGEST = 130


def slug_of(name: str) -> str:
    """ "Bo'ness, Grangemouth" is "boness-grangemouth"; never empty."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower().replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-") or "cluster"


class Slugs:
    """Hands out slugs that nobody has or had: "rowan", then "rowan-2"."""

    def __init__(self, taken: frozenset[str]) -> None:
        self._taken = set(taken)

    def give(self, name: str) -> str:
        wanted = slug = slug_of(name)
        number = 1
        while slug in self._taken:
            number += 1
            slug = f"{wanted}-{number}"
        self._taken.add(slug)
        return slug
