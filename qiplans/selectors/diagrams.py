"""Diagrams: which ones a reader may open, and how they are seen: as a picture, and as a list that says the same."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from accounts.reach import Reach
from accounts.roles import Right
from clusters.models import Cluster
from measures.drawing.svg import Svg
from measures.models import Measure
from meetings.models import Meeting
from qiplans.analysis.pareto import Pareto, pareto_of, percent
from qiplans.drawing import Branch, draw_drivers, draw_fishbone, draw_pareto, draw_swot
from qiplans.models import Diagram, DiagramLine, Project
from qiplans.rules import tools as rules
from qiplans.selectors.projects import projects_within
from shared.doors import open_door

Kind = Diagram.Kind
Part = DiagramLine.Part
SINGULAR = {
    Part.STRENGTH: "Strength",
    Part.WEAKNESS: "Weakness",
    Part.OPPORTUNITY: "Opportunity",
    Part.THREAT: "Threat",
}
# What a page of a diagram needs to know of the project, for its rules and its way back.
OF_PROJECT = "project__priority__plan__cluster__forum"


@dataclass(frozen=True)
class Node:
    """A line with what hangs on it. `called` is what such a line is ("Cause"), `called_under` what comes under it."""

    line: DiagramLine
    called: str
    called_under: str
    under: list[Node]
    is_first: bool
    is_last: bool
    cycles: int

    @property
    def is_alone(self) -> bool:
        """Whether there is no other line in its list to change places with."""
        return self.is_first and self.is_last

    @property
    def note(self) -> str:
        """By what it is measured, and how often it was tested."""
        said = [f"Measured by: {self.line.measure.name}"] if self.line.measure else []
        if self.cycles:
            said.append(f"{self.cycles} PDSA cycle{'s' if self.cycles > 1 else ''}")
        return " · ".join(said)

    @property
    def branch(self) -> Branch:
        return Branch(self.line.text, [node.branch for node in self.under], self.note)


@dataclass(frozen=True)
class DiagramSeen:
    """One diagram. `nodes` are its top lines in order; `lists` those of a SWOT by part."""

    diagram: Diagram
    nodes: list[Node]

    @property
    def subject(self) -> str:
        """What it is about: a driver diagram is about its project's aim."""
        if self.diagram.kind == Kind.DRIVER and self.diagram.project:
            return self.diagram.project.aim
        return self.diagram.title

    @property
    def name(self) -> str:
        """A short name: a driver diagram is called as its project."""
        return self.diagram.title or (self.diagram.project.title if self.diagram.project else "")

    @property
    def lists(self) -> list[tuple[DiagramLine.Part, list[Node]]]:
        return [(part, [node for node in self.nodes if node.line.part == part]) for part in Part]

    @cached_property
    def pareto(self) -> Pareto:
        return pareto_of([(node.line.text, node.line.count) for node in self.nodes])

    @property
    def shares(self) -> list[tuple[str, int, str, str, bool]]:
        """The table of a Pareto chart: cause, count, its share, the share so far, whether it is one of the few."""
        return [
            (bar.name, bar.count, percent(bar.share), percent(bar.so_far), bar.is_vital) for bar in self.pareto.bars
        ]

    @property
    def called_first(self) -> str:
        """What a line at the top is called."""
        return rules.LEVELS[self.diagram.kind][0]

    @property
    def words(self) -> str:
        """What it shows, in a sentence."""
        if self.diagram.kind == Kind.PARETO:
            return self.pareto.words
        counted = [(name, n) for name, n in self._counts() if n]
        return f"{', '.join(_number(n, name) for name, n in counted)}." if counted else "Nothing is in it yet."

    def _counts(self) -> list[tuple[str, int]]:
        if self.diagram.kind == Kind.SWOT:
            return [(SINGULAR[part].lower(), len(nodes)) for part, nodes in self.lists]
        level, found = self.nodes, []
        for name in rules.LEVELS[self.diagram.kind]:
            found.append((name.lower(), len(level)))
            level = [child for node in level for child in node.under]
        return found

    @cached_property
    def picture(self) -> Svg:
        """The drawing; nothing for a Pareto chart with nothing counted."""
        key, words = f"diagram-{self.diagram.pk}", self.words
        if self.diagram.kind == Kind.DRIVER:
            return draw_drivers(Branch(self.subject, [node.branch for node in self.nodes]), key=key, told=words)
        if self.diagram.kind == Kind.FISHBONE:
            return draw_fishbone(self.subject, [node.branch for node in self.nodes], key=key, told=words)
        if self.diagram.kind == Kind.SWOT:
            lists = [(part.label, [node.line.text for node in nodes]) for part, nodes in self.lists]
            return draw_swot(self.subject, lists, key=key, told=words)
        return draw_pareto(self.pareto, name=self.subject, key=key, told=words) if self.pareto.total else Svg("")


def diagrams_within(reach: Reach) -> QuerySet[Diagram]:
    """Diagrams of the reader's own clusters; from above, driver diagrams of projects that a cluster shares."""
    shared = Q(kind=Kind.DRIVER, project__in=projects_within(reach).order_by().values("pk"))
    within = Diagram.objects.filter(Q(cluster__in=reach.clusters(Right.SEE_INSIDE)) | shared)
    return within.select_related("cluster__forum", "meeting__forum", OF_PROJECT).prefetch_related("project__practices")


def diagram_for(reach: Reach, pk: int, *, may: rules.DiagramRule | None = None) -> Diagram:
    """The diagram `pk`, if it is in reach (404) and the rule permits (403 with who keeps it)."""
    return open_door(diagrams_within(reach), may=may, reach=reach, pk=pk, sentence=rules.who_keeps)


def line_for(reach: Reach, pk: int, *, may: rules.LineRule) -> DiagramLine:
    """The line `pk` of a diagram whose inside the reader sees (404), if `may` permits (403 with who keeps it)."""
    inside = DiagramLine.objects.filter(diagram__cluster__in=reach.clusters(Right.SEE_INSIDE))
    within = inside.select_related("measure", "diagram__cluster__forum", f"diagram__{OF_PROJECT}")
    whole = within.prefetch_related("diagram__project__practices")
    return open_door(whole, may=may, reach=reach, pk=pk, sentence=lambda line: rules.who_keeps(line.diagram))


def diagram_seen(diagram: Diagram) -> DiagramSeen:
    """The diagram with its lines as a tree, in one query."""
    return diagrams_seen([diagram])[diagram.pk]


def diagrams_seen(diagrams: list[Diagram]) -> dict[int, DiagramSeen]:
    """Several at once, by id: one query for all of their lines."""
    rows: dict[int, list[DiagramLine]] = {diagram.pk: [] for diagram in diagrams}
    lines = DiagramLine.objects.filter(diagram__in=rows).select_related("measure")
    for line in lines.annotate(tested=Count("ramp__cycles")).order_by("position", "pk"):
        rows[line.diagram_id].append(line)
    return {diagram.pk: DiagramSeen(diagram, _nodes(diagram.kind, rows[diagram.pk])) for diagram in diagrams}


def _nodes(kind: str, lines: list[DiagramLine], above: int | None = None, level: int = 0) -> list[Node]:
    names = (*rules.LEVELS[kind], "", "")
    beside = [line for line in lines if line.parent_id == above]
    return [
        Node(
            line=line,
            called=names[level],
            called_under=names[level + 1],
            under=_nodes(kind, lines, line.pk, level + 1),
            is_first=not any(one.part == line.part for one in beside[:place]),
            is_last=not any(one.part == line.part for one in beside[place + 1 :]),
            cycles=getattr(line, "tested", 0),
        )
        for place, line in enumerate(beside)
    ]


def diagrams_of_cluster(cluster: Cluster) -> QuerySet[Diagram]:
    """All of a cluster, newest first."""
    return Diagram.objects.filter(cluster=cluster).select_related("project", "meeting").order_by("-pk")


def diagrams_of_meeting(meeting: Meeting) -> list[Diagram]:
    """What was drawn at a meeting."""
    return list(meeting.diagrams.order_by("pk"))


def measures_of_project(project: Project) -> QuerySet[Measure]:
    """What a driver may be measured by: the measures of its project."""
    return Measure.objects.filter(in_project__project=project).order_by("in_project__position", "pk")


def meetings_to_draw_at(cluster: Cluster) -> QuerySet[Meeting]:
    """Meetings of a cluster that a diagram may be attached to: the latest two dozen that were not called off."""
    held = Meeting.objects.filter(forum=cluster.forum_id).exclude(state=Meeting.State.CANCELLED)
    latest = held.order_by("-held_on", "-pk").values_list("pk", flat=True)[:24]
    return Meeting.objects.filter(pk__in=list(latest)).order_by("-held_on", "-pk")


def level_of(line: DiagramLine) -> int:
    """How deep a line stands: 0 at the top."""
    level, above = 0, line.parent
    while above:
        level, above = level + 1, above.parent
    return level


def _number(count: int, name: str) -> str:
    if count == 1:
        return f"1 {name}"
    plural = f"{name[:-1]}ies" if name.endswith("y") else f"{name}es" if name.endswith("s") else f"{name}s"
    return f"{count} {plural}"


@dataclass(frozen=True)
class LinePlace:
    """Where a new line goes: under `parent`, in a `part`, and what it is `called` there."""

    parent: DiagramLine | None
    part: str
    called: str


def place_for(diagram: Diagram, *, under: str = "", part: str = "") -> LinePlace:
    """The place that an address asks for. Raises Http404 for a line or a list that the diagram lacks."""
    if diagram.kind == Kind.SWOT:
        if part not in Part.values:
            raise Http404
        return LinePlace(None, part, SINGULAR[Part(part)])
    if not under:
        return LinePlace(None, "", rules.LEVELS[diagram.kind][0])
    if not (under.isascii() and under.isdigit() and len(under) < 10):
        raise Http404
    parent = diagram.lines.select_related("parent__parent").filter(pk=int(under)).first()
    if parent is None or not rules.has_level_under(diagram.kind, level_of(parent)):
        raise Http404
    return LinePlace(parent, "", rules.LEVELS[diagram.kind][level_of(parent) + 1])


def called(line: DiagramLine) -> str:
    """What a line is called where it stands."""
    if line.part:
        return SINGULAR[Part(line.part)]
    return rules.LEVELS[line.diagram.kind][level_of(line)]


def meeting_named(cluster: Cluster, pk: str) -> Meeting | None:
    """The meeting of this cluster that an address names; None for anything else."""
    if not (pk.isascii() and pk.isdigit() and len(pk) < 10):
        return None
    return Meeting.objects.filter(forum=cluster.forum_id, pk=int(pk)).first()
