"""The cluster's meetings, one meeting, and who may read it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.middleware import PortalRequest
from clusters.selectors.forums import ways_on
from meetings import rules
from meetings.models import Correction, Meeting
from meetings.selectors import (
    forum_for,
    may_read_meetings,
    meeting_for,
    meetings_of_forum,
    open_asks_of,
    posted_back,
    what_reader_sees,
)
from meetings.selectors.coming import planned_in, series_of
from meetings.selectors.corrections import corrections_of
from meetings.selectors.heartbeat import beat_seen
from meetings.selectors.hours import own_at
from meetings.selectors.plans import rhythm_of
from meetings.selectors.promised import promised_at
from meetings.selectors.pulse import has_answered, pulse_of
from meetings.tables import MeetingTable
from meetings.views.after import PREPARED
from meetings.views.planning import planned_page
from shared.tables import listed

State = Meeting.State


@require_safe
def meeting_list(request: PortalRequest, slug: str) -> HttpResponse:
    """The meetings of a forum: from inside all of them, from above those that were shared."""
    forum = forum_for(
        request.reach,
        slug,
        may=may_read_meetings,
        sentence="Minutes are for the members and those they share with.",
    )
    is_inside, series = rules.can_see_forum_inside(request.reach, forum), series_of(forum)
    context = {
        "forum": forum,
        "is_inside": is_inside,
        "posted": posted_back(forum, on=request.reach.day) if is_inside else (),
        "table": listed(request, MeetingTable(meetings_of_forum(request.reach, forum).exclude(state=State.PLANNED))),
        "planned": planned_in(forum) if is_inside else (),
        "series": series if is_inside else None,
        "rhythm": rhythm_of(series) if series else None,
        "beat": beat_seen(request.reach, forum),
        "today": request.reach.day,
        "may_log": rules.can_write_up_forum(request.reach, forum),
    }
    return render(request, "meetings/meeting_list.html", context)


@require_safe
def meeting(request: PortalRequest, pk: int) -> HttpResponse:
    """One meeting, as far as this reader may read it."""
    held = meeting_for(request.reach, pk)
    if held.state in (State.PLANNED, State.CANCELLED):
        return planned_page(request, held)
    corrections = list(corrections_of(request.reach, held)) if held.circulated_at else []
    context = {
        "meeting": held,
        "forum": held.forum,
        "seen": what_reader_sees(held, request.reach),
        "open_asks": open_asks_of(request.reach, held),
        "promised": promised_at(held),
        "may_edit": rules.can_edit(request.reach, held),
        "may_share": rules.can_open_sharing(request.reach, held),
        "may_tag": rules.can_write_up(request.reach, held) and held.state != State.DRAFT,
        "may_correct": rules.can_correct(request.reach, held),
        "may_settle": rules.can_settle(request.reach, held),
        **_after(request, held),
        "may_amend": rules.can_amend(request.reach, held),
        "corrections": corrections,
        "unanswered": sum(c.state == Correction.State.OPEN for c in corrections),
        "level": rules.readers_in_words(held.forum, held.share_level, is_for_clusters=held.is_for_clusters),
        "ways": ways_on(held.forum, on=held.held_on),
    }
    return render(request, "meetings/meeting.html", context)


def _after(request: PortalRequest, held: Meeting) -> dict[str, Any]:
    """How it was, and the reader's own time: for those who belong to it, once the minutes are out of draft."""
    if not rules.can_give_pulse(request.reach, held):
        return {}
    return {
        "pulse": pulse_of(held),
        "may_answer": not has_answered(request.user, held),
        "own": own_at(request.user, held),
        "prepared": PREPARED,
    }
