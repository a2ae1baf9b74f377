"""A PDSA cycle on one page: plan, do, study and act, with each result beside its prediction."""

from collections.abc import Iterator
from datetime import date

from django.utils.timezone import localdate

from accounts.models import User
from meetings.documents.sheets import members_only, printed_for
from qiplans.models import Cycle, Question
from shared.dates import in_words
from shared.documents import Block, Document, Facts, Heading, Line, Paragraph, Table

SAID = {True: "yes", False: "no", None: "–"}


def cycle_document(cycle: Cycle, *, reader: User, on: date) -> Document:
    """All of a cycle, for a reader who is inside the cluster: the door checks that."""
    project = cycle.ramp.project
    forum = project.priority.plan.cluster.forum
    return Document(
        title=f"PDSA cycle {cycle.number}: {cycle.ramp.name}",
        about=f"{forum} · {project.title}",
        printed=printed_for(reader, on=on),
        readers=members_only(forum),
        mark=cycle.stands.capitalize(),
        blocks=(*_plan(cycle), *_do(cycle), *_study(cycle), *_act(cycle)),
    )


def _plan(cycle: Cycle) -> Iterator[Block]:
    yield from (Heading("Plan"), Paragraph(Line(cycle.objective)))
    yield from _facts(
        ("Kind", cycle.get_kind_display()),
        ("Sees to it", str(cycle.owner or "")),
        ("Who, where and when", cycle.arrangements),
        ("What is counted, by whom", cycle.data_needed),
        ("Starts on", in_words(cycle.starts_on) if cycle.starts_on else ""),
        ("Result on", in_words(cycle.study_on) if cycle.study_on else ""),
    )


def _do(cycle: Cycle) -> Iterator[Block]:
    yield Heading("Do")
    if cycle.done_at is None:
        yield Paragraph(Line("Not done yet."))
        return
    yield Paragraph(Line(cycle.observations))
    planned = "" if cycle.was_as_planned is None else SAID[cycle.was_as_planned]
    yield from _facts(("As planned", planned), ("Surprises", cycle.surprises))


def _study(cycle: Cycle) -> Iterator[Block]:
    head = ("Question", "Predicted", "Result", "As predicted?")
    yield from (Heading("Study"), Table(head, tuple(map(_row, cycle.questions.all())), (5, 4, 4, 2)))
    better = "" if cycle.has_improved is None else SAID[cycle.has_improved]
    yield from _facts(("Learned", cycle.learning), ("Made things better", better))


def _row(question: Question) -> tuple[str, ...]:
    return question.text, question.prediction, question.result or "not yet", SAID[question.is_confirmed]


def _act(cycle: Cycle) -> Iterator[Block]:
    yield Heading("Act")
    if cycle.studied_at is None:
        yield Paragraph(Line("Not decided yet."))
        return
    yield Paragraph(Line(cycle.get_decision_display()))
    by = f"{cycle.studied_by} on {in_words(localdate(cycle.studied_at))}"
    yield from _facts(("Next", cycle.next_step), ("Written by", by))


def _facts(*pairs: tuple[str, str]) -> Iterator[Block]:
    if there := tuple((name, value) for name, value in pairs if value):
        yield Facts(there)
