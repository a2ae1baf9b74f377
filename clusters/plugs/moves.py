"""What a move, a merger or a closing touches above the clusters: asked of every function in `MOVE_EFFECTS`."""

from dataclasses import dataclass
from datetime import date

from clusters.models import Cluster
from practices.models import Practice


@dataclass(frozen=True)
class Change:
    """Practices leave `cluster` on a day, for `joining` or for none; `closes` when the cluster itself ends with it.

    `goes_on_as` is the cluster into which it merges. `people` hold a role at the practices that day, `staying` will
    see the inside of what goes on after it.
    """

    cluster: Cluster
    on: date
    practices: tuple[Practice, ...]
    joining: Cluster | None = None
    closes: bool = False
    goes_on_as: Cluster | None = None
    people: frozenset[int] = frozenset()
    staying: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Touched:
    """Things of one kind that a change touches: how many, and in a sentence what becomes of them. Never their words.

    With `is_named` it is one thing that `what` names.
    """

    what: str
    count: int
    becomes: str
    is_named: bool = False
