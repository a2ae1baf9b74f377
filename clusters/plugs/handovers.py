"""When somebody leaves a role, upper floors say what they hold through it and pass it on. Setting: `HANDOVERS`.

A registry administrator reads this, who sees inside no cluster: bundles carry numbers and dates, never words.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from accounts.models import User
from accounts.reach import Reach
from accounts.roles import Role
from shared.plugs import plugged

Ids = frozenset[int]


@dataclass(frozen=True)
class Leaving:
    """A role that ends, or whose holder hands things over: which forums, clusters and HSCPs it covers.

    `from_day` is the first day on which somebody else holds them; `is_over` when the role has ended by then. In the
    forums `kept` and the clusters `kept_inside` the person has a part by other roles as well. `by` is how far the roles
    of whoever looks or acts reach, None for the portal itself; `by_keeper` when they keep the registry where the role
    is held.
    """

    person: User
    role: Role
    from_day: date
    forums: Ids = frozenset()
    clusters: Ids = frozenset()
    hscps: Ids = frozenset()
    kept: Ids = frozenset()
    kept_inside: Ids = frozenset()
    is_over: bool = False
    by: Reach | None = None
    by_keeper: bool = True


class Passing(StrEnum):
    """How the things of a bundle pass on."""

    CHOSEN = "CHOSEN"  # to the successor, or to whoever is named
    WITH_ROLE = "WITH_ROLE"  # by themselves, to whoever holds the role
    NEVER = "NEVER"


Pass = Callable[[User, Reach, User | None], int]


@dataclass(frozen=True)
class Bundle:
    """Things of one kind that somebody holds through a role.

    `count` is 1 for any number of which nobody is told how many. `alone` of them would have no owner if nobody took
    them over. `pass_to` gives them to a person, as far as that person's reach allows, and says how many it gave; it
    writes in the caller's transaction, audit and all.
    """

    key: str
    label: str
    count: int
    alone: int = 0
    note: str = ""
    passing: Passing = Passing.CHOSEN
    pass_to: Pass | None = None


def bundles_of(leaving: Leaving) -> list[Bundle]:
    """What the person holds, a bundle a kind, without those that are empty.

    Each function named in `HANDOVERS` takes the `Leaving` and gives a `Bundle`.
    """
    found = (function(leaving) for function in plugged("HANDOVERS"))
    return [bundle for bundle in found if bundle.count]
