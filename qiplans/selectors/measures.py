"""Which measures belong to which projects."""

from collections.abc import Iterable

from measures.models import Measure
from qiplans.models import Project, ProjectMeasure


def measures_of(project: Project) -> list[Measure]:
    """The measures of a project, first the one that lists show."""
    return [row.measure for row in project.measured.select_related("measure").order_by("position", "pk")]


def first_measures(projects: Iterable[Project]) -> dict[int, Measure]:
    """By project, the measure that lists show; in one query."""
    rows = ProjectMeasure.objects.filter(project__in=[p.pk for p in projects]).select_related("measure")
    first: dict[int, Measure] = {}
    for row in rows.order_by("position", "pk"):
        first.setdefault(row.project_id, row.measure)
    return first
