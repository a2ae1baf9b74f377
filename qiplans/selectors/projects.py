"""One project, as far as its reader may see it, and the choices of its forms."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from accounts.models import AuditEvent, User
from accounts.reach import Reach
from accounts.roles import Right
from clusters.models import Cluster
from clusters.selectors import members_of, people_inside
from measures.selectors import Chart, charts_of
from meetings.models import Action, Audience, Meeting
from practices.models import Practice
from qiplans import rules
from qiplans.models import Plan, Priority, ProgressUpdate, Project, ProjectStep
from qiplans.selectors.measures import measures_of
from shared.doors import open_door

MEETINGS_OFFERED = 24
DRAFTS_NAMED = 3


@dataclass(frozen=True)
class Stage:
    """One state on the usual way of a project, as drawn above it."""

    label: str
    is_here: bool
    is_past: bool


@dataclass(frozen=True)
class ProjectPage:
    """What a reader sees of a project. Above the cluster: title, aim, state, latest update, charts, wish for help."""

    project: Project
    is_inside: bool
    charts: list[Chart]
    updates: list[ProgressUpdate]
    steps: list[ProjectStep]
    practices: list[Practice]
    actions: list[Action]

    @property
    def latest(self) -> ProgressUpdate | None:
        return self.updates[0] if self.updates else None

    @property
    def why_stopped(self) -> str:
        """The reason given when it stopped, for those inside."""
        stops = [s.reason for s in self.steps if s.to_state == Project.State.STOPPED]
        return stops[-1] if stops else ""

    @property
    def way(self) -> list[Stage]:
        """The usual way, with where the project stands; a stopped project stands beside it."""
        names = dict(Project.State.choices)
        way = list(rules.USUAL_WAY)
        here = way.index(Project.State(self.project.state)) if self.project.state in way else -1
        return [Stage(names[state], place == here, place < here) for place, state in enumerate(way)]


def projects_within(reach: Reach) -> QuerySet[Project]:
    """Projects of the reader's own clusters, and from above those that a cluster shares that far."""
    found = Q(priority__plan__cluster__in=reach.clusters(Right.SEE_INSIDE))
    for audience in (Audience.HSCP, Audience.BOARD):
        seen = rules.clusters_seen_from(reach, audience)
        found |= Q(priority__plan__cluster__in=seen, share_level__in=rules.levels_open_to(audience))
    return Project.objects.filter(found).select_related(
        "priority__plan__cluster__forum", "priority__plan__cluster__lead_hscp", "lead"
    )


def opened_among(reach: Reach, pks: Iterable[int]) -> frozenset[int]:
    """Which of these projects the reader may open."""
    return frozenset(projects_within(reach).filter(pk__in=list(pks)).values_list("pk", flat=True))


def project_for(reach: Reach, pk: int, *, may: rules.ProjectRule | None = None, sentence: str = "") -> Project:
    """The project `pk`, if it is in reach (404) and the rule permits (403 with `sentence`)."""
    extra = {"sentence": sentence} if sentence else {}
    return open_door(projects_within(reach), may=may, reach=reach, pk=pk, **extra)


def priority_for(reach: Reach, pk: int, *, may: rules.PriorityRule, sentence: str = "") -> Priority:
    """The priority `pk` of a cluster whose inside the reader sees (404), if `may` permits (403)."""
    within = Priority.objects.filter(plan__cluster__in=reach.clusters(Right.SEE_INSIDE))
    extra: dict[str, Any] = {"sentence": sentence} if sentence else {}
    return open_door(within.select_related("plan__cluster__forum"), may=may, reach=reach, pk=pk, **extra)


def project_page(reach: Reach, project: Project) -> ProjectPage:
    """Everything of the project that the reader may see, and nothing else."""
    return _page(project, reach, inside=rules.can_see_inside_project(reach, project))


def project_from_above(reach: Reach, project: Project) -> ProjectPage:
    """What is seen, or would be seen, of a project above the cluster: for the preview, by the code of the page.

    Totals that its reader could take their own figures from are kept back here too.
    """
    return _page(project, reach, inside=False)


def _page(project: Project, reach: Reach, *, inside: bool) -> ProjectPage:
    updates = project.updates.select_related("written_by")
    return ProjectPage(
        project=project,
        is_inside=inside,
        charts=list(charts_of(measures_of(project), with_notes=inside, reach=reach).values()),
        updates=list(updates if inside else updates[:1]),
        steps=list(project.steps.select_related("moved_by")) if inside else [],
        practices=list(project.practices.all()) if inside else [],
        actions=list(project.actions.select_related("owner", "owner_practice")) if inside else [],
    )


def people_to_lead(cluster: Cluster, *, on: date, now: User | None = None) -> QuerySet[User]:
    """Who may lead a project: people of the cluster, and whoever leads it now."""
    inside = people_inside(cluster, on=on)
    return User.objects.filter(Q(pk__in=inside.values("pk")) | Q(pk=now.pk if now else None)).order_by("full_name")


def practices_to_take_part(cluster: Cluster, *, on: date, project: Project | None = None) -> QuerySet[Practice]:
    """Practices of the cluster, and those that take part already though they have moved."""
    taking_part = Q(pk__in=members_of(cluster, on=on).values("pk"))
    if project:
        taking_part |= Q(pk__in=project.practices.values("pk"))
    return Practice.objects.filter(taking_part).order_by("name", "code")


def meetings_to_circulate(cluster: Cluster, *, on: date) -> list[Meeting]:
    """The latest meetings of the cluster whose day has come and whose minutes nobody but the writers reads yet."""
    State = Meeting.State
    unread = Meeting.objects.filter(forum=cluster.forum_id, held_on__lte=on, state__in=(State.PLANNED, State.DRAFT))
    return list(unread.order_by("-held_on", "-pk")[:DRAFTS_NAMED])


def newest_priority(plan: Plan) -> tuple[str, date] | None:
    """The title of the priority that was put into a plan last, and the day; None without one."""
    newest = plan.priorities.order_by("-pk").first()
    if newest is None:
        return None
    told = AuditEvent.objects.filter(subject_type=Priority._meta.label_lower, subject_id=newest.pk)
    added = told.filter(verb="priority added").first()
    return (newest.title, localdate(added.at)) if added else None


def meetings_to_agree_at(cluster: Cluster, *, on: date) -> QuerySet[Meeting]:
    """Meetings of the cluster that have been held and whose minutes are out of draft, latest first."""
    held = Meeting.objects.filter(forum=cluster.forum_id, held_on__lte=on, state__in=Meeting.TOLD)
    held = held.order_by("-held_on", "-pk")
    return Meeting.objects.filter(pk__in=list(held.values_list("pk", flat=True)[:MEETINGS_OFFERED]))
