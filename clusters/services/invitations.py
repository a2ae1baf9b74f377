"""Invites people who hold a role: the invitation of `accounts`, and the letter that carries it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.models import Invitation, User
from accounts.selectors import can_come_in, waiting_invitation
from accounts.services import invitations
from clusters.emails import invitation_letter
from clusters.models import RoleAssignment
from office.services.letters import drop_letter, queue_letter
from shared.dates import today


@transaction.atomic
def invite(*, person: User, by: User | None, now: datetime | None = None) -> Invitation:
    """Invite somebody, or once more: the older link is void, and its letter is not sent if it still waits.

    Raises ValidationError for who can sign in already, or may not.
    """
    for older in Invitation.objects.filter(person=person, state=Invitation.State.WAITING):
        drop_letter(reason=older.reason)
    invitation, token = invitations.invite_person(person=person, by=by, now=now)
    subject, body = invitation_letter(invitation, _roles_to_come(person))
    queue_letter(
        to=invitation.email,
        person=person,
        subject=subject,
        body=body,
        reason=invitation.reason,
        link=reverse("accounts:invitation_open", args=[token]),
        useful_until=invitation.valid_until,
    )
    return invitation


def invite_newcomer(*, held: RoleAssignment, by: User | None) -> Invitation | None:
    """Invite whoever was given a role and has no way in yet; None where that is not needed."""
    person = held.person
    if can_come_in(person) or waiting_invitation(person):
        return None
    return invite(person=person, by=by)


@transaction.atomic
def take_back(*, person: User, by: User | None) -> Invitation | None:
    """Take back an invitation that waits, and its letter; None where there is none."""
    invitation = invitations.revoke_invitation(person=person, by=by)
    if invitation:
        drop_letter(reason=invitation.reason)
    return invitation


def take_back_without_role(*, person: User, by: User | None) -> None:
    """Take back the invitation of somebody who holds no role any more, today or later."""
    if not _roles_to_come(person).exists():
        take_back(person=person, by=by)


def take_back_from_each(people: Iterable[User], *, by: User | None) -> None:
    """The same for several people whose roles ended together, each once."""
    for _, person in sorted({person.pk: person for person in people}.items()):
        take_back_without_role(person=person, by=by)


def _roles_to_come(person: User) -> QuerySet[RoleAssignment]:
    held = RoleAssignment.objects.standing().filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today()), person=person)
    return held.select_related("practice", "cluster__forum", "locality", "hscp", "board").order_by("starts_on", "pk")
