"""One HSCP begins to act for another, and stops."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from accounts import audit
from accounts.models import User
from clusters.models import Hosting
from clusters.services.locks import hold_names
from clusters.services.memberships import FURTHEST_AHEAD
from practices.models import HSCP
from shared.dates import in_words, today


@transaction.atomic
def begin_hosting(
    *, host: HSCP, served: HSCP, service: str, starts_on: date, ends_on: date | None = None, by: User | None
) -> Hosting:
    """`host` acts for `served` from a day; `ends_on` is exclusive, None is open. Roles at the host reach the other.

    Raises ValidationError beside `served`, `starts_on` or `last_day`.
    """
    hold_names()
    if host.pk == served.pk:
        raise ValidationError({"served": "An HSCP cannot act for itself. Choose the other one."})
    if starts_on > today() + FURTHEST_AHEAD:
        raise ValidationError({"starts_on": "Choose a day within the next two years."})
    if ends_on and ends_on <= starts_on:
        raise ValidationError({"last_day": "The last day lies before the first day."})
    _refuse_twice(host, served, starts_on, ends_on)
    hosting = Hosting.objects.create(
        host=host, served=served, service=service.strip(), starts_on=starts_on, ends_on=ends_on
    )
    days = {"starts_on": str(starts_on), "ends_on": ends_on and str(ends_on)}
    audit.record("hosting begun", hosting, by=by, detail={"host": host.code, "served": served.code, **days})
    return hosting


def _refuse_twice(host: HSCP, served: HSCP, starts_on: date, ends_on: date | None) -> None:
    meets = Hosting.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on), host=host, served=served)
    if ends_on:
        meets = meets.filter(starts_on__lt=ends_on)
    if other := meets.order_by("starts_on").first():
        until = f" until {in_words(other.ends_on - timedelta(days=1))}" if other.ends_on else ""
        raise ValidationError(
            {
                "starts_on": f"{host} acts for {served} from {in_words(other.starts_on)}{until} already. "
                "End that first, or choose days outside it."
            }
        )


@transaction.atomic
def end_hosting(*, hosting: Hosting, last_day: date, by: User | None) -> Hosting:
    """`hosting` ends after `last_day`; from midnight on roles at the host no longer reach the other HSCP.

    Raises ValidationError beside `last_day`: before the first day, or after an end that has passed or is set earlier.
    """
    hosting = Hosting.objects.select_for_update(of=("self",)).select_related("host", "served").get(pk=hosting.pk)
    ends_on = last_day + timedelta(days=1)
    if last_day < hosting.starts_on:
        raise ValidationError(
            {"last_day": f"It begins on {in_words(hosting.starts_on)}. Choose that day or a later one."}
        )
    if last_day > today() + FURTHEST_AHEAD:
        raise ValidationError({"last_day": "Choose a day within the next two years."})
    if hosting.ends_on and hosting.ends_on < ends_on:
        set_on = in_words(hosting.ends_on - timedelta(days=1))
        raise ValidationError({"last_day": f"It ends earlier already: after {set_on}."})
    before = audit.snapshot(hosting)
    hosting.ends_on = ends_on
    hosting.save(update_fields=["ends_on"])
    audit.record("hosting ended", hosting, by=by, before=before)
    return hosting


@transaction.atomic
def withdraw_hosting(*, hosting: Hosting, by: User | None) -> None:
    """Take back a hosting that has not begun. Raises ValidationError for one that has: it is ended instead."""
    hosting = Hosting.objects.select_for_update(of=("self",)).select_related("host", "served").get(pk=hosting.pk)
    if hosting.starts_on <= today():
        raise ValidationError(f"It began on {in_words(hosting.starts_on)}. End it instead: it held until then.")
    audit.record("hosting taken back", hosting, by=by, detail={"starts_on": str(hosting.starts_on)})
    hosting.delete()
