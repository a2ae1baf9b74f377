"""Which cluster a practice belongs to, from which day."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from clusters.models import Cluster, Membership
from clusters.selectors import MoveEffect, move_effect
from clusters.selectors.histories import ENDED
from practices.models import Practice
from shared.dates import in_words, today

FURTHEST_AHEAD = timedelta(days=731)


@transaction.atomic
def move_practice(
    *,
    practice: Practice,
    to: Cluster | None,
    starts_on: date,
    reason: str,
    leaving: Cluster | None,
    by: User | None,
) -> Membership | None:
    """Move a practice to another cluster, or to none, from a day that may be past, today or planned.

    `leaving` is the cluster that the caller saw it in on that day: when somebody else moved it meanwhile the move is
    refused, so that of many at once one wins. A move that starts on the day of an earlier one puts that one right;
    an end that is known already, of the membership or the practice, stays.
    Gives the new membership, None for none. Raises ValidationError beside `to`, `starts_on` or `reason`.
    """
    practice = Practice.objects.select_for_update().get(pk=practice.pk)
    if to:
        to = Cluster.objects.select_for_update(of=("self",), no_key=True).select_related("forum").get(pk=to.pk)
    now = _checked(practice, to, starts_on, reason)
    if (now.cluster_id if now else None) != (leaving.pk if leaving else None):
        where = f"is in {now.cluster}" if now else "belongs to no cluster"
        raise ValidationError(f"{practice} was moved meanwhile: on that day it {where}. Look at it and decide again.")
    if now and to and now.starts_on == starts_on:
        return _put_right(now, to, reason, by)
    ends_on, end_reason = (now.ends_on, now.end_reason) if now else (practice.closed_on, practice.closed_reason)
    if now:
        _end(now, starts_on, "" if to else reason, by)
    if to is None:
        return None
    row = Membership(practice=practice, cluster=to, kind=to.kind, starts_on=starts_on, reason=reason.strip())
    row.ends_on, row.end_reason = ends_on, end_reason
    return _begin(row, now, by)


@transaction.atomic
def withdraw_move(*, practice: Practice, starts_on: date, by: User | None) -> None:
    """Take back an in-hours move that is planned for a day to come: the membership before it goes on.

    Raises ValidationError when none is planned for that day, or when it has begun.
    """
    practice = Practice.objects.select_for_update().get(pk=practice.pk)
    rows = Membership.objects.filter(practice=practice, kind=Cluster.Kind.IN_HOURS).select_related("cluster__forum")
    begins, ends = rows.filter(starts_on=starts_on).first(), rows.filter(ends_on=starts_on).first()
    if starts_on <= today() or not (begins or ends):
        raise ValidationError(f"No move of {practice} is planned for {in_words(starts_on)}.")
    if begins:
        detail = {"cluster": str(begins.cluster), "starts_on": str(starts_on)}
        audit.record("membership taken back", begins, by=by, detail=detail)
        begins.delete()
    if ends:
        before = audit.snapshot(ends)
        ends.ends_on, ends.end_reason = (begins.ends_on, begins.end_reason) if begins else (None, "")
        ends.save(update_fields=["ends_on", "end_reason"])
        audit.record("membership goes on", ends, by=by, before=before)


def preview_move(*, practice: Practice, to: Cluster | None, starts_on: date, reason: str) -> MoveEffect:
    """What `move_practice` would do. Changes nothing; raises the same ValidationErrors."""
    _checked(practice, to, starts_on, reason)
    return move_effect(practice, to, on=starts_on)


def _checked(practice: Practice, to: Cluster | None, starts_on: date, reason: str) -> Membership | None:
    """The membership that the move would end, once nothing speaks against the move."""
    kind = to.kind if to else Cluster.Kind.IN_HOURS
    rows = Membership.objects.filter(practice=practice, kind=kind).select_related("cluster__forum", "practice")
    now = rows.on(starts_on).first()
    _refuse_sameness(practice, now, to, starts_on)
    _refuse_dates(practice, to, starts_on)
    _refuse_overlap(practice, rows.filter(starts_on__gt=starts_on).order_by("starts_on").first())
    if now and to is None and now.starts_on == starts_on:
        raise ValidationError({"starts_on": f"It joined {now.cluster} on that very day. Choose a later one to leave."})
    if not reason.strip():
        raise ValidationError({"reason": "Say in a few words why it moves."})
    return now


def _refuse_sameness(practice: Practice, now: Membership | None, to: Cluster | None, day: date) -> None:
    if to is None and now is None:
        raise ValidationError({"to": f"{practice} belongs to no cluster on {in_words(day)} already."})
    if to and now and now.cluster_id == to.pk:
        raise ValidationError({"to": f"{practice} is in {to} on {in_words(day)} already. Choose another cluster."})


def _refuse_dates(practice: Practice, to: Cluster | None, day: date) -> None:
    if day > today() + FURTHEST_AHEAD:
        raise ValidationError({"starts_on": "Choose a day within the next two years."})
    if practice.closed_on and practice.closed_on <= day:
        raise ValidationError({"starts_on": f"{practice} closed on {in_words(practice.closed_on)}."})
    if to and to.starts_on > day:
        raise ValidationError({"starts_on": f"{to} began on {in_words(to.starts_on)}. Choose that day or a later one."})
    if to and to.closed_on and to.closed_on <= day:
        raise ValidationError({"to": f"{to} closed on {in_words(to.closed_on)}. Choose another cluster."})


def _refuse_overlap(practice: Practice, later: Membership | None) -> None:
    if later:
        raise ValidationError(
            {
                "starts_on": f"{practice} joins {later.cluster} on {in_words(later.starts_on)}. Choose that day or a "
                "later one: a practice cannot be in two clusters at once."
            }
        )


def _put_right(row: Membership, to: Cluster, reason: str, by: User | None) -> Membership:
    before = audit.snapshot(row)
    row.cluster, row.reason = to, reason.strip()
    row.save(update_fields=["cluster", "reason"])
    audit.record("membership put right", row, by=by, before=before)
    return row


def _end(row: Membership, ends_on: date, reason: str, by: User | None) -> None:
    before = audit.snapshot(row)
    row.ends_on, row.end_reason = ends_on, reason.strip()
    row.save(update_fields=["ends_on", "end_reason"])
    audit.record(ENDED, row, by=by, before=before)


def _begin(row: Membership, left: Membership | None, by: User | None) -> Membership:
    row.save(force_insert=True)
    detail = {"from": str(left.cluster) if left else None, "to": str(row.cluster), "starts_on": str(row.starts_on)}
    audit.record("practice moved" if left else "practice joined", row, by=by, detail=detail)
    return row
