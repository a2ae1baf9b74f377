"""Keeps series planned ahead."""

import logging
from collections import defaultdict
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from accounts import audit
from accounts.models import User
from clusters.models import Forum
from meetings.models import Meeting, Series
from meetings.selectors.coming import closing_day, planned_in
from meetings.services.invitations import invite
from meetings.services.planning.series import fill
from meetings.services.planning.single import cancel

State = Meeting.State


def plan_ahead(*, at: datetime) -> int:
    """Plan what every series should have planned by now, and invite to it; gives the number of new meetings.

    Safe to run twice, at once, and after days on which nothing ran. Of a forum that has closed what was planned is
    called off and its series ends. A series that cannot be planned stops no other: what went wrong with the first is
    raised when all are done, so that the next run tries again.
    """
    going_on = Series.objects.filter(ended_at__isnull=True, begun_by__isnull=False).order_by("pk")
    made, failures = 0, []
    for pk in going_on.values_list("pk", flat=True):
        try:
            made += _planned(pk, at=at)
        except Exception as failure:  # whatever it is, the other forums are to meet all the same
            logging.getLogger(__name__).exception("Series %s could not be planned ahead", pk)
            failures.append(failure)
    for forum in Forum.objects.filter(meetings__state=State.PLANNED).select_related("cluster").distinct():
        if (end := closing_day(forum)) and end <= localdate(at):
            _clear(forum, at=at)
    if failures:
        raise failures[0]
    return made


@transaction.atomic
def _planned(pk: int, *, at: datetime) -> int:
    series = Series.objects.select_related("forum__cluster", "begun_by").get(pk=pk)
    # Whoever begins, changes or ends a series holds its forum: so of two runs at once the second finds all done.
    Forum.objects.select_for_update(of=("self",)).get(pk=series.forum_id)
    series.refresh_from_db(fields=["ended_at"])
    if series.ended_at or series.begun_by is None:
        return 0
    if (end := closing_day(series.forum)) and end <= localdate(at):
        return _ended(series, at)
    made = fill(series, at=at)
    if made:
        invite(made, by=series.begun_by, at=at)
    return len(made)


def _ended(series: Series, at: datetime) -> int:
    before = audit.snapshot(series)
    series.ended_at = at
    series.save(update_fields=["ended_at"])
    audit.record("series.ended", series, by=None, before=before)
    return 0


@transaction.atomic
def _clear(forum: Forum, *, at: datetime) -> None:
    """Call off what a forum that has closed had planned, in the name of who planned it, and tell its last members."""
    end = closing_day(forum)
    if end is None:
        return
    planned = planned_in(forum).select_for_update(of=("self",)).filter(held_on__gte=end, planned_by__isnull=False)
    told: dict[User, list[Meeting]] = defaultdict(list)
    for meeting in planned:
        if meeting.planned_by:
            cancel(meeting, by=meeting.planned_by, reason=f"{forum} has closed.", at=at)
            told[meeting.planned_by].append(meeting)
    for by, meetings in told.items():
        invite(meetings, by=by, at=at, asked_on=end - timedelta(days=1))
