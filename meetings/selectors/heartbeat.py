"""Whether forums keep the rhythm of their meetings."""

from collections.abc import Iterable
from datetime import date
from itertools import takewhile
from typing import Any

from django.db.models import OuterRef, Subquery

from accounts.reach import Reach
from clusters.models import Forum
from meetings import rules
from meetings.models import Meeting, Series
from meetings.rules import Beat
from meetings.selectors.coming import GRACE_DAYS, LEAD_MANAGER_MONTHS
from meetings.selectors.plans import rhythm_of
from shared.dates import months_before

State = Meeting.State


def beats_of(forums: Iterable[Forum], *, on: date) -> dict[int, Beat]:
    """By id, the forums that have a rhythm: a series, or two months for a lead and their locality manager without one
    (MTG-03). Two queries for any number, one where no leads meet their locality managers.
    """
    found = {forum.pk: forum for forum in forums}
    series = Series.objects.filter(forum__in=found, ended_at__isnull=True).annotate(**_days("forum", on))
    beats = {row.forum_id: _of_series(row, *_read(row), on) for row in series}
    customary = {pk for pk, forum in found.items() if forum.kind == Forum.Kind.LEAD_MANAGER} - beats.keys()
    for forum in Forum.objects.filter(pk__in=customary).annotate(**_days("pk", on)):
        beats[forum.pk] = _customary(forum, *_read(forum), on)
    return beats


def beat_seen(reach: Reach, forum: Forum) -> Beat | None:
    """How a forum keeps its rhythm, as far as the reader may know: all inside; from above only what was missed."""
    beat = beats_of([forum], on=reach.day).get(forum.pk)
    return beat.seen(inside=rules.can_see_forum_inside(reach, forum)) if beat else None


def _days(forum: str, on: date) -> dict[str, Subquery]:
    """The last day on which a forum met, and the next for which it has planned to: columns to annotate with."""
    meetings = Meeting.objects.filter(forum=OuterRef(forum))
    held = meetings.exclude(state__in=Meeting.NOT_HELD).filter(held_on__lte=on).order_by("-held_on")
    planned = meetings.filter(state=State.PLANNED, held_on__gte=on).order_by("held_on")
    return {"last": Subquery(held.values("held_on")[:1]), "coming": Subquery(planned.values("held_on")[:1])}


def _read(row: Any) -> tuple[date | None, date | None]:
    return row.last, row.coming


def _of_series(series: Series, last: date | None, coming: date | None, on: date) -> Beat:
    rhythm = rhythm_of(series)
    due = rules.due_after(rhythm, last)
    days = tuple(takewhile(lambda day: day <= on, (day for day in rhythm.days() if day >= due)))
    return rules.beat_of(due, on=on, grace=series.grace_days, next_on=coming, days=days)


def _customary(forum: Forum, last: date | None, coming: date | None, on: date) -> Beat:
    due = months_before(last or forum.starts_on or on, -LEAD_MANAGER_MONTHS)
    return rules.beat_of(due, on=on, grace=GRACE_DAYS, next_on=coming)
