"""Narrowing of lists; what is chosen stays in the address."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet

from accounts.roles import Role
from clusters import selectors
from clusters.models import Cluster, ClusterQuerySet, RoleAssignment
from practices.models import HSCP, HealthBoard, Locality, Practice

ROLES = [(role.value, role.label) for role in Role]


class ClusterFilter(filters.FilterSet):
    """Clusters by name, health board, HSCP and vacancy. Offers only places that the reader's clusters lie in."""

    q = filters.CharFilter(label="Name", method="by_name")
    board = filters.ModelChoiceFilter(
        label="Health board",
        field_name="lead_hscp__board",
        to_field_name="code",
        queryset=lambda request: HealthBoard.objects.filter(
            hscps__led_clusters__in=selectors.clusters_within(request.reach)
        ).distinct(),
        empty_label="All",
    )
    hscp = filters.ModelChoiceFilter(
        label="HSCP",
        method="by_hscp",
        to_field_name="code",
        queryset=lambda request: HSCP.objects.filter(
            led_clusters__in=selectors.clusters_within(request.reach)
        ).distinct(),
        empty_label="All",
    )
    vacancy = filters.ChoiceFilter(
        label="Roles nobody holds",
        method="by_vacancy",
        choices=[("cql", "No CQL"), ("pql", "A practice without a PQL")],
        empty_label="All",
    )

    class Meta:
        model = Cluster
        fields: list[str] = []

    def by_name(self, found: ClusterQuerySet, name: str, value: str) -> ClusterQuerySet:
        return selectors.clusters_called(found, value)

    def by_hscp(self, found: ClusterQuerySet, name: str, value: HSCP) -> ClusterQuerySet:
        return selectors.clusters_in_hscp(found, value, on=self.request.reach.day)

    def by_vacancy(self, found: ClusterQuerySet, name: str, value: str) -> ClusterQuerySet:
        missing = selectors.clusters_without_cql if value == "cql" else selectors.clusters_missing_a_pql
        return missing(found, on=self.request.reach.day)


class PracticeFilter(filters.FilterSet):
    """Practices of the registry by name, code or postcode, place, contract and what they lack."""

    q = filters.CharFilter(label="Name, code or postcode", method="by_words")
    lacks = filters.ChoiceFilter(
        label="Needs something",
        method="by_lack",
        choices=[
            ("pql", "Without a PQL"),
            ("missing", "Missing from the last list"),
            ("cluster", "Without a cluster"),
        ],
        empty_label="All",
    )
    hscp = filters.ModelChoiceFilter(
        label="HSCP", to_field_name="code", queryset=HSCP.objects.select_related("board"), empty_label="All"
    )
    cluster = filters.ChoiceFilter(label="Cluster", method="by_cluster", empty_label="All")
    board = filters.ModelChoiceFilter(
        label="Health board",
        field_name="hscp__board",
        to_field_name="code",
        queryset=HealthBoard.objects.all(),
        empty_label="All",
    )
    locality = filters.ModelChoiceFilter(label="Locality", queryset=Locality.objects.all(), empty_label="All")
    contract = filters.ChoiceFilter(label="Contract", choices=Practice.Contract.choices, empty_label="All")

    class Meta:
        model = Practice
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["cluster"].extra["choices"] = selectors.cluster_choices(on=self.request.reach.day)

    def by_words(self, found: QuerySet[Practice], name: str, value: str) -> QuerySet[Practice]:
        return selectors.practices_called(found, value)

    def by_cluster(self, found: QuerySet[Practice], name: str, value: str) -> QuerySet[Practice]:
        return selectors.in_cluster(found, on=self.request.reach.day, cluster__forum__slug=value)

    def by_lack(self, found: QuerySet[Practice], name: str, value: str) -> QuerySet[Practice]:
        if value == "missing":
            return found.filter(missing_since__isnull=False)
        lacking = selectors.without_pql if value == "pql" else selectors.without_cluster
        return lacking(found, on=self.request.reach.day)


class PeopleFilter(filters.FilterSet):
    """Roles held, by person or place and by role."""

    q = filters.CharFilter(label="Name, e-mail address or place", method="by_words")
    role = filters.ChoiceFilter(label="Role", choices=ROLES, empty_label="All")

    class Meta:
        model = RoleAssignment
        fields: list[str] = []

    def by_words(self, found: QuerySet[RoleAssignment], name: str, value: str) -> QuerySet[RoleAssignment]:
        return selectors.people_matching(found, value)


class RoleFilter(PeopleFilter):
    """The same for the registry, which looks at the past and the future too."""

    when = filters.ChoiceFilter(
        label="When",
        method="by_time",
        choices=[
            ("current", "Held today"),
            ("planned", "From a later day"),
            ("past", "Ended"),
            ("withdrawn", "Withdrawn"),
        ],
        empty_label="Any time",
    )

    def by_time(self, found: QuerySet[RoleAssignment], name: str, value: str) -> QuerySet[RoleAssignment]:
        return found.filter(pk__in=selectors.assignments_when(value, on=self.request.reach.day).values("pk"))
