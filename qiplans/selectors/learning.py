"""What the members of a cluster say of their knowledge and skills, in numbers without names."""

from dataclasses import dataclass

from clusters.models import Cluster
from qiplans.models import LearningAnswer
from qiplans.models.learning import ASKED
from qiplans.rules.learning import AGREES, ANSWERS, QUESTIONS, SHOWN_FROM
from shared.sealing import marks_of


@dataclass(frozen=True)
class Counted:
    """One question: how many agree, and how many gave each answer."""

    text: str
    agree: int
    answers: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class NeedsSeen:
    """The answers of one plan year: how many, and from four answers on the counts by question."""

    year: int
    answers: int
    counted: tuple[Counted, ...]

    @property
    def years(self) -> str:
        return f"{self.year}/{(self.year + 1) % 100:02}"


def needs_of(cluster: Cluster, year: int) -> NeedsSeen:
    """How a cluster answered in a plan year; no counts before the fourth answer."""
    rows = list(LearningAnswer.objects.filter(needs__cluster=cluster, needs__year=year).values(*ASKED))
    if len(rows) < SHOWN_FROM:
        return NeedsSeen(year, len(rows), ())
    return NeedsSeen(year, len(rows), tuple(_counted(text, [row[name] for row in rows]) for name, text in QUESTIONS))


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
