"""What upper floors know of measures: of which work they are, who leads it, whether it goes on, and in what times."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from accounts.reach import Reach
from clusters.models import Cluster
from shared.plugs import plugged


@dataclass(frozen=True)
class Ties:
    """Ids of measures, as querysets, so that doors ask them in SQL.

    `led`: of work that the reader leads, and whose figures they therefore keep. `withheld`: of work that a cluster does
    not show above itself.
    """

    led: QuerySet[Any, Any]
    withheld: QuerySet[Any, Any]


@dataclass(frozen=True)
class Circumstance:
    """What has to be known beside the figures of a cluster: its name, and the rest of the sentence."""

    name: str
    told: str


def circumstances_of(cluster: Cluster, *, on: date) -> list[Circumstance]:
    """What every function in `MEASURE_CIRCUMSTANCES` says of a cluster on a day."""
    return [told for tell in plugged("MEASURE_CIRCUMSTANCES") for told in tell(cluster, on=on)]


def keepers_of(measures: Iterable[int]) -> dict[int, set[int]]:
    """By id of the measure, ids of the people who keep its figures by name, as `MEASURE_KEEPERS` says."""
    keys, found = list(measures), defaultdict[int, set[int]](set)
    for tell in plugged("MEASURE_KEEPERS"):
        for measure, person in tell(keys):
            found[measure].add(person)
    return found


def over_measures() -> Q:
    """Measures of work that is over, as every function in `MEASURES_OVER` names them by a queryset of ids."""
    over = Q(pk__in=[])
    for ids in plugged("MEASURES_OVER"):
        over |= Q(pk__in=ids())
    return over


def ties_of(reach: Reach) -> list[Ties]:
    """What every function in `MEASURE_TIES` says to this reader; each takes the reach."""
    return [tell(reach) for tell in plugged("MEASURE_TIES")]
