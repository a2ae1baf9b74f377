"""Narrowing of the boundary list."""

import django_filters as filters
from django.db.models import Q, QuerySet

from clusters.models import BoundaryIssue
from shared.filters import PortalFilterSet


class BoundaryFilter(PortalFilterSet):
    """Issues by practice and by whether they are decided."""

    q = filters.CharFilter(label="Name or code of the practice", method="by_words")
    state = filters.ChoiceFilter(label="State", choices=BoundaryIssue.State.choices, empty_label="All")

    class Meta:
        model = BoundaryIssue
        fields: list[str] = []

    def by_words(self, found: QuerySet[BoundaryIssue], name: str, value: str) -> QuerySet[BoundaryIssue]:
        return found.filter(Q(practice__name__icontains=value) | Q(practice__code__startswith=value.strip()))
