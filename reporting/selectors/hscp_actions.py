"""How many actions of the clusters of one HSCP are done, and how old the open ones are: numbers, never words."""

from dataclasses import dataclass

from accounts.reach import Reach
from accounts.roles import Right
from clusters.models import Cluster
from clusters.selectors import clusters_within
from meetings.selectors.completion import Completion, completion_of
from practices.models import HSCP


@dataclass(frozen=True)
class ActionsPage:
    """Each cluster that the HSCP leads today with its numbers, by name, and the sums of all."""

    rows: tuple[tuple[Cluster, Completion], ...]

    @property
    def fell_due(self) -> int:
        return sum(numbers.fell_due for _, numbers in self.rows)

    @property
    def in_time(self) -> int:
        return sum(numbers.in_time for _, numbers in self.rows)

    @property
    def later(self) -> int:
        return sum(numbers.later for _, numbers in self.rows)

    @property
    def still_open(self) -> int:
        return sum(numbers.still_open for _, numbers in self.rows)


def actions_page(hscp: HSCP, reach: Reach) -> ActionsPage:
    """The numbers of `hscp`, found by its door. Four queries, however many clusters."""
    led = clusters_within(reach).filter(pk__in=reach.clusters(Right.OVERSEE, past=False), lead_hscp=hscp)
    clusters = sorted(led, key=lambda cluster: cluster.forum.name)
    numbers = completion_of([cluster.forum_id for cluster in clusters], on=reach.day)
    return ActionsPage(tuple((cluster, numbers[cluster.forum_id]) for cluster in clusters))
