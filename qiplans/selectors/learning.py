"""What the members of a cluster say of their knowledge and skills, in numbers without names."""

from dataclasses import dataclass

from clusters.models import Cluster
from qiplans.models import LearningAnswer
from qiplans.reference.learning import AGREES, ANSWERS, ASKED, QUESTIONS
from shared.sealing import marks_of


@dataclass(frozen=True)
class Counted:
    """One question: how many agree, and how many gave each answer."""

    text: str
    agree: int
    answers: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class NeedsSeen:
    """The answers of one plan year: how many, and of those that are `shown` the counts by question.

    Answers are shown in steps of four, new and changed ones alike: so the difference between two looks is never that
    of fewer people.
    """

    year: int
    answers: int
    shown: int
    counted: tuple[Counted, ...]

    @property
    def years(self) -> str:
        return f"{self.year}/{(self.year + 1) % 100:02}"


def needs_of(cluster: Cluster, year: int) -> NeedsSeen:
    """How a cluster answered in a plan year; no counts before the fourth answer."""
    kept = LearningAnswer.objects.filter(needs__cluster=cluster, needs__year=year).values_list("shown", flat=True)
    answers = list(kept)
    shown = [dict(zip(ASKED, one, strict=True)) for one in answers if one is not None]
    asked = QUESTIONS if shown else ()
    counted = tuple(_counted(text, [row[name] for row in shown]) for name, text in asked)
    return NeedsSeen(year, len(answers), len(shown), counted)


def _counted(text: str, given: list[int]) -> Counted:
    agree = sum(value >= AGREES for value in given)
    return Counted(text, agree, tuple((words, given.count(value)) for value, words in ANSWERS))


def own_answer(cluster: Cluster, year: int, person: int) -> LearningAnswer | None:
    """The answer of the person with that id, found again by its mark, to be changed by them."""
    marks = answer_marks(cluster.pk, year, person)
    return LearningAnswer.objects.filter(needs__cluster=cluster, needs__year=year, mark__in=marks).first()


def answer_marks(cluster: int, year: int, person: int) -> list[str]:
    """What may stand on the answer of a person, by today's secret key first."""
    return marks_of(f"learning needs:{cluster}:{year}:{person}")
