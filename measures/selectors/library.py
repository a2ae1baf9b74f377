"""The library of measures: how something is counted, for others who would count the same."""

from django.db.models import Q, QuerySet

from accounts.reach import Reach
from accounts.roles import Right
from clusters.models import Cluster
from measures import rules
from measures.models import Measure
from measures.selectors.doors import measures_within
from shared.doors import open_door

ONLY_WRITERS = "Measures are added by a Cluster Quality Lead or the administrator of a cluster."


def library(reach: Reach) -> QuerySet[Measure]:
    """Definitions that the reader may read: of measures in reach, and of those that other clusters offer."""
    within = measures_within(reach).order_by().values("pk")
    shown = Measure.objects.filter(Q(is_offered=True) | Q(pk__in=within))
    return shown.select_related("cluster__forum").order_by("name", "pk")


def definition_for(reach: Reach, pk: int) -> Measure:
    """A definition of the library (404), for who may add a measure somewhere (403)."""
    return open_door(library(reach), may=rules.can_define_somewhere, reach=reach, sentence=ONLY_WRITERS, pk=pk)


def opened_among(reach: Reach, measures: list[int]) -> frozenset[int]:
    """Which of these measures the reader may open, not their definition alone."""
    return frozenset(measures_within(reach).filter(pk__in=measures).values_list("pk", flat=True))


def clusters_to_define_in(reach: Reach) -> QuerySet[Cluster]:
    """Clusters to whose measures the reader may add, by name."""
    kept = Cluster.objects.filter(pk__in=reach.clusters(Right.WRITE_UP)).select_related("forum")
    return kept.order_by("forum__name", "pk")
