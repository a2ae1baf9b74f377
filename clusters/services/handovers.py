"""What somebody held passes on: together with the end of a role, or by itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.reach import Reach
from accounts.roles import Role
from clusters.models import Handover, RoleAssignment
from clusters.plugs.handovers import Bundle, Leaving, Passing
from clusters.selectors.handovers import bundles_held, day_after, due_handovers, leaving_of, planned_handover
from clusters.selectors.people import NOBODY_SEEN, people_known_to
from clusters.selectors.reach import reach_of
from clusters.services.role_facts import RoleFacts
from clusters.services.roles import appoint, end_role, withdraw_role
from shared.dates import today

State = Handover.State


@dataclass(frozen=True)
class Wishes:
    """Who takes over: a successor (by e-mail address, and a name for somebody new), or others by kind of thing.

    A kind with None stays where it is. `without_owner`: it is meant that some things have no owner for now.
    """

    email: str = ""
    full_name: str = ""
    holders: Mapping[str, User | None] = field(default_factory=dict)
    without_owner: bool = False

    @property
    def say_something(self) -> bool:
        """Whether anybody is named, or it is said that nobody shall be."""
        return bool(self.email or self.holders or self.without_owner)


class NoOwner(ValidationError):
    """Things would have no owner, and nobody said that this is meant. `bundles` are those things."""

    def __init__(self, bundles: list[Bundle]) -> None:
        self.bundles = bundles
        named = ", ".join(f"{bundle.label[0].lower()}{bundle.label[1:]} ({bundle.alone})" for bundle in bundles)
        super().__init__(f"These would have no owner: {named}. Name somebody, or tick the box below to leave them so.")


@transaction.atomic
def hand_over_role(*, held: RoleAssignment, last_day: date, wishes: Wishes, by: User | None) -> Handover | None:
    """End a role after `last_day`, give it to the successor from the next day, and pass on what was held through it.

    When the end lies in the future, the handover waits for it (`manage.py hand_over` carries it out); until then all
    stays with the person. None when there is nobody to pass anything to. What was planned for the end before gives way,
    unless nothing new is said.
    Raises ValidationError beside `last_day`, `email` or `full_name`, and NoOwner.
    """
    ended = end_role(held=held, last_day=last_day, by=by)
    from_day = day_after(last_day)
    waiting = planned_handover(ended)
    if waiting and waiting.from_day == from_day and not wishes.say_something:
        return waiting
    _call_off(ended, by, with_role=True)
    successor, gives = _successor(ended, wishes, from_day, by)
    return _hand_over(ended, successor, wishes, from_day=from_day, gives=gives, by=by)


@transaction.atomic
def hand_over_things(*, held: RoleAssignment, wishes: Wishes, by: User | None) -> Handover | None:
    """Pass on what somebody holds through a role that goes on, or that ended without it. Dates stay as they are.

    What is planned for the end of the role stays planned, for what is there then.
    Raises ValidationError beside `email` for somebody not here, and NoOwner.
    """
    successor = _here(wishes.email, by)
    return _hand_over(held, successor, wishes, from_day=max(today(), held.starts_on), by=by)


def _successor(
    ended: RoleAssignment, wishes: Wishes, from_day: date, by: User | None
) -> tuple[User | None, RoleAssignment | None]:
    """Whoever is named, and the role given to them from `from_day`: none to one who holds it there then already.

    What belongs to the post goes on with it: sessions, who pays and the portfolio. What was said of the person who
    leaves does not: seat, profession and the day of their review.
    """
    if not wishes.email:
        return None, None
    kind, pk = ended.place
    same = RoleAssignment.objects.on(from_day).filter(role=ended.role, person__email__iexact=wishes.email.strip())
    same = same.filter(**{f"{kind.value}_id": pk}) if pk else same.filter(hscp=None, board=None)
    there = same.select_related("person").first()
    if there and there.person_id == ended.person_id:
        raise ValidationError({"email": "Name somebody else: this is the person who leaves the role."})
    if there:
        return there.person, None
    held = appoint(
        email=wishes.email,
        full_name=wishes.full_name,
        role=Role(ended.role),
        at=ended.where,
        starts_on=from_day,
        sessions_a_month=ended.sessions_a_month,
        facts=RoleFacts(funded_by=ended.funded_by, portfolio=ended.portfolio),
        by=by,
    )
    if held.person_id == ended.person_id:
        raise ValidationError({"email": "Name somebody else: this is the person who leaves the role."})
    return held.person, held


def _here(email: str, by: User | None) -> User | None:
    if not email:
        return None
    known = people_known_to(reach_of(by, on=today())) if by else User.objects.all()
    person = known.filter(email__iexact=email.strip(), is_active=True).first()
    if person is None:
        raise ValidationError({"email": f"{NOBODY_SEEN} Whoever takes over needs a role here first."})
    return person


def _hand_over(
    held: RoleAssignment,
    successor: User | None,
    wishes: Wishes,
    *,
    from_day: date,
    gives: RoleAssignment | None = None,
    by: User | None,
) -> Handover | None:
    acting = reach_of(by, on=today()) if by else None
    leaving = leaving_of(held, from_day=from_day, today=today(), by=acting)
    holders = {key: person.pk if person else None for key, person in wishes.holders.items()}
    if not wishes.without_owner:
        _refuse_no_owner(bundles_held(leaving), successor, holders)
    if successor is None and not any(holders.values()):
        return None
    now, is_due = timezone.now(), from_day <= today()
    planned = Handover.objects.create(
        held=held,
        successor=successor,
        gives=gives,
        holders=holders,
        from_day=from_day,
        state=State.DONE if is_due else State.PLANNED,
        done_at=now if is_due else None,
        planned_at=now,
        planned_by=by,
    )
    audit.record("handover planned", planned, by=by, detail={"from_day": str(from_day), **_named(planned)})
    return _pass_on(planned, leaving) if is_due else planned


def _named(handover: Handover) -> dict[str, object]:
    return {"successor": handover.successor_id, **{f"to for {key}": pk for key, pk in handover.holders.items()}}


def _refuse_no_owner(bundles: list[Bundle], successor: User | None, holders: Mapping[str, int | None]) -> None:
    alone = []
    for bundle in bundles:
        nobody = bundle.key in holders and holders[bundle.key] is None
        taken = holders.get(bundle.key) or (successor and not nobody)
        if bundle.alone and not taken and bundle.passing is not Passing.NEVER:
            alone.append(bundle)
    if alone:
        raise NoOwner(alone)


@transaction.atomic
def carry_out(*, handover: Handover) -> Handover:
    """Pass on what is there on the day, in the name of who planned it. A second time changes nothing.

    Things come from the role as it ended; a person who can no longer hold them is passed by, and the things then
    show as having no owner.
    """
    now = (
        Handover.objects.select_for_update(of=("self",))
        .select_related("held__person", "planned_by")
        .get(pk=handover.pk)
    )
    if now.state != State.PLANNED:
        return now
    now.state, now.done_at = State.DONE, timezone.now()
    leaving = leaving_of(now.held, from_day=now.from_day, today=today())
    if now.planned_by:
        leaving = replace(leaving, by=Reach(now.planned_by.pk, today()))  # a keeper planned it, and may have left since
    return _pass_on(now, leaving)


def _pass_on(handover: Handover, leaving: Leaving) -> Handover:
    by = handover.planned_by
    for bundle in bundles_held(leaving):
        to = _holder(handover, bundle.key)
        if bundle.pass_to and to:
            handover.outcome[bundle.key] = bundle.pass_to(to, reach_of(to, on=today()), by)
    handover.save(update_fields=["state", "done_at", "outcome"])
    audit.record("role handed over", handover, by=by, detail={**_named(handover), "passed": handover.outcome})
    return handover


def _holder(handover: Handover, key: str) -> User | None:
    pk = handover.holders.get(key, handover.successor_id)
    return User.objects.filter(pk=pk, is_active=True).first() if pk else None


def carry_out_due(*, on: date) -> list[Handover]:
    """Carry out every planned handover whose day has come, each in a transaction of its own; after missed days too."""
    return [carry_out(handover=due) for due in due_handovers(on=on)]


def _call_off(held: RoleAssignment, by: User | None, *, with_role: bool = False) -> None:
    """A new plan takes the place of one that still waits; `with_role`: of the role that this one gave, too."""
    for waiting in Handover.objects.select_for_update().filter(held=held, state=State.PLANNED):
        before = audit.snapshot(waiting)
        waiting.state = State.CALLED_OFF
        waiting.save(update_fields=["state"])
        audit.record("handover called off", waiting, by=by, before=before)
        if with_role and waiting.gives and not waiting.gives.withdrawn_at and waiting.gives.starts_on > today():
            withdraw_role(held=waiting.gives, by=by)


@transaction.atomic
def call_off_handover(*, handover: Handover, by: User | None) -> None:
    """Take back a planned handover: who holds which role from when stands, and what was held has no owner then."""
    _call_off(handover.held, by)
