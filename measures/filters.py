"""Narrowing of the library of measures; what is chosen stays in the address."""

import django_filters as filters
from django.db.models import Q, QuerySet

from measures.models import Measure
from shared.filters import PortalFilterSet


class LibraryFilter(PortalFilterSet):
    """Definitions by their words, by what they are for and by unit."""

    q = filters.CharFilter(label="Words", method="by_words", max_length=120)
    kind = filters.ChoiceFilter(label="What it is for", choices=Measure.Kind.choices, empty_label="All")
    unit = filters.ChoiceFilter(label="Unit", choices=Measure.Unit.choices, empty_label="All")

    class Meta:
        model = Measure
        fields: list[str] = []

    def by_words(self, found: QuerySet[Measure], name: str, value: str) -> QuerySet[Measure]:
        """Every word somewhere in name, numerator, denominator or source, in any order."""
        boxes = ("name", "numerator", "denominator", "source", "definition")
        for word in value.split():
            found = found.filter(Q(*((f"{box}__icontains", word) for box in boxes), _connector=Q.OR))
        return found
