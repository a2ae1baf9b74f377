"""Publishes minutes, and changes later who may read them."""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from accounts import audit
from accounts.models import User
from clusters.selectors import members_of, reach_of
from meetings import rules
from meetings.models import Ask, Item, Meeting, ShareLevel

State = Meeting.State
ABOVE_IS_FOR_THE_LEAD = "Only the Cluster Quality Lead shares minutes above the cluster."


@transaction.atomic
def publish_meeting(
    *,
    by: User,
    meeting: Meeting,
    at: datetime,
    share_level: str = ShareLevel.CLUSTER,
    kept_items: Collection[int] = (),
    version: int | None = None,
) -> Meeting:
    """Make the minutes readable: to the cluster, and as far above as `share_level` says.

    `kept_items` are ids of items that stay in the cluster. The questions in it go out now, so their waiting
    starts now. Publishing what is already published changes nothing. With `version`, only what was previewed is
    published. Raises PermissionDenied when `by` may not, ValidationError when attendance is not complete or the
    draft has changed since the preview.
    """
    now = Meeting.objects.select_for_update(of=("self",)).select_related("forum__cluster").get(pk=meeting.pk)
    _permit(by, now, share_level, at)
    if now.state == State.PUBLISHED:
        return now
    if not rules.can_move(now, State.PUBLISHED):
        raise ValidationError(f"These minutes are {now.get_state_display().lower()}: agree them first.")
    if version is not None and now.version != version:
        raise ValidationError("Somebody changed the draft after you opened this preview. Read it again, then publish.")
    _refuse_gaps(now)
    before = audit.snapshot(now)
    now.state, now.published_at, now.published_by, now.share_level = State.PUBLISHED, at, by, share_level
    now.save(update_fields=["state", "published_at", "published_by", "share_level"])
    kept = _keep(now, kept_items)
    Ask.objects.filter(item__meeting=now, state=Ask.State.WAITING).update(asked_at=at)
    audit.record("meeting.published", now, by=by, before=before, detail={"kept_items": kept})
    return now


@transaction.atomic
def change_sharing(
    *, by: User, meeting: Meeting, share_level: str, kept_items: Collection[int], at: datetime
) -> Meeting:
    """Raise or lower how far published minutes may be read. What they say stays as it is.

    Raises PermissionDenied unless `by` leads the cluster, ValidationError for minutes that are not published.
    """
    now = Meeting.objects.select_for_update(of=("self",)).select_related("forum").get(pk=meeting.pk)
    if not rules.can_lead(reach_of(by, on=localdate(at)), now):
        raise PermissionDenied(ABOVE_IS_FOR_THE_LEAD)
    if now.state != State.PUBLISHED:
        raise ValidationError("These minutes are not published yet.")
    before = audit.snapshot(now)
    was_kept = sorted(now.items.filter(is_kept_in_cluster=True).values_list("pk", flat=True))
    now.share_level = share_level
    now.save(update_fields=["share_level"])
    kept = _keep(now, kept_items)
    if kept != was_kept or before["share_level"] != share_level:
        audit.record("meeting.sharing_changed", now, by=by, before=before, detail={"kept_items": [was_kept, kept]})
    return now


def _permit(by: User, meeting: Meeting, share_level: str, at: datetime) -> None:
    reach = reach_of(by, on=localdate(at))
    if not rules.can_write_up(reach, meeting):
        raise PermissionDenied("Only the Cluster Quality Lead or the cluster’s administrator publishes minutes.")
    if not rules.can_share_at(reach, meeting, share_level):
        raise PermissionDenied(ABOVE_IS_FOR_THE_LEAD)


def _keep(meeting: Meeting, kept_items: Collection[int]) -> list[int]:
    """Mark the items that stay in the cluster, those that always do among them; gives their ids."""
    items = Item.objects.filter(meeting=meeting)
    always = set(items.filter(kind__in=rules.ALWAYS_KEPT).values_list("pk", flat=True))
    kept = sorted(always | set(items.filter(pk__in=kept_items).values_list("pk", flat=True)))
    items.exclude(pk__in=kept).update(is_kept_in_cluster=False)
    items.filter(pk__in=kept).update(is_kept_in_cluster=True)
    return kept


def _refuse_gaps(meeting: Meeting) -> None:
    cluster = getattr(meeting.forum, "cluster", None)
    if cluster is None:
        return
    told = set(meeting.attendances.values_list("practice", flat=True))
    gaps = [p.name for p in members_of(cluster, on=meeting.held_on) if p.pk not in told]
    if gaps:
        raise ValidationError(f"Say first who came from {', '.join(gaps)}.", code="attendance")
