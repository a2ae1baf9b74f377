"""What a practice is like on a day: its figures and the posts that stand empty."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from practices import rules
from practices.models import ListSize, Practice, PracticeProfile, StaffVacancy
from shared.doors import open_door


@dataclass(frozen=True)
class PracticeRecord:
    """Figures as of their day (None: none yet) with those before them, and vacancies by staff group.

    `words` follow from the figures ("single-handed"). `empty` are the posts that stand empty, `filled` those of the
    past; both newest first.
    """

    profile: PracticeProfile | None
    earlier: tuple[PracticeProfile, ...]
    patients: ListSize | None
    words: tuple[str, ...]
    empty: tuple[StaffVacancy, ...]
    filled: tuple[StaffVacancy, ...]


def record_of(practices: Sequence[Practice], *, on: date) -> PracticeRecord:
    """The record of one practice under its codes, today's first, on a day. Three queries."""
    profiles = list(PracticeProfile.objects.filter(practice__in=practices, as_of__lte=on).order_by("-as_of", "-pk"))
    sizes = ListSize.objects.filter(practice__in=practices, counted_on__lte=on)
    patients = sizes.order_by("-counted_on", "-practice__code").first()
    vacancies = StaffVacancy.objects.filter(practice__in=practices, since__lte=on).order_by("-since", "-pk")
    empty = [v for v in vacancies if v.filled_on is None or v.filled_on > on]
    profile = profiles[0] if profiles else None
    words = rules.size_words(gps=profile.gps if profile else None, patients=patients.patients if patients else None)
    return PracticeRecord(
        profile=profile,
        earlier=tuple(profiles[1:]),
        patients=patients,
        words=tuple(words),
        empty=tuple(empty),
        filled=tuple(v for v in vacancies if v not in empty),
    )


def vacancy_of(practices: Sequence[Practice], pk: int) -> StaffVacancy:
    """One vacancy of a practice under its codes (404 for another's); for readers who passed the practice's door."""
    return open_door(StaffVacancy.objects.filter(practice__in=practices).select_related("practice"), pk=pk)
