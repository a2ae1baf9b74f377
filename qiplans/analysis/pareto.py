"""Which few causes make up most of what was counted (Juran's rule of the vital few, read at 80 per cent)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

MOST = Fraction(4, 5)


@dataclass(frozen=True)
class Bar:
    """One cause, with the share of all that it and the larger ones make up together. `is_vital`: among the few."""

    name: str
    count: int
    share: Fraction
    so_far: Fraction
    is_vital: bool


@dataclass(frozen=True)
class Pareto:
    """Causes by size, largest first; equal ones in the order in which they were written. `left` were not counted."""

    bars: tuple[Bar, ...]
    left: tuple[str, ...]
    total: int
    needed: int = 0
    tied: int = 0
    of_tied: int = 0

    @property
    def vital(self) -> tuple[Bar, ...]:
        return tuple(bar for bar in self.bars if bar.is_vital)

    @property
    def words(self) -> str:
        """Which few causes make up 80 per cent, in a sentence; or that none stand out, or that nothing is counted."""
        return _words(self)


def pareto_of(counted: Sequence[tuple[str, int | None]]) -> Pareto:
    """Sort causes and their counts. None means not counted; nought is a count like any other.

    The few are the fewest causes that reach 80 per cent, if they are no more than half of those that occurred (or the
    only one that did); else no few stand out, and none is marked. Where only some of several equal ones are needed
    there is no choice to make between them: none of these counts among the few, and `tied` and `of_tied` say how many
    of how many.
    """
    there = sorted(((n, c) for n, c in counted if c is not None), key=lambda pair: -pair[1])
    total, needed = sum(count for _, count in there), _needed([count for _, count in there])
    least = there[needed - 1][1] if needed else 0
    alike = [place for place, (_, count) in enumerate(there) if count == least] if needed else []
    is_cut = bool(alike) and alike[-1] >= needed
    happened = sum(1 for _, count in there if count)
    stand_out = happened == 1 or needed * 2 <= happened
    few = (alike[0] if is_cut else needed) if stand_out else 0
    bars, running = [], 0
    for place, (name, count) in enumerate(there):
        running += count
        share, so_far = (Fraction(count, total), Fraction(running, total)) if total else (Fraction(0), Fraction(0))
        bars.append(Bar(name, count, share, so_far, is_vital=place < few))
    tied = needed - few if is_cut and few else 0
    left = tuple(name for name, count in counted if count is None)
    return Pareto(tuple(bars), left, total, needed=needed, tied=tied, of_tied=len(alike) if tied else 0)


def _needed(counts: list[int]) -> int:
    """How many of the counts, largest first, reach 80 per cent of all; 0 where nothing was counted."""
    total, running = sum(counts), 0
    for place, count in enumerate(counts, start=1):
        running += count
        if total and running >= MOST * total:
            return place
    return 0


def percent(share: Fraction) -> str:
    """A share as whole per cent; a half goes up. What is not quite all is never called 100, nor a little none."""
    whole = int(share * 100 + Fraction(1, 2))
    if whole == 100 and share < 1:
        return "over 99%"
    return "under 1%" if whole == 0 and share > 0 else f"{whole}%"


def _words(pareto: Pareto) -> str:
    if not pareto.bars:
        return "Nothing has been counted yet."
    if not pareto.total:
        return "Every count is nought so far: there is nothing to compare yet."
    happened = [bar for bar in pareto.bars if bar.count]
    few = pareto.vital
    if len(happened) == 1:
        return f"Only “{happened[0].name}” was counted: all {pareto.total}."
    if not few:
        return (
            f"No few causes stand out: it takes {pareto.needed} of the {len(happened)} to make up 80%. Count for "
            "longer, or look at them in another way."
        )
    makes = "makes" if len(few) == 1 else "make"
    said = f"{_listed([bar.name for bar in few])} {makes} up {percent(few[-1].so_far)} of {pareto.total}"
    if not pareto.tied:
        return f"{said}. Begin there."
    each = pareto.bars[pareto.needed - 1].count
    return f"{said}; 80% takes {pareto.tied} more of the {pareto.of_tied} that were counted {each} each. Begin there."


def _listed(names: list[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
