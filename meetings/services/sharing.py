"""Publishes minutes, and changes later who may read them."""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from accounts import audit
from accounts.models import User
from clusters.selectors import members_of, reach_of
from meetings import rules
from meetings.models import Ask, Item, Meeting, ShareLevel
from meetings.selectors import answerers_of
from meetings.services.minutes import EditedMeanwhile

State = Meeting.State
ABOVE_IS_FOR_THE_LEAD = "Only the Cluster Quality Lead shares minutes above the cluster."


@transaction.atomic
def publish_meeting(
    *,
    by: User,
    meeting: Meeting,
    at: datetime,
    version: int,
    share_level: str = ShareLevel.CLUSTER,
    kept_items: Collection[int] = (),
) -> Meeting:
    """Make the minutes readable: to the cluster, and as far above as `share_level` says.

    `kept_items` are ids of items that stay in the cluster. The questions in it go out now, so their waiting
    starts now. Publishing what is already published changes nothing. Only the `version` that was previewed is
    published. Raises PermissionDenied when `by` may not, EditedMeanwhile when the draft has changed since the
    preview, ValidationError when attendance is not complete, the meeting is still to come, or a question cannot
    go out as it stands.
    """
    now = Meeting.objects.select_for_update(of=("self",)).select_related("forum__cluster").get(pk=meeting.pk)
    _permit(by, now, share_level, at)
    if now.state == State.PUBLISHED:
        return now
    if not rules.can_move(now, State.PUBLISHED):
        raise ValidationError(f"These minutes are {now.get_state_display().lower()}: agree them first.")
    if now.version != version:
        raise EditedMeanwhile(now)
    _refuse_gaps(now)
    _refuse_untimely(now, at)
    before = audit.snapshot(now)
    kept = _keep(now, kept_items)
    _move_on(now, state=State.PUBLISHED, published_at=at, published_by=by, share_level=share_level)
    Ask.objects.filter(item__meeting=now, state=Ask.State.WAITING).update(asked_at=at)
    audit.record("meeting.published", now, by=by, before=before, detail={"kept_items": kept})
    return now


@transaction.atomic
def change_sharing(
    *, by: User, meeting: Meeting, share_level: str, kept_items: Collection[int], version: int, at: datetime
) -> Meeting:
    """Raise or lower how far published minutes may be read. What they say stays as it is.

    What is so already is left alone, whatever the `version`. Raises PermissionDenied unless `by` leads the
    cluster, EditedMeanwhile when somebody changed it after `version` was shown, ValidationError for minutes that
    are not published.
    """
    now = Meeting.objects.select_for_update(of=("self",)).select_related("forum__cluster").get(pk=meeting.pk)
    if not rules.can_lead(reach_of(by, on=localdate(at)), now):
        raise PermissionDenied(ABOVE_IS_FOR_THE_LEAD)
    if now.state != State.PUBLISHED:
        raise ValidationError("These minutes are not published yet.")
    was_kept, kept = _kept(now), _to_keep(now, kept_items)
    if kept == was_kept and now.share_level == share_level:
        return now
    if now.version != version:
        raise EditedMeanwhile(now)
    before = audit.snapshot(now)
    _keep(now, kept)
    _move_on(now, share_level=share_level)
    audit.record("meeting.sharing_changed", now, by=by, before=before, detail={"kept_items": [was_kept, kept]})
    return now


def _move_on(meeting: Meeting, **changes: object) -> None:
    """Write `changes` over the version that was checked, and count it on."""
    written = Meeting.objects.filter(pk=meeting.pk, version=meeting.version)
    if not written.update(version=F("version") + 1, **changes):
        raise EditedMeanwhile(meeting)
    meeting.refresh_from_db(fields=["version", *changes])


def _permit(by: User, meeting: Meeting, share_level: str, at: datetime) -> None:
    reach = reach_of(by, on=localdate(at))
    if not rules.can_write_up(reach, meeting):
        raise PermissionDenied("Only the Cluster Quality Lead or the cluster’s administrator publishes minutes.")
    if not rules.can_share_at(reach, meeting, share_level):
        raise PermissionDenied(ABOVE_IS_FOR_THE_LEAD)


def _keep(meeting: Meeting, kept_items: Collection[int]) -> list[int]:
    """Mark the items that stay in the cluster; gives their ids."""
    kept, items = _to_keep(meeting, kept_items), Item.objects.filter(meeting=meeting)
    items.exclude(pk__in=kept).update(is_kept_in_cluster=False)
    items.filter(pk__in=kept).update(is_kept_in_cluster=True)
    return kept


def _kept(meeting: Meeting) -> list[int]:
    return sorted(meeting.items.filter(is_kept_in_cluster=True).values_list("pk", flat=True))


def _to_keep(meeting: Meeting, chosen: Collection[int]) -> list[int]:
    """Ids of the chosen items of this meeting, and of those that always stay in the cluster."""
    kinds = meeting.items.values_list("pk", "kind")
    return sorted(pk for pk, kind in kinds if pk in chosen or kind in rules.ALWAYS_KEPT)


def _refuse_untimely(meeting: Meeting, at: datetime) -> None:
    """Minutes tell of what was; and a question goes out to somebody who can still answer it in time."""
    today = localdate(at)
    if meeting.held_on > today:
        raise ValidationError("This meeting is still to come. Publish its minutes once it was held.", code="future")
    asks = Ask.objects.filter(item__meeting=meeting, state=Ask.State.WAITING).select_related("to")
    cluster = getattr(meeting.forum, "cluster", None)
    can_answer = {person.pk for person, _ in answerers_of(cluster, on=today)} if cluster and asks else set()
    for ask in asks:
        if ask.reply_by < today:
            raise ValidationError(
                f"The reply from {ask.to.full_name} was wanted by a day that has passed. Go back and give a new date.",
                code="reply_by",
            )
        if cluster and ask.to_id not in can_answer:
            raise ValidationError(
                f"{ask.to.full_name} no longer answers for this cluster. Go back and choose somebody else.", code="to"
            )


def _refuse_gaps(meeting: Meeting) -> None:
    cluster = getattr(meeting.forum, "cluster", None)
    if cluster is None:
        return
    told = set(meeting.attendances.values_list("practice", flat=True))
    gaps = [p.name for p in members_of(cluster, on=meeting.held_on) if p.pk not in told]
    if gaps:
        raise ValidationError(f"Say first who came from {', '.join(gaps)}.", code="attendance")
