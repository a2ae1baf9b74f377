"""What may have become of practices that a list leaves out. Suggestions only: a person decides.

Between real quarters most codes that go are the same practice under a new code (same HSCP, list size within 2 %),
some are mergers (two or three codes into one, even across HSCPs), and some close and share out their list.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from clusters.analysis.practice_list.identity import are_near, board_of

SAME_SIZE = 0.03  # a recode: list sizes within 3 %
SAME_SUM = 0.05  # several codes into a new one: within 5 % of their sum
SAME_GROWTH = 0.15  # into one that was there: it grew by their sum, give or take 15 %
LEAST_GROWTH = 0.05  # and by 5 % of its own list at least: less is an ordinary half year
MOST_MERGED = 3
# Above this many gone near one practice, combinations of them prove nothing: the list is not a whole one.
MOST_GONE = 12


@dataclass(frozen=True)
class Gone:
    """A practice that the list leaves out, with its last list size."""

    code: str
    name: str
    hscp: str
    patients: int


@dataclass(frozen=True)
class There:
    """A practice in the list; `grown_by` against its last list size, or None for a code that is new."""

    code: str
    name: str
    hscp: str
    patients: int
    grown_by: int | None


@dataclass(frozen=True)
class Recode:
    gone: Gone
    now: There


@dataclass(frozen=True)
class Merger:
    gone: tuple[Gone, ...]
    into: There


@dataclass(frozen=True)
class Closure:
    """Gone, and nothing in the list explains it."""

    gone: Gone


@dataclass(frozen=True)
class Suggestions:
    recodes: tuple[Recode, ...] = ()
    mergers: tuple[Merger, ...] = ()
    closures: tuple[Closure, ...] = ()


def suggestions_for(gone: Iterable[Gone], there: Iterable[There]) -> Suggestions:
    """Explain each practice that is gone once: as recode, else as part of a merger, else as a closure."""
    left = sorted(gone, key=lambda g: g.code)
    present = sorted(there, key=lambda t: t.code)
    recodes = _recodes(left, [t for t in present if t.grown_by is None])
    explained = {r.gone.code for r in recodes}
    used = {r.now.code for r in recodes}
    mergers = _mergers([g for g in left if g.code not in explained], [t for t in present if t.code not in used])
    explained |= {g.code for merger in mergers for g in merger.gone}
    return Suggestions(recodes, mergers, tuple(Closure(g) for g in left if g.code not in explained))


def _recodes(gone: list[Gone], new: list[There]) -> tuple[Recode, ...]:
    pairs = (
        sorted(
            (
                g.name.casefold() != n.name.casefold(),
                abs(g.patients - n.patients) / max(g.patients, 1),
                g.code,
                n.code,
                g,
                n,
            )
            for g in gone
            for n in new
            if g.hscp == n.hscp and abs(g.patients - n.patients) <= SAME_SIZE * g.patients
        )
        if gone and new
        else []
    )
    found: list[Recode] = []
    used: set[str] = set()
    for *_, g, n in pairs:
        if not used & {g.code, n.code}:
            used |= {g.code, n.code}
            found.append(Recode(g, n))
    return tuple(found)


def _mergers(gone: list[Gone], present: list[There]) -> tuple[Merger, ...]:
    options = sorted(
        (
            (*_rank(together, into), together, into)
            for into in present
            for together in _nearby(gone, into)
            if _explains(together, into)
        ),
        key=lambda option: option[:4],
    )
    found: list[Merger] = []
    used: set[str] = set()
    for *_, together, into in options:
        codes = {g.code for g in together}
        if not codes & used and into.code not in used:
            used |= codes | {into.code}
            found.append(Merger(together, into))
    return tuple(found)


def _nearby(gone: list[Gone], into: There) -> list[tuple[Gone, ...]]:
    near = [g for g in gone if are_near(board_of(g.hscp), board_of(into.hscp))]
    if into.grown_by is None:
        sizes: range = range(2, MOST_MERGED + 1)  # one gone and one new is a recode or nothing
    else:
        sizes = range(1, MOST_MERGED + 1)
    if len(near) > MOST_GONE:
        sizes = range(0)
    return [together for size in sizes for together in combinations(near, size)]


def _explains(together: tuple[Gone, ...], into: There) -> bool:
    sum_gone = sum(g.patients for g in together)
    if not all(g.patients for g in together):
        return False
    if into.grown_by is None:
        return abs(into.patients - sum_gone) <= SAME_SUM * sum_gone
    before = into.patients - into.grown_by
    return into.grown_by >= LEAST_GROWTH * before and abs(into.grown_by - sum_gone) <= SAME_GROWTH * sum_gone


def _rank(together: tuple[Gone, ...], into: There) -> tuple[int, float, str, str]:
    """Smaller is likelier: from the same HSCP, then the closest sum."""
    grown = into.patients if into.grown_by is None else into.grown_by
    sum_gone = max(sum(g.patients for g in together), 1)
    strangers = sum(g.hscp != into.hscp for g in together)
    return strangers, abs(grown - sum_gone) / sum_gone, into.code, together[0].code
