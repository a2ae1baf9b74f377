"""What is noted about a cluster over time: stage and support, and time freed. Rows are added, never changed."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from clusters.models import Cluster, Development, FreedTime
from clusters.rules import year_of
from shared.dates import in_words, today


@transaction.atomic
def note_development(
    *, cluster: Cluster, stage: str, support: str, note: str, starts_on: date, by: User
) -> Development:
    """Stage of development and level of support of a cluster from a day on. The same again gives what is there.

    Raises ValidationError beside `starts_on`, for a day to come or before the cluster began.
    """
    Cluster.objects.select_for_update().get(pk=cluster.pk)
    if starts_on > today():
        raise ValidationError({"starts_on": "This day is still to come. Note it when it is so."})
    if starts_on < cluster.starts_on:
        raise ValidationError({"starts_on": f"{cluster} began on {in_words(cluster.starts_on)}."})
    said = {"stage": stage, "support": support, "note": note.strip(), "starts_on": starts_on}
    latest = cluster.developments.order_by("-pk").first()
    if latest and all(getattr(latest, name) == value for name, value in said.items()):
        return latest
    row = Development.objects.create(cluster=cluster, noted_at=timezone.now(), noted_by=by, **said)
    audit.record("stage and support noted", row, by=by, detail={"stage": stage, "support": support})
    return row


@transaction.atomic
def note_freed_time(*, cluster: Cluster, year: int, sessions: Decimal, note: str, by: User) -> FreedTime:
    """Sessions freed for the expert medical generalist role in a year; the latest note of a year counts.

    The same again gives what is there. Raises ValidationError beside `year`, for one that has not begun or in which
    the cluster was not there.
    """
    Cluster.objects.select_for_update().get(pk=cluster.pk)
    last = year_of(min(today(), cluster.closed_on or today()))
    if not year_of(cluster.starts_on) <= year <= last:
        raise ValidationError({"year": "Choose a year in which the cluster was there."})
    latest = cluster.freed_times.filter(year=year).order_by("-pk").first()
    if latest and (latest.sessions, latest.note) == (sessions, note.strip()):
        return latest
    row = FreedTime.objects.create(
        cluster=cluster, year=year, sessions=sessions, note=note.strip(), noted_at=timezone.now(), noted_by=by
    )
    audit.record("time freed noted", row, by=by, detail={"year": year, "sessions": str(sessions)})
    return row
