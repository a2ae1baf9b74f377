"""The plan of a cluster, as far as its reader may see it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.timezone import localdate

from accounts.reach import Reach
from accounts.roles import Right
from clusters.models import Cluster
from measures.drawing.balance import draw_balance
from measures.drawing.svg import Svg
from measures.selectors import Chart, charts_of
from qiplans import rules
from qiplans.models import Candidate, Plan, Priority, ProgressUpdate, Project, ProjectStep
from qiplans.selectors.lenses import Looked, looked_at
from qiplans.selectors.measures import first_measures
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
        return self.chart is not None and self.chart.is_enough


@dataclass(frozen=True)
class Learned:
    """Why a project stopped: kept as learning."""

    project: Project
    reason: str
    on: date


@dataclass(frozen=True)
class SeenThrough:
    """How many of all projects that a cluster ever began were seen through, and how many stopped (PLN-20)."""

    begun: int
    through: int
    stopped: int

    @property
    def going_on(self) -> int:
        return self.begun - self.through - self.stopped


@dataclass(frozen=True)
class PriorityBlock:
    """A priority in the words that its reader may see: above the cluster, those that a meeting agreed."""

    pk: int
    title: str
    purpose: str
    orientation: str
    chosen_by: str
    is_extrinsic: bool
    projects: list[ProjectLine]
    origin: Candidate | None = None  # the topic that it was chosen from, for those inside
    looked: Looked | None = None  # for those inside


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
    learning: list[Learned]
    seen_through: SeenThrough

    @property
    def balance(self) -> Svg:
        """How many of the priorities look inward and how many outward, as a bar."""
        said = f"{self.intrinsic} intrinsic, {self.extrinsic} extrinsic"
        return draw_balance(self.intrinsic, self.extrinsic, label=said)

    @property
    def extrinsic(self) -> int:
        return sum(block.is_extrinsic for block in self.blocks)

    @property
    def intrinsic(self) -> int:
        return len(self.blocks) - self.extrinsic

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
    lines = _lines(plan, reach, inside) if plan else []
    shown = [line for line in lines if inside or rules.is_open_above(reach, cluster.pk, line.project.share_level)]
    open_to_reader = {line.project.pk for line in shown}
    blocks = _blocks(plan, shown, inside=inside) if plan else []
    placed = {block.pk for block in blocks}
    return PlanPage(
        cluster=cluster,
        year=year,
        plan=plan,
        is_inside=inside,
        blocks=blocks,
        loose=[line for line in shown if line.project.priority_id not in placed],
        kept=_by_state([line.project for line in lines if line.project.pk not in open_to_reader]),
        learning=learning_of(cluster) if inside else [],
        seen_through=seen_through_of(cluster),
        years=sorted({*cluster.plans.values_list("year", flat=True), rules.plan_year_of(reach.day), year}),
    )


def learning_of(cluster: Cluster) -> list[Learned]:
    """Why projects of a cluster stopped, the latest first; of any year, as learning does not end with it."""
    state = Project.State.STOPPED
    stops = ProjectStep.objects.filter(
        project__priority__plan__cluster=cluster, project__state=state, to_state=state
    ).exclude(reason="")
    found: dict[int, Learned] = {}
    for step in stops.select_related("project").order_by("-moved_at", "-pk"):
        found.setdefault(step.project_id, Learned(step.project, step.reason, localdate(step.moved_at)))
    return list(found.values())


def seen_through_of(cluster: Cluster) -> SeenThrough:
    """Over all years, in one query. What was only an idea was not begun."""
    begun = Project.objects.filter(priority__plan__cluster=cluster).exclude(state=Project.State.IDEA)
    states = list(begun.order_by().values_list("state", flat=True))
    through = sum(state in (Project.State.SUSTAINED, Project.State.COMPLETED) for state in states)
    return SeenThrough(len(states), through, states.count(Project.State.STOPPED))


def _plans() -> QuerySet[Plan]:
    return Plan.objects.select_related("cluster__forum", "agreed_at_meeting", "agreed_by")


def _lines(plan: Plan, reach: Reach, inside: bool) -> list[ProjectLine]:
    latest = ProgressUpdate.objects.filter(project=OuterRef("pk")).order_by("-written_at", "-pk")
    projects = (
        Project.objects.filter(priority__plan=plan)
        .select_related("lead")
        .annotate(update=Subquery(latest.values("text")[:1]), updated_at=Subquery(latest.values("written_at")[:1]))
        .order_by("pk")
    )
    if inside:
        projects = projects.prefetch_related("practices")
    found = list(projects)
    first = first_measures(found)
    charts = charts_of(first.values(), with_notes=inside, reach=reach)
    return [
        ProjectLine(
            project=p,
            update=p.update or "",
            updated_at=p.updated_at,
            chart=charts[first[p.pk].pk] if p.pk in first else None,
            practices=[practice.name for practice in p.practices.all()] if inside else None,
        )
        for p in found
    ]


def _blocks(plan: Plan, lines: list[ProjectLine], *, inside: bool) -> list[PriorityBlock]:
    by_priority: dict[int, list[ProjectLine]] = defaultdict(list)
    for line in lines:
        by_priority[line.project.priority_id].append(line)
    if not inside:
        agreed = plan.priorities.exclude(agreed_title="")
        return [PriorityBlock(p.pk, *_words_agreed(p), projects=by_priority[p.pk]) for p in agreed]
    priorities = list(plan.priorities.select_related("candidate__decision"))
    looked = looked_at(p.pk for p in priorities)
    return [
        PriorityBlock(
            p.pk,
            *_words_now(p),
            projects=by_priority[p.pk],
            origin=getattr(p, "candidate", None),
            looked=looked[p.pk],
        )
        for p in priorities
    ]


def _words_now(priority: Priority) -> tuple[str, str, str, str, bool]:
    outward = priority.orientation == Priority.Orientation.EXTRINSIC
    orientation, chosen_by = priority.get_orientation_display(), priority.get_chosen_by_display()
    return priority.title, priority.purpose, orientation, chosen_by, outward


def _words_agreed(priority: Priority) -> tuple[str, str, str, str, bool]:
    outward = priority.agreed_orientation == Priority.Orientation.EXTRINSIC
    orientation, chosen_by = priority.get_agreed_orientation_display(), priority.get_agreed_chosen_by_display()
    return priority.agreed_title, priority.agreed_purpose, orientation, chosen_by, outward


def _by_state(projects: list[Project]) -> dict[str, int]:
    return {label: n for state, label in Project.State.choices if (n := sum(1 for p in projects if p.state == state))}
