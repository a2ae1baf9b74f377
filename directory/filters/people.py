"""Narrowing of the directory of people and of mailing lists; what is chosen stays in the address."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet

from accounts.roles import Role
from clusters.models import RoleAssignment
from directory.selectors.people import at_place, people_asked_for, places_around
from shared.filters import PortalFilterSet

ROLES = [(role.value, role.label) for role in Role]


class _AtPlaceFilter(PortalFilterSet):
    """Roles by the place that they are held at or in. Offers only places around the reader."""

    place = filters.ChoiceFilter(label="Place", method="by_place", empty_label="Everywhere I reach")

    class Meta:
        model = RoleAssignment
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["place"].extra["choices"] = self.places = places_around(self.request.reach)

    def by_place(self, found: QuerySet[RoleAssignment], name: str, value: str) -> QuerySet[RoleAssignment]:
        return at_place(found, value, on=self.request.reach.day)

    def chosen(self, name: str) -> Any:
        """What is chosen in a field; nothing while the form has a fault there."""
        return self.form.cleaned_data.get(name) if self.form.is_bound and self.form.is_valid() else None


class DirectoryFilter(_AtPlaceFilter):
    """The directory: one search box for problems, names, places and roles."""

    q = filters.CharFilter(
        label="Who do I ask about…",
        method="by_words",
        max_length=120,
        widget=forms.TextInput(attrs={"placeholder": "money, data, a name, a place"}),
    )
    role = filters.ChoiceFilter(label="Role", choices=ROLES, empty_label="All roles")

    class Meta(_AtPlaceFilter.Meta):
        fields = ["q", "role", "place"]

    def by_words(self, found: QuerySet[RoleAssignment], name: str, value: str) -> QuerySet[RoleAssignment]:
        return people_asked_for(found, value)


class MailingFilter(_AtPlaceFilter):
    """Mailing lists: one or several roles at a place."""

    role = filters.MultipleChoiceFilter(label="Roles", choices=ROLES, widget=forms.CheckboxSelectMultiple)

    class Meta(_AtPlaceFilter.Meta):
        fields = ["role", "place"]
