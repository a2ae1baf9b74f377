"""Lines of sight in both directions, and the emergencies of a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from accounts.reach import Reach
from accounts.roles import Right
from clusters.models import Cluster
from practices.models import HSCP
from qiplans.models import Emergency, Plan, Priority, StrategicLine
from qiplans.rules import strategy as rules
from qiplans.rules.studio import hscps_led
from shared.doors import open_door


@dataclass(frozen=True)
class Sight:
    """A line with the priorities that serve it, as far as the reader may read them: (cluster, title, year)."""

    line: StrategicLine
    served_by: list[tuple[str, str, str]]


@dataclass(frozen=True)
class SightPage:
    """Lines in force with what serves them, and priorities that serve none; retired lines apart."""

    lines: list[Sight]
    retired: list[StrategicLine]
    unmapped: list[tuple[str, str, str]]


def lines_in_force(hscp: HSCP | None) -> QuerySet[StrategicLine]:
    return StrategicLine.objects.filter(hscp=hscp, retired_at=None)


def lines_to_serve(priority: Priority) -> QuerySet[StrategicLine]:
    """Lines of the HSCP that a priority can serve: those in force, and retired ones that it serves already."""
    own = StrategicLine.objects.filter(hscp=priority.plan.cluster.lead_hscp)
    return own.filter(Q(retired_at=None) | Q(pk__in=priority.strategic_lines.order_by().values("pk")))


def line_for(reach: Reach, pk: int, *, sentence: str) -> StrategicLine:
    """A line of an HSCP that the reader leads (404 for everybody else)."""
    within = StrategicLine.objects.filter(hscp__in=hscps_led(reach)).select_related("hscp")
    return open_door(within, may=rules.can_keep_line, reach=reach, sentence=sentence, pk=pk)


def sight_page(hscp: HSCP, reach: Reach, year: int) -> SightPage:
    """The lines of an HSCP and the priorities of a year's plans in its clusters: words as the reader may read them."""
    inside, above = reach.clusters(Right.SEE_INSIDE), reach.clusters(Right.OVERSEE)
    seen = Q(plan__cluster__in=inside) | (Q(plan__cluster__in=above) & ~Q(agreed_title=""))
    found = Priority.objects.filter(seen, plan__year=year, plan__cluster__lead_hscp=hscp)
    found = found.select_related("plan__cluster__forum").prefetch_related("strategic_lines")
    lines: dict[int, list[tuple[str, str, str]]] = {}
    unmapped = []
    for priority in found.order_by("plan__cluster__forum__name", "position", "pk"):
        cluster = priority.plan.cluster
        told = (cluster.forum.name, cluster.forum.slug, _title(priority, inside))
        linked = [line.pk for line in priority.strategic_lines.all()]
        for pk in linked:
            lines.setdefault(pk, []).append(told)
        if not linked:
            unmapped.append(told)
    every = list(StrategicLine.objects.filter(hscp=hscp))
    in_force = [Sight(line, lines.get(line.pk, [])) for line in every if line.retired_at is None]
    return SightPage(in_force, [line for line in every if line.retired_at], unmapped)


def _title(priority: Priority, inside: Iterable[int]) -> str:
    return priority.title if priority.plan.cluster_id in inside else priority.agreed_title


def sight_of_plan(plan: Plan) -> tuple[dict[int, list[str]], list[StrategicLine]]:
    """For the pages of a plan: the lines that each priority serves, by its id; and lines in force that none serves."""
    served: dict[int, list[str]] = {}
    linked: set[int] = set()
    for line in StrategicLine.objects.filter(priorities__plan=plan).distinct().prefetch_related("priorities"):
        linked.add(line.pk)
        for priority in line.priorities.all():
            served.setdefault(priority.pk, []).append(line.name)
    return served, list(lines_in_force(plan.cluster.lead_hscp).exclude(pk__in=linked))


def emergencies_on(day: date) -> QuerySet[Emergency]:
    """Those in force on a day."""
    return Emergency.objects.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day)


def emergencies_of(cluster: Cluster, *, on: date) -> list[Emergency]:
    """What holds for a cluster on a day, and what is declared for later: its own, and those of its lead HSCP."""
    return _declared(Q(cluster=cluster) | Q(hscp=cluster.lead_hscp_id), on)


def emergencies_of_hscp(hscp: HSCP, *, on: date) -> list[Emergency]:
    """What holds for all clusters of an HSCP on a day, and what is declared for later."""
    return _declared(Q(hscp=hscp), on)


def _declared(about: Q, on: date) -> list[Emergency]:
    """Those not over; one that was ended before its first day never holds."""
    coming = Emergency.objects.filter(about).filter(Q(ends_on=None) | Q(ends_on__gt=on)).exclude(ends_on=F("starts_on"))
    return list(coming.select_related("hscp", "cluster__forum").order_by("starts_on", "pk"))


def emergency_kind(on: date) -> Subquery:
    """For a query of clusters: the kind of emergency in force on a day, its own before that of its lead HSCP."""
    about = Q(cluster=OuterRef("pk")) | Q(hscp=OuterRef("lead_hscp"))
    own_first = F("cluster").asc(nulls_last=True)
    return Subquery(emergencies_on(on).filter(about).order_by(own_first, "starts_on", "pk").values("kind")[:1])


def clusters_in_emergency(on: date) -> QuerySet[Cluster]:
    """Clusters in which an emergency is in force on a day: to leave out in another query."""
    return Cluster.objects.annotate(emergency=emergency_kind(on)).exclude(emergency=None).order_by()


def emergency_for(reach: Reach, pk: int, *, sentence: str) -> Emergency:
    """One that the reader may know of (404), if they may end it (403)."""
    clusters = reach.clusters(Right.SEE_INSIDE, Right.OVERSEE)
    about = Q(cluster__in=clusters) | Q(hscp__in=hscps_led(reach))
    within = Emergency.objects.filter(about).select_related("cluster__forum", "hscp")
    return open_door(within, may=rules.can_end, reach=reach, sentence=sentence, pk=pk)
