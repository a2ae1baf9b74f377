"""What of a practice goes on at another: its place in its cluster, the roles held there, its locality."""

from copy import copy
from datetime import date

from django.db.models import Q

from accounts import audit
from accounts.models import User
from clusters.models import Membership, RoleAssignment
from clusters.services.closing import memberships_from, roles_from
from practices.models import Practice


def lasting(before: Practice, on: date) -> tuple[list[Membership], list[RoleAssignment]]:
    """What it holds on the day; of one that closed on it, what ended there with it, as if it had no end."""
    if before.closed_on is None:
        return memberships_from(before, on), roles_from(before, on)
    memberships = list(Membership.objects.filter(practice=before, ends_on=on).select_related("cluster__forum"))
    roles = list(RoleAssignment.objects.standing().filter(practice=before, ends_on=on).select_related("person"))
    for row in memberships:
        row.ends_on, row.end_reason = None, ""
    for held in roles:
        held.ends_on = None
    return memberships, roles


def place_after(row: Membership, after: Practice, on: date) -> Membership | None:
    """The membership that goes on at `after`, not kept yet; None when it belongs to a cluster of this kind then.

    Call it before the old one ends. One that begins later, in the same cluster, begins on that day instead.
    """
    own = Membership.objects.filter(practice=after, kind=row.kind)
    if own.on(on).exists():
        return None
    later = own.filter(starts_on__gt=on).select_related("cluster__forum", "practice").order_by("starts_on").first()
    if later and later.cluster_id == row.cluster_id:
        later.starts_on = on
        return later
    place = Membership(practice=after, cluster=row.cluster, kind=row.kind, starts_on=on)
    place.ends_on, place.end_reason = row.ends_on, row.end_reason
    if later and (place.ends_on is None or place.ends_on > later.starts_on):
        place.ends_on, place.end_reason = later.starts_on, ""
    return place


def take_place(place: Membership, reason: str, by: User | None) -> None:
    """Keep what `place_after` gave."""
    if place.pk:
        before = audit.snapshot(Membership.objects.get(pk=place.pk))
        place.save(update_fields=["starts_on"])
        audit.record("membership put right", place, by=by, before=before)
        return
    place.reason = reason.strip()
    place.save(force_insert=True)
    detail = {"from": None, "to": str(place.cluster), "starts_on": str(place.starts_on)}
    audit.record("practice joined", place, by=by, detail=detail)


def role_after(held: RoleAssignment, after: Practice, on: date) -> RoleAssignment | None:
    """The same role at the new code, not kept yet; None when the person holds it there then already.

    Call it before the old one ends.
    """
    row = copy(held)
    row.pk, row._state.adding = None, True
    row.practice, row.starts_on = after, max(held.starts_on, on)
    there = RoleAssignment.objects.standing().filter(person=row.person_id, role=row.role, practice=after)
    there = there.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=row.starts_on)).order_by("starts_on")
    later = (there.filter(starts_on__lt=row.ends_on) if row.ends_on else there).first()
    if later and later.starts_on <= row.starts_on:
        return None
    row.ends_on = later.starts_on if later else row.ends_on
    return row


def take_role(row: RoleAssignment, by: User | None) -> None:
    """Keep what `role_after` gave."""
    row.save(force_insert=True)
    detail = {"starts_on": str(row.starts_on), "ends_on": row.ends_on and str(row.ends_on)}
    audit.record("role given", row, by=by, detail=detail)


def carry_locality(before: Practice, after: Practice, by: User | None) -> None:
    """The locality of one is that of the other too, where that one has none and lies in the same HSCP."""
    if before.locality_id and after.locality_id is None and before.hscp_id == after.hscp_id:
        was = audit.snapshot(after)
        after.locality_id = before.locality_id
        after.save(update_fields=["locality"])
        audit.record("locality carried over", after, by=by, before=was)
