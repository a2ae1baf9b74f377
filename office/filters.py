"""Narrowing of lists; what is chosen stays in the address."""

import django_filters as filters
from django.db.models import QuerySet

from office.models import Letter
from office.selectors import letters_matching
from shared.filters import PortalFilterSet


class LetterFilter(PortalFilterSet):
    """Letters by person, address or subject, and by what became of them."""

    q = filters.CharFilter(label="Name, e-mail address or subject", method="by_words")
    state = filters.ChoiceFilter(label="What became of it", choices=Letter.State.choices, empty_label="All")

    class Meta:
        model = Letter
        fields: list[str] = []

    def by_words(self, found: QuerySet[Letter], name: str, value: str) -> QuerySet[Letter]:
        return letters_matching(found, value)
