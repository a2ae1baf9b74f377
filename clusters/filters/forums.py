"""Narrowing of the register of forums."""

import django_filters as filters

from clusters.models import Forum, ForumQuerySet
from clusters.selectors.forums import forums_by_state, forums_in_board, forums_in_hscp, hscps_within
from practices.models import HSCP, HealthBoard
from shared.filters import PortalFilterSet


class ForumFilter(PortalFilterSet):
    """Forums by name, kind, place and state. Offers only HSCPs and boards in the reader's reach."""

    q = filters.CharFilter(label="Name", field_name="name", lookup_expr="icontains")
    kind = filters.ChoiceFilter(
        label="Kind",
        choices=[choice for choice in Forum.Kind.choices if choice[0] != Forum.Kind.CLUSTER],
        empty_label="All",
    )
    hscp = filters.ModelChoiceFilter(
        label="HSCP",
        method="by_hscp",
        to_field_name="code",
        queryset=lambda request: hscps_within(request.reach),
        empty_label="All",
    )
    state = filters.ChoiceFilter(
        label="Show",
        method="by_state",
        choices=[("review", "Review overdue"), ("closed", "Closed"), ("all", "Open and closed")],
        empty_label="Open",
    )
    board = filters.ModelChoiceFilter(
        label="Health board",
        method="by_board",
        to_field_name="code",
        queryset=lambda request: HealthBoard.objects.filter(
            hscps__in=hscps_within(request.reach).order_by()
        ).distinct(),
        empty_label="All",
    )

    class Meta:
        model = Forum
        fields: list[str] = []

    @property
    def qs(self) -> ForumQuerySet:
        """Without a choice of state only the open ones."""
        found: ForumQuerySet = super().qs
        if self.form.cleaned_data.get("state"):
            return found
        return forums_by_state(found, "", on=self.request.reach.day)

    def by_hscp(self, found: ForumQuerySet, name: str, value: HSCP) -> ForumQuerySet:
        return forums_in_hscp(found, value)

    def by_board(self, found: ForumQuerySet, name: str, value: HealthBoard) -> ForumQuerySet:
        return forums_in_board(found, value)

    def by_state(self, found: ForumQuerySet, name: str, value: str) -> ForumQuerySet:
        return forums_by_state(found, value, on=self.request.reach.day)
