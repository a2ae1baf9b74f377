"""Who holds which role, where, from when to when."""

from dataclasses import asdict
from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts import audit
from accounts import services as people
from accounts.models import User
from accounts.roles import HELD_AT, Place, Role
from clusters.models import Cluster, RoleAssignment
from clusters.services.invitations import invite_newcomer, take_back, take_back_without_role
from clusters.services.locks import hold_place
from clusters.services.newcomers import person_to_appoint
from clusters.services.role_facts import NOTHING_KNOWN, RoleFacts
from practices.models import HSCP, HealthBoard, Locality, Practice
from shared.dates import in_words, today

At = Practice | Cluster | Locality | HSCP | HealthBoard | None

LAST_ADMINISTRATOR = "Nobody else looks after the registry. Give somebody else this role first."

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
    facts: RoleFacts = NOTHING_KNOWN,
    by: User | None,
) -> RoleAssignment:
    """Give `role` at a place to the person with this e-mail address; a newcomer with a name is added first and invited.

    Raises ValidationError beside `email`, `full_name`, `place` or `starts_on`.
    """
    person = person_to_appoint(email=email, full_name=full_name, by=by)
    held = assign_role(
        person=person,
        role=role,
        at=at,
        starts_on=starts_on,
        ends_on=ends_on,
        sessions_a_month=sessions_a_month,
        facts=facts,
        by=by,
    )
    invite_newcomer(held=held, by=by)
    return held


@transaction.atomic
def assign_role(
    *,
    person: User,
    role: Role,
    at: At,
    starts_on: date,
    ends_on: date | None = None,
    sessions_a_month: Decimal | None = None,
    facts: RoleFacts = NOTHING_KNOWN,
    by: User | None,
) -> RoleAssignment:
    """Give `role` at a place to a person from a day; `ends_on` is exclusive, None is open.

    The same role at the same place twice at a time is refused, as is a place where the role is not held or that has
    closed.
    Raises ValidationError beside `place`, `starts_on` or `last_day`.
    """
    place = _KINDS[type(at)]
    if place not in HELD_AT[role]:
        raise ValidationError({"place": f"{role.label} is held at {in_plain_words(role)}."})
    if ends_on and ends_on <= starts_on:
        raise ValidationError({"last_day": "The last day lies before the first day."})
    _refuse_closed(at, ends_on)
    User.objects.select_for_update().get(pk=person.pk)  # after the place, as mergers do
    where = {} if place is Place.EVERYWHERE else {place.value: at}
    _refuse_twice(person, role, at, where, starts_on, ends_on)
    dates = {"starts_on": starts_on, "ends_on": ends_on}
    held = RoleAssignment.objects.create(
        person=person, role=role, sessions_a_month=sessions_a_month, **dates, **where, **asdict(facts)
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


def _refuse_closed(at: At, ends_on: date | None) -> None:
    """Looks at the place as it is now, and keeps it from closing meanwhile."""
    closed_on = hold_place(at)
    if closed_on and (ends_on is None or ends_on > closed_on):
        raise ValidationError({"place": f"{at} closed on {in_words(closed_on)}. Choose another place."})


def _refuse_twice(
    person: User, role: Role, at: At, where: dict[str, At], starts_on: date, ends_on: date | None
) -> None:
    held = RoleAssignment.objects.between(starts_on, ends_on).filter(person=person, role=role, **where)
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
    would be left to look after the registry; and for a role that was withdrawn.
    """
    _hold(held)
    ends_on = last_day + timedelta(days=1)
    if last_day < held.starts_on:
        raise ValidationError(
            {"last_day": f"The role began on {in_words(held.starts_on)}. Choose that day or a later one."}
        )
    if held.ends_on and held.ends_on < ends_on:
        raise ValidationError({"last_day": f"It ends earlier already: after {_last(held.ends_on)}."})
    if _keeps_all(held) and not _others_keep_the_registry(held.person, on=max(ends_on, today())):
        raise ValidationError({"last_day": LAST_ADMINISTRATOR})
    before = audit.snapshot(held)
    held.ends_on = ends_on
    held.save(update_fields=["ends_on"])
    audit.record("role ended", held, by=by, before=before)
    take_back_without_role(person=held.person, by=by)
    return held


@transaction.atomic
def withdraw_role(*, held: RoleAssignment, by: User | None) -> RoleAssignment:
    """Take back a role that is planned, or that began today by mistake: it counts on no day, from this moment on.

    Raises ValidationError for one that began earlier (it is ended instead), that was withdrawn already, or when
    nobody would be left to look after the registry.
    """
    _hold(held)
    if held.starts_on < today():
        raise ValidationError(f"The role began on {in_words(held.starts_on)}. End it: it was held until then.")
    if _keeps_all(held) and not _others_keep_the_registry(held.person, on=held.starts_on):
        raise ValidationError(LAST_ADMINISTRATOR)
    before = audit.snapshot(held)
    held.withdrawn_at, held.withdrawn_by = timezone.now(), by
    held.save(update_fields=["withdrawn_at", "withdrawn_by"])
    audit.record("role withdrawn", held, by=by, before=before)
    take_back_without_role(person=held.person, by=by)
    return held


@transaction.atomic
def stop_sign_in(*, person: User, by: User | None) -> None:
    """Shut a person out at once, whatever roles they hold.

    Raises ValidationError when nobody would be left to look after the registry, and for oneself.
    """
    if by and by.pk == person.pk:
        raise ValidationError("You cannot stop your own sign-in. Ask another registry administrator.")
    _hold_administrators()
    roles = RoleAssignment.objects.on(today()).filter(person=person, role=Role.REGISTRY_ADMIN)
    if any(_keeps_all(held) for held in roles) and not _others_keep_the_registry(person, on=today()):
        raise ValidationError(LAST_ADMINISTRATOR)
    take_back(person=person, by=by)
    people.stop_sign_in(person=person, by=by)


def allow_sign_in(*, person: User, by: User | None) -> None:
    """Let a person in again; what they reach is up to their roles."""
    people.allow_sign_in(person=person, by=by)


def _hold(held: RoleAssignment) -> None:
    """Lock and read again what is about to change, and who looks after the registry."""
    hold_place(held.where)
    _hold_administrators(held.pk)
    held.refresh_from_db()
    if held.withdrawn_at:
        raise ValidationError("This role was withdrawn already.")


def _hold_administrators(*also: int) -> None:
    rows = RoleAssignment.objects.filter(Q(pk__in=also) | Q(role=Role.REGISTRY_ADMIN))
    list(rows.select_for_update().order_by("pk").values_list("pk"))


def _last(ends_on: date) -> str:
    return in_words(ends_on - timedelta(days=1))


def _keeps_all(held: RoleAssignment) -> bool:
    """Whether the role looks after the registry of all Scotland, and not of one HSCP or health board."""
    return held.role == Role.REGISTRY_ADMIN and held.place[0] is Place.EVERYWHERE


def _others_keep_the_registry(person: User, *, on: date) -> bool:
    """Whether somebody else is registry administrator of all Scotland on a day, with no end in sight."""
    others = RoleAssignment.objects.on(on).filter(
        role=Role.REGISTRY_ADMIN, hscp=None, board=None, ends_on__isnull=True, person__is_active=True
    )
    return others.exclude(person=person).exists()
