"""What of several practices' figures of one period may be shown without telling a reader about one of them.

Small counts point at people, and a line that is kept back can be worked out by taking the shown lines from the total.
So lines are kept back until what stands between them and the total says nothing of one practice; where that can't be
had, the total is kept back instead. Plain Python, the same answer for all readers of one level.
"""

from collections.abc import Collection, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal

SMALL = 5  # counts below it, other than nought, and figures of fewer people are kept back
FEWEST_TOGETHER = 3  # practices behind a total
FEWEST_CODED = 4  # lines without names, or each could be guessed
NONE, AGGREGATE, CODED, NAMED = "NONE", "AGGR", "CODED", "NAMED"  # as `models.Consent.Level` keeps them

RULE = (
    f"Counts of 1 to {SMALL - 1}, and figures of fewer than {SMALL} people, are shown to their own practice only. "
    f"A cluster line stands for at least {FEWEST_TOGETHER} practices, and lines without names are shown when there are "
    f"at least {FEWEST_CODED}. Where a figure that is kept back could be worked out from the others, more is kept back."
)


@dataclass(frozen=True)
class Count:
    """A practice's figure of a period, and how far it lets it be seen. Without `denominator` it is a plain count."""

    practice: int
    numerator: Decimal
    denominator: Decimal | None
    level: str


@dataclass(frozen=True)
class Protected:
    """What may be shown. `total` None: kept back, or nothing to add up; `behind` practices stand behind it."""

    total: tuple[Decimal, Decimal | None] | None
    behind: int
    named: frozenset[int]
    coded: frozenset[int]


def is_small(numerator: Decimal, denominator: Decimal | None) -> bool:
    """Whether few enough people stand behind a figure that somebody could be recognised. Nought is not small."""
    return 0 < numerator < SMALL or (denominator is not None and 0 < denominator < SMALL)


def protect(counts: Iterable[Count], *, own: AbstractSet[int] = frozenset()) -> Protected:
    """Show as much as consents allow and no more than is safe: the total first, then as many lines as it bears.

    `own` are the reader's practices: who speaks for several is not shown a total that leaves a single other one.
    """
    taking_part = [count for count in counts if count.level != NONE]
    open_lines = _enough_coded({c for c in taking_part if c.level in (CODED, NAMED) and not _small([c])})
    shown = open_lines
    total = _total(taking_part)
    if len(taking_part) < FEWEST_TOGETHER or is_small(*total):
        return _told(None, taking_part, open_lines)
    while not _says_nothing_of_one([c for c in taking_part if c not in shown]):
        if not shown:
            return _told(None, taking_part, open_lines)
        shown = _enough_coded(shown - {min(shown, key=lambda c: (c.numerator, c.practice))})
    unknown = [c for c in taking_part if c not in shown and c.practice not in own]
    if unknown and (len(unknown) == 1 or _small(unknown)):
        return _told(None, taking_part, open_lines)
    return _told(total, taking_part, shown)


def _enough_coded(lines: set[Count]) -> set[Count]:
    few = sum(c.level == CODED for c in lines) < FEWEST_CODED
    return {c for c in lines if c.level == NAMED or not few}


def _says_nothing_of_one(rest: list[Count]) -> bool:
    """Whether the sum of what is kept back tells nobody, not even one of its practices, about another one."""
    if not rest:
        return True
    if len(rest) < FEWEST_TOGETHER or _small(rest):
        return False
    return not any(_small([other for other in rest if other is not one]) for one in rest)


def _small(counts: Collection[Count]) -> bool:
    return is_small(*_total(counts))


def _total(counts: Collection[Count]) -> tuple[Decimal, Decimal | None]:
    numerator = sum((c.numerator for c in counts), Decimal(0))
    of = [c.denominator for c in counts if c.denominator is not None]
    return numerator, sum(of, Decimal(0)) if of else None


def _told(total: tuple[Decimal, Decimal | None] | None, taking_part: list[Count], shown: set[Count]) -> Protected:
    named = frozenset(c.practice for c in shown if c.level == NAMED)
    return Protected(total, len(taking_part), named, frozenset(c.practice for c in shown) - named)
