"""The registry as a practice list finds it: frozen values, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

# The facts of a practice that a list can change, by field name.
DETAILS = ("name", "contract", "address", "postcode", "phone", "data_zone")


@dataclass(frozen=True)
class KnownPractice:
    """A practice and its newest membership, with the cluster that it was in on the day of the list (`cluster_then`).

    `settled_on` is the latest day on which a membership of it began or ended. `moved_by_hand`: a person, not an
    earlier copy of the list, moved it on the very day of the list.
    """

    pk: int
    code: str
    hscp: str
    details: Mapping[str, str]
    missing_since: date | None = None
    is_closed: bool = False
    cluster: int | None = None
    membership: int | None = None
    member_since: date | None = None
    settled_on: date | None = None
    cluster_then: int | None = None
    moved_by_hand: bool = False
    sizes: tuple[tuple[date, int], ...] = ()

    def size_on(self, day: date) -> int | None:
        return next((patients for counted_on, patients in self.sizes if counted_on == day), None)

    def size_before(self, day: date) -> int | None:
        """The newest list size from before `day`."""
        earlier = [size for size in self.sizes if size[0] < day]
        return max(earlier)[1] if earlier else None


@dataclass(frozen=True)
class KnownCluster:
    """An open in-hours cluster. `took_over`: what those were called that went into it."""

    pk: int
    name: str
    slug: str
    lead_hscp: str
    took_over: tuple[str, ...] = ()


@dataclass(frozen=True)
class Registry:
    """All practices by code, open in-hours clusters by id, and every slug that is or ever was in use."""

    practices: Mapping[str, KnownPractice]
    clusters: Mapping[int, KnownCluster]
    slugs: frozenset[str] = frozenset()

    def members(self, cluster: int) -> frozenset[str]:
        """Codes of the practices whose newest membership is in the cluster and still open."""
        return frozenset(code for code, known in self.practices.items() if known.cluster == cluster)
