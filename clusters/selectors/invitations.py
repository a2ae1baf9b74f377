"""Invitations and people as far as somebody looks after the registry."""

from datetime import datetime
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from accounts.models import Invitation, User
from accounts.selectors import invitations, invitations_when
from clusters.models import RoleAssignment
from clusters.rules import Scope
from clusters.selectors.scopes import assignments_in
from office.models import Letter
from shared.dates import today
from shared.doors import open_door


def invitations_in(scope: Scope) -> QuerySet[Invitation]:
    """Those of people with a role, held today or to come, in the part of the registry; all for who looks after all."""
    return invitations() if scope.everything else invitations().filter(person__in=_with_role(scope))


def invited_person_in(scope: Scope, pk: int) -> User:
    """Somebody with a role, held today or to come, in the part of the registry (404 for others)."""
    everybody = User.objects.all()
    return open_door(everybody if scope.everything else everybody.filter(pk__in=_with_role(scope)), pk=pk)


def invitations_matching(found: QuerySet[Invitation], text: str) -> QuerySet[Invitation]:
    """Those with `text` in the person's name or address, or in the name of who invited."""
    return found.filter(
        Q(person__full_name__icontains=text) | Q(email__icontains=text) | Q(invited_by__full_name__icontains=text)
    )


def not_arrived(found: QuerySet[Invitation], *, now: datetime) -> QuerySet[Invitation]:
    """Those of `found` that are open and whose letter the mail server refused, or that was given up (F19)."""
    reason = Concat(Value("invitation:"), Cast(OuterRef("pk"), CharField()))
    lost = Letter.objects.filter(reason=reason, state__in=[Letter.State.REFUSED, Letter.State.GIVEN_UP])
    return invitations_when(found, "open", now=now).filter(Exists(lost))


def invitations_to_look_at(scope: Scope, *, now: datetime) -> dict[str, int]:
    """How many invitations of the part of the registry have not arrived, and how many have expired unused."""
    within = invitations_in(scope).order_by()
    expired = invitations_when(within, "expired", now=now)
    return {"not_arrived": not_arrived(within, now=now).count(), "expired": expired.count()}


def _with_role(scope: Scope) -> QuerySet[RoleAssignment, Any]:
    lasting = RoleAssignment.objects.standing().filter(Q(ends_on=None) | Q(ends_on__gt=today()))
    return assignments_in(scope, lasting).order_by().values("person")
