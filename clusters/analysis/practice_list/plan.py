"""Everything that one practice list changes, as frozen values: what the preview shows is what applying does."""

from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from clusters.analysis.practice_list.decisions import (
    Decisions,
    merger_key,
    missing_key,
    move_key,
    recode_key,
    rename_key,
)
from clusters.analysis.practice_list.succession import Closure, Merger, Recode, Suggestions


@dataclass(frozen=True)
class ClusterRef:
    """A cluster after the import: `pk` is None for one that the list brings."""

    pk: int | None
    name: str
    slug: str


@dataclass(frozen=True)
class NewPractice:
    code: str
    hscp: str
    details: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        return dict(self.details)["name"]


@dataclass(frozen=True)
class PracticeChange:
    """Changed facts of a known practice: (field, before, after). HSCPs by code, `missing_since` as a date in text."""

    pk: int
    code: str
    name: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Missing:
    """A practice that the list leaves out. `is_new` when no earlier list had.

    `is_settled`: what became of it is decided with this list, so it is not flagged.
    """

    pk: int
    code: str
    name: str
    since: date
    is_new: bool
    is_settled: bool = False


@dataclass(frozen=True)
class NewCluster:
    ref: ClusterRef
    lead_hscp: str
    practices: int
    hscps: tuple[str, ...]


@dataclass(frozen=True)
class Rename:
    """`slug` equals `slug_before` when only capitals changed; then the path stays."""

    pk: int
    before: str
    after: str
    slug_before: str
    slug: str


@dataclass(frozen=True)
class MembershipChange:
    """A practice goes from one cluster to another, either of them None.

    `membership` is the open row that ends. `is_correction`: that row began on the very day of the list, so an earlier
    copy of the same list had it wrong, and it is put right in place.
    """

    code: str
    name: str
    is_new_practice: bool
    before: ClusterRef | None
    after: ClusterRef | None
    membership: int | None
    is_correction: bool


@dataclass(frozen=True)
class SizeChange:
    """A list size for the day of the list; `before` is the number that the same day had so far."""

    code: str
    patients: int
    before: int | None


@dataclass(frozen=True)
class Kept:
    """Where the list says otherwise but the registry knows better, and why.

    `was_refused`: a move that somebody refused.
    """

    code: str
    name: str
    reason: str
    was_refused: bool = False


@dataclass(frozen=True)
class StillNamed:
    """A cluster that went into another, where the list still has its name: so many practices count to that one."""

    name: str
    into: ClusterRef
    practices: int


@dataclass(frozen=True)
class Plan:
    as_of: date
    practices_in_list: int
    new_practices: tuple[NewPractice, ...] = ()
    practice_changes: tuple[PracticeChange, ...] = ()
    missing: tuple[Missing, ...] = ()
    new_clusters: tuple[NewCluster, ...] = ()
    renames: tuple[Rename, ...] = ()
    clusters_unchanged: int = 0
    emptied: tuple[ClusterRef, ...] = ()
    membership_changes: tuple[MembershipChange, ...] = ()
    sizes: tuple[SizeChange, ...] = ()
    sizes_unchanged: int = 0
    kept: tuple[Kept, ...] = ()
    still_named: tuple[StillNamed, ...] = ()
    suggestions: Suggestions = field(default_factory=Suggestions)
    decisions: Decisions = field(default_factory=Decisions)

    @property
    def is_empty(self) -> bool:
        """Whether applying would change nothing."""
        return not (
            self.new_practices
            or self.practice_changes
            or any(m.is_new and not m.is_settled for m in self.missing)
            or self.new_clusters
            or self.renames
            or self.membership_changes
            or self.sizes
            or self.recodes
            or self.mergers
            or self.closures
            or self.unflagged
        )

    @property
    def moves(self) -> tuple[MembershipChange, ...]:
        """Known practices that change cluster; a new practice joining its first one is no move."""
        return tuple(change for change in self.membership_changes if not change.is_new_practice)

    @property
    def updated(self) -> frozenset[str]:
        """Codes of known practices with a changed fact or a corrected list size."""
        changed = {change.code for change in self.practice_changes}
        return frozenset(changed | {size.code for size in self.sizes if size.before is not None})

    # --- What somebody decided ---------------------------------------------------------------------

    @property
    def recodes(self) -> tuple[Recode, ...]:
        """Confirmed: the same practice under a new code."""
        return tuple(one for one in self.suggestions.recodes if self.decisions.confirms(recode_key(one)))

    @property
    def mergers(self) -> tuple[Merger, ...]:
        """Confirmed mergers."""
        return tuple(one for one in self.suggestions.mergers if self.decisions.confirms(merger_key(one)))

    @property
    def closures(self) -> tuple[Closure, ...]:
        """Confirmed closures."""
        return tuple(one for one in self.suggestions.closures if self.decisions.confirms(missing_key(one)))

    @property
    def has_settled(self) -> bool:
        """Whether somebody decided what became of a practice that the list leaves out."""
        return any(missing.is_settled for missing in self.missing)

    @property
    def unflagged(self) -> tuple[Missing, ...]:
        """Flagged by an earlier copy of the list, and still there by decision."""
        stays = {one.gone.code for one in self.suggestions.closures if self.decisions.refuses(missing_key(one))}
        return tuple(missing for missing in self.missing if missing.code in stays and not missing.is_new)

    @property
    def questions(self) -> tuple[str, ...]:
        """The key of everything that may be confirmed or refused, in the order of the page."""
        found = self.suggestions
        return (
            *(rename_key(rename.pk) for rename in self.renames),
            *(move_key(move.code) for move in self.moves),
            *map(recode_key, found.recodes),
            *map(merger_key, found.mergers),
            *map(missing_key, found.closures),
        )

    @property
    def unexplained_new(self) -> tuple[NewPractice, ...]:
        """New practices that no suggestion explains, unless it was refused."""
        recodes = [one.now for one in self.suggestions.recodes if not self.decisions.refuses(recode_key(one))]
        mergers = [one.into for one in self.suggestions.mergers if not self.decisions.refuses(merger_key(one))]
        explained = {there.code for there in (*recodes, *mergers)}
        return tuple(new for new in self.new_practices if new.code not in explained)

    @property
    def fingerprint(self) -> str:
        """Equal for equal plans: says whether a preview still holds."""
        return sha256(repr(self).encode()).hexdigest()
