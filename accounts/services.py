"""What changes people."""

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User


@transaction.atomic
def add_person(*, email: str, full_name: str, by: User | None) -> User:
    """A new person, without a password: they set one themselves through "Forgotten your password?".

    The address counts as confirmed, because somebody who may vouch for it typed it; else no reset mail would go out.
    Raises ValidationError beside `email` when somebody has it already.
    """
    address = email.strip().lower()
    if User.objects.filter(email__iexact=address).exists():
        raise ValidationError({"email": "Somebody with this e-mail address is here already."})
    person = User.objects.create_user(address, full_name.strip())
    EmailAddress.objects.create(user=person, email=address, verified=True, primary=True)
    audit.record("person added", person, by=by)
    return person
