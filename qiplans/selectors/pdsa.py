"""PDSA cycles in their ramps, as far as a reader may see them; and what patients and carers said."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.reach import Reach
from accounts.roles import Right
from clusters.models import Forum
from meetings.plugs import Group, Suggested
from office.plugs import Asked, Line, Section
from qiplans import rules
from qiplans.models import Cycle, Diagram, DiagramLine, Feedback, Project, Ramp
from qiplans.rules import tools
from qiplans.selectors.charters import charter_of, ideas_written
from shared.dates import in_words
from shared.doors import open_door

OF_CYCLE = "ramp__project__priority__plan__cluster__forum"


@dataclass(frozen=True)
class RampRow:
    """A change idea with its cycles in order, as a row of cards."""

    ramp: Ramp
    cycles: list[Cycle]

    @property
    def last(self) -> Cycle | None:
        return self.cycles[-1] if self.cycles else None


def ramps_of(project: Project) -> list[RampRow]:
    """All ramps of a project with their cycles, in two queries."""
    ramps = project.ramps.select_related("idea").prefetch_related("cycles__owner")
    return [RampRow(ramp, list(ramp.cycles.all())) for ramp in ramps]


def cycles_within(reach: Reach) -> QuerySet[Cycle]:
    """Cycles of the reader's own clusters. Above the cluster their outcomes stand on the project page, no more."""
    inside = Cycle.objects.filter(ramp__project__priority__plan__cluster__in=reach.clusters(Right.SEE_INSIDE))
    return inside.select_related(
        OF_CYCLE, "ramp__idea", "ramp__project__lead", "owner", "planned_by", "done_by", "studied_by"
    )


def cycle_for(reach: Reach, pk: int, *, may: tools.CycleRule | None = None, sentence: str = "") -> Cycle:
    """The cycle `pk`, if it is in reach (404) and the rule permits (403 with `sentence`)."""
    extra = {"sentence": sentence} if sentence else {}
    within = cycles_within(reach).prefetch_related("questions", "ramp__project__practices")
    return open_door(within, may=may, reach=reach, pk=pk, **extra)


def cycle_after(project: Project, pk: str) -> Cycle | None:
    """The cycle of this project that a next one follows; None for anything else."""
    if not pk.isascii() or not pk.isdigit() or len(pk) > 9:
        return None
    within = Cycle.objects.filter(ramp__project=project).select_related("ramp__idea", "owner")
    return within.prefetch_related("questions").filter(pk=int(pk)).first()


def ideas_of(project: Project) -> list[DiagramLine]:
    """The change ideas of a project's driver diagram."""
    diagram = Diagram.objects.filter(project=project, kind=Diagram.Kind.DRIVER)
    return list(
        DiagramLine.objects.filter(diagram__in=diagram, parent__parent__isnull=False).order_by(
            "parent__parent__position", "parent__position", "position", "pk"
        )
    )


def ideas_to_test(project: Project) -> Iterator[tuple[str, str]]:
    """Key and words of every change idea that a cycle can test: of the driver diagram, and those of own words."""
    for line in ideas_of(project):
        yield f"line-{line.pk}", line.text
    for ramp in project.ramps.filter(idea__isnull=True):
        yield f"ramp-{ramp.pk}", ramp.title


def begun_from(project: Project, idea: str) -> dict[str, str]:
    """What a first cycle can be begun with: the change idea that an address names, by its key or in words.

    Words count where they stand in the charter, whose first test begins the first cycle of a project; what it predicts
    is for the team to say. Anything else begins nothing.
    """
    charter = charter_of(project)
    if idea not in ideas_written(charter):
        return {"idea": idea}
    objective = "" if project.ramps.exists() else charter.first_test
    same = (key for key, words in ideas_to_test(project) if words.casefold() == idea.casefold())
    key = next(same, "")
    return {"idea": key or "new", "new_idea": "" if key else idea, "objective": objective}


def key_of(ramp: Ramp) -> str:
    """How a form names the change idea of a ramp."""
    return f"line-{ramp.idea_id}" if ramp.idea_id else f"ramp-{ramp.pk}"


def tested_by(project: Project, kind: str, pk: int | None, words: str) -> dict[str, Any]:
    """What `plan_cycle` is told of the change idea that a form named: a line, a ramp, or words of its own.

    The form offers those of the project only; Http404 for one that went between the question and the answer.
    """
    if kind == "line":
        line = get_object_or_404(DiagramLine, pk=pk, diagram__project=project)
        return {"idea": line}
    if kind == "ramp":
        return {"ramp": get_object_or_404(project.ramps, pk=pk)}
    return {"title": words}


def with_questions(cycle: Cycle) -> Cycle:
    """The cycle with its questions as its forms name them, to be laid beside what somebody else typed."""
    for q in cycle.questions.all():
        told = {"question": q.text, "prediction": q.prediction, "result": q.result, "confirmed": q.is_confirmed}
        for name, value in told.items():
            setattr(cycle, f"{name}_{q.position}", value)
    return cycle


def carried_over(cycle: Cycle) -> dict[str, Any]:
    """What the next cycle can be begun with: its idea, people and counting; what is still open is asked again.

    A question whose prediction was confirmed is answered. The others keep their prediction, to be written anew.
    """
    still_open = [q for q in cycle.questions.all() if q.is_confirmed is not True]
    asked = {
        f"{name}_{n}": value
        for n, q in enumerate(still_open, start=1)
        for name, value in (("question", q.text), ("prediction", q.prediction))
    }
    adopted = cycle.decision == Cycle.Decision.ADOPT
    return {
        "idea": key_of(cycle.ramp),
        "objective": cycle.next_step or cycle.objective,
        "kind": Cycle.Kind.IMPLEMENT if adopted else cycle.kind,
        "owner": cycle.owner_id,
        "arrangements": cycle.arrangements,
        "data_needed": cycle.data_needed,
        **asked,
    }


def as_planned(cycle: Cycle) -> dict[str, Any]:
    """What stands in the boxes when a plan is changed."""
    asked = {
        f"{name}_{q.position}": value
        for q in cycle.questions.all()
        for name, value in (("question", q.text), ("prediction", q.prediction))
    }
    plain = ("objective", "kind", "starts_on", "study_on", "arrangements", "data_needed", "version")
    return {**{name: getattr(cycle, name) for name in plain}, "owner": cycle.owner_id, **asked}


def due_cycles() -> QuerySet[Cycle]:
    """Cycles whose day for a look at the result was set, and that nobody has studied, of projects under way."""
    waiting = Cycle.objects.filter(studied_at__isnull=True, study_on__isnull=False)
    return waiting.exclude(ramp__project__state__in=rules.OVER).select_related(OF_CYCLE, "ramp__idea", "owner")


def cycle_lines(forum: Forum, *, on: date, reach: Reach | None) -> list[Suggested]:
    """For the agenda: cycles of the cluster past the day on which their result was to be looked at."""
    due = due_cycles().filter(ramp__project__priority__plan__cluster__forum=forum, study_on__lt=on)
    return [
        Suggested(
            f"cycle:{cycle.pk}",
            Group.PLAN,
            f"What came out of cycle {cycle.number} of “{cycle.ramp.name}”"[:300],
            reverse("qiplans:cycle", args=[cycle.pk]),
            f"not studied yet{f', {cycle.owner}' if cycle.owner else ''}",
            cycle.study_on,
            is_kept=True,
        )
        for cycle in due.order_by("study_on", "pk")
    ]


def cycles_to_tell(asked: Asked) -> dict[int, list[Line]]:
    """For reminders: cycles to be studied soon, told to their owner, else to the lead of the project."""
    told: dict[int, list[Line]] = {}
    for cycle in due_cycles().filter(study_on__lte=asked.soon).select_related("ramp__project__lead"):
        holder, day = cycle.owner_id or cycle.ramp.project.lead_id, cycle.study_on or asked.on
        if holder is None or holder not in asked.people:
            continue
        if cycle.ramp.project.priority.plan.cluster_id not in asked.reaches[holder].clusters(Right.SEE_INSIDE):
            continue
        section = Section.LATE if day < asked.on else Section.DUE
        text = f"Result of PDSA cycle {cycle.number} of “{cycle.ramp.name}”, by {in_words(day)}"
        path = reverse("qiplans:cycle", args=[cycle.pk])
        told.setdefault(holder, []).append(Line(section, text, path, f"cycle:{cycle.pk}", day=day))
    return told


def feedback_for(reach: Reach, pk: int, *, may: Any, sentence: str) -> Feedback:
    """What patients said about a project whose inside the reader sees (404), if `may` permits (403)."""
    inside = Feedback.objects.filter(project__priority__plan__cluster__in=reach.clusters(Right.SEE_INSIDE))
    within = inside.select_related("project__priority__plan__cluster__forum").prefetch_related("project__practices")
    return open_door(within, may=may, reach=reach, pk=pk, sentence=sentence)
