"""What flowed up from a cluster in the last twelve months and what came back, as far as the reader may open it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from accounts.reach import Reach
from clusters.models import Cluster, Forum
from clusters.rules import can_see_inside
from escalations.models import Escalation
from escalations.selectors import escalations_within
from meetings.models import Ask, Meeting, ShareLevel
from meetings.selectors import asks_within, meetings_within, waiting_asks
from reporting.rules import can_see_above
from shared.dates import months_before

DECIDED = (Escalation.State.RESOLVED, Escalation.State.DECLINED, Escalation.State.CLOSED)


@dataclass(frozen=True)
class Flows:
    """Sentences on what went up and what came back; none for readers of the registry alone."""

    up: Sequence[str] = ()
    back: Sequence[str] = ()


def flows_of(cluster: Cluster, reach: Reach) -> Flows:
    """Four queries, whatever there is. Confidential matters are never in a count: a map is printed and passed on."""
    if not (can_see_inside(reach, cluster) or can_see_above(reach, cluster)):
        return Flows()
    since = months_before(reach.day, 12)
    minutes = meetings_within(reach).filter(forum=cluster.forum_id, held_on__gte=since, state=Meeting.State.PUBLISHED)
    shared = minutes.exclude(share_level=ShareLevel.CLUSTER).order_by().count()
    waiting = waiting_asks([cluster.forum_id]).count()
    replies = asks_within(reach).filter(forum=cluster.forum_id, state=Ask.State.ANSWERED, replied_at__date__gte=since)
    matters = _openly(cluster, reach).aggregate(
        waiting=Count("pk", filter=Q(state__in=Escalation.UNDECIDED)),
        decided=Count("pk", filter=Q(state__in=DECIDED, raised_at__date__gte=since)),
    )
    return Flows(
        up=[
            f"Minutes shared above the cluster in the last 12 months: {shared}.",
            f"Questions that wait for a reply: {waiting}.",
            f"Escalations without a decision that you can read: {matters['waiting']}.",
        ],
        back=[
            f"In the last 12 months you could read {_many(replies.order_by().count(), 'reply', 'replies')} "
            f"to questions and {_many(matters['decided'], 'decision', 'decisions')} on escalations."
        ],
    )


def waiting_by_forum(cluster: Cluster, reach: Reach) -> dict[int, int]:
    """How many escalations of the cluster that the reader may open wait on each rung above it."""
    undecided = _openly(cluster, reach).filter(state__in=Escalation.UNDECIDED).exclude(forum__kind=Forum.Kind.CLUSTER)
    return dict(undecided.values_list("forum").annotate(number=Count("pk")))


def _openly(cluster: Cluster, reach: Reach) -> QuerySet[Escalation]:
    return escalations_within(reach).filter(cluster=cluster, is_confidential=False).order_by()


def _many(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"
