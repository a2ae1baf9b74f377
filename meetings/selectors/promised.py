"""What the HSCP took away from a meeting of a cluster: questions put to it, and actions that it holds or that wait for
it (ACT-13).
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from clusters.models import Cluster
from meetings.models import Action, Ask, Meeting
from meetings.selectors.people import hscp_only


@dataclass(frozen=True)
class Promised:
    """How many things, and how many of them still wait."""

    total: int
    waiting: int


def held_by_hscp(cluster: Cluster, *, on: date) -> QuerySet[Action]:
    """Actions out of draft that wait for the HSCP, or that somebody holds who on that day acts for it alone."""
    theirs = Q(owner__in=hscp_only(cluster, on=on).values("pk"))
    return Action.objects.live().filter(Q(waits_for_hscp=True) | theirs)


def promised_at(meeting: Meeting) -> Promised | None:
    """What the HSCP took away; None where it took nothing, of a draft, and of a forum that is no cluster. One query."""
    cluster = getattr(meeting.forum, "cluster", None)
    if cluster is None or meeting.state not in Meeting.TOLD:
        return None
    actions = (
        held_by_hscp(cluster, on=meeting.held_on).filter(item__meeting=meeting).exclude(state=Action.State.DROPPED)
    )
    asks = Ask.objects.live().filter(item__meeting=meeting).exclude(state=Ask.State.WITHDRAWN)
    both = actions.order_by().values_list("state").union(asks.order_by().values_list("state"), all=True)
    states = [state for (state,) in both]
    waiting = sum(state in (Action.State.OPEN, Ask.State.WAITING) for state in states)
    return Promised(len(states), waiting) if states else None
