"""What was: which clusters a practice belonged to, and who held which role."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from accounts.models import AuditEvent, User
from clusters.models import Cluster, Membership, RoleAssignment
from practices.models import Practice

ENDED = "membership ended"


@dataclass(frozen=True)
class MembershipSpan:
    """The time of `practice` in one cluster: from where it came, why, and who wrote it down when.

    `ends_on` is exclusive and None while it lasts; `came_from` is None when it belonged nowhere before.
    `recorded_by` is the name in the audit trail ("command line" for an import by command), "" when it says nothing.
    `end_reason` and `ended_by` tell why and by whom it was ended; the reason is there when it joined no other cluster.
    `approved_by` decided that it joins; `locality_reason` says why it is in a cluster of another locality.
    """

    practice: Practice
    cluster: Cluster
    starts_on: date
    ends_on: date | None
    came_from: Cluster | None
    reason: str
    recorded_by: str
    recorded_at: datetime | None
    end_reason: str
    ended_by: str
    approved_by: str = ""
    locality_reason: str = ""


def history_of_practice(practice: Practice) -> list[MembershipSpan]:
    """Every membership of a practice, past, present and planned, newest first. Two queries."""
    return history_of_practices([practice])


def history_of_practices(practices: Iterable[Practice]) -> list[MembershipSpan]:
    """The same for several, such as a practice and those that it came from. Two queries."""
    rows = list(
        Membership.objects.filter(practice__in=practices)
        .select_related("practice", "cluster__forum", "cluster__lead_hscp")
        .order_by("-starts_on", "-pk")
    )
    events = _events_of(rows)
    return [_span(row, _before(row, rows[n + 1 :]), events[row.pk]) for n, row in enumerate(rows)]


def _before(row: Membership, earlier: list[Membership]) -> Membership | None:
    """The membership of the same practice and kind that ended when this one began."""
    own = (e for e in earlier if (e.practice_id, e.kind) == (row.practice_id, row.kind))
    return next((e for e in own if e.ends_on == row.starts_on), None)


def _events_of(rows: list[Membership]) -> dict[int | None, list[AuditEvent]]:
    """What the audit trail says of each membership, oldest first."""
    events: dict[int | None, list[AuditEvent]] = defaultdict(list)
    kind = Membership._meta.label_lower
    for event in AuditEvent.objects.filter(subject_type=kind, subject_id__in=[r.pk for r in rows]).order_by("pk"):
        events[event.subject_id].append(event)
    return events


def _span(row: Membership, before: Membership | None, events: list[AuditEvent]) -> MembershipSpan:
    began = events[0] if events and events[0].verb != ENDED else None
    ended = next((event for event in reversed(events) if event.verb == ENDED), None)
    return MembershipSpan(
        practice=row.practice,
        cluster=row.cluster,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        came_from=before.cluster if before else None,
        reason=row.reason,
        recorded_by=began.actor if began else "",
        recorded_at=began.at if began else None,
        end_reason=row.end_reason,
        ended_by=ended.actor if ended else "",
        approved_by=row.approved_by,
        locality_reason=row.locality_reason,
    )


def with_places(held: QuerySet[RoleAssignment]) -> QuerySet[RoleAssignment]:
    """The same rows with person and place loaded."""
    return held.select_related(
        "person", "practice__hscp", "cluster__forum", "cluster__lead_hscp", "locality__hscp", "hscp__board", "board"
    )


def roles_of(person: User, *, on: date) -> list[RoleAssignment]:
    """The roles that a person holds on a day, with their places loaded, oldest first. One query."""
    return list(with_places(RoleAssignment.objects.on(on).filter(person=person)).order_by("starts_on", "pk"))


def role_history(**place: Any) -> QuerySet[RoleAssignment]:
    """Who ever held which role at a place, newest first, without those withdrawn: `role_history(practice=alder)`."""
    return with_places(RoleAssignment.objects.standing().filter(**place)).order_by("-starts_on", "-pk")
