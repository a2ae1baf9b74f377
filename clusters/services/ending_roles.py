"""Roles held at a cluster that closes: they end with it, or go on at the one that takes it over."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, User
from accounts.roles import Role
from clusters.models import Cluster, RoleAssignment
from clusters.selectors.move_changes import roles_at
from clusters.services.invitations import invite_newcomer, take_back_without_role
from clusters.services.role_facts import facts_of
from clusters.services.roles import assign_role

ENDED = "role ended with its cluster"
ABOUT_ENDS = (ENDED, "role ended", "role withdrawn", "role goes on")


def end_roles(cluster: Cluster, *, on: date, into: Cluster | None, by: User | None) -> list[int]:
    """End every role held at `cluster` on a day, or withdraw it where it had not begun; with `into` each goes on there.

    It goes on with all that is known about it: sessions, who pays, portfolio, review, seat and profession.
    Who holds the same role there already keeps the one they have. Whoever is left without a role has their invitation
    taken back. Gives the ids of the roles that were given.
    """
    given = []
    ending = roles_at([cluster], on=on)
    for held in ending:
        until, starts_on = held.ends_on, max(held.starts_on, on)
        _end(held, on, by)
        if into and (new := _goes_on(held, into, starts_on, until, by)):
            given.append(new.pk)
    for held in ending:  # only now: the role that goes on is a reason to be invited too
        take_back_without_role(person=held.person, by=by)
    return given


def _end(held: RoleAssignment, on: date, by: User | None) -> None:
    if held.starts_on < on:
        _write(held, ENDED, by, ends_on=on)
    else:
        _write(held, ENDED, by, withdrawn_at=timezone.now(), withdrawn_by=by)


def _goes_on(
    held: RoleAssignment, into: Cluster, starts_on: date, until: date | None, by: User | None
) -> RoleAssignment | None:
    there = RoleAssignment.objects.between(starts_on, until).filter(cluster=into, person=held.person, role=held.role)
    if there.exists():
        return None
    return assign_role(
        person=held.person,
        role=Role(held.role),
        at=into,
        starts_on=starts_on,
        ends_on=until,
        sessions_a_month=held.sessions_a_month,
        facts=facts_of(held),
        by=by,
    )


def give_back_roles(ended: Mapping[str, str | None], given: Iterable[int], *, on: date, by: User | None) -> None:
    """The end that was planned for `on` does not come: roles go on where they were, those given instead never begin.

    `ended` says by id when each role ended before; where somebody has decided about its end since, that stands.
    """
    for held in RoleAssignment.objects.standing().filter(pk__in=list(given), starts_on__gte=on):
        _write(held, "role withdrawn", by, withdrawn_at=timezone.now(), withdrawn_by=by)
    rows = RoleAssignment.objects.filter(pk__in=[int(pk) for pk in ended]).select_related("person", "cluster__forum")
    for held in rows:
        if _decided_last(held) != ENDED:
            continue
        if held.starts_on >= on:
            _write(held, "role goes on", by, withdrawn_at=None, withdrawn_by=None)
            invite_newcomer(held=held, by=by)
        elif held.ends_on == on and not held.withdrawn_at:
            was = ended[str(held.pk)]
            _write(held, "role goes on", by, ends_on=date.fromisoformat(was) if was else None)


def _decided_last(held: RoleAssignment) -> str | None:
    """What was last done about the end of a role."""
    told = AuditEvent.objects.filter(subject_type=held._meta.label_lower, subject_id=held.pk, verb__in=ABOUT_ENDS)
    return told.order_by("pk").values_list("verb", flat=True).last()


def _write(held: RoleAssignment, verb: str, by: User | None, **values: Any) -> None:
    before = audit.snapshot(held)
    for name, value in values.items():
        setattr(held, name, value)
    held.save(update_fields=list(values))
    audit.record(verb, held, by=by, before=before)
