"""A project's one measure and its figures: the link is the project's, the figures belong to `measures`."""

from typing import Any

from django.db import transaction

from accounts import audit
from accounts.models import User
from measures import services as measures
from measures.models import Measure
from qiplans.models import Project


@transaction.atomic
def measure_project(*, by: User | None, project: Project, **definition: Any) -> Measure:
    """Define the measure of a project and link it. Raises ChangedMeanwhile when it has another one already."""
    now = Project.objects.select_for_update(of=("self",)).select_related("priority__plan__cluster").get(pk=project.pk)
    if now.measure is not None:
        if any(getattr(now.measure, name) != value for name, value in definition.items()):
            raise measures.ChangedMeanwhile(now.measure)
        return now.measure
    before = audit.snapshot(now)
    measure = measures.define_measure(by=by, cluster=now.priority.plan.cluster, **definition)
    now.measure = project.measure = measure
    now.save(update_fields=["measure"])
    audit.record("project measured", now, by=by, before=before)
    return measure
