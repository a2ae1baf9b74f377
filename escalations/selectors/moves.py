"""What a move of practices, a merger or a closing touches among escalations: numbers, and never a confidential one."""

from collections.abc import Iterator

from django.db.models import Q

from clusters.models import Forum
from clusters.plugs.moves import Change, Touched
from escalations.models import Escalation


def escalations_touched(change: Change) -> Iterator[Touched]:
    """Undecided ones: of a cluster that ends all of them, else those of the practices and their people."""
    undecided = Escalation.objects.filter(cluster=change.cluster, state__in=Escalation.UNDECIDED, is_confidential=False)
    if change.closes:
        here = undecided.filter(forum__kind=Forum.Kind.CLUSTER).count()
        yield Touched("Escalations that wait for the cluster itself", here, f"wait for {_who_decides(change)}")
        above = undecided.exclude(forum__kind=Forum.Kind.CLUSTER).count()
        yield Touched("Escalations that wait above it", above, "stay where they are")
        return
    theirs = undecided.filter(Q(practice__in=change.practices) | Q(raised_by__in=change.people)).count()
    stays = "stay where they are decided; who raised them still reads them"
    yield Touched("Escalations of these practices or their people", theirs, stays)


def _who_decides(change: Change) -> str:
    if change.goes_on_as:
        return f"the Cluster Quality Leads of {change.goes_on_as}"
    return f"the leads of {change.cluster.lead_hscp}"
