"""How else the priorities of a plan are looked at, for those inside the cluster."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from qiplans.models import Lens, QualityReading
from qiplans.rules.lenses import SHOWN_FROM

Meaning = QualityReading.Meaning


@dataclass(frozen=True)
class Readings:
    """What quality means to the members: how many answered, and the counts, the most frequent first.

    `counts` is empty before the fourth answer.
    """

    answers: int
    counts: tuple[tuple[str, int], ...]

    @property
    def missing(self) -> int:
        """How many answers are still missing before the counts are shown."""
        return max(SHOWN_FROM - self.answers, 0)

    @property
    def differ(self) -> bool:
        """Whether no reading is that of more than half: worth talking about."""
        return bool(self.counts) and self.counts[0][1] * 2 <= self.answers


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
    given: dict[int, list[str]] = defaultdict(list)
    for key, meaning in QualityReading.objects.filter(priority__in=keys).values_list("priority", "meaning"):
        given[key].append(meaning)
    return {key: Looked(lenses.get(key), _readings(given[key])) for key in keys}


def own_reading(priority: int, person: int) -> str:
    """What somebody answered; empty before that."""
    found = QualityReading.objects.filter(priority=priority, person=person).values_list("meaning", flat=True)
    return found.first() or ""


def _readings(meanings: list[str]) -> Readings:
    if len(meanings) < SHOWN_FROM:
        return Readings(len(meanings), ())
    counts = Counter(meanings).most_common()
    return Readings(len(meanings), tuple((_word(Meaning(meaning).label), count) for meaning, count in counts))


def _word(label: str) -> str:
    return label.partition(":")[0].lower()
