"""Hours that people give to a forum: what follows from attendance, and what they note themselves."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from accounts import audit
from accounts.models import User
from accounts.roles import Role
from clusters.models import Forum
from clusters.selectors import holders_of, members_of, reach_of
from meetings import rules
from meetings.models import Attendance, Hours, Meeting

Kind = Hours.Kind
LONGEST = 24 * 60
WHO_NOTES = "Hours are noted for clusters and forums that you belong to."


def present_at(meeting: Meeting) -> set[int]:
    """Ids of the people who are written down as present by name, and of the lead who wrote it down."""
    present = meeting.attendances.filter(presence=Attendance.Presence.PRESENT, person__isnull=False)
    return set(present.values_list("person", flat=True)) | _lead_who_wrote(meeting)


def _lead_who_wrote(meeting: Meeting) -> set[int]:
    """Of a cluster the Quality Lead who logged the meeting and leads no practice of it: no row says that they came."""
    cluster, on = getattr(meeting.forum, "cluster", None), meeting.held_on
    if cluster is None or meeting.logged_by is None:
        return set()
    leads = holders_of(Role.CQL, on=on, cluster=cluster, person=meeting.logged_by)
    has_row = holders_of(Role.PQL, on=on, practice__in=members_of(cluster, on=on), person=meeting.logged_by)
    return {meeting.logged_by.pk} if leads.exists() and not has_row.exists() else set()


def note_attendance(meeting: Meeting, *, by: User, at: datetime, known: Collection[int] = ()) -> int:
    """Note the length of a meeting for everybody whom `present_at` names; how many are new.

    In the caller's transaction, when the minutes leave the draft, and when it is put right who was there: what followed
    from a presence that was none goes, and of those `known` to be there before nothing comes back that they took back.
    Of protected learning time it counts as learning.
    """
    people = present_at(meeting)
    kind = Kind.LEARNING if meeting.sort == Meeting.Sort.LEARNING else Kind.ATTENDANCE
    derived = Hours.objects.filter(meeting=meeting, kind=kind)
    gone, _ = derived.filter(is_by_hand=False).exclude(person__in=people).delete()
    there = set(derived.values_list("person", flat=True))
    new = sorted(people - there - set(known))
    sharing = _sharing(new, meeting.forum)
    rows = [
        Hours(
            person_id=pk,
            forum_id=meeting.forum_id,
            meeting=meeting,
            kind=kind,
            minutes=meeting.minutes_long,
            on=meeting.held_on,
            is_shared=pk in sharing,
            is_by_hand=False,
            noted_at=at,
            noted_by=by,
        )
        for pk in new
    ]
    Hours.objects.bulk_create(rows)
    if rows or gone:
        told = {"people": len(rows), "gone": gone, "minutes": meeting.minutes_long}
        audit.record("hours.derived", meeting, by=by, detail=told)
    return len(rows)


@transaction.atomic
def note_hours(
    *,
    by: User,
    forum: Forum,
    kind: str,
    minutes: int,
    on: date,
    at: datetime,
    meeting: Meeting | None = None,
    nonce: UUID | None = None,
) -> Hours:
    """Note what `by` gave: of preparing for or attending a meeting one row, which the same again replaces.

    Without a meeting the same form (`nonce`) that says the same again notes nothing twice (F03). Raises
    PermissionDenied for a forum that they don't belong to, ValidationError for no time, or more than a day.
    """
    if forum.pk not in rules.forums_inside(reach_of(by, on=localdate(at))):
        raise PermissionDenied(WHO_NOTES)
    if not 1 <= minutes <= LONGEST:
        raise ValidationError("Give a time from one minute to 24 hours.", code="minutes")
    if on > localdate(at):
        raise ValidationError("This day is still to come.", code="on")
    noted = {"minutes": minutes, "on": on, "noted_at": at, "noted_by": by, "forum": forum, "is_by_hand": True}
    first = {**noted, "is_shared": by.pk in _sharing([by.pk], forum)}
    if meeting:
        hours, is_new = Hours.objects.get_or_create(person=by, meeting=meeting, kind=kind, defaults=first)
    else:
        own = rules.own_nonce(nonce, by.pk, forum.pk, kind, minutes, str(on)) if nonce else uuid4()
        hours, is_new = Hours.objects.get_or_create(nonce=own, defaults={**first, "person": by, "kind": kind})
    if is_new:
        audit.record("hours.noted", hours, by=by)
    elif hours.minutes != minutes:
        before = audit.snapshot(hours)
        for name, value in noted.items():
            setattr(hours, name, value)
        hours.save(update_fields=list(noted))
        audit.record("hours.changed", hours, by=by, before=before)
    return hours


@transaction.atomic
def share_hours(*, by: User, forum: Forum, is_shared: bool) -> int:
    """Let those who belong to the forum and its HSCP read one's hours there, or no longer; how many rows changed.

    What is noted later follows the last choice.
    """
    rows = Hours.objects.filter(person=by, forum=forum).exclude(is_shared=is_shared)
    if not rows.exists():
        return 0
    changed = rows.update(is_shared=is_shared)
    audit.record("hours.shared" if is_shared else "hours.kept", forum, by=by, detail={"rows": changed})
    return changed


@transaction.atomic
def remove_hours(*, by: User, hours: Hours) -> None:
    """Take back one's own row. Raises PermissionDenied for another's."""
    if hours.person_id != by.pk:
        raise PermissionDenied("Hours belong to whoever gave them.")
    audit.record("hours.removed", hours, by=by, detail={"minutes": hours.minutes, "on": str(hours.on)})
    hours.delete()


def _sharing(people: list[int], forum: Forum) -> set[int]:
    """Of these people those who share their hours in the forum: as their latest row says."""
    latest: dict[int, bool] = {}
    rows = Hours.objects.filter(person__in=people, forum=forum).order_by("noted_at", "pk")
    for person, is_shared in rows.values_list("person", "is_shared"):
        latest[person] = is_shared
    return {pk for pk, is_shared in latest.items() if is_shared}
