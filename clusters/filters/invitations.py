"""Narrowing the list of invitations."""

import django_filters as filters
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Invitation
from accounts.selectors import invitations_when
from clusters.selectors.invitations import invitations_matching, not_arrived
from shared.filters import PortalFilterSet

WHEN = [
    ("open", "Open"),
    ("lost", "Did not arrive"),
    ("expired", "Expired"),
    ("accepted", "Accepted"),
    ("void", "Taken back or replaced"),
]


class InvitationFilter(PortalFilterSet):
    """Invitations by person, address or who invited, and by what became of them."""

    q = filters.CharFilter(label="Name or e-mail address", method="by_words")
    when = filters.ChoiceFilter(label="What became of it", method="by_time", choices=WHEN, empty_label="All")

    class Meta:
        model = Invitation
        fields: list[str] = []

    def by_words(self, found: QuerySet[Invitation], name: str, value: str) -> QuerySet[Invitation]:
        return invitations_matching(found, value)

    def by_time(self, found: QuerySet[Invitation], name: str, value: str) -> QuerySet[Invitation]:
        if value == "lost":
            return not_arrived(found, now=timezone.now())
        return invitations_when(found, value, now=timezone.now())
