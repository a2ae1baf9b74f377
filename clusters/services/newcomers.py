"""Finds or adds whom an e-mail address stands for, and tells nobody more of them than they see anyhow."""

from django.core.exceptions import ValidationError

from accounts import services as people
from accounts.models import User
from clusters.selectors.people import NOBODY_SEEN, people_known_to
from clusters.selectors.reach import reach_of
from shared.dates import today

ASK_ABOVE = "This address cannot be given a role. Ask who looks after the registry of all Scotland."


def person_to_appoint(*, email: str, full_name: str, by: User | None) -> User:
    """The person with this e-mail address, added where there is none; a name typed for somebody here is left aside.

    Whoever `by` does not see is asked about like a newcomer: a name has to be typed, and no refusal gives theirs.
    Raises ValidationError beside `full_name`, or beside `email` for somebody who can no longer sign in.
    """
    person = _known(email)
    if not full_name.strip() and not (person and _sees(by, person)):
        raise ValidationError({"full_name": f"{NOBODY_SEEN} Type their name to add them."})
    person = person or _added(email, full_name, by)
    if not person.is_active:
        raise ValidationError({"email": f"{person} can no longer sign in." if _sees(by, person) else ASK_ABOVE})
    return person


def _known(email: str) -> User | None:
    return User.objects.filter(email__iexact=email.strip()).first()


def _sees(by: User | None, person: User) -> bool:
    return by is None or people_known_to(reach_of(by, on=today())).filter(pk=person.pk).exists()


def _added(email: str, full_name: str, by: User | None) -> User:
    try:
        return people.add_person(email=email, full_name=full_name, by=by)
    except ValidationError:
        if person := _known(email):  # added by somebody else at the same moment
            return person
        raise
