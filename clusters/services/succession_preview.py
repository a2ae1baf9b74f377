"""What a decision about a practice would do: it is carried out, looked at, and taken back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from accounts.models import User
from accounts.reach import Reach
from accounts.roles import Right, Role
from clusters.models import Cluster, Membership, RoleAssignment
from clusters.plugs.handovers import Bundle
from clusters.selectors import reach_of
from clusters.selectors.handovers import bundles_held, leaving_of
from practices.models import Practice

FOR_THE_PRACTICE = (Role.PQL, Role.DEPUTY, Role.PRACTICE_MANAGER)


@dataclass(frozen=True)
class SightChange:
    """What one person sees no longer, and newly, from that moment on: names of clusters and of practices."""

    person: User
    loses: tuple[str, ...]
    gains: tuple[str, ...]


@dataclass(frozen=True)
class Effect:
    """Which practices close, which places in clusters and roles end, which go on elsewhere, and who sees what.

    `answers` pairs a practice with the one that answers for what it leaves open. `alone` are the things of people,
    by the role that ends, which would have no owner.
    """

    closing: tuple[Practice, ...]
    leaving: tuple[Membership, ...]
    joining: tuple[Membership, ...]
    ending: tuple[RoleAssignment, ...]
    going_on: tuple[RoleAssignment, ...]
    answers: tuple[tuple[Practice, Practice], ...]
    sight: tuple[SightChange, ...]
    alone: tuple[tuple[RoleAssignment, tuple[Bundle, ...]], ...]


def effect_of(decide: Callable[[], object], *, practices: Iterable[Practice], on: date) -> Effect:
    """What `decide` would do to `practices` and to the people there, as they see the portal on a day.

    Changes nothing; raises the ValidationErrors of `decide`.
    """
    codes = [practice.pk for practice in practices]
    with transaction.atomic():
        before = _Looked.at(codes, on)
        decide()
        after = _Looked.at(codes, on)
        alone = tuple(_alone(before, after, on))
        transaction.set_rollback(True)
    return Effect(
        closing=tuple(p for pk, p in after.practices.items() if p.closed_on and not before.practices[pk].closed_on),
        leaving=tuple(m for pk, m in after.memberships.items() if _ended(m, before.memberships.get(pk))),
        joining=tuple(m for pk, m in after.memberships.items() if _begun(m, before.memberships.get(pk))),
        ending=tuple(r for pk, r in before.roles.items() if pk not in after.roles or _ended(after.roles[pk], r)),
        going_on=tuple(r for pk, r in after.roles.items() if pk not in before.roles),
        answers=tuple(_answers(before, after)),
        sight=tuple(_sight(before, after)),
        alone=alone,
    )


@dataclass
class _Looked:
    practices: dict[int, Practice]
    memberships: dict[int, Membership]
    roles: dict[int, RoleAssignment]
    reaches: dict[User, Reach]

    @classmethod
    def at(cls, codes: list[int], on: date) -> "_Looked":
        roles = RoleAssignment.objects.standing().filter(practice__in=codes).select_related("person", "practice")
        held = {row.pk: row for row in roles.order_by("practice__name", "role", "person__full_name")}
        memberships = Membership.objects.filter(practice__in=codes).select_related("practice", "cluster__forum")
        people = {row.person for row in held.values()}
        return cls(
            practices=Practice.objects.select_related("answered_by").in_bulk(codes),
            memberships={row.pk: row for row in memberships.order_by("practice__name", "starts_on")},
            roles=held,
            reaches={person: reach_of(person, on=on) for person in people},
        )


def _ended(now: Membership | RoleAssignment, was: Membership | RoleAssignment | None) -> bool:
    return was is not None and now.ends_on != was.ends_on


def _begun(now: Membership, was: Membership | None) -> bool:
    return was is None or now.starts_on != was.starts_on


def _answers(before: _Looked, after: _Looked) -> Iterable[tuple[Practice, Practice]]:
    for pk, practice in after.practices.items():
        if practice.answered_by and practice.answered_by_id != before.practices[pk].answered_by_id:
            yield practice, practice.answered_by


def _alone(before: _Looked, after: _Looked, on: date) -> Iterable[tuple[RoleAssignment, tuple[Bundle, ...]]]:
    """Of those whose part ends: a person with several roles there is named once, with all that they hold."""
    seen = {row.person_id for pk, row in after.roles.items() if pk not in before.roles}
    for pk, held in after.roles.items():
        if pk in before.roles and held.person_id not in seen and _ended(held, before.roles[pk]):
            seen.add(held.person_id)
            bundles = bundles_held(leaving_of(held, from_day=on, today=on))
            if left := tuple(bundle for bundle in bundles if bundle.alone):
                yield held, left


def _sight(before: _Looked, after: _Looked) -> Iterable[SightChange]:
    """In the order of names. Who held a role that is withdrawn is looked at too."""
    people = sorted({*before.reaches, *after.reaches}, key=lambda person: person.full_name)
    nobody = Reach(None, date.min)
    pairs = [(person, before.reaches.get(person, nobody), after.reaches.get(person, nobody)) for person in people]
    clusters = Cluster.objects.select_related("forum").in_bulk(
        {pk for _, was, now in pairs for pk in _inside(was) ^ _inside(now)}
    )
    for person, was, now in pairs:
        loses = [clusters[pk].forum.name for pk in _inside(was) - _inside(now)]
        gains = [clusters[pk].forum.name for pk in _inside(now) - _inside(was)]
        gains += [f"what {after.practices[pk]} left open" for pk in _held(now) - _held(was) if _is_left(after, pk)]
        if loses or gains:
            yield SightChange(person, tuple(sorted(loses)), tuple(sorted(gains)))


def _inside(reach: Reach) -> frozenset[int]:
    return reach.clusters(Right.SEE_INSIDE)


def _held(reach: Reach) -> frozenset[int]:
    return reach.practices_held(*FOR_THE_PRACTICE)


def _is_left(after: _Looked, pk: int) -> bool:
    return pk in after.practices and after.practices[pk].closed_on is not None
