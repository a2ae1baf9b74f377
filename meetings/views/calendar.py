"""Meetings as files for a calendar."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.middleware import PortalRequest
from meetings import rules
from meetings.documents import Method, calendar_of
from meetings.selectors import forum_for, meeting_for
from meetings.selectors.coming import planned_in

FOR_MEMBERS = "Calendar entries are for those who belong to the forum."


@require_safe
def meeting_calendar(request: PortalRequest, pk: int) -> HttpResponse:
    """One meeting."""
    meeting = meeting_for(request.reach, pk, may=rules.can_see_inside, sentence=FOR_MEMBERS)
    return _file(f"meeting-{meeting.pk}", calendar_of([meeting], method=Method.PUBLISH, at=timezone.now()))


@require_safe
def forum_calendar(request: PortalRequest, slug: str) -> HttpResponse:
    """Every meeting that a forum has planned."""
    forum = forum_for(request.reach, slug, may=rules.can_see_forum_inside, sentence=FOR_MEMBERS)
    planned = planned_in(forum).select_related("forum__cluster", "planned_by", "logged_by")
    text = calendar_of(planned, method=Method.PUBLISH, at=timezone.now(), name=str(forum))
    return _file(forum.slug, text)


def _file(name: str, text: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response
