"""What improvement projects remind people of. One query for everybody; the rules decide who."""

from collections import defaultdict

from django.urls import reverse

from accounts.roles import Right
from office.plugs import Asked, Line, Section
from qiplans import rules
from qiplans.models import Project
from qiplans.selectors.strategy import clusters_in_emergency
from shared.dates import in_words


def projects_to_tell(asked: Asked) -> dict[int, list[Line]]:
    """Projects whose day for an update has come: told to who leads them, or to who writes up where nobody does."""
    writers: dict[int, list[int]] = defaultdict(list)
    for pk in asked.people:
        for cluster in asked.reaches[pk].clusters(Right.WRITE_UP):
            writers[cluster].append(pk)
    told: dict[int, list[Line]] = defaultdict(list)
    due = Project.objects.filter(next_review_on__lte=asked.soon).exclude(state__in=rules.OVER)
    paused = clusters_in_emergency(asked.on).values("pk")  # nobody is reminded of updates in an emergency (PLN-31)
    for project in due.exclude(priority__plan__cluster__in=paused).select_related("priority__plan", "lead"):
        day = project.next_review_on or asked.on
        section = Section.LATE if day < asked.on else Section.DUE
        path = reverse("qiplans:project", args=[project.pk])
        line = Line(section, f"Update of “{project.title}”, by {in_words(day)}", path, f"project:{project.pk}", day=day)
        for pk in [project.lead_id] if project.lead_id else writers[project.priority.plan.cluster_id]:
            if pk in asked.people and rules.can_update_project(asked.reaches[pk], project):
                told[pk].append(line)
    return told
