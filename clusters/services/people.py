"""Changes what people are called and where they are reached (F37)."""

from django.db import transaction

from accounts import services as people
from accounts.models import User
from clusters.emails import address_changed_letter
from clusters.services.invitations import take_back
from office.services.letters import queue_letter


@transaction.atomic
def change_person(*, person: User, full_name: str, email: str, by: User | None) -> User:
    """Give somebody another name or e-mail address; the old address is told, and an open invitation taken back.

    Raises ValidationError beside `email` when somebody else has it.
    """
    old = User.objects.select_for_update().get(pk=person.pk).email
    if old != email.strip().lower():
        take_back(person=person, by=by)
    changed = people.change_person(person=person, full_name=full_name, email=email, by=by)
    if changed.email != old:
        subject, body = address_changed_letter(changed, new=changed.email, by=by)
        number = changed.letters.count()
        queue_letter(
            to=old, person=changed, subject=subject, body=body, reason=f"address changed:{changed.pk}:{number}"
        )
    return changed
