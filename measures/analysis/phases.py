"""Which rows of a series are judged together, and which of them set its lines."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Phase:
    """Rows `first` to `last` (0-based, both included) of a series that have lines of their own.

    `counted` are rows that are not left out: only these are looked at for runs. `baseline` are those counted rows
    that set the lines.
    """

    first: int
    last: int
    counted: Sequence[int]
    baseline: Sequence[int]

    def of(self, column: Sequence[T]) -> Sequence[T]:
        """The part of a column of the series that lies in this phase."""
        return column[self.first : self.last + 1]


def there(column: Sequence[T | None], rows: Collection[int]) -> list[T]:
    """What stands in these rows of a column, without the gaps."""
    return [value for row in rows if (value := column[row]) is not None]


def phases_of(
    count: int,
    *,
    splits: Collection[int] = (),
    frozen: int | None = None,
    excluded: Collection[int] = (),
) -> tuple[Phase, ...]:
    """Part a series of `count` rows before each row of `splits`.

    The lines of each phase are set by its first `frozen` rows (all of them when None), without those `excluded`.
    Splits outside the series, and of nothing, are passed over.
    """
    starts = sorted({0, *(row for row in splits if 0 < row < count)})
    found = []
    for first, after in zip(starts, [*starts[1:], count], strict=True):
        rows = range(first, after)
        counted = [row for row in rows if row not in excluded] if excluded else rows
        baseline = counted if frozen is None else [row for row in counted if row < first + frozen]
        found.append(Phase(first, after - 1, counted, baseline))
    return tuple(found) if count else ()
