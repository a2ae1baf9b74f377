"""Publishes minutes, and changes later who may read them."""

from collections.abc import Collection
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from accounts import audit
from accounts.models import User
from clusters.selectors import reach_of
from meetings import rules
from meetings.emails import send_minutes
from meetings.models import Ask, Correction, Item, Meeting, ShareLevel
from meetings.selectors import answerers_of
from meetings.services.hours import note_attendance
from meetings.services.minutes import EditedMeanwhile
from meetings.services.rows import refuse_gaps

State = Meeting.State
WHO_PUBLISHES = "Only the Cluster Quality Lead or the cluster’s administrator publishes minutes."
WHO_PUBLISHES_HERE = "Only members who run a cluster or answer for the HSCP or health board publish its minutes."


@transaction.atomic
def publish_meeting(
    *,
    by: User,
    meeting: Meeting,
    at: datetime,
    version: int,
    share_level: str = ShareLevel.CLUSTER,
    kept_items: Collection[int] = (),
    is_for_clusters: bool = False,
    is_mailed: bool = False,
) -> Meeting:
    """Make the minutes readable: to the cluster, and as far above as `share_level` says; `is_mailed`: by e-mail to the
    members too; `is_for_clusters`: those of a forum that is no cluster also to the clusters around it.

    `kept_items` are ids of items that stay in the cluster. The questions in it go out now, so their waiting
    starts now. Publishing what is already published changes nothing. Only the `version` that was previewed is
    published. Raises PermissionDenied when `by` may not, EditedMeanwhile when the draft has changed since the
    preview, ValidationError when of a draft the attendance is not complete, the meeting is still to come, or a
    question cannot go out as it stands.
    """
    now = Meeting.objects.select_for_update(of=("self",)).select_related("forum__cluster").get(pk=meeting.pk)
    _permit(by, now, share_level, at, is_for_clusters=is_for_clusters)
    if now.state == State.PUBLISHED:
        return now
    _refuse_move(now, State.PUBLISHED, version, at)
    before, was_draft = audit.snapshot(now), now.state == State.DRAFT
    kept = _keep(now, kept_items)
    shared = {"share_level": share_level, "is_for_clusters": is_for_clusters}
    _move_on(now, state=State.PUBLISHED, published_at=at, published_by=by, **shared)
    if was_draft:
        _out_of_draft(now, by, at)
    audit.record("meeting.published", now, by=by, before=before, detail={"kept_items": kept})
    if is_mailed:
        send_minutes(meeting=now, by=by, at=at)
    return now


@transaction.atomic
def circulate_meeting(
    *, by: User, meeting: Meeting, at: datetime, version: int, until: date, kept_items: Collection[int] = ()
) -> Meeting:
    """Let the members read the draft, sent to them by e-mail, and propose corrections by the day `until`; nobody above
    reads it yet.

    Its actions and questions go out now. Circulating what is circulated changes nothing. Raises as
    `publish_meeting` does, and ValidationError for a last day that has passed.
    """
    now = Meeting.objects.select_for_update(of=("self",)).select_related("forum__cluster").get(pk=meeting.pk)
    _permit(by, now, ShareLevel.CLUSTER, at)
    if now.state == State.CIRCULATED:
        return now
    _refuse_move(now, State.CIRCULATED, version, at)
    if until < localdate(at):
        raise ValidationError("Give a day from today on by which corrections can be proposed.", code="until")
    before = audit.snapshot(now)
    kept = _keep(now, kept_items)
    _move_on(now, state=State.CIRCULATED, circulated_at=at, circulated_by=by, corrections_until=until)
    _out_of_draft(now, by, at)
    audit.record("meeting.circulated", now, by=by, before=before, detail={"kept_items": kept})
    send_minutes(meeting=now, by=by, at=at)
    return now


@transaction.atomic
def agree_meeting(*, by: User, meeting: Meeting, at: datetime, version: int) -> Meeting:
    """Say that the members agreed the circulated minutes: they don't change any more.

    Agreeing what is agreed changes nothing. Raises PermissionDenied unless `by` writes up, EditedMeanwhile when
    something changed since `version` was shown, ValidationError while a correction waits for its answer.
    """
    now = Meeting.objects.select_for_update(of=("self",)).select_related("forum__cluster").get(pk=meeting.pk)
    _permit(by, now, ShareLevel.CLUSTER, at)
    if now.state == State.AGREED:
        return now
    if now.state != State.CIRCULATED:
        raise ValidationError(f"These minutes are {now.get_state_display().lower()}: circulated ones are agreed.")
    if now.version != version:
        raise EditedMeanwhile(now)
    waiting = now.corrections.filter(state=Correction.State.OPEN).count()
    if waiting:
        are = "One correction waits" if waiting == 1 else f"{waiting} corrections wait"
        raise ValidationError(f"{are} for an answer. Answer first, then agree.", code="corrections")
    before = audit.snapshot(now)
    _move_on(now, state=State.AGREED, agreed_at=at, agreed_by=by)
    audit.record("meeting.agreed", now, by=by, before=before)
    return now


def _refuse_move(meeting: Meeting, state: str, version: int, at: datetime) -> None:
    if not rules.can_move(meeting, state):
        first = "only a draft is circulated" if state == State.CIRCULATED else "agree them first"
        raise ValidationError(f"These minutes are {meeting.get_state_display().lower()}: {first}.")
    if meeting.version != version:
        raise EditedMeanwhile(meeting)
    # What has left the draft was looked at then: its questions are out, and agreed minutes don't change any more.
    if meeting.state == State.DRAFT:
        refuse_gaps(meeting)
        _refuse_untimely(meeting, at)


def _out_of_draft(meeting: Meeting, by: User, at: datetime) -> None:
    """The questions in it go out now, so their waiting starts now; who came has given their hours."""
    note_attendance(meeting, by=by, at=at)
    Ask.objects.filter(item__meeting=meeting, state=Ask.State.WAITING).update(asked_at=at)


@transaction.atomic
def change_sharing(
    *,
    by: User,
    meeting: Meeting,
    share_level: str,
    kept_items: Collection[int],
    version: int,
    at: datetime,
    is_for_clusters: bool = False,
) -> Meeting:
    """Raise or lower how far published minutes may be read, as in `publish_meeting`. What they say stays as it is.

    What is so already is left alone, whatever the `version`. Raises PermissionDenied unless `by` leads the
    cluster, EditedMeanwhile when somebody changed it after `version` was shown, ValidationError for minutes that
    are not published.
    """
    now = Meeting.objects.select_for_update(of=("self",)).select_related("forum__cluster").get(pk=meeting.pk)
    if not rules.can_lead(reach_of(by, on=localdate(at)), now):
        raise PermissionDenied(rules.who_shares(now.forum))
    _refuse_clusters(now, is_for_clusters)
    if now.state != State.PUBLISHED:
        raise ValidationError("These minutes are not published yet.")
    was_kept, kept = _kept(now), _to_keep(now, kept_items)
    if (kept, share_level, is_for_clusters) == (was_kept, now.share_level, now.is_for_clusters):
        return now
    if now.version != version:
        raise EditedMeanwhile(now)
    before = audit.snapshot(now)
    _keep(now, kept)
    _move_on(now, share_level=share_level, is_for_clusters=is_for_clusters)
    audit.record("meeting.sharing_changed", now, by=by, before=before, detail={"kept_items": [was_kept, kept]})
    return now


def _move_on(meeting: Meeting, **changes: object) -> None:
    """Write `changes` over the version that was checked, and count it on."""
    written = Meeting.objects.filter(pk=meeting.pk, version=meeting.version)
    if not written.update(version=F("version") + 1, **changes):
        raise EditedMeanwhile(meeting)
    meeting.refresh_from_db(fields=["version", *changes])


def _permit(by: User, meeting: Meeting, share_level: str, at: datetime, *, is_for_clusters: bool = False) -> None:
    reach = reach_of(by, on=localdate(at))
    if not rules.can_write_up(reach, meeting):
        raise PermissionDenied(WHO_PUBLISHES if rules.is_cluster(meeting.forum) else WHO_PUBLISHES_HERE)
    is_beyond = is_for_clusters and not rules.can_lead(reach, meeting)
    if is_beyond or not rules.can_share_at(reach, meeting, share_level):
        raise PermissionDenied(rules.who_shares(meeting.forum))
    _refuse_clusters(meeting, is_for_clusters)


def _refuse_clusters(meeting: Meeting, is_for_clusters: bool) -> None:
    if is_for_clusters and rules.is_cluster(meeting.forum):
        raise ValidationError("A cluster’s minutes are its own: other clusters don’t read them.")


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
