"""What is known about a role beside its dates: sessions, who pays, what it leads, which seat it is."""

from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from clusters.models import RoleAssignment


@dataclass(frozen=True)
class RoleFacts:
    """Facts about a role: who pays for it, when it is looked at again, and what belongs to its kind alone."""

    funded_by: str = ""
    portfolio: str = ""
    review_on: date | None = None
    seat: str = ""
    profession: str = ""


NOTHING_KNOWN = RoleFacts()


def facts_of(held: RoleAssignment) -> RoleFacts:
    """What is known about a role as it stands, to be given again where the role goes on elsewhere."""
    return RoleFacts(**{fact.name: getattr(held, fact.name) for fact in fields(RoleFacts)})


@transaction.atomic
def change_role(
    *, held: RoleAssignment, sessions_a_month: Decimal | None, facts: RoleFacts, by: User | None
) -> RoleAssignment:
    """Change what is known about a role; its dates are changed by ending it and giving another.

    Changing nothing is told to nobody. Raises ValidationError for a role that was withdrawn.
    """
    held = RoleAssignment.objects.select_for_update(of=("self",)).get(pk=held.pk)
    if held.withdrawn_at:
        raise ValidationError("This role was withdrawn already.")
    before = audit.snapshot(held)
    wanted = {"sessions_a_month": sessions_a_month, **asdict(facts)}
    changed = [name for name, value in wanted.items() if getattr(held, name) != value]
    if changed:
        for name in changed:
            setattr(held, name, wanted[name])
        held.save(update_fields=changed)
        audit.record("role changed", held, by=by, before=before)
    return held
