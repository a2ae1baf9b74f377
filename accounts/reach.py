"""How far a person's roles reach on one day: a frozen value that rules can be asked about."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from accounts.roles import PERMITS, Place, Right, Role

Ids = frozenset[int]


@dataclass(frozen=True)
class Holding:
    """One role as held: at which place, and the clusters, forums, practices and HSCPs that it covers that day."""

    role: Role
    place: Place
    place_id: int | None = None
    clusters: Ids = frozenset()
    forums: Ids = frozenset()
    practices: Ids = frozenset()
    hscps: Ids = frozenset()


@dataclass(frozen=True)
class Reach:
    """All that a person holds on `day`. Nobody signed in: `person_id` None and no holdings."""

    person_id: int | None
    day: date
    holdings: tuple[Holding, ...] = field(default=())

    def roles(self) -> frozenset[Role]:
        return frozenset(h.role for h in self.holdings)

    def has(self, right: Right) -> bool:
        """Whether any held role permits `right`, anywhere."""
        return any(right in PERMITS[h.role] for h in self.holdings)

    def everywhere(self, right: Right) -> bool:
        """Whether a role without a place permits `right` (the registry, the audit trail)."""
        return any(h.place is Place.EVERYWHERE for h in self._with(right))

    def clusters(self, *rights: Right) -> Ids:
        """Ids of clusters in which any of `rights` is permitted."""
        return self._union(lambda h: h.clusters, rights)

    def forums(self, *rights: Right) -> Ids:
        return self._union(lambda h: h.forums, rights)

    def practices(self, *rights: Right) -> Ids:
        return self._union(lambda h: h.practices, rights)

    def hscps(self, *rights: Right) -> Ids:
        return self._union(lambda h: h.hscps, rights)

    def practices_held(self, *roles: Role) -> Ids:
        """Ids of practices where one of `roles` is held at the practice itself."""
        return frozenset(
            h.place_id
            for h in self.holdings
            if h.role in roles and h.place is Place.PRACTICE and h.place_id is not None
        )

    def _with(self, *rights: Right) -> list[Holding]:
        return [h for h in self.holdings if PERMITS[h.role].intersection(rights)]

    def _union(self, of: Callable[[Holding], Ids], rights: tuple[Right, ...]) -> Ids:
        return frozenset().union(*(of(h) for h in self._with(*rights)))
