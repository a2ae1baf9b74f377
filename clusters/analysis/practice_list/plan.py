"""Everything that one practice list changes, as frozen values: what the preview shows is what applying does."""

from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from clusters.analysis.practice_list.succession import Suggestions


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
    """A practice that the list leaves out. `is_new` when no earlier list had."""

    pk: int
    code: str
    name: str
    since: date
    is_new: bool


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
    """Where the list says otherwise but the registry knows better, and why."""

    code: str
    name: str
    reason: str


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
    suggestions: Suggestions = field(default_factory=Suggestions)

    @property
    def is_empty(self) -> bool:
        """Whether applying would change nothing."""
        return not (
            self.new_practices
            or self.practice_changes
            or any(m.is_new for m in self.missing)
            or self.new_clusters
            or self.renames
            or self.membership_changes
            or self.sizes
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

    @property
    def fingerprint(self) -> str:
        """Equal for equal plans: says whether a preview still holds."""
        return sha256(repr(self).encode()).hexdigest()
