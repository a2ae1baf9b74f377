"""Whose e-mail address the mail server refuses, HSCP by HSCP: for those who can ask them for the right one (F19)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import User
from accounts.reach import Reach
from clusters.models import RoleAssignment
from office.selectors import refused_addresses
from practices.models import HSCP
from reporting.rules import can_see_refused, hscps_led
from reporting.selectors.need import Need, Shape


@dataclass(frozen=True)
class Refused:
    """An address that takes no letters: whose it is, since when, and what the mail server said."""

    person: User
    address: str
    since: date
    answer: str


def refused_in(hscp: HSCP, reach: Reach) -> tuple[Refused, ...]:
    """Of everybody with a role in the HSCP today; nothing for who may not know."""
    if not can_see_refused(reach, hscp):
        return ()
    return tuple(
        Refused(letter.person, letter.to, localdate(letter.started_at or letter.queued_at), letter.answer)
        for letter in refused_addresses(_people_of(hscp, reach.day))
    )


def refused_needs(reach: Reach) -> Iterator[Need]:
    """A line for each HSCP that the reader leads in which addresses were refused."""
    led = hscps_led(reach)
    for hscp in HSCP.objects.filter(pk__in=led).order_by("name") if led else ():
        if number := len(refused_addresses(_people_of(hscp, reach.day))):
            one, many = "1 e-mail address in {} was refused", f"{number} e-mail addresses in {{}} were refused"
            said = (one if number == 1 else many).format(hscp)
            yield Need(
                Shape.SOON, "Letters", said, "See whose", reverse("reporting:hscp", args=[hscp.code]) + "#refused"
            )


def _people_of(hscp: HSCP, on: date) -> QuerySet[User]:
    held = RoleAssignment.objects.on(on).filter(
        Q(practice__hscp=hscp) | Q(cluster__lead_hscp=hscp) | Q(locality__hscp=hscp) | Q(hscp=hscp)
    )
    return User.objects.filter(pk__in=held.order_by().values("person"))
