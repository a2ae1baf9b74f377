"""What is known of people and their invitations. Nothing here writes."""

from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import Invitation, User


def can_come_in(person: User) -> bool:
    """Whether somebody has a password, or an account of single sign-on, of their own."""
    return person.has_usable_password() or SocialAccount.objects.filter(user=person).exists()


def people_with_a_way_in() -> QuerySet[User]:
    """Everybody who `can_come_in`, and was not shut out."""
    own = Exists(SocialAccount.objects.filter(user=OuterRef("pk")))
    return User.objects.filter(~Q(password__startswith=UNUSABLE_PASSWORD_PREFIX) | own, is_active=True)


def may_set_password(person: User) -> bool:
    """Whether "Forgotten your password?" helps somebody: with a sign-in, or an invitation that nobody took back.

    One that has expired counts: the first administrator of an installation has nobody to ask for another.
    """
    return can_come_in(person) or Invitation.objects.filter(person=person, state=Invitation.State.WAITING).exists()


def open_invitation(token_hash: str, *, now: datetime) -> Invitation | None:
    """The invitation that a token opens now; None for one that is unknown, used, void or expired."""
    invitation = Invitation.objects.select_related("person").filter(token_hash=token_hash).first()
    if invitation is None or not invitation.is_open(now=now) or not invitation.person.is_active:
        return None
    return None if can_come_in(invitation.person) else invitation


def waiting_invitation(person: User, *, now: datetime | None = None) -> Invitation | None:
    """The invitation of somebody that can still be accepted; None where there is none."""
    now = now or timezone.now()
    waiting = Invitation.objects.filter(person=person, state=Invitation.State.WAITING, valid_until__gt=now)
    return waiting.first()


def invitations() -> QuerySet[Invitation]:
    """Every invitation, latest first, with who is and who has invited."""
    return Invitation.objects.select_related("person", "invited_by", "decided_by")


def invitations_when(found: QuerySet[Invitation], state: str, *, now: datetime) -> QuerySet[Invitation]:
    """Those of `found` that are "open", "expired", "accepted" or "void"; all for anything else."""
    waiting = Q(state=Invitation.State.WAITING)
    which = {
        "open": waiting & Q(valid_until__gt=now),
        "expired": waiting & Q(valid_until__lte=now),
        "accepted": Q(state=Invitation.State.ACCEPTED),
        "void": Q(state__in=[Invitation.State.REPLACED, Invitation.State.REVOKED]),
    }.get(state)
    return found if which is None else found.filter(which)
