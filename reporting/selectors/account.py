"""What a person holds, since when, and what each role permits, in plain words."""

from dataclasses import dataclass
from datetime import date

from accounts.models import User
from accounts.reach import Reach
from accounts.roles import Place, Role
from clusters.models import RoleAssignment
from clusters.selectors.handovers import own_roles_to_hand_over
from clusters.selectors.origins import ASKED
from directory.reference.rights import permitted_by
from reporting.selectors.reaches import hostings_of, reach_in_words


@dataclass(frozen=True)
class RoleHeld:
    """One role as its holder reads it. `reaches` says how far it goes today."""

    code: str
    label: str
    where: str
    since: date
    until: date | None
    permits: tuple[str, ...]
    reaches: str
    pk: int
    is_asked_how: bool
    can_hand_over: bool


def roles_held_by(person: User, reach: Reach) -> list[RoleHeld]:
    """The roles that `person` holds on the day of their own `reach`, the newest first. Three queries."""
    rows = list(
        RoleAssignment.objects.on(reach.day)
        .filter(person=person)
        .select_related("practice", "cluster__forum", "locality", "hscp", "board")
    )
    hostings = hostings_of(rows, on=reach.day)
    in_hand = own_roles_to_hand_over(reach)
    return [_held(row, reach_in_words(row, reach, hostings), can_hand_over=row.pk in in_hand) for row in rows]


def _held(row: RoleAssignment, reaches: str, *, can_hand_over: bool) -> RoleHeld:
    role, everywhere = Role(row.role), row.place[0] is Place.EVERYWHERE
    return RoleHeld(
        code=role.value.lower(),
        label=role.label,
        where=str(row.where or "the whole portal"),
        since=row.starts_on,
        until=row.ends_on,
        permits=permitted_by(role, everywhere=everywhere),
        reaches=reaches,
        pk=row.pk,
        is_asked_how=role in ASKED,
        can_hand_over=can_hand_over,
    )
