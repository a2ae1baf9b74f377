"""What projects say of their measures: plugged into `MEASURE_TIES` and `MEASURES_OVER`."""

from typing import Any

from django.db.models import QuerySet

from accounts.reach import Reach
from measures.plugs import Ties
from qiplans import rules
from qiplans.models import ProjectMeasure
from qiplans.selectors.projects import projects_within


def measure_ties(reach: Reach) -> Ties:
    """Measures of projects that the reader leads, and of those that are not theirs to read."""
    rows = ProjectMeasure.objects.order_by()
    return Ties(
        led=rows.filter(project__lead=reach.person_id).values("measure"),
        withheld=rows.exclude(project__in=projects_within(reach).order_by().values("pk")).values("measure"),
    )


def measures_over() -> QuerySet[Any, Any]:
    """Measures of projects that are completed or stopped: nobody is asked for their figures."""
    return ProjectMeasure.objects.order_by().filter(project__state__in=rules.OVER).values("measure")
