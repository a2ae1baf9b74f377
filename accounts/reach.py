"""How far a person's roles reach on one day: a frozen value that rules can be asked about.

What has closed is kept apart: a closed cluster and its forum are read as before, and nothing new is written there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from accounts.roles import PERMITS, Place, Right, Role

Ids = frozenset[int]

# What begins something new: never in a cluster that has closed.
WRITING = frozenset({Right.WRITE_UP, Right.LEAD, Right.RAISE})


@dataclass(frozen=True)
class Holding:
    """One role as held: at which place, and the clusters, forums, practices and HSCPs that it covers that day.

    A role at a practice covers those that the practice answers for (merged into it, or itself under another code);
    one at an HSCP also covers the HSCPs for which that one acts. `past_clusters` and `past_forums` have closed: those
    of the place itself, and those that went on as a cluster of it. `left_forums` are of clusters that an HSCP led and
    that went on as no other.
    """

    role: Role
    place: Place
    place_id: int | None = None
    clusters: Ids = frozenset()
    forums: Ids = frozenset()
    practices: Ids = frozenset()
    hscps: Ids = frozenset()
    past_clusters: Ids = frozenset()
    past_forums: Ids = frozenset()
    left_forums: Ids = frozenset()

    @property
    def forums_ever(self) -> Ids:
        """Forums of today and of clusters that have closed."""
        return self.forums | self.past_forums


@dataclass(frozen=True)
class Reach:
    """All that a person holds on `day`. Nobody signed in: `person_id` None and no holdings.

    `seats` are the forums other than clusters in which they sit that day, by a role or by name. `addresses` are the
    slugs of clusters by id, all of theirs among them: a link to one's own needs no look-up.
    """

    person_id: int | None
    day: date
    holdings: tuple[Holding, ...] = field(default=())
    seats: Ids = frozenset()
    addresses: Mapping[int, str] = field(default_factory=dict, compare=False)

    def roles(self) -> frozenset[Role]:
        return frozenset(h.role for h in self.holdings)

    def has(self, right: Right) -> bool:
        """Whether any held role permits `right`, anywhere."""
        return any(right in PERMITS[h.role] for h in self.holdings)

    def everywhere(self, right: Right) -> bool:
        """Whether a role without a place permits `right` (the registry, the audit trail)."""
        return any(h.place is Place.EVERYWHERE for h in self._with(right))

    def clusters(self, *rights: Right, past: bool | None = None) -> Ids:
        """Ids of clusters in which any of `rights` is permitted.

        Closed ones are among them for rights that read. `past` False leaves them out; True brings them in for rights
        that write too: to finish there what was begun before the end.
        """
        return self._union(lambda h: h.clusters, rights) | self._past(lambda h: h.past_clusters, rights, past)

    def forums(self, *rights: Right, past: bool | None = None) -> Ids:
        """Ids of forums, by the same rule as `clusters`."""
        return self._union(lambda h: h.forums, rights) | self._past(lambda h: h.past_forums, rights, past)

    def practices(self, *rights: Right) -> Ids:
        return self._union(lambda h: h.practices, rights)

    def hscps(self, *rights: Right) -> Ids:
        return self._union(lambda h: h.hscps, rights)

    def practices_held(self, *roles: Role) -> Ids:
        """Ids of practices where one of `roles` is held at the practice itself, or at one that answers for it."""
        held = (h.practices for h in self.holdings if h.role in roles and h.place is Place.PRACTICE)
        return frozenset().union(*held)

    def _past(self, of: Callable[[Holding], Ids], rights: tuple[Right, ...], past: bool | None) -> Ids:
        if past is False:
            return frozenset()
        return self._union(of, tuple(r for r in rights if past or r not in WRITING))

    def _with(self, *rights: Right) -> list[Holding]:
        return [h for h in self.holdings if PERMITS[h.role].intersection(rights)]

    def _union(self, of: Callable[[Holding], Ids], rights: tuple[Right, ...]) -> Ids:
        return frozenset().union(*(of(h) for h in self._with(*rights)))
