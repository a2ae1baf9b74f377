"""Which measures a reader may open, and whose figures they keep."""

from collections.abc import Callable

from django.db.models import Q, QuerySet

from accounts.reach import Reach
from accounts.roles import Right
from measures import rules
from measures.models import Measure
from measures.plugs import ties_of
from shared.doors import open_door


def measures_within(reach: Reach) -> QuerySet[Measure]:
    """Measures of the reader's own clusters; from above, those of no work that a cluster keeps to itself."""
    above = Q(cluster__in=reach.clusters(Right.OVERSEE))
    for ties in ties_of(reach):
        above &= ~Q(pk__in=ties.withheld)
    seen = Measure.objects.filter(Q(cluster__in=reach.clusters(Right.SEE_INSIDE)) | above)
    return seen.select_related("cluster__forum", "cluster__lead_hscp")


def measure_for(
    reach: Reach, pk: int, *, may: Callable[[Reach, Measure], bool] | None = None, sentence: str = ""
) -> Measure:
    """The measure `pk`, if it is in reach (404) and the rule permits (403 with `sentence`)."""
    extra = {"sentence": sentence} if sentence else {}
    return open_door(measures_within(reach), may=may, reach=reach, pk=pk, **extra)


def may_keep(reach: Reach, measure: Measure) -> bool:
    """Whether they keep its definition and figures: who writes up the cluster, and who leads the work it belongs to."""
    if rules.can_keep_measure(reach, measure):
        return True
    if measure.cluster_id not in reach.clusters(Right.SEE_INSIDE, past=False):
        return False
    return any(Measure.objects.filter(pk__in=ties.led, pk=measure.pk).exists() for ties in ties_of(reach))
