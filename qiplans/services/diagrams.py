"""Starts diagrams and keeps their lines."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from clusters.models import Cluster
from measures.models import Measure
from measures.services import change
from meetings.models import Meeting
from meetings.rules import own_nonce
from qiplans.models import Diagram, DiagramLine, Project, Ramp
from qiplans.rules.tools import LEVELS, MOST_LINES

UNNAMED = ("Driver to be named", "Secondary driver to be named")


class LineNotAllowed(Exception):
    """A line that can't be added or removed. `sentence` says why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@transaction.atomic
def start_driver_diagram(*, by: User, project: Project, at: datetime | None = None) -> Diagram:
    """The driver diagram of a project; starting it twice gives the same one."""
    Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    diagram, is_new = Diagram.objects.get_or_create(
        project=project,
        kind=Diagram.Kind.DRIVER,
        defaults={"cluster": project.priority.plan.cluster, "started_at": at or timezone.now(), "started_by": by},
    )
    if is_new:
        audit.record("diagram started", diagram, by=by, detail={"kind": diagram.kind, "project": project.pk})
    return diagram


@transaction.atomic
def start_diagram(
    *,
    by: User,
    cluster: Cluster,
    kind: str,
    title: str,
    project: Project | None = None,
    meeting: Meeting | None = None,
    at: datetime | None = None,
    nonce: UUID | None = None,
) -> Diagram:
    """A new fishbone, Pareto chart or SWOT. The same form sent twice is one diagram."""
    diagram, is_new = Diagram.objects.get_or_create(
        nonce=own_nonce(nonce or uuid4(), by.pk, cluster.pk, kind, title),
        defaults={
            "cluster": cluster,
            "kind": kind,
            "title": title,
            "project": project,
            "meeting": meeting,
            "started_at": at or timezone.now(),
            "started_by": by,
        },
    )
    if is_new:
        told = {"kind": kind, "project": project and project.pk, "meeting": meeting and meeting.pk}
        audit.record("diagram started", diagram, by=by, detail=told)
    return diagram


@transaction.atomic
def change_diagram(*, by: User, diagram: Diagram, version: int, title: str) -> Diagram:
    """Say otherwise what it is about. Raises ChangedMeanwhile."""
    change(diagram, by=by, version=version, verb="diagram changed", changes={"title": title})
    return diagram


@transaction.atomic
def add_line(
    *,
    by: User,
    diagram: Diagram,
    text: str,
    parent: DiagramLine | None = None,
    part: str = "",
    count: int | None = None,
    measure: Measure | None = None,
    nonce: UUID | None = None,
) -> DiagramLine:
    """A line at the end of its list. The same line sent twice is one; with other words it is another line.

    Raises LineNotAllowed when the diagram is full, or as deep as it goes.
    """
    now = Diagram.objects.select_for_update(of=("self",)).get(pk=diagram.pk)
    key = own_nonce(nonce or uuid4(), by.pk, now.pk, parent and parent.pk, part, text, count, measure and measure.pk)
    if there := DiagramLine.objects.filter(nonce=key).first():
        return there
    lines = list(now.lines.all())
    _refuse_too_much(now, lines, parent)
    beside = [line for line in lines if (line.parent_id, line.part) == (parent and parent.pk, part)]
    line = DiagramLine.objects.create(
        diagram=now,
        parent=parent,
        part=part,
        text=text,
        count=count,
        measure=measure,
        position=max((one.position for one in beside), default=0) + 1,
        nonce=key,
    )
    audit.record("diagram line added", line, by=by, detail={"diagram": now.pk, "under": parent and parent.pk})
    return line


@transaction.atomic
def put_ideas(*, by: User, project: Project, ideas: Sequence[str]) -> tuple[Diagram, int]:
    """Put change ideas into the driver diagram of a project, and say how many were new in it.

    Those that stand in it stay where they are. The others go where such ideas stand already, else under two drivers
    that wait for a name: ideas hang on drivers. Raises LineNotAllowed when the diagram is full; then none is put.
    """
    diagram = start_driver_diagram(by=by, project=project)
    Diagram.objects.select_for_update(of=("self",)).get(pk=diagram.pk)
    there = {line.text.casefold(): line for line in diagram.lines.filter(parent__parent__isnull=False)}
    new = [idea for idea in dict.fromkeys(ideas) if idea.casefold() not in there]
    beside = next((there[idea.casefold()] for idea in ideas if idea.casefold() in there), None)
    under = beside.parent if beside else None
    for name in () if under or not new else UNNAMED:
        under = add_line(by=by, diagram=diagram, text=name, parent=under)
    for idea in new:
        add_line(by=by, diagram=diagram, text=idea, parent=under)
    return diagram, len(new)


def _refuse_too_much(diagram: Diagram, lines: list[DiagramLine], parent: DiagramLine | None) -> None:
    if len(lines) >= MOST_LINES:
        raise LineNotAllowed(f"A diagram holds {MOST_LINES} lines at most. Remove what matters least first.")
    by_pk = {line.pk: line for line in lines}
    level, above = 0, by_pk.get(parent.pk) if parent else None
    if parent and above is None:
        raise LineNotAllowed("The line above it is no longer there. Somebody may have removed it.")
    while above:
        level, above = level + 1, by_pk.get(above.parent_id) if above.parent_id else None
    if level >= len(LEVELS[diagram.kind]):
        raise LineNotAllowed("This diagram goes no deeper.")


@transaction.atomic
def change_line(
    *, by: User, line: DiagramLine, version: int, text: str, count: int | None = None, measure: Measure | None = None
) -> DiagramLine:
    """Change what a line says, counts, or is measured by. Raises ChangedMeanwhile."""
    changes = {"text": text, "count": count, "measure_id": measure.pk if measure else None}
    change(line, by=by, version=version, verb="diagram line changed", changes=changes)
    return line


@transaction.atomic
def move_line(*, by: User, line: DiagramLine, is_up: bool) -> None:
    """Let it change places with the one before or after it in its own list; at the end nothing happens."""
    Diagram.objects.select_for_update(of=("self",)).get(pk=line.diagram_id)
    rows = list(DiagramLine.objects.filter(diagram=line.diagram_id, parent=line.parent_id, part=line.part))
    here = next((n for n, row in enumerate(rows) if row.pk == line.pk), 0)
    there = here - 1 if is_up else here + 1
    if not 0 <= there < len(rows):
        return
    rows[here], rows[there] = rows[there], rows[here]
    for position, row in enumerate(rows, start=1):
        row.position = position
    DiagramLine.objects.bulk_update(rows, ["position"])
    audit.record("diagram line moved", rows[there], by=by, detail={"from": here + 1, "to": there + 1})


@transaction.atomic
def remove_line(*, by: User, line: DiagramLine) -> None:
    """Remove a line with all under it. Removing it twice is removing it once.

    Raises LineNotAllowed where a PDSA cycle tests it, or a change idea under it: what was tried stays.
    """
    Diagram.objects.select_for_update(of=("self",)).get(pk=line.diagram_id)
    branch = branch_of(line)
    if Ramp.objects.filter(idea__in=[one.pk for one in branch]).exists():
        raise LineNotAllowed("PDSA cycles test a change idea here. What was tried stays; change its words instead.")
    for one in reversed(branch):
        audit.record("diagram line removed", one, by=by, before=audit.snapshot(one), detail={"diagram": one.diagram_id})
        one.delete()


def branch_of(line: DiagramLine) -> list[DiagramLine]:
    """A line and all under it, each after the one that it hangs on; nothing where it is gone."""
    lines = list(DiagramLine.objects.filter(diagram=line.diagram_id))
    branch = [one for one in lines if one.pk == line.pk]
    for above in branch:  # grows while it is walked: level by level
        branch += [one for one in lines if one.parent_id == above.pk]
    return branch
