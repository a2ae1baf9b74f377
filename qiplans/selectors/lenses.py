"""How else the priorities of a plan are looked at, for those inside the cluster."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from qiplans.models import Lens, Priority, QualityReading, ReadingGiven
from qiplans.rules.lenses import SHOWN_FROM
from shared.sealing import marks_of

Meaning = QualityReading.Meaning


@dataclass(frozen=True)
class Readings:
    """What quality means to the members: how many answered, and the counts of those `shown`, the most frequent first.

    `counts` is empty before the fourth answer, and takes in later ones four at a time.
    """

    answers: int
    shown: int
    counts: tuple[tuple[str, int], ...]

    @property
    def missing(self) -> int:
        """How many answers are still missing before the counts are shown."""
        return max(SHOWN_FROM - self.answers, 0)

    @property
    def differ(self) -> bool:
        """Whether no reading is that of more than half: worth talking about."""
        return bool(self.counts) and self.counts[0][1] * 2 <= self.shown


@dataclass(frozen=True)
class Looked:
    """One priority's lens, if somebody filled it in, and its readings."""

    lens: Lens | None
    readings: Readings


def looked_at(priorities: Iterable[int]) -> dict[int, Looked]:
    """By id of the priority. Two queries for any number of them; none for none."""
    keys = list(priorities)
    if not keys:
        return {}
    lenses = {lens.priority_id: lens for lens in Lens.objects.filter(priority__in=keys)}
    given: dict[int, list[QualityReading]] = defaultdict(list)
    for reading in QualityReading.objects.filter(priority__in=keys).order_by("-shown", "pk"):
        given[reading.priority_id].append(reading)
    return {key: Looked(lenses.get(key), _readings(given[key])) for key in keys}


def lens_of(priority: Priority) -> Lens:
    """How a priority is looked at; a new one, not kept yet, where nobody has said it."""
    return Lens.objects.filter(priority=priority).first() or Lens(priority=priority)


def has_read_quality(priority: int, person: int) -> bool:
    """Whether the person with that id has said what quality means there; nothing says what they said."""
    return ReadingGiven.objects.filter(priority=priority, mark__in=reading_marks(priority, person)).exists()


def reading_marks(priority: int, person: int) -> list[str]:
    """What may stand for a person who answered, by today's secret key first."""
    return marks_of(f"quality:{priority}:{person}")


def _readings(kept: list[QualityReading]) -> Readings:
    counts = tuple((_word(Meaning(one.meaning).label), one.shown) for one in kept if one.shown)
    return Readings(sum(one.given for one in kept), sum(one.shown for one in kept), counts)


def _word(label: str) -> str:
    return label.partition(":")[0].lower()
