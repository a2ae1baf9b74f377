"""A series as a line of signs, one for each point or step, such as "++0-+": then a rule is a pattern in it.

"+" is above a line or a rise, "-" is below it or a fall, "0" is on it, a repeat, or a gap.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from measures.analysis.exact import floor_and_ceiling


def sides_of(figures: Sequence[int | None], top: int, bottom: int) -> str:
    """On which side of top / bottom each figure lies. `bottom` is above nought."""
    floor, ceiling = floor_and_ceiling(top, bottom)
    return "".join(["0" if v is None else "+" if v > floor else "-" if v < ceiling else "0" for v in figures])


def steps_of(figures: Sequence[int | None]) -> str:
    """From each figure to the next: whether it rises or falls."""
    if None in figures:
        return "".join([_step(before, now) for before, now in pairwise(figures)])
    return "".join(["+" if now > was else "-" if now < was else "0" for was, now in pairwise(figures)])  # type: ignore[operator]


def stretches(signs: str, enough: int) -> Iterator[tuple[str, int, int]]:
    """Where the same sign stands `enough` times in a row or more: it, its first place, the place after its last."""
    for found in _pattern(enough).finditer(signs):
        yield signs[found.start()], found.start(), found.end()


def crossings(signs: str) -> int:
    """How often the line changes sides; `signs` has no noughts."""
    return signs.count("+-") + signs.count("-+")


def longest_stretch(signs: str) -> int:
    """The most points in a row on one side; `signs` has no noughts."""
    return max(map(len, signs.replace("+-", "+ -").replace("-+", "- +").split(" ")))


def _step(before: int | None, now: int | None) -> str:
    if before is None or now is None or before == now:
        return "0"
    return "+" if now > before else "-"


@lru_cache(maxsize=16)
def _pattern(enough: int) -> re.Pattern[str]:
    return re.compile(rf"\+{{{enough},}}|-{{{enough},}}")
