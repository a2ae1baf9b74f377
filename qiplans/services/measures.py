"""The measures of a project: the link is the project's, definition and figures belong to `measures`."""

from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts import audit
from accounts.models import User
from measures.models import Measure
from measures.services import NameTaken, define_measure, holds
from qiplans.models import Project, ProjectMeasure


@transaction.atomic
def measure_project(*, by: User | None, project: Project, name: str, **definition: Any) -> Measure:
    """Define another measure of a project, at the end of those it has. The same definition sent twice is one.

    Raises NameTaken when the cluster has a measure of that name which is not the very same.
    """
    now = Project.objects.select_for_update(of=("self",)).select_related("priority__plan__cluster").get(pk=project.pk)
    try:
        measure = define_measure(by=by, cluster=now.priority.plan.cluster, name=name, **definition)
    except NameTaken as taken:
        if now.measured.filter(measure=taken.measure).exists() and holds(taken.measure, definition):
            return taken.measure
        raise
    last = now.measured.aggregate(last=Max("position"))["last"] or 0
    row = ProjectMeasure.objects.create(project=now, measure=measure, position=last + 1)
    audit.record("project measured", row, by=by, detail={"project": now.pk, "measure": measure.pk})
    return measure
