"""The map of the system around a cluster or an HSCP: which forums there are, who sits there, what flows up and back.

Only what exists is drawn; what is missing is said. Counts hold what the reader may open and nothing else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from accounts.reach import Reach
from clusters.models import Cluster, Membership
from clusters.rules import registry_kept
from clusters.selectors import ClusterSummary, cluster_summaries, clusters_within, members_of
from escalations.selectors import ladder_of
from escalations.selectors.forums import Standing, standings_in
from measures.drawing.svg import Svg
from practices.models import HSCP, Practice
from reporting.drawing.system_map import Box, Drawn, draw_system_map
from reporting.reference import BESIDE, CLUSTER, PRACTICE, WAY_UP, Guide
from reporting.selectors.system_map_flows import Flows, flows_of, waiting_by_forum
from reporting.selectors.system_map_stations import Ground, Station, forums_there, ground_of

AT_CLUSTER = (PRACTICE, CLUSTER)


@dataclass(frozen=True)
class Stage:
    """One stage of the way up. Practices and clusters say `who` themselves; the others have stations, or none."""

    guide: Guide
    stations: Sequence[Station] = ()
    who: str = ""
    flows: Flows = field(default_factory=Flows)
    clusters: Sequence[ClusterSummary] = ()

    @property
    def is_missing(self) -> bool:
        return self.guide.kind not in AT_CLUSTER and not self.stations


@dataclass(frozen=True)
class SystemMap:
    """What the page shows. `enters_at` is what a new forum would serve, for who may enter one."""

    stages: Sequence[Stage]
    beside: Sequence[Station]
    hscps: Sequence[HSCP]
    picture: Svg
    enters_at: str


def cluster_map(cluster: Cluster, reach: Reach) -> SystemMap:
    """The map around one cluster, found by its door. The number of queries does not depend on what is in it."""
    day, lead = reach.day, cluster.lead_hscp
    ladder = ladder_of(cluster)[1:]
    rungs = {rung.forum.pk: Standing(lead, n, rung.days) for n, rung in enumerate(ladder, start=1)}
    near = Q(hscp=lead) | Q(board=lead.board_id) | Q(pk__in=rungs)
    if cluster.locality_id:
        near |= Q(locality=cluster.locality_id)
    forums = forums_there(near, on=day)
    ground = ground_of(forums, rungs=rungs, waiting=waiting_by_forum(cluster, reach), on=day)
    practices = list(members_of(cluster, on=day))
    leads = ", ".join(str(person) for person in cluster_summaries([cluster], on=day)[0].quality_leads)
    first = {
        PRACTICE: Stage(WAY_UP[0], who=", ".join(p.name for p in practices) or "no practice belongs to it today"),
        CLUSTER: Stage(
            WAY_UP[1],
            who=f"{_many(len(practices), 'practice')}, led by {leads or 'nobody at present'}",
            flows=flows_of(cluster, reach),
        ),
    }
    others = {p.hscp_id: p.hscp for p in practices if p.hscp_id != lead.pk}
    lines = {
        PRACTICE: [_many(len(practices), "practice")],
        CLUSTER: [cluster.forum.name, f"Led by {leads or 'nobody'}"],
    }
    return _mapped(f"Forums around {cluster}", first, lines, ground, reach, [lead, *others.values()])


def hscp_map(hscp: HSCP, reach: Reach) -> SystemMap:
    """The map of one HSCP: all of its localities, and its clusters as far as the reader may open them."""
    day = reach.day
    forums = forums_there(Q(hscp=hscp) | Q(locality__hscp=hscp) | Q(board=hscp.board_id), on=day)
    ground = ground_of(forums, rungs=standings_in(hscp, forums), waiting={}, on=day)
    there = _clusters_of(hscp, reach)
    number = there.count()
    seen = cluster_summaries(clusters_within(reach).filter(pk__in=there.values("pk")).order_by("forum__name"), on=day)
    practices = _many(Practice.objects.open_on(day).filter(hscp=hscp).count(), "practice")
    unseen = number - len(seen)
    who = f"{_many(number, 'cluster')}{f', {unseen} of them not open to you' if unseen else ''}"
    first = {PRACTICE: Stage(WAY_UP[0], who=practices), CLUSTER: Stage(WAY_UP[1], who=who, clusters=seen)}
    lines = {PRACTICE: [practices], CLUSTER: [_many(number, "cluster")]}
    return _mapped(f"Forums of {hscp}", first, lines, ground, reach, [hscp])


def _clusters_of(hscp: HSCP, reach: Reach) -> QuerySet[Cluster]:
    """Open clusters that the HSCP leads, and those with a practice in it."""
    members = Membership.objects.on(reach.day).filter(practice__hscp=hscp).order_by().values("cluster")
    return Cluster.objects.open_on(reach.day).order_by().filter(Q(lead_hscp=hscp) | Q(pk__in=members))


def _mapped(
    name: str,
    first: Mapping[str, Stage],
    lines: Mapping[str, list[str]],
    ground: Ground,
    reach: Reach,
    hscps: Sequence[HSCP],
) -> SystemMap:
    stages = [first.get(guide.kind) or Stage(guide, ground.of_kind(guide.kind)) for guide in WAY_UP]
    beside = ground.of_kind(*BESIDE)
    boxes = [_box(stage, lines.get(stage.guide.kind)) for stage in stages]
    aside = [Box(station.forum.name, [station.meets]) for station in beside]
    picture = draw_system_map(Drawn("map", name, _summary(stages, beside), boxes, aside))
    keeps = registry_kept(reach).covers(hscps[0].pk)
    return SystemMap(stages, beside, hscps, picture, f"hscp:{hscps[0].code}" if keeps else "")


def _box(stage: Stage, lines: list[str] | None) -> Box:
    if stage.is_missing:
        return Box(stage.guide.label, ["None is registered here"], is_missing=True)
    if lines is not None:
        return Box(stage.guide.label, lines, is_here=stage.guide.kind == CLUSTER)
    said = [line for s in stage.stations for line in (s.forum.name, _beneath(s))]
    return Box(stage.guide.label, said)


def _beneath(station: Station) -> str:
    return f"{station.meets} {station.rung}".strip()


def _summary(stages: Sequence[Stage], beside: Sequence[Station]) -> str:
    """The picture in one text, for those who do not see it."""
    there = [stage.guide.label for stage in stages if not stage.is_missing]
    missing = [stage.guide.label for stage in stages if stage.is_missing]
    said = f"The way up: {', then '.join(there)}. At each stage matters go up and answers come back."
    if missing:
        said += f" Not registered here: {', '.join(missing)}."
    if beside:
        said += f" Beside it: {', '.join(station.forum.name for station in beside)}."
    return f"{said} The list on this page says the same in full."


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
