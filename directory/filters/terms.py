"""Narrowing of the list of terms."""

import django_filters as filters
from django.db.models import QuerySet

from accounts.roles import Role
from clusters.selectors.people import hscps_around
from directory.models import RoleTerms
from directory.selectors.terms import in_force_ids
from shared.filters import PortalFilterSet


class TermsFilter(PortalFilterSet):
    """Terms by role, HSCP and whether they are in force."""

    role = filters.ChoiceFilter(
        label="Role", choices=[(role.value, role.label) for role in Role], empty_label="All roles"
    )
    hscp = filters.ModelChoiceFilter(
        label="HSCP", to_field_name="code", queryset=lambda request: hscps_around(request.reach), empty_label="All"
    )
    state = filters.ChoiceFilter(
        label="When", method="by_state", choices=[("now", "In force today")], empty_label="All versions"
    )

    class Meta:
        model = RoleTerms
        fields: list[str] = []

    def by_state(self, found: QuerySet[RoleTerms], name: str, value: str) -> QuerySet[RoleTerms]:
        return found.filter(pk__in=in_force_ids(on=self.request.reach.day))
