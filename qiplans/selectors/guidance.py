"""What a project page says of its tools, and where the chooser of methods leads on."""

from dataclasses import dataclass

from accounts.reach import Reach
from accounts.roles import Right
from clusters.models import Cluster
from qiplans.models import Diagram, Feedback, Project
from qiplans.rules import can_see_inside_project
from qiplans.rules.guidance import HELPS, Help
from qiplans.rules.tools import WHO_USES_TOOLS, can_use_tools
from qiplans.selectors.diagrams import DiagramSeen, diagrams_seen
from qiplans.selectors.pdsa import RampRow, ramps_of


@dataclass(frozen=True)
class ProjectTools:
    """The tools of a project as its reader sees them.

    Above the cluster: the driver diagram, and of each cycle what was decided and learned; nothing else.
    """

    drivers: DiagramSeen | None
    ramps: list[RampRow]
    others: list[Diagram]
    feedback: list[Feedback]
    helps: tuple[Help, ...]
    can_use: bool
    is_inside: bool

    who = WHO_USES_TOOLS


def project_tools(reach: Reach, project: Project) -> ProjectTools:
    """The tools of a project for this reader."""
    inside = can_see_inside_project(reach, project)
    return _tools(project, inside=inside, can_use=inside and can_use_tools(reach, project))


def tools_from_above(project: Project) -> ProjectTools:
    """What is seen, or would be seen, above the cluster: for the preview, by the code of the page."""
    return _tools(project, inside=False, can_use=False)


def _tools(project: Project, *, inside: bool, can_use: bool) -> ProjectTools:
    diagrams = list(project.diagrams.order_by("pk"))
    drivers = [diagram for diagram in diagrams if diagram.kind == Diagram.Kind.DRIVER]
    for one in drivers:
        one.project = project
    seen = diagrams_seen(drivers)
    ramps = ramps_of(project)
    if not inside:
        studied = [RampRow(row.ramp, [cycle for cycle in row.cycles if cycle.studied_at]) for row in ramps]
        ramps = [row for row in studied if row.cycles]
    return ProjectTools(
        drivers=next(iter(seen.values()), None),
        ramps=ramps,
        others=[diagram for diagram in diagrams if diagram.kind != Diagram.Kind.DRIVER] if inside else [],
        feedback=list(project.feedback.all()) if inside else [],
        helps=HELPS[project.state] if inside else (),
        can_use=can_use,
        is_inside=inside,
    )


def clusters_to_lead_to(reach: Reach) -> list[Cluster]:
    """The open clusters of which the reader is a part: whose plan and tools the chooser leads to."""
    inside = reach.clusters(Right.SEE_INSIDE, past=False)
    return list(Cluster.objects.filter(pk__in=inside).select_related("forum").order_by("forum__name"))
