"""What was changed of one record of the registry: which events of the trail are about it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.http import Http404
from django.urls import reverse

from accounts.models import AuditEvent, User
from accounts.reach import Reach
from clusters.models import (
    BoundaryIssue,
    Cluster,
    Forum,
    ForumMember,
    Hosting,
    Membership,
    RoleAssignment,
    Takeover,
    WaysOfWorking,
)
from clusters.rules import Scope, can_see_boundaries, registry_seen
from clusters.selectors.hostings import hostings_in
from clusters.selectors.practice_lists import practice_lists
from clusters.selectors.scopes import assignments_in, localities_in
from directory.models import NamedLink, RoleTerms, SupportArea
from escalations.models import SafetyContacts
from practices.models import HSCP, Locality, Practice, PracticeProfile, StaffVacancy, Succession
from reporting.selectors.audit import Event, events_about
from shared.doors import open_door

MOST = 40


def changes_to_hscp(hscp: HSCP) -> list[Event]:
    """Its ladder, contacts, localities, support areas, named links, terms of roles of its own; who acts for whom,
    hostings that were taken back too.
    """
    return events_about(
        [
            (HSCP._meta.label_lower, [hscp.pk]),
            (Locality._meta.label_lower, _ids(Locality.objects.filter(hscp=hscp))),
            (Hosting._meta.label_lower, _hostings_of(hscp)),
            (SafetyContacts._meta.label_lower, _ids(SafetyContacts.objects.filter(hscp=hscp))),
            (SupportArea._meta.label_lower, _ids(SupportArea.objects.filter(hscp=hscp))),
            (NamedLink._meta.label_lower, _ids(NamedLink.objects.filter(area__hscp=hscp))),
            (RoleTerms._meta.label_lower, _ids(RoleTerms.objects.filter(hscp=hscp))),
        ],
        most=MOST,
    )


def _hostings_of(hscp: HSCP) -> set[int]:
    """Those that are there, and by the codes in the trail those that were taken back; names hold one another."""
    there = Hosting.objects.filter(Q(host=hscp) | Q(served=hscp))
    sides = Q(changes__host=hscp.code) | Q(changes__served=hscp.code)
    begun = AuditEvent.objects.order_by().filter(sides, subject_type=Hosting._meta.label_lower)
    return {*_ids(there), *(pk for pk in begun.values_list("subject_id", flat=True) if pk)}


def changes_to_cluster(cluster: Cluster, *, with_roles: bool) -> list[Event]:
    """Its name, place and description, and which practices came and went; for the registry who held which role too."""
    about: list[tuple[str, Iterable[int]]] = [
        (Cluster._meta.label_lower, [cluster.pk]),
        (Forum._meta.label_lower, [cluster.forum_id]),
        (Membership._meta.label_lower, _ids(Membership.objects.filter(cluster=cluster))),
        (Takeover._meta.label_lower, _ids(Takeover.objects.filter(Q(before=cluster) | Q(after=cluster)))),
    ]
    if with_roles:
        about.append((RoleAssignment._meta.label_lower, _ids(RoleAssignment.objects.filter(cluster=cluster))))
    return events_about(about, most=MOST)


def changes_to_forum(forum: Forum) -> list[Event]:
    """What was described, renamed or closed, who was named for it and left, and what its members agreed."""
    return events_about(
        [
            (Forum._meta.label_lower, [forum.pk]),
            (ForumMember._meta.label_lower, _ids(ForumMember.objects.filter(forum=forum))),
            (WaysOfWorking._meta.label_lower, _ids(WaysOfWorking.objects.filter(forum=forum))),
        ],
        most=MOST,
    )


def changes_to_practice(practice: Practice, reach: Reach) -> list[Event]:
    """Its details, its clusters and what it is like; for the registry who held which role there, and for those who
    read the boundary list of its HSCP what was noted in it.
    """
    kinds: list[type[Model]] = [Membership, PracticeProfile, StaffVacancy]
    if registry_seen(reach).covers(practice.hscp_id):
        kinds.append(RoleAssignment)
    if can_see_boundaries(reach, practice.hscp):
        kinds.append(BoundaryIssue)
    about: list[tuple[str, Iterable[int]]] = [(Practice._meta.label_lower, [practice.pk])]
    about += [(kind._meta.label_lower, _ids(kind._default_manager.filter(practice=practice))) for kind in kinds]
    links = Succession.objects.filter(Q(before=practice) | Q(after=practice))
    return events_about([*about, (Succession._meta.label_lower, _ids(links))], most=MOST)


def _ids(rows: QuerySet[Any]) -> list[int]:
    return list(rows.order_by().values_list("pk", flat=True))


@dataclass(frozen=True)
class RecordKind:
    """A kind of record whose changes have a page: its rows as far as a part of the registry goes, and where it is."""

    name: str
    rows: Callable[[Scope], QuerySet[Any]]
    back: str
    back_label: str


def _roles(scope: Scope) -> QuerySet[RoleAssignment]:
    every = RoleAssignment.objects.select_related("person", "practice", "cluster__forum", "locality", "hscp", "board")
    return assignments_in(scope, every)


def _people(scope: Scope) -> QuerySet[User]:
    """Names and addresses are told of to those who look at all of the registry: a person belongs to no one part."""
    return User.objects.all() if scope.everything else User.objects.none()


KINDS = {
    "person": RecordKind("Person", _people, "clusters:role_list", "Roles"),
    "role": RecordKind("Role", _roles, "clusters:role_list", "Roles"),
    "locality": RecordKind(
        "Locality",
        lambda scope: localities_in(scope, Locality.objects.select_related("hscp")),
        "clusters:locality_list",
        "Localities",
    ),
    "hosting": RecordKind("Hosting", hostings_in, "clusters:hosting_list", "HSCPs that act for others"),
    "list": RecordKind("Practice list", lambda scope: practice_lists(), "clusters:import_list", "Practice lists"),
}


@dataclass(frozen=True)
class RecordChanges:
    """One record, where it is listed, and what was changed of it."""

    kind: RecordKind
    record: Model
    events: tuple[Event, ...]

    @property
    def back_path(self) -> str:
        return reverse(self.kind.back)


def record_changes(scope: Scope, kind: str, pk: int) -> RecordChanges:
    """What was changed of the record of this kind and number, for those who look at that part (404 otherwise)."""
    if kind not in KINDS:
        raise Http404
    record = open_door(KINDS[kind].rows(scope), pk=pk)
    events = events_about([(record._meta.label_lower, [record.pk])], most=MOST)
    return RecordChanges(KINDS[kind], record, tuple(events))
