"""Adds people, changes their names and addresses, lets them in and shuts them out."""

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts import audit
from accounts.models import FormerPersonName, User
from accounts.services.invitations import revoke_invitation
from shared.dates import today


@transaction.atomic
def add_person(*, email: str, full_name: str, by: User | None) -> User:
    """A new person, without a password: they set one themselves, by the link of an invitation.

    The address counts as confirmed, because somebody who may vouch for it typed it; else no reset mail would go out.
    Raises ValidationError beside `email` when somebody has it already.
    """
    address = email.strip().lower()
    already = ValidationError({"email": "Somebody with this e-mail address is here already."})
    if _is_here(address):
        raise already
    try:
        with transaction.atomic():
            person = User.objects.create_user(address, " ".join(full_name.split()))
    except IntegrityError:  # added by somebody else at the same moment
        raise already from None
    EmailAddress.objects.create(user=person, email=address, verified=True, primary=True)
    audit.record("person added", person, by=by)
    return person


def _is_here(address: str) -> bool:
    return User.objects.filter(email__iexact=address).exists()


@transaction.atomic
def change_person(*, person: User, full_name: str, email: str, by: User | None) -> User:
    """Give somebody another name or address (F37). What was written before keeps the name that it was written with.

    The address is their sign-in and counts as confirmed. An open invitation went to the old one and is taken back.
    Raises ValidationError beside `email` when somebody else has it.
    """
    fresh = User.objects.select_for_update().get(pk=person.pk)
    address, before = email.strip().lower(), audit.snapshot(fresh)
    already = ValidationError({"email": "Somebody else has this e-mail address."})
    if User.objects.filter(email__iexact=address).exclude(pk=fresh.pk).exists():
        raise already
    fresh.full_name, fresh.email = " ".join(full_name.split()), address
    if before["email"] != address:
        revoke_invitation(person=fresh, by=by)
        _move_address(fresh, before["email"], address, already)
    if before != audit.snapshot(fresh):
        try:
            with transaction.atomic():
                fresh.save(update_fields=["full_name", "email"])
        except IntegrityError:  # given to somebody else at the same moment
            raise already from None
        if before["full_name"] != fresh.full_name:
            FormerPersonName.objects.create(person=fresh, full_name=before["full_name"], until=today())
        audit.record("person changed", fresh, by=by, before=before)
    return fresh


def _move_address(person: User, old: str, new: str, already: ValidationError) -> None:
    """What allauth knows of the address follows; links to reset a password that went to the old one are void."""
    if EmailAddress.objects.filter(email__iexact=new).exclude(user=person).exists():
        raise already
    EmailAddress.objects.filter(user=person, email__iexact=new).exclude(email__iexact=old).delete()
    EmailAddress.objects.filter(user=person, email__iexact=old).update(email=new, verified=True, primary=True)


def stop_sign_in(*, person: User, by: User | None) -> None:
    """Shut a person out: their next request, in an open session too, is refused. Their roles and words stay.

    An invitation that waits is taken back.
    """
    _set_active(person, False, "sign-in stopped", by)


def allow_sign_in(*, person: User, by: User | None) -> None:
    """Let a person in again, with the password that they had."""
    _set_active(person, True, "sign-in allowed", by)


@transaction.atomic
def _set_active(person: User, is_active: bool, verb: str, by: User | None) -> None:
    fresh = User.objects.select_for_update().get(pk=person.pk)
    person.is_active = is_active
    if fresh.is_active != is_active:
        before = audit.snapshot(fresh)
        if not is_active:
            revoke_invitation(person=fresh, by=by)
        fresh.is_active = is_active
        fresh.save(update_fields=["is_active"])
        audit.record(verb, fresh, by=by, before=before)
