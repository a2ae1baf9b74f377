"""Plans, does and studies PDSA cycles, and keeps what patients and carers said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts import audit
from accounts.models import User
from measures.services import ChangedMeanwhile, change
from meetings.rules import own_nonce
from qiplans.models import Cycle, DiagramLine, Feedback, Project, Question, Ramp


@dataclass(frozen=True)
class Asked:
    """A question of a plan with its prediction."""

    text: str
    prediction: str


@dataclass(frozen=True)
class Answered:
    """What came out for the question at `position`."""

    position: int
    result: str
    is_confirmed: bool | None = None


class QuestionsFixed(Exception):
    """The cycle was done: its questions and predictions stay, so that no result stands beside another question."""


@transaction.atomic
def plan_cycle(
    *,
    by: User,
    project: Project,
    questions: Sequence[Asked],
    idea: DiagramLine | None = None,
    ramp: Ramp | None = None,
    title: str = "",
    at: datetime | None = None,
    nonce: UUID | None = None,
    **plan: Any,
) -> Cycle:
    """The next cycle of a change idea: one of the driver diagram, one that has a `ramp` already, or a new `title`.

    `plan` are the fields of a plan (`objective` and what else is known). The same form sent twice is one cycle; sent
    with other words it is another one.
    """
    Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    tested = (idea and idea.pk, ramp and ramp.pk, title)
    key = own_nonce(nonce or uuid4(), by.pk, project.pk, tested, str(sorted(plan.items(), key=str)), tuple(questions))
    if there := Cycle.objects.filter(nonce=key).first():
        return there
    under = ramp or _ramp(by, project, idea, title)
    last = under.cycles.aggregate(last=Max("number"))["last"] or 0
    cycle = Cycle.objects.create(
        ramp=under, number=last + 1, planned_at=at or timezone.now(), planned_by=by, nonce=key, **plan
    )
    _put_questions(cycle, questions)
    audit.record("cycle planned", cycle, by=by, detail={"project": project.pk, "number": cycle.number})
    return cycle


def _ramp(by: User, project: Project, idea: DiagramLine | None, title: str) -> Ramp:
    told: dict[str, Any] = {"idea": idea} if idea else {"idea": None, "title": title}
    ramp, is_new = Ramp.objects.get_or_create(project=project, **told)
    if is_new:
        audit.record("ramp begun", ramp, by=by, detail={"project": project.pk, "idea": idea and idea.pk})
    return ramp


@transaction.atomic
def change_cycle_plan(*, by: User, cycle: Cycle, version: int, questions: Sequence[Asked], **plan: Any) -> Cycle:
    """Change a plan. Raises ChangedMeanwhile, and QuestionsFixed for other questions once there is something to see."""
    now = Cycle.objects.select_for_update(of=("self",)).get(pk=cycle.pk)
    asked = [Asked(q.text, q.prediction) for q in now.questions.all()] != list(questions)
    if asked and now.has_fixed_questions:
        raise QuestionsFixed
    if change(cycle, by=by, version=version, verb="cycle plan changed", changes=plan, also=asked) and asked:
        _put_questions(cycle, questions)
    return cycle


def _put_questions(cycle: Cycle, questions: Sequence[Asked]) -> None:
    for position, asked in enumerate(questions, start=1):
        words = {"text": asked.text, "prediction": asked.prediction}
        Question.objects.update_or_create(cycle=cycle, position=position, defaults=words)
    cycle.questions.filter(position__gt=len(questions)).delete()


@transaction.atomic
def report_cycle(
    *,
    by: User,
    cycle: Cycle,
    version: int,
    observations: str,
    was_as_planned: bool | None = None,
    surprises: str = "",
    at: datetime | None = None,
) -> Cycle:
    """Do: what was seen. The first report says when it was done. Raises ChangedMeanwhile."""
    changes: dict[str, Any] = {
        "observations": observations,
        "was_as_planned": was_as_planned,
        "surprises": surprises,
    }
    if cycle.done_at is None:
        changes |= {"done_at": at or timezone.now(), "done_by_id": by.pk}
    _change_unless_same(cycle, by=by, version=version, verb="cycle done", changes=changes)
    return cycle


@transaction.atomic
def study_cycle(
    *,
    by: User,
    cycle: Cycle,
    version: int,
    answers: Sequence[Answered],
    decision: str,
    learning: str = "",
    has_improved: bool | None = None,
    next_step: str = "",
    at: datetime | None = None,
) -> Cycle:
    """Study and act: the result beside each prediction, what was learned, what is decided. Raises ChangedMeanwhile."""
    changes: dict[str, Any] = {
        "decision": decision,
        "learning": learning,
        "has_improved": has_improved,
        "next_step": next_step,
    }
    if cycle.studied_at is None:
        changes |= {"studied_at": at or timezone.now(), "studied_by_id": by.pk}
    questions = {q.position: q for q in cycle.questions.all()}
    fresh = [
        answer
        for answer in answers
        if (q := questions.get(answer.position)) and (q.result, q.is_confirmed) != (answer.result, answer.is_confirmed)
    ]
    _change_unless_same(cycle, by=by, version=version, verb="cycle studied", changes=changes, also=bool(fresh))
    for answer in fresh:
        question = questions[answer.position]
        question.result, question.is_confirmed = answer.result, answer.is_confirmed
        question.save(update_fields=["result", "is_confirmed"])
    return cycle


def _change_unless_same(
    cycle: Cycle, *, by: User, version: int, verb: str, changes: dict[str, Any], also: bool = False
) -> None:
    """As `change`; a second press of the same button finds the same words with another moment and is no conflict."""
    try:
        change(cycle, by=by, version=version, verb=verb, changes=changes, also=also)
    except ChangedMeanwhile:
        words = {name: value for name, value in changes.items() if not name.endswith(("_at", "_by_id"))}
        if also or any(getattr(cycle, name) != value for name, value in words.items()):
            raise


@transaction.atomic
def add_feedback(
    *,
    by: User,
    project: Project,
    theme: str,
    tone: str,
    source: str,
    heard_on: date,
    people: int | None = None,
    changed: str = "",
    at: datetime | None = None,
    nonce: UUID | None = None,
) -> Feedback:
    """A theme in what patients or carers said. The same form sent twice is one; with other words it is another."""
    feedback, is_new = Feedback.objects.get_or_create(
        nonce=own_nonce(nonce or uuid4(), by.pk, project.pk, theme, tone, source, str(heard_on), people, changed),
        defaults={
            "project": project,
            "theme": theme,
            "tone": tone,
            "source": source,
            "heard_on": heard_on,
            "people": people,
            "changed": changed,
            "written_at": at or timezone.now(),
            "written_by": by,
        },
    )
    if is_new:
        audit.record("feedback added", feedback, by=by, detail={"project": project.pk, "source": source})
    return feedback


@transaction.atomic
def change_feedback(*, by: User, feedback: Feedback, version: int, **changes: Any) -> Feedback:
    """Change a theme, or say what was changed because of it. Raises ChangedMeanwhile."""
    change(feedback, by=by, version=version, verb="feedback changed", changes=changes)
    return feedback
