"""Roles that ended lately: what somebody is told who still had a page open."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.timezone import localdate

from accounts.models import User
from accounts.roles import Place, Role
from clusters.models import RoleAssignment
from clusters.selectors.histories import with_places
from clusters.selectors.members import holders_of, keepers_of
from practices.models import HSCP

LATELY = timedelta(days=90)


@dataclass(frozen=True)
class Ended:
    """A role that somebody held, the last day of it, and who can go on with what they were at.

    `was_withdrawn`: it was given by mistake and taken back on that day.
    """

    held: RoleAssignment
    last_day: date
    was_withdrawn: bool
    others: tuple[User, ...]

    @property
    def role(self) -> str:
        return Role(self.held.role).label

    @property
    def role_and_place(self) -> str:
        """ "Cluster Quality Lead of Rowan", "Practice Quality Lead at Alder Medical Practice"."""
        word = "at" if self.held.practice_id else "of"
        return f"{self.role} {word} {self.held.where}" if self.held.where else self.role


def ended_lately(person: User, *, on: date) -> Ended | None:
    """The role of `person` that ended last, within 90 days, and is not held again; None when there is none."""
    since = on - LATELY
    ended = RoleAssignment.objects.filter(
        Q(withdrawn_at__isnull=True, ends_on__gt=since, ends_on__lte=on)
        | Q(withdrawn_at__date__gt=since, starts_on__lte=on),
        person=person,
    )
    if not ended.exists():  # as for nearly everybody who is turned away: the places need not be looked up
        return None
    rows = with_places(ended)
    now = {(held.role, held.place) for held in RoleAssignment.objects.on(on).filter(person=person)}
    gone = [held for held in rows if (held.role, held.place) not in now]
    latest = max(gone, key=_last_day, default=None)
    if latest is None:
        return None
    return Ended(latest, _last_day(latest), latest.withdrawn_at is not None, tuple(_others(latest, on)))


def _last_day(held: RoleAssignment) -> date:
    return localdate(held.withdrawn_at) if held.withdrawn_at else held.last_day or date.max


def _others(held: RoleAssignment, on: date) -> list[User]:
    """Who holds the same role there now and who leads the HSCP; the keepers of the registry where there is nobody."""
    hscp = hscp_of(held)
    if held.withdrawn_at is None:
        kind, pk = held.place
        same = holders_of(Role(held.role), on=on, **({} if kind is Place.EVERYWHERE else {kind.value: pk}))
        leads = holders_of(Role.HSCP_LEAD, on=on, hscp=hscp) if hscp else same.none()
        found = dict.fromkeys(row.person for row in (*same, *leads) if row.person_id != held.person_id)
        if found:
            return list(found)
    return [person for person in keepers_of(hscp, on=on) if person.pk != held.person_id]


def hscp_of(held: RoleAssignment) -> HSCP | None:
    """The HSCP that the place of a role lies in; None for a health board and for the whole portal."""
    if held.practice:
        return held.practice.hscp
    if held.cluster:
        return held.cluster.lead_hscp
    return held.locality.hscp if held.locality else held.hscp
