"""Narrowing of lists of projects; what is chosen stays in the address."""

import django_filters as filters
from django.db.models import Q, QuerySet

from practices.models import HSCP
from qiplans.models import Project
from shared.filters import PortalFilterSet


class ScotlandFilter(PortalFilterSet):
    """Work across Scotland by words of title and aim, and by the HSCP that leads the cluster."""

    q = filters.CharFilter(label="Words", method="by_words", max_length=120)
    hscp = filters.ModelChoiceFilter(
        label="HSCP",
        field_name="priority__plan__cluster__lead_hscp",
        queryset=HSCP.objects.order_by("name"),
        to_field_name="code",
        empty_label="All of Scotland",
    )

    class Meta:
        model = Project
        fields: list[str] = []

    def by_words(self, found: QuerySet[Project], name: str, value: str) -> QuerySet[Project]:
        """Every word somewhere in title or aim, in any order."""
        for word in value.split():
            found = found.filter(Q(title__icontains=word) | Q(aim__icontains=word))
        return found
