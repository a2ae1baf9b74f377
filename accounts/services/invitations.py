"""Invitations: how somebody who was added comes to a sign-in of their own, without anybody else ever knowing it."""

import hashlib
import secrets
import string
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts import audit
from accounts.models import Invitation, User
from accounts.selectors import can_come_in

VALID_FOR = timedelta(days=7)
# 23 letters are 131 bits. Letters alone: no run of digits that could be taken for a patient's number.
TOKEN_LETTERS = 23
PROVEN = "invitation_proven"  # in the session of who has typed the address of an invitation: its hash, and when
PROVEN_FOR = timedelta(minutes=15)
DOES_NOT_FIT = "This is not the address that the invitation was sent to. Type the one at which it reached you."

State = Invitation.State
ENDED = {
    State.ACCEPTED: "invitation accepted",
    State.REPLACED: "invitation replaced",
    State.REVOKED: "invitation taken back",
}


class NoLongerOpen(Exception):
    """The token is unknown, or its invitation was used, replaced, taken back or has expired: never said which."""


def hash_of(token: str) -> str:
    """What is kept of a token. It has 131 random bits, so a plain hash is enough."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


@transaction.atomic
def invite_person(*, person: User, by: User | None, now: datetime | None = None) -> tuple[Invitation, str]:
    """Invite somebody to set up their sign-in; an open invitation of theirs is void from now on.

    Gives the invitation and its token, which is nowhere else. Raises ValidationError for who can sign in already, or
    may not.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    if not person.is_active:
        raise ValidationError(f"{person} can no longer sign in. Allow that first.")
    if can_come_in(person):
        raise ValidationError(f"{person} has a sign-in already. “Forgotten your password?” helps them better.")
    now = now or timezone.now()
    _end_open(person, State.REPLACED, by=by, now=now)
    token = "".join(secrets.choice(string.ascii_letters) for _ in range(TOKEN_LETTERS))
    invitation = Invitation.objects.create(
        person=person,
        email=person.email,
        token_hash=hash_of(token),
        invited_at=now,
        invited_by=by,
        valid_until=now + VALID_FOR,
    )
    audit.record("invited", invitation, by=by, detail={"valid_until": str(timezone.localtime(now + VALID_FOR))})
    return invitation, token


@transaction.atomic
def revoke_invitation(*, person: User, by: User | None) -> Invitation | None:
    """Take back the invitation of `person` that still waits, and give it; None where none does.

    A link to set a password that they asked for meanwhile is void with it.
    """
    fresh = User.objects.select_for_update().get(pk=person.pk)
    ended = _end_open(person, State.REVOKED, by=by, now=timezone.now())
    if ended and not can_come_in(fresh):
        fresh.set_unusable_password()  # another one: links are made from it
        fresh.save(update_fields=["password"])
    return ended


def _end_open(person: User, state: Invitation.State, *, by: User | None, now: datetime) -> Invitation | None:
    invitation = Invitation.objects.select_for_update().filter(person=person, state=State.WAITING).first()
    if invitation:
        before = audit.snapshot(invitation)
        invitation.state, invitation.decided_at, invitation.decided_by = state, now, by
        invitation.save(update_fields=["state", "decided_at", "decided_by"])
        audit.record(ENDED[state], invitation, by=by, before=before)
    return invitation


@transaction.atomic
def accept_with_password(*, token_hash: str, email: str, password: str) -> User:
    """Use an invitation: the person chooses their password. Nobody is signed in by this.

    Raises NoLongerOpen, or ValidationError beside `email` or `password1`; both leave everything as it was.
    """
    invitation = _held_open(token_hash)
    _refuse_other_address(invitation, email)
    person = invitation.person
    try:
        validate_password(password, user=person)
    except ValidationError as refused:
        raise ValidationError({"password1": refused.messages}) from None
    person.set_password(password)
    person.save(update_fields=["password"])
    _end_open(person, State.ACCEPTED, by=person, now=timezone.now())
    return person


@transaction.atomic
def accept_with_single_sign_on(*, token_hash: str) -> User:
    """Use an invitation whose address was proven (`prove_address`): the caller connects one account to the person.

    Raises NoLongerOpen.
    """
    person = _held_open(token_hash).person
    _end_open(person, State.ACCEPTED, by=person, now=timezone.now())
    return person


@transaction.atomic
def prove_address(*, token_hash: str, email: str) -> None:
    """Raise NoLongerOpen, or ValidationError beside `email` when the invitation went to another address."""
    _refuse_other_address(_held_open(token_hash), email)


def note_refusal(*, token_hash: str) -> None:
    """Put a try that was refused on the trail: whose invitation it was, never what was typed."""
    invitation = Invitation.objects.select_related("person").filter(token_hash=token_hash).first()
    audit.record_attempt("invitation.refused", invitation.person if invitation else None)


@transaction.atomic
def settle_invitation(*, person: User) -> None:
    """Note that somebody came in another way ("Forgotten your password?"): their invitation is used."""
    User.objects.select_for_update().get(pk=person.pk)
    _end_open(person, State.ACCEPTED, by=person, now=timezone.now())


def _held_open(token_hash: str) -> Invitation:
    """The open invitation of a token, locked with its person. Raises NoLongerOpen."""
    found = Invitation.objects.filter(token_hash=token_hash).values_list("pk", "person").first()
    if found is None:
        raise NoLongerOpen
    person = User.objects.select_for_update().get(pk=found[1])  # the person first, as everywhere
    invitation = Invitation.objects.select_for_update().get(pk=found[0])
    invitation.person = person
    is_theirs = invitation.email == person.email and person.is_active and not can_come_in(person)
    if not (invitation.is_open(now=timezone.now()) and is_theirs):
        raise NoLongerOpen
    return invitation


def _refuse_other_address(invitation: Invitation, typed: str) -> None:
    if not constant_time_compare(typed.strip().lower(), invitation.email):
        raise ValidationError({"email": DOES_NOT_FIT})
