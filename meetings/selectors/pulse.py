"""How a meeting was, in numbers without names: shown from four answers on."""

from dataclasses import dataclass

from accounts.models import User
from meetings.models import Meeting, Pulse, PulseGiven

SHOWN_FROM = 4
ASPECTS = (
    ("organised", "Well organised"),
    ("friendly", "Friendly"),
    ("facilitated", "Well facilitated"),
    ("productive", "Productive"),
)


@dataclass(frozen=True)
class PulseSeen:
    """How many answered, and from four answers on how many of them said yes or rather yes to each aspect."""

    answers: int
    agreed: tuple[tuple[str, int], ...]


def pulse_of(meeting: Meeting) -> PulseSeen:
    """The pulse of a meeting; no aspect before the fourth answer."""
    answers = Pulse.objects.filter(meeting=meeting)
    rows = list(answers.values_list(*(name for name, _ in ASPECTS)))
    if len(rows) < SHOWN_FROM:
        return PulseSeen(len(rows), ())
    return PulseSeen(
        len(rows), tuple((label, sum(row[n] >= 3 for row in rows)) for n, (_, label) in enumerate(ASPECTS))
    )


def has_answered(person: User, meeting: Meeting) -> bool:
    return PulseGiven.objects.filter(meeting=meeting, person=person).exists()
