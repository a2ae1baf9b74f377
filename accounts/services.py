"""What changes people."""

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts import audit
from accounts.models import User


@transaction.atomic
def add_person(*, email: str, full_name: str, by: User | None) -> User:
    """A new person, without a password: they set one themselves through "Forgotten your password?".

    The address counts as confirmed, because somebody who may vouch for it typed it; else no reset mail would go out.
    Raises ValidationError beside `email` when somebody has it already.
    """
    address = email.strip().lower()
    already = ValidationError({"email": "Somebody with this e-mail address is here already."})
    if _is_here(address):
        raise already
    try:
        with transaction.atomic():
            person = User.objects.create_user(address, full_name.strip())
    except IntegrityError:  # added by somebody else at the same moment
        raise already from None
    EmailAddress.objects.create(user=person, email=address, verified=True, primary=True)
    audit.record("person added", person, by=by)
    return person


def _is_here(address: str) -> bool:
    return User.objects.filter(email__iexact=address).exists()


def stop_sign_in(*, person: User, by: User | None) -> None:
    """Shut a person out: their next request, in an open session too, is refused. Their roles and words stay."""
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
        fresh.is_active = is_active
        fresh.save(update_fields=["is_active"])
        audit.record(verb, fresh, by=by, before=before)
