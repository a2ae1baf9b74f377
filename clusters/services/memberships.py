"""Which cluster a practice belongs to, from which day."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from clusters.models import Cluster, Membership
from clusters.rules import differs_in_locality
from clusters.selectors.histories import ENDED
from clusters.selectors.move_changes import PracticeMove
from clusters.services.overlaps import save_in_words, two_at_once
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
    approved_by: str = "",
    locality_reason: str = "",
) -> Membership | None:
    """Move a practice to another cluster, or to none, from a day that may be past, today or planned.

    `leaving` is the cluster that the caller saw it in on that day: when somebody else moved it meanwhile the move is
    refused, so that of many at once one wins. A move that starts on the day of an earlier one puts that one right;
    an end that is known already, of the membership or the practice, stays. Into a cluster of another locality it
    takes a `locality_reason` (STR-05).
    Gives the new membership, None for none. Raises ValidationError beside `to`, `starts_on`, `reason` or
    `locality_reason`.
    """
    practice = Practice.objects.select_for_update().get(pk=practice.pk)
    if to:
        to = Cluster.objects.select_for_update(of=("self",), no_key=True).select_related("forum").get(pk=to.pk)
    now = checked(practice, to, starts_on, reason)
    if (now.cluster_id if now else None) != (leaving.pk if leaving else None):
        where = f"is in {now.cluster}" if now else "belongs to no cluster"
        raise ValidationError(f"{practice} was moved meanwhile: on that day it {where}. Look at it and decide again.")
    words = {
        "reason": reason.strip(),
        "approved_by": approved_by.strip(),
        "locality_reason": _why_across(practice, to, locality_reason),
    }
    if now and to and now.starts_on == starts_on:
        return _put_right(now, to, words, by)
    ends_on, end_reason = _end_known(now, practice)
    if now:
        end_membership(now, starts_on, "" if to else decided(reason, approved_by), by)
    if to is None:
        return None
    row = Membership(practice=practice, cluster=to, kind=to.kind, starts_on=starts_on, **words)
    row.ends_on, row.end_reason = ends_on, end_reason
    return _begin(row, now, by)


@transaction.atomic
def withdraw_move(*, practice: Practice, starts_on: date, by: User | None) -> None:
    """Take back an in-hours move that is planned for a day to come: the membership before it goes on.

    Raises ValidationError when none is planned for that day, when it has begun, or when the cluster that it leaves
    closes on that day: then the closing is withdrawn as a whole.
    """
    practice = Practice.objects.select_for_update().get(pk=practice.pk)
    rows = Membership.objects.filter(practice=practice, kind=Cluster.Kind.IN_HOURS).select_related("cluster__forum")
    begins, ends = rows.filter(starts_on=starts_on).first(), rows.filter(ends_on=starts_on).first()
    if starts_on <= today() or not (begins or ends):
        raise ValidationError(f"No move of {practice} is planned for {in_words(starts_on)}.")
    if ends and ends.cluster.closed_on == starts_on:
        raise ValidationError(f"{ends.cluster} closes on that day. Withdraw its closing, and {practice} stays in it.")
    take_back(begins, ends, by)


def take_back(
    begins: Membership | None, ends: Membership | None, by: User | None, *, until: date | None = None
) -> None:
    """A planned membership never begins, and the one before it goes on: as long as that, or where none was, `until`."""
    if begins:
        detail = {"cluster": str(begins.cluster), "starts_on": str(begins.starts_on)}
        audit.record("membership taken back", begins, by=by, detail=detail)
        begins.delete()
    if ends:
        before = audit.snapshot(ends)
        ends.ends_on, ends.end_reason = (begins.ends_on, begins.end_reason) if begins else (until, "")
        save_in_words(ends, update_fields=["ends_on", "end_reason"])
        audit.record("membership goes on", ends, by=by, before=before)


def seen_move(practice: Practice, to: Cluster | None, *, starts_on: date, reason: str) -> PracticeMove:
    """The move that `move_practice` would make. Changes nothing; raises the same ValidationErrors.

    A reason for another locality is not asked yet: the preview is where that is seen.
    """
    now = checked(practice, to, starts_on, reason)
    until = _end_known(now, practice)[0] if to else None
    return PracticeMove(practice, now.cluster if now else None, to, until)


def checked(practice: Practice, to: Cluster | None, starts_on: date, reason: str) -> Membership | None:
    """The membership that the move would end, once nothing speaks against the move."""
    kind = to.kind if to else Cluster.Kind.IN_HOURS
    rows = Membership.objects.filter(practice=practice, kind=kind)
    rows = rows.select_related("cluster__forum", "cluster__lead_hscp", "practice")
    now = rows.on(starts_on).first()
    _refuse_sameness(practice, now, to, starts_on)
    _refuse_dates(practice, to, starts_on, _end_known(now, practice)[0])
    if later := rows.filter(starts_on__gt=starts_on).order_by("starts_on").first():
        raise two_at_once(practice, later)
    if now and to is None and now.starts_on == starts_on:
        raise ValidationError({"starts_on": f"It joined {now.cluster} on that very day. Choose a later one to leave."})
    if not reason.strip():
        raise ValidationError({"reason": "Say in a few words why it moves."})
    return now


def decided(reason: str, approved_by: str) -> str:
    """Why something ended, and who decided it, where no membership begins that could say so."""
    return f"{reason.strip()} (approved by {approved_by.strip()})" if approved_by.strip() else reason.strip()


def _end_known(now: Membership | None, practice: Practice) -> tuple[date | None, str]:
    return (now.ends_on, now.end_reason) if now else (practice.closed_on, practice.closed_reason)


def _why_across(practice: Practice, to: Cluster | None, reason: str) -> str:
    """The reason for a cluster of another locality; none where the localities agree."""
    if to is None or not differs_in_locality(practice.locality_id, to.locality_id):
        return ""
    if not reason.strip():
        raise ValidationError(
            {
                "locality_reason": f"{practice} lies in {practice.locality}, and {to} in {to.locality}. "
                "Say why it belongs there all the same."
            }
        )
    return reason.strip()


def _refuse_sameness(practice: Practice, now: Membership | None, to: Cluster | None, day: date) -> None:
    if to is None and now is None:
        raise ValidationError({"to": f"{practice} belongs to no cluster on {in_words(day)} already."})
    if to and now and now.cluster_id == to.pk:
        raise ValidationError({"to": f"{practice} is in {to} on {in_words(day)} already. Choose another cluster."})


def _refuse_dates(practice: Practice, to: Cluster | None, day: date, until: date | None) -> None:
    if day > today() + FURTHEST_AHEAD:
        raise ValidationError({"starts_on": "Choose a day within the next two years."})
    if practice.closed_on and practice.closed_on <= day:
        raise ValidationError({"starts_on": f"{practice} closed on {in_words(practice.closed_on)}."})
    if to and to.starts_on > day:
        raise ValidationError({"starts_on": f"{to} began on {in_words(to.starts_on)}. Choose that day or a later one."})
    if to and to.closed_on and (until is None or until > to.closed_on):
        verb = "closed" if to.closed_on <= today() else "closes"
        raise ValidationError({"to": f"{to} {verb} on {in_words(to.closed_on)}. Choose another cluster."})


def _put_right(row: Membership, to: Cluster, words: dict[str, str], by: User | None) -> Membership:
    before = audit.snapshot(row)
    row.cluster = to
    for name, value in words.items():
        setattr(row, name, value)
    save_in_words(row, update_fields=["cluster", *words])
    audit.record("membership put right", row, by=by, before=before)
    return row


def end_membership(row: Membership, ends_on: date, reason: str, by: User | None) -> None:
    """End a membership that holds on the day before; the caller has checked that it may end."""
    before = audit.snapshot(row)
    row.ends_on, row.end_reason = ends_on, reason.strip()
    row.save(update_fields=["ends_on", "end_reason"])
    audit.record(ENDED, row, by=by, before=before)


def _begin(row: Membership, left: Membership | None, by: User | None) -> Membership:
    save_in_words(row, force_insert=True)
    detail = {"from": str(left.cluster) if left else None, "to": str(row.cluster), "starts_on": str(row.starts_on)}
    audit.record("practice moved" if left else "practice joined", row, by=by, detail=detail)
    return row
