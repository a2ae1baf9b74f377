"""What the tracker and other gathering pages ask of many clusters at once: one query each, only what may go upward."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max

from clusters.models import Cluster
from qiplans.models import Plan, ProgressUpdate, Project


@dataclass(frozen=True)
class PlanState:
    """How far the plan of one cluster is. `held_on` is the date of the meeting that agreed it."""

    plan_id: int
    years: str
    state: str
    held_on: date | None
    has_changed_since_agreed: bool

    @property
    def label(self) -> str:
        return f"agreed {self.years}" if self.state == Plan.State.AGREED else f"draft {self.years}"


@dataclass(frozen=True)
class Help:
    """A line of "could use help with", from a project that is shared with the HSCP."""

    project_id: int
    title: str
    text: str


def plan_state_of(clusters: Iterable[Cluster], year: int) -> dict[int, PlanState]:
    """By cluster id; a cluster that has not started its plan of that year is not in it."""
    plans = Plan.objects.filter(cluster__in=clusters, year=year).select_related("agreed_at_meeting")
    return {
        p.cluster_id: PlanState(
            p.pk,
            p.years,
            p.state,
            p.agreed_at_meeting.held_on if p.agreed_at_meeting else None,
            p.has_changed_since_agreed,
        )
        for p in plans
    }


def projects_by_state(clusters: Iterable[Cluster], *, year: int | None = None) -> dict[int, dict[str, int]]:
    """Cluster id to {state code: how many projects}, in the order of the states; of one plan year, or of all."""
    projects = Project.objects.filter(priority__plan__cluster__in=clusters)
    if year is not None:
        projects = projects.filter(priority__plan__year=year)
    counted = projects.values_list("priority__plan__cluster", "state").annotate(n=Count("pk")).order_by()
    found: dict[int, dict[str, int]] = defaultdict(dict)
    order = {code: place for place, code in enumerate(Project.State.values)}
    for cluster_id, state, n in sorted(counted, key=lambda row: order[row[1]]):
        found[cluster_id][state] = n
    return dict(found)


def last_updates(clusters: Iterable[Cluster]) -> dict[int, datetime]:
    """Cluster id to the moment of the last one-line update of a shared project."""
    updates = ProgressUpdate.objects.filter(
        project__is_shared_with_hscp=True, project__priority__plan__cluster__in=clusters
    )
    return dict(updates.order_by().values_list("project__priority__plan__cluster").annotate(last=Max("written_at")))


def could_use_help(clusters: Iterable[Cluster]) -> dict[int, list[Help]]:
    """Cluster id to what its shared projects could use help with; finished and stopped ones ask no more."""
    asking = (
        Project.objects.filter(is_shared_with_hscp=True, priority__plan__cluster__in=clusters)
        .exclude(could_use_help_with="")
        .exclude(state__in=[Project.State.COMPLETED, Project.State.STOPPED])
        .values_list("priority__plan__cluster", "pk", "title", "could_use_help_with")
        .order_by("pk")
    )
    found: dict[int, list[Help]] = defaultdict(list)
    for cluster_id, pk, title, text in asking:
        found[cluster_id].append(Help(pk, title, text))
    return dict(found)
