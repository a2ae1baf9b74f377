"""The plan of a cluster, as far as its reader may see it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from accounts.reach import Reach
from accounts.roles import Right
from clusters.models import Cluster
from measures.selectors import Chart, charts_of
from qiplans import rules
from qiplans.models import Plan, Priority, ProgressUpdate, Project
from shared.doors import open_door


@dataclass(frozen=True)
class ProjectLine:
    """One project in a list. `practices` is None for readers above the cluster."""

    project: Project
    update: str
    updated_at: datetime | None
    chart: Chart | None
    practices: list[str] | None

    @property
    def has_picture(self) -> bool:
        return self.chart is not None and self.chart.analysis.has_enough


@dataclass(frozen=True)
class PriorityBlock:
    """A priority in the words that its reader may see: above the cluster, those that a meeting agreed."""

    pk: int
    title: str
    purpose: str
    orientation: str
    projects: list[ProjectLine]


@dataclass(frozen=True)
class PlanPage:
    """What a reader sees of a plan. `plan` None: not started.

    Above the cluster: `blocks` are the priorities that a meeting agreed, in the words that it agreed; `loose` are
    projects shared under others; `kept` counts by state the projects that stay in the cluster.
    """

    cluster: Cluster
    year: int
    plan: Plan | None
    is_inside: bool
    blocks: list[PriorityBlock]
    loose: list[ProjectLine]
    kept: dict[str, int]
    years: list[int]

    @property
    def years_label(self) -> str:
        return f"{self.year}/{(self.year + 1) % 100:02}"


def plan_of(cluster: Cluster, year: int) -> Plan | None:
    """The plan of a cluster for a year; None when it is not started."""
    return _plans().filter(cluster=cluster, year=year).first()


def plan_within(reach: Reach, pk: int, *, may: rules.PlanRule, sentence: str = "") -> Plan:
    """The plan `pk` of a cluster whose inside the reader sees (404), if `may` permits (403)."""
    within = _plans().filter(cluster__in=reach.clusters(Right.SEE_INSIDE))
    extra = {"sentence": sentence} if sentence else {}
    return open_door(within, may=may, reach=reach, pk=pk, **extra)


def plan_for_reader(reach: Reach, cluster: Cluster, year: int) -> PlanPage:
    """All of the plan for members; for readers above, what the cluster lets them see."""
    plan = plan_of(cluster, year)
    inside = rules.can_see_inside(reach, cluster)
    lines = _lines(plan, inside) if plan else []
    shown = [line for line in lines if inside or line.project.is_shared_with_hscp]
    blocks = _blocks(plan, shown, inside=inside) if plan else []
    placed = {block.pk for block in blocks}
    return PlanPage(
        cluster=cluster,
        year=year,
        plan=plan,
        is_inside=inside,
        blocks=blocks,
        loose=[line for line in shown if line.project.priority_id not in placed],
        kept=_by_state([] if inside else [line.project for line in lines if not line.project.is_shared_with_hscp]),
        years=sorted({*cluster.plans.values_list("year", flat=True), rules.plan_year_of(reach.day), year}),
    )


def _plans() -> QuerySet[Plan]:
    return Plan.objects.select_related("cluster__forum", "agreed_at_meeting", "agreed_by")


def _lines(plan: Plan, inside: bool) -> list[ProjectLine]:
    latest = ProgressUpdate.objects.filter(project=OuterRef("pk")).order_by("-written_at", "-pk")
    projects = (
        Project.objects.filter(priority__plan=plan)
        .select_related("measure", "lead")
        .annotate(update=Subquery(latest.values("text")[:1]), updated_at=Subquery(latest.values("written_at")[:1]))
        .order_by("pk")
    )
    if inside:
        projects = projects.prefetch_related("practices")
    found = list(projects)
    charts = charts_of([p.measure for p in found if p.measure], with_notes=inside)
    return [
        ProjectLine(
            project=p,
            update=p.update or "",
            updated_at=p.updated_at,
            chart=charts.get(p.measure_id) if p.measure_id else None,
            practices=[practice.name for practice in p.practices.all()] if inside else None,
        )
        for p in found
    ]


def _blocks(plan: Plan, lines: list[ProjectLine], *, inside: bool) -> list[PriorityBlock]:
    by_priority: dict[int, list[ProjectLine]] = defaultdict(list)
    for line in lines:
        by_priority[line.project.priority_id].append(line)
    shown = plan.priorities.all() if inside else plan.priorities.exclude(agreed_title="")
    return [
        PriorityBlock(p.pk, *(_words_now(p) if inside else _words_agreed(p)), projects=by_priority[p.pk]) for p in shown
    ]


def _words_now(priority: Priority) -> tuple[str, str, str]:
    return priority.title, priority.purpose, priority.get_orientation_display()


def _words_agreed(priority: Priority) -> tuple[str, str, str]:
    return priority.agreed_title, priority.agreed_purpose, priority.get_agreed_orientation_display()


def _by_state(projects: list[Project]) -> dict[str, int]:
    return {label: n for state, label in Project.State.choices if (n := sum(1 for p in projects if p.state == state))}
