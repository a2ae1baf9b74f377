"""Where care is given, and what is known of each practice. One module a subject."""

from practices.models.places import (
    HSCP,
    HealthBoard,
    ListSize,
    Locality,
    Practice,
    PracticeQuerySet,
    Succession,
)
from practices.models.records import PracticeProfile, StaffVacancy

__all__ = [
    "HSCP",
    "HealthBoard",
    "ListSize",
    "Locality",
    "Practice",
    "PracticeProfile",
    "PracticeQuerySet",
    "StaffVacancy",
    "Succession",
]
