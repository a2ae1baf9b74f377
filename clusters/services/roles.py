"""Who holds which role, where, from when to when."""

from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from accounts import audit
from accounts.models import User
from accounts.roles import HELD_AT, Place, Role
from accounts.services import add_person
from clusters.models import Cluster, RoleAssignment
from practices.models import HSCP, HealthBoard, Locality, Practice
from shared.dates import in_words

At = Practice | Cluster | Locality | HSCP | HealthBoard | None

_KINDS: dict[type, Place] = {
    Practice: Place.PRACTICE,
    Cluster: Place.CLUSTER,
    Locality: Place.LOCALITY,
    HSCP: Place.HSCP,
    HealthBoard: Place.BOARD,
    type(None): Place.EVERYWHERE,
}


@transaction.atomic
def appoint(
    *,
    email: str,
    full_name: str,
    role: Role,
    at: At,
    starts_on: date,
    ends_on: date | None = None,
    sessions_a_month: Decimal | None = None,
    by: User | None,
) -> RoleAssignment:
    """Give `role` at a place to the person with this e-mail address; a newcomer with a name is added first.

    Raises ValidationError beside `email`, `full_name`, `place` or `starts_on`.
    """
    person = User.objects.filter(email__iexact=email.strip()).first()
    if person is None and not full_name.strip():
        raise ValidationError({"full_name": "Nobody here has this e-mail address yet. Type their name to add them."})
    if person and not person.is_active:
        raise ValidationError({"email": f"{person} can no longer sign in."})
    person = person or add_person(email=email, full_name=full_name, by=by)
    return assign_role(
        person=person, role=role, at=at, starts_on=starts_on, ends_on=ends_on, sessions_a_month=sessions_a_month, by=by
    )


@transaction.atomic
def assign_role(
    *,
    person: User,
    role: Role,
    at: At,
    starts_on: date,
    ends_on: date | None = None,
    sessions_a_month: Decimal | None = None,
    by: User | None,
) -> RoleAssignment:
    """Give `role` at a place to a person from a day; `ends_on` is exclusive, None is open.

    The same role at the same place twice at a time is refused, as is a place where the role is not held.
    Raises ValidationError beside `place`, `starts_on` or `last_day`.
    """
    User.objects.select_for_update().get(pk=person.pk)
    place = _KINDS[type(at)]
    if place not in HELD_AT[role]:
        raise ValidationError({"place": f"{role.label} is held at {in_plain_words(role)}."})
    if ends_on and ends_on <= starts_on:
        raise ValidationError({"last_day": "The last day lies before the first day."})
    where = {} if place is Place.EVERYWHERE else {place.value: at}
    _refuse_twice(person, role, at, where, starts_on, ends_on)
    held = RoleAssignment.objects.create(
        person=person, role=role, starts_on=starts_on, ends_on=ends_on, sessions_a_month=sessions_a_month, **where
    )
    audit.record("role given", held, by=by, detail={"starts_on": str(starts_on), "ends_on": ends_on and str(ends_on)})
    return held


def in_plain_words(role: Role) -> str:
    """Where a role is held: "a locality or an HSCP"."""
    words = {
        Place.PRACTICE: "a practice",
        Place.CLUSTER: "a cluster",
        Place.LOCALITY: "a locality",
        Place.HSCP: "an HSCP",
        Place.BOARD: "a health board",
        Place.EVERYWHERE: "no single place",
    }
    return " or ".join(words[place] for place in Place if place in HELD_AT[role])


def _refuse_twice(
    person: User, role: Role, at: At, where: dict[str, At], starts_on: date, ends_on: date | None
) -> None:
    held = RoleAssignment.objects.filter(person=person, role=role, **where)
    held = held.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on))
    if ends_on:
        held = held.filter(starts_on__lt=ends_on)
    if other := held.order_by("starts_on").first():
        until = f" until {in_words(other.ends_on - timedelta(days=1))}" if other.ends_on else ""
        place = f" at {at}" if at else ""
        raise ValidationError(
            {
                "starts_on": f"{person} holds the role {role.label}{place} from {in_words(other.starts_on)}{until}. "
                "End that first, or choose days outside it."
            }
        )


@transaction.atomic
def end_role(*, held: RoleAssignment, last_day: date, by: User | None) -> RoleAssignment:
    """End a role after `last_day`: the person can still work on that day, and no longer from midnight on.

    Raises ValidationError beside `last_day`: before the first day, after an end that is already set, or when nobody
    would be left to look after the registry.
    """
    list(RoleAssignment.objects.select_for_update().filter(Q(pk=held.pk) | Q(role=Role.REGISTRY_ADMIN)).order_by("pk"))
    held.refresh_from_db()
    ends_on = last_day + timedelta(days=1)
    if last_day < held.starts_on:
        raise ValidationError(
            {"last_day": f"The role began on {in_words(held.starts_on)}. Choose that day or a later one."}
        )
    if held.ends_on and held.ends_on < ends_on:
        raise ValidationError({"last_day": f"It ends earlier already: after {_last(held.ends_on)}."})
    _refuse_empty_registry(held)
    before = audit.snapshot(held)
    held.ends_on = ends_on
    held.save(update_fields=["ends_on"])
    audit.record("role ended", held, by=by, before=before)
    return held


def _last(ends_on: date) -> str:
    return in_words(ends_on - timedelta(days=1))


def _refuse_empty_registry(held: RoleAssignment) -> None:
    if held.role != Role.REGISTRY_ADMIN:
        return
    others = RoleAssignment.objects.filter(role=held.role, ends_on__isnull=True, person__is_active=True)
    if not others.exclude(person=held.person).exists():
        raise ValidationError({"last_day": "Nobody else looks after the registry. Give somebody else this role first."})
