"""Plans one meeting, moves it, or calls it off."""

from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.timezone import localdate

from accounts import audit
from accounts.models import User
from clusters.models import Forum
from clusters.selectors import reach_of
from meetings import rules
from meetings.models import Meeting
from meetings.selectors.coming import closing_day, next_after, planned_in
from meetings.selectors.plans import MeetingPlan, plan_of
from meetings.services.invitations import invite
from meetings.services.minutes import EditedMeanwhile
from meetings.services.standing import standing_items_onto
from shared.dates import in_words, moment

State = Meeting.State


@transaction.atomic
def plan_meeting(
    *, by: User, forum: Forum, plan: MeetingPlan, nonce: UUID, at: datetime, is_inviting: bool = True
) -> Meeting:
    """Plan a meeting and, unless told otherwise, send everybody who is asked an invitation.

    Its agenda begins with what stands on every agenda of the forum.

    The same form (`nonce`) again gives the meeting that is there (F03).
    Raises PermissionDenied unless `by` may, ValidationError beside the field for a day that has passed or on which the
    forum is closed, a time that the clock leaves out or shows twice (F28), and a time that is taken.
    """
    if not rules.can_write_up_forum(reach_of(by, on=localdate(at)), forum):
        raise PermissionDenied(rules.WHO_PLANS)
    own = rules.own_nonce(nonce, by.pk, forum.pk)
    if there := Meeting.objects.filter(nonce=own).first():
        return there
    _refuse(forum, plan, at)
    stamps = {"planned_at": at, "planned_by": by, "state": State.PLANNED}
    try:
        with transaction.atomic():
            meeting = Meeting.objects.create(forum=forum, nonce=own, **stamps, **plan.columns())
    except IntegrityError:
        return Meeting.objects.get(nonce=own)
    audit.record("meeting.planned", meeting, by=by, detail=_when(plan))
    drafts_follow(meeting, was=None, by=by)
    standing_items_onto(meeting, by=by, at=at)
    if is_inviting:
        invite([meeting], by=by, at=at)
    return meeting


@transaction.atomic
def change_meeting(
    *, by: User, meeting: Meeting, plan: MeetingPlan, version: int, at: datetime, is_inviting: bool = True
) -> Meeting:
    """Move a planned meeting, or change where and how it is held. Saving what is there already changes nothing.

    Raises as `plan_meeting` does, ValidationError once its minutes are begun or it was called off, and EditedMeanwhile
    when somebody changed it after `version` was shown.
    """
    now = _locked(by, meeting, at)
    before, was = audit.snapshot(now), plan_of(now)
    if was == plan:
        return now
    if now.version != version:
        raise EditedMeanwhile(now)
    _refuse(now.forum, plan, at, but=now)
    is_told = any(getattr(was, name) != getattr(plan, name) for name in MeetingPlan.IN_CALENDARS)
    for name, value in plan.columns().items():
        setattr(now, name, value)
    now.version += 1
    now.sequence += is_told
    now.save(update_fields=[*plan.columns(), "version", "sequence"])
    audit.record("meeting.replanned", now, by=by, before=before)
    drafts_follow(now, was=was.held_on, by=by)
    if is_told and is_inviting:
        invite([now], by=by, at=at)
    return now


@transaction.atomic
def call_off_meeting(
    *, by: User, meeting: Meeting, reason: str, version: int, at: datetime, is_inviting: bool = True
) -> Meeting:
    """Call a planned meeting off and tell everybody who is asked to it. What is called off stays so.

    Raises PermissionDenied unless `by` may, ValidationError once its minutes are begun, and EditedMeanwhile when
    somebody changed it after `version` was shown.
    """
    there = Meeting.objects.get(pk=meeting.pk)
    if there.state == State.CANCELLED:
        return there
    now = _locked(by, meeting, at)
    if now.version != version:
        raise EditedMeanwhile(now)
    cancel(now, by=by, reason=reason, at=at)
    if is_inviting and now.held_on >= localdate(at):
        invite([now], by=by, at=at)
    return now


def cancel(meeting: Meeting, *, by: User, reason: str, at: datetime) -> None:
    """Mark a locked meeting as called off. In the caller's transaction."""
    before = audit.snapshot(meeting)
    meeting.state, meeting.cancelled_at, meeting.cancelled_by = State.CANCELLED, at, by
    meeting.cancel_reason = reason
    meeting.version += 1
    meeting.sequence += 1
    meeting.save(update_fields=["state", "cancelled_at", "cancelled_by", "cancel_reason", "version", "sequence"])
    audit.record("meeting.called_off", meeting, by=by, before=before)
    drafts_follow(meeting, was=meeting.held_on, by=by)


def drafts_follow(meeting: Meeting, *, was: date | None, by: User | None) -> None:
    """Let minutes that are not out yet name the forum's next meeting as it is planned now; none where there is none.

    `was` is the day of this meeting that they had taken over, before it was moved or called off; None for one that was
    not planned yet. Minutes that name no day or a later one, as somebody typed it, follow too. In the caller's
    transaction. Their `version` stays: while a meeting is planned nobody who writes them is asked for its day.
    """
    drafts = Meeting.objects.select_for_update(of=("self",)).select_related("forum")
    behind = Q(held_on__lt=meeting.held_on) & (Q(next_on=None) | Q(next_on__gt=meeting.held_on))
    for draft in drafts.filter(Q(next_on=was) | behind, forum=meeting.forum_id, state=State.DRAFT):
        following = next_after(draft.held_on, draft.forum, apart_from=draft)
        day = following.held_on if following else None
        if day == draft.next_on or (day is None and draft.next_on != was):
            continue
        before = audit.snapshot(draft)
        draft.next_on = day
        draft.save(update_fields=["next_on"])
        audit.record("meeting.next_moved", draft, by=by, before=before)


def _locked(by: User, meeting: Meeting, at: datetime) -> Meeting:
    now = Meeting.objects.select_for_update(of=("self",)).select_related("forum__cluster").get(pk=meeting.pk)
    if now.state != State.PLANNED:
        raise ValidationError(rules.not_planned(now), code="state")
    if not rules.can_plan(reach_of(by, on=localdate(at)), now):
        raise PermissionDenied(rules.WHO_PLANS)
    return now


def _refuse(forum: Forum, plan: MeetingPlan, at: datetime, but: Meeting | None = None) -> None:
    end, today = closing_day(forum), localdate(at)
    if plan.held_on < today:
        raise ValidationError({"held_on": "This day has passed. If the meeting took place, log it."})
    if end and plan.held_on >= end:
        raise ValidationError({"held_on": f"{forum} closes on {in_words(end)}. Give an earlier day."})
    if plan.starts_at:
        refuse_odd_time(plan)
    others = planned_in(forum).filter(held_on=plan.held_on).exclude(pk=but.pk if but else 0)
    if others.filter(starts_at=plan.starts_at).exists():
        raise ValidationError({"held_on": f"A meeting of {forum} is planned for this day and time already."})
    if but and but.series_id and others.filter(series=but.series_id).exists():
        raise ValidationError({"held_on": "The series has another meeting on this day. Choose a different one."})


def refuse_odd_time(plan: MeetingPlan) -> None:
    """Raise ValidationError beside the time where the clock leaves it out, or shows it twice, that night."""
    if plan.starts_at:
        try:
            moment(plan.held_on, plan.starts_at)
        except ValidationError as odd:
            raise ValidationError({"starts_at": odd}) from None


def _when(plan: MeetingPlan) -> dict[str, str]:
    return {"held_on": str(plan.held_on), "starts_at": str(plan.starts_at or "")}
