"""What projects and plans say of measures: plugged into the settings whose names begin with `MEASURE`."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from accounts.reach import Reach
from clusters.models import Cluster
from measures.plugs import Circumstance, Ties
from qiplans import rules
from qiplans.models import ProjectMeasure
from qiplans.selectors.projects import projects_within
from qiplans.selectors.strategy import emergencies_of


def measure_ties(reach: Reach) -> Ties:
    """Measures of projects that the reader leads, and of those that are not theirs to read."""
    rows = ProjectMeasure.objects.order_by()
    return Ties(
        led=rows.filter(project__lead=reach.person_id).values("measure"),
        withheld=rows.exclude(project__in=projects_within(reach).order_by().values("pk")).values("measure"),
    )


def measure_keepers(measures: list[int]) -> list[tuple[int, int]]:
    """Pairs of measure and person: who leads the project that it belongs to."""
    rows = ProjectMeasure.objects.order_by().filter(measure__in=measures, project__lead__isnull=False)
    return list(rows.exclude(project__state__in=rules.OVER).values_list("measure", "project__lead"))


def measures_over() -> QuerySet[Any, Any]:
    """Measures of projects that are completed or stopped: nobody is asked for their figures."""
    return ProjectMeasure.objects.order_by().filter(project__state__in=rules.OVER).values("measure")


def circumstances(cluster: Cluster, *, on: date) -> list[Circumstance]:
    """Emergencies of a cluster, in force on a day or declared for later: they stand beside its figures."""
    return [Circumstance(one.get_kind_display(), one.told) for one in emergencies_of(cluster, on=on)]
