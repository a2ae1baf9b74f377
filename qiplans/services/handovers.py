"""What somebody leads in QI plans when they leave a role, and how it passes on."""

from accounts import audit
from accounts.models import User
from accounts.reach import Reach
from accounts.roles import Right
from clusters.plugs.handovers import Bundle, Leaving
from qiplans.models import Cycle, Project
from qiplans.rules import OVER


def project_leads(leaving: Leaving) -> Bundle:
    """Projects that they lead and that are not over. A new lead counts as a change of the project."""
    led = Project.objects.filter(lead=leaving.person, priority__plan__cluster__in=leaving.clusters)
    led = led.exclude(state__in=OVER)
    clusters = list(led.values_list("priority__plan__cluster", flat=True))

    def pass_to(to: User, within: Reach, by: User | None) -> int:
        inside = led.filter(priority__plan__cluster__in=within.clusters(Right.SEE_INSIDE))
        projects = list(inside.select_for_update(of=("self",)).order_by("pk"))
        for project in projects:
            before = audit.snapshot(project)
            project.lead, project.version = to, project.version + 1
            project.save(update_fields=["lead", "version"])
            audit.record("project handed over", project, by=by, before=before)
        return len(projects)

    alone = sum(cluster not in leaving.kept_inside for cluster in clusters)
    return Bundle("projects", "Projects of the QI plan that they lead", len(clusters), alone=alone, pass_to=pass_to)


def cycles_owned(leaving: Leaving) -> Bundle:
    """Cycles of Plan, Do, Study, Act that are theirs to see through: not studied yet, of projects under way."""
    at = "ramp__project__priority__plan__cluster"
    owned = Cycle.objects.filter(owner=leaving.person, studied_at=None, **{f"{at}__in": leaving.clusters})
    owned = owned.exclude(ramp__project__state__in=OVER)
    clusters = list(owned.values_list(at, flat=True))

    def pass_to(to: User, within: Reach, by: User | None) -> int:
        inside = owned.filter(**{f"{at}__in": within.clusters(Right.SEE_INSIDE)})
        cycles = list(inside.select_for_update(of=("self",)).order_by("pk"))
        for cycle in cycles:
            before = audit.snapshot(cycle)
            cycle.owner, cycle.version = to, cycle.version + 1
            cycle.save(update_fields=["owner", "version"])
            audit.record("cycle handed over", cycle, by=by, before=before)
        return len(cycles)

    alone = sum(cluster not in leaving.kept_inside for cluster in clusters)
    return Bundle("cycles", "Tests of change that they see through", len(clusters), alone=alone, pass_to=pass_to)
