"""A cluster through time: as it was on a day, what it was called, and what was changed."""

from dataclasses import dataclass
from datetime import date

from accounts.reach import Reach
from clusters.models import Cluster, FormerName
from clusters.rules import can_see_inside, registry_seen
from clusters.selectors.as_it_was import ClusterThen, cluster_on
from clusters.selectors.records import last_day_of
from reporting.selectors.audit import Event
from reporting.selectors.changes import changes_to_cluster


@dataclass(frozen=True)
class ClusterHistory:
    """What the page shows. `hides_roles`: who will hold a role on a day to come is for the cluster and the registry."""

    cluster: Cluster
    today: date
    then: ClusterThen
    is_past: bool
    is_last_day: bool
    is_planned: bool
    hides_roles: bool
    former_names: tuple[FormerName, ...]
    events: tuple[Event, ...]


def cluster_history(cluster: Cluster, reach: Reach, asked: date | None) -> ClusterHistory:
    """The history of `cluster`, found by its door, with the cluster as it was on the day `asked` for: else today, or
    on its last day where it has closed.
    """
    latest = last_day_of(cluster, on=reach.day)
    day = asked or latest
    registry = registry_seen(reach).covers(cluster.lead_hscp_id)
    hides_roles = day > reach.day and not (registry or can_see_inside(reach, cluster))
    return ClusterHistory(
        cluster=cluster,
        today=reach.day,
        then=cluster_on(cluster, day, with_roles=not hides_roles),
        is_past=day < reach.day,
        is_last_day=day == latest < reach.day,
        is_planned=day > reach.day,
        hides_roles=hides_roles,
        former_names=tuple(FormerName.objects.filter(forum=cluster.forum_id)),
        events=tuple(changes_to_cluster(cluster, with_roles=registry)),
    )
