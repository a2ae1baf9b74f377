"""Who leads a cluster and in which part, and who else sits at its table."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from accounts.roles import Role
from clusters.models import Cluster, Membership, RoleAssignment
from clusters.rules import USUAL_SESSIONS
from shared.dates import in_words


@dataclass(frozen=True)
class Team:
    """The leads of a cluster, and its members from outside general practice and from the practices."""

    leads: tuple[RoleAssignment, ...]
    members: tuple[RoleAssignment, ...]

    @property
    def sessions(self) -> Decimal | None:
        """The sessions of all leads together; None where none are known."""
        known = [lead.sessions_a_month for lead in self.leads if lead.sessions_a_month is not None]
        return sum(known, Decimal()) if known else None

    @property
    def usual_sessions(self) -> int:
        return USUAL_SESSIONS


def team_of(cluster: Cluster, *, on: date) -> Team:
    """The team of a cluster on a day. One query."""
    here = Q(cluster=cluster) | Q(practice__in=Membership.objects.on(on).filter(cluster=cluster).values("practice"))
    held = (
        RoleAssignment.objects.on(on)
        .filter(here, role__in=(Role.CQL, Role.MDT_MEMBER), person__is_active=True)
        .select_related("person", "practice", "cluster__forum")
        .order_by("starts_on", "pk")
    )
    rows = list(held)
    leads = tuple(row for row in rows if row.role == Role.CQL)
    members = sorted((row for row in rows if row.role != Role.CQL), key=_by_seat)
    return Team(leads, tuple(members))


def _by_seat(row: RoleAssignment) -> tuple[int, str]:
    order = [*RoleAssignment.Seat.values, ""]
    return order.index(row.seat), row.person.full_name


def role_in_words(held: RoleAssignment) -> Iterator[str]:
    """What is known about a role beside its dates and sessions, a phrase each."""
    if held.portfolio:
        yield f"leads {held.portfolio}"
    if held.seat:
        yield held.get_seat_display().lower()
    if held.profession:
        yield held.get_profession_display().lower()
    if held.funded_by:
        yield f"funded by {held.funded_by}"
    if held.review_on:
        yield f"review on {in_words(held.review_on)}"
