"""What became of a practice: it goes on under a new code, merged into another, or was split into several.

Nothing is moved: meetings, figures, attendance and actions stay with the row and the cluster of their day. The row
that comes after answers for what the one before left open (`Practice.answered_by`, read by `selectors.reach`).
"""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from accounts import audit
from accounts.models import User
from clusters.models import Membership, RoleAssignment
from clusters.services.closing import end_on, mark_closed, memberships_from, refuse_closing, roles_from
from clusters.services.going_on import carry_locality, lasting, place_after, role_after, take_place, take_role
from practices.models import Practice, Succession
from shared.dates import in_words

Kind = Succession.Kind
VERBS: dict[str, str] = {Kind.RECODED: "practice recoded", Kind.MERGED: "practice merged", Kind.SPLIT: "practice split"}


@transaction.atomic
def recode_practice(*, before: Practice, after: Practice, on: date, reason: str, by: User | None) -> Succession:
    """The same practice goes on under a new code: `on` is the first day of `after`.

    `before` closes on that day. Roles held there then or later go on at `after`, with the end that they had; so does
    its place in its cluster, unless `after` has one of its own, and its locality in the same HSCP.
    Raises ValidationError beside `on`, `after` or `reason`.
    """
    before, after = _held(before, after)
    _refuse(before, after, on, reason, beside="after")
    memberships, roles = lasting(before, on)
    _refuse_planned(before, memberships, on)
    places = [place for row in memberships if (place := place_after(row, after, on))]
    taken_up = [role for held in roles if (role := role_after(held, after, on))]
    _end(before, on, memberships, roles, reason, by)
    for place in places:
        take_place(place, reason, by)
    for role in taken_up:
        take_role(role, by)
    carry_locality(before, after, by)
    _answer(before, after, by)
    return _linked(before, after, Kind.RECODED, on, reason, by)


@transaction.atomic
def merge_practices(
    *, gone: Sequence[Practice], into: Practice, on: date, reason: str, by: User | None
) -> list[Succession]:
    """Each of `gone` merged into `into` and closes on the day `on`: its place in its cluster and its roles end.

    `into` may be a practice that was there or a new code, in the same HSCP or in another.
    Raises ValidationError beside `on`, `into` or `reason`.
    """
    if not gone or len({practice.pk for practice in gone}) < len(gone):
        raise ValidationError({"into": "Name each practice that merged once."})
    *rows, into = _held(*gone, into)
    for before in rows:
        _refuse(before, into, on, reason, beside="into")
        _refuse_planned(before, memberships_from(before, on), on)
    for before in rows:
        _end(before, on, memberships_from(before, on), roles_from(before, on), reason, by)
        _answer(before, into, by)
    return [_linked(before, into, Kind.MERGED, on, reason, by) for before in rows]


@transaction.atomic
def split_practice(
    *, before: Practice, into: Sequence[Practice], on: date, reason: str, closes: bool = True, by: User | None
) -> list[Succession]:
    """A practice was split: `into` came out of it on the day `on`. With `closes` nothing of it stays.

    When it closes its place in its cluster and its roles end, and the first of `into` answers for what it left open;
    when part of it stays it goes on as it is, and answers for itself.
    Raises ValidationError beside `on`, `into` or `reason`.
    """
    if len({practice.pk for practice in into}) < max(len(into), 2 if closes else 1):
        raise ValidationError({"into": "Name each practice that came out of it once: two or more, unless it stays."})
    before, *rows = _held(before, *into)
    for after in rows:
        _refuse(before, after, on, reason, beside="into")
    if closes:
        memberships = memberships_from(before, on)
        _refuse_planned(before, memberships, on)
        _end(before, on, memberships, roles_from(before, on), reason, by)
        _answer(before, rows[0], by)
    return [_linked(before, after, Kind.SPLIT, on, reason, by) for after in rows]


def _held(*practices: Practice) -> list[Practice]:
    """The rows, locked in one order and read again, in the order given."""
    wanted = [practice.pk for practice in practices]
    rows = {row.pk: row for row in Practice.objects.select_for_update().filter(pk__in=wanted).order_by("pk")}
    return [rows[pk] for pk in wanted]


# --- What speaks against it ------------------------------------------------------------------------


def _refuse(before: Practice, after: Practice, on: date, reason: str, *, beside: str) -> None:
    if before.pk == after.pk:
        raise ValidationError({beside: f"{before} cannot come after itself. Choose another practice."})
    if after.closed_on and after.answered_by_id == before.pk:
        said = f"{after} became {before} on {in_words(after.closed_on)}: it cannot come after it as well."
        raise ValidationError({beside: said})
    if after.closed_on:
        said = f"{after} closed on {in_words(after.closed_on)}. Choose a practice that is open."
        raise ValidationError({beside: said})
    _refuse_day(before, on)
    _refuse_order(before, on)
    if Succession.objects.filter(before=before, after=after).exists():
        raise ValidationError({beside: f"It is written down already that {after} came after {before}."})
    if not reason.strip():
        raise ValidationError({"reason": "Say in a few words what happened."})


def _refuse_day(before: Practice, on: date) -> None:
    """What came after one that has closed may be said later, for the day on which it closed."""
    if before.closed_on is None:
        refuse_closing(before, on, beside="on")
    elif before.answered_by_id:
        said = f"{before} closed on {in_words(before.closed_on)} already, and it is known what came after it."
        raise ValidationError({"on": said})
    elif before.closed_on != on:
        said = f"{before} closed on {in_words(before.closed_on)} already. Choose that day."
        raise ValidationError({"on": said})


def _refuse_order(before: Practice, on: date) -> None:
    """What happened to a practice happened after it began, and in the order of the days."""
    began = before.origins.filter(on__gte=on).select_related("before").order_by("on").last()
    if began:
        said = f"{before} came after {began.before} on {in_words(began.on)}. Choose a later day."
        raise ValidationError({"on": said})
    left = before.successions.filter(on__gt=on).select_related("after").order_by("on").last()
    if left:
        said = f"{left.after} came out of {before} on {in_words(left.on)}. Choose that day or a later one."
        raise ValidationError({"on": said})


def _refuse_planned(before: Practice, memberships: list[Membership], on: date) -> None:
    if late := next((row for row in memberships if row.starts_on >= on), None):
        said = (
            f"{before} joined {late.cluster} on {in_words(late.starts_on)}. Choose a later day, or withdraw the move."
        )
        raise ValidationError({"on": said})


# --- What is done ----------------------------------------------------------------------------------


def _end(
    before: Practice,
    on: date,
    memberships: list[Membership],
    roles: list[RoleAssignment],
    reason: str,
    by: User | None,
) -> None:
    if before.closed_on:
        return
    end_on(on, memberships, roles, reason=reason, by=by)
    mark_closed(before, closed_on=on, reason=reason, by=by)


def _answer(before: Practice, after: Practice, by: User | None) -> None:
    """`after` answers for what `before` left open, and for what that one answered for."""
    for row in Practice.objects.select_for_update().filter(Q(pk=before.pk) | Q(answered_by=before)).order_by("pk"):
        was = audit.snapshot(row)
        row.answered_by = after
        row.save(update_fields=["answered_by"])
        audit.record("answered for by another", row, by=by, before=was)


def _linked(before: Practice, after: Practice, kind: str, on: date, reason: str, by: User | None) -> Succession:
    row = Succession.objects.create(before=before, after=after, kind=kind, on=on, reason=reason.strip())
    audit.record(VERBS[row.kind], row, by=by, detail={"on": str(on)})
    return row
