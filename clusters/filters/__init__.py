"""Narrowing of lists; what is chosen stays in the address."""

from datetime import date
from typing import Any

import django_filters as filters
from django.db.models import QuerySet

from accounts.roles import Role
from clusters import selectors
from clusters.filters.days import OnDayFilter
from clusters.models import Cluster, ClusterQuerySet, RoleAssignment
from clusters.rules import registry_seen
from clusters.selectors.registry_practices import known_by, practices_by_state
from clusters.selectors.scopes import hscps_in, localities_in
from practices.models import HSCP, HealthBoard, Locality, Practice
from shared.filters import PortalFilterSet

ROLES = [(role.value, role.label) for role in Role]


class ClusterFilter(PortalFilterSet):
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

    state = filters.ChoiceFilter(
        label="Open or closed", method="by_state", choices=[("closed", "Closed")], empty_label="Open today"
    )

    class Meta:
        model = Cluster
        fields: list[str] = []

    def by_state(self, found: ClusterQuerySet, name: str, value: str) -> ClusterQuerySet:
        return found  # the door was chosen by it already: open clusters are not among closed ones

    def by_name(self, found: ClusterQuerySet, name: str, value: str) -> ClusterQuerySet:
        return selectors.clusters_called(found, value)

    def by_hscp(self, found: ClusterQuerySet, name: str, value: HSCP) -> ClusterQuerySet:
        return selectors.clusters_in_hscp(found, value, on=self.request.reach.day)

    def by_vacancy(self, found: ClusterQuerySet, name: str, value: str) -> ClusterQuerySet:
        missing = selectors.clusters_without_cql if value == "cql" else selectors.clusters_missing_a_pql
        return missing(found, on=self.request.reach.day)


class PracticeFilter(PortalFilterSet):
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
        label="HSCP",
        to_field_name="code",
        queryset=lambda request: hscps_in(registry_seen(request.reach)),
        empty_label="All",
    )
    cluster = filters.ChoiceFilter(label="Cluster", method="by_cluster", empty_label="All")
    board = filters.ModelChoiceFilter(
        label="Health board",
        field_name="hscp__board",
        to_field_name="code",
        queryset=lambda request: HealthBoard.objects.filter(
            hscps__in=hscps_in(registry_seen(request.reach)).order_by()
        ).distinct(),
        empty_label="All",
    )
    locality = filters.ModelChoiceFilter(
        label="Locality",
        queryset=lambda request: localities_in(registry_seen(request.reach), Locality.objects.all()),
        empty_label="All",
    )
    contract = filters.ChoiceFilter(label="Contract", choices=Practice.Contract.choices, empty_label="All")
    state = filters.ChoiceFilter(
        label="Open or closed",
        method="by_state",
        choices=[("open", "Open"), ("closed", "Closed"), ("all", "Both")],
        empty_label=None,
        null_label=None,
    )

    on = OnDayFilter(label="As it was on", method="as_drawn")

    class Meta:
        model = Practice
        fields: list[str] = []

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        self.seen = registry_seen(self.request.reach)
        self.filters["cluster"].extra["choices"] = selectors.cluster_choices(self.seen, on=day)

    def as_drawn(self, found: QuerySet[Practice], name: str, value: date) -> QuerySet[Practice]:
        """The list is drawn as of that day already; on a past one without practices that came later."""
        return known_by(found, value) if value < self.request.reach.day else found

    def by_words(self, found: QuerySet[Practice], name: str, value: str) -> QuerySet[Practice]:
        return selectors.practices_called(found, value)

    def by_cluster(self, found: QuerySet[Practice], name: str, value: str) -> QuerySet[Practice]:
        return selectors.in_cluster(found, on=self.day, cluster__forum__slug=value)

    def by_state(self, found: QuerySet[Practice], name: str, value: str) -> QuerySet[Practice]:
        return practices_by_state(found, value, on=self.day)

    def by_lack(self, found: QuerySet[Practice], name: str, value: str) -> QuerySet[Practice]:
        """What has closed lacks nothing."""
        found = practices_by_state(found, "open", on=self.day)
        if value == "missing":
            return found.filter(missing_since__isnull=False)
        lacking = selectors.without_pql if value == "pql" else selectors.without_cluster
        return lacking(found, on=self.day)


class PeopleFilter(PortalFilterSet):
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
    on = OnDayFilter(label="Held on", method="by_day")

    def by_day(self, found: QuerySet[RoleAssignment], name: str, value: date) -> QuerySet[RoleAssignment]:
        return found.filter(pk__in=RoleAssignment.objects.on(value).order_by().values("pk"))

    def by_time(self, found: QuerySet[RoleAssignment], name: str, value: str) -> QuerySet[RoleAssignment]:
        return found.filter(pk__in=selectors.assignments_when(value, on=self.request.reach.day).values("pk"))
