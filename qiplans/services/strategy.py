"""Keeps the lines of strategic plans and what serves them; declares and ends emergencies."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from clusters.models import Cluster
from measures.services import change
from meetings.rules import own_nonce
from practices.models import HSCP
from qiplans.models import Emergency, Priority, StrategicLine


@transaction.atomic
def add_line(*, by: User, hscp: HSCP, title: str, nonce: UUID, at: datetime, source: str = "") -> StrategicLine:
    """A line of the HSCP's strategic plan. The same form again adds nothing twice."""
    line, is_new = StrategicLine.objects.get_or_create(
        nonce=own_nonce(nonce, by.pk, hscp.pk, title, source),
        defaults={"hscp": hscp, "title": title, "source": source, "added_at": at, "added_by": by},
    )
    if is_new:
        audit.record("strategic line added", line, by=by, detail={"hscp": hscp.code})
    return line


@transaction.atomic
def rename_line(*, by: User, line: StrategicLine, version: int, title: str, source: str) -> StrategicLine:
    """Say a line in other words. Raises ChangedMeanwhile."""
    change(line, by=by, version=version, verb="strategic line renamed", changes={"title": title, "source": source})
    return line


@transaction.atomic
def retire_line(*, by: User, line: StrategicLine, at: datetime) -> StrategicLine:
    """Retire a line: nothing new is linked to it, what was stays. Retiring twice changes nothing."""
    now = StrategicLine.objects.select_for_update(of=("self",)).select_related("hscp").get(pk=line.pk)
    if now.retired_at is None:
        before = audit.snapshot(now)
        now.retired_at, now.retired_by = at, by
        now.save(update_fields=["retired_at", "retired_by"])
        audit.record("strategic line retired", now, by=by, before=before)
    return now


@transaction.atomic
def link_priority(
    *, by: User, priority: Priority, lines: Iterable[StrategicLine], shown: Iterable[int] | None = None
) -> None:
    """Say which lines a priority serves; retired ones that it serves stay unless they were shown and unticked.

    `shown` are the ids of those that were ticked when the form was opened: only what differs from them is changed, so
    that the ticks of two people at once both count. Without it, `lines` are all that it serves.
    Raises ValidationError for a line of another HSCP.
    """
    Priority.objects.select_for_update(of=("self",)).get(pk=priority.pk)
    wanted = list(lines)
    if any(line.hscp_id != priority.plan.cluster.lead_hscp_id for line in wanted):
        raise ValidationError("Choose lines of this cluster’s own HSCP.")
    was = set(priority.strategic_lines.values_list("pk", flat=True))
    kept = set(priority.strategic_lines.filter(retired_at__isnull=False).values_list("pk", flat=True))
    ticked, before = {line.pk for line in wanted}, was if shown is None else set(shown)
    now = (was | (ticked - before)) - (before - ticked) | (kept if shown is None else set())
    if was != now:
        priority.strategic_lines.set(now)
        audit.record("priority linked", priority, by=by, detail={"lines": [sorted(was), sorted(now)]})


@transaction.atomic
def declare_emergency(
    *,
    by: User,
    kind: str,
    reason: str,
    starts_on: date,
    nonce: UUID,
    at: datetime,
    ends_on: date | None = None,
    cluster: Cluster | None = None,
    hscp: HSCP | None = None,
) -> Emergency:
    """Say that less activity is no failure for a time, in one cluster or in all that an HSCP leads.

    `ends_on` is the first day after it. The same form again declares nothing twice.
    """
    row, is_new = Emergency.objects.get_or_create(
        nonce=own_nonce(nonce, by.pk, kind, reason, str(starts_on), str(ends_on)),
        defaults={
            "cluster": cluster,
            "hscp": hscp,
            "kind": kind,
            "reason": reason,
            "starts_on": starts_on,
            "ends_on": ends_on,
            "declared_at": at,
            "declared_by": by,
        },
    )
    if is_new:
        audit.record("emergency declared", row, by=by, detail={"from": str(starts_on), "kind": kind})
    return row


@transaction.atomic
def end_emergency(*, by: User, emergency: Emergency, on: date) -> Emergency:
    """End it, from `on` on; one that would begin later never begins. What has ended stays as it is."""
    now = Emergency.objects.select_for_update(of=("self",)).get(pk=emergency.pk)
    ends = max(on, now.starts_on)
    if now.ends_on is None or now.ends_on > ends:
        before = audit.snapshot(now)
        now.ends_on = ends
        now.save(update_fields=["ends_on"])
        audit.record("emergency ended", now, by=by, before=before)
    return now
