"""What a cluster made of its charts (DAT-16): what was said, and which charts wait to be talked about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Max, Q, QuerySet
from django.urls import reverse

from accounts.models import User
from accounts.reach import Reach
from clusters.models import Cluster, Forum
from clusters.selectors import people_inside
from measures.models import Measure, SoWhat
from measures.selectors.charts import Chart, charts_of
from meetings.plugs import Group, Suggested


@dataclass(frozen=True)
class SoWhatBox:
    """What was said of a chart, the latest first; `is_due` when it has figures that nobody has spoken of."""

    said: list[SoWhat]
    is_due: bool

    @property
    def latest(self) -> SoWhat | None:
        return self.said[0] if self.said else None

    @property
    def earlier(self) -> list[SoWhat]:
        return self.said[1:]


def so_what_box(chart: Chart) -> SoWhatBox:
    """The box under a chart, for readers inside the cluster."""
    said = chart.measure.so_whats.select_related("said_by", "action__owner", "action__owner_practice")
    return SoWhatBox(list(said), chart.is_undiscussed)


def latest_meanings(measures: Iterable[Measure]) -> dict[int, SoWhat]:
    """What was said last of each measure's chart, by measure id; in one query."""
    latest: dict[int, SoWhat] = {}
    for said in SoWhat.objects.filter(measure__in=[m.pk for m in measures]).order_by("said_at", "pk"):
        latest[said.measure_id] = said
    return latest


def action_owners(cluster: Cluster, *, on: date) -> QuerySet[User]:
    """Who may be given an action: people of the cluster."""
    return people_inside(cluster, on=on)


def chart_lines(forum: Forum, *, on: date, reach: Reach | None) -> list[Suggested]:
    """Plugged into `AGENDA_SOURCES`: charts of a cluster with enough data and figures that nobody has spoken of."""
    waiting = Measure.objects.filter(cluster__forum=forum, ended_on=None).annotate(
        newest=Max("points__period_on"), said=Max("so_whats__reaches_to")
    )
    waiting = waiting.filter(Q(said=None) | Q(said__lt=F("newest")), newest__isnull=False)
    return [
        Suggested(
            f"chart:{chart.measure.pk}",
            Group.PLAN,
            chart.measure.name,
            reverse("measures:measure", args=[chart.measure.pk]),
            f"chart not discussed yet: {chart.said.verdict}",
        )
        for chart in charts_of(waiting.order_by("pk"), reach=reach).values()
        if chart.is_undiscussed
    ]
