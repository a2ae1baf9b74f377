"""Minutes, agenda and action log as files to take away: PDF and Word."""

import logging

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.middleware import PortalRequest
from meetings import rules
from meetings.documents import action_log_document, agenda_document, minutes_document
from meetings.selectors import forum_for, meeting_for
from meetings.views.action_lists import INSIDE_ONLY
from shared.documents import Document, NotMade, file_answer

AGENDA_INSIDE_ONLY = "Agendas are for the members of the forum."


@require_safe
def minutes_file(request: PortalRequest, pk: int, form: str) -> HttpResponse:
    """The minutes, as far as this reader may read them."""
    held = meeting_for(request.reach, pk)
    document = minutes_document(held, request.reach, reader=request.user)
    name = f"{held.forum} minutes {held.held_on}"
    return _file(request, document, name=name, form=form, page=reverse("meetings:meeting", args=[pk]))


@require_safe
def agenda_file(request: PortalRequest, pk: int, form: str) -> HttpResponse:
    """The agenda of a meeting with its papers and actions."""
    held = meeting_for(request.reach, pk, may=rules.can_see_inside, sentence=AGENDA_INSIDE_ONLY)
    document = agenda_document(held, request.reach, reader=request.user)
    name = f"{held.forum} agenda {held.held_on}"
    return _file(request, document, name=name, form=form, page=reverse("meetings:meeting", args=[pk]))


@require_safe
def action_log_file(request: PortalRequest, slug: str, form: str) -> HttpResponse:
    """Every action of one forum."""
    forum = forum_for(request.reach, slug, may=rules.can_see_forum_inside, sentence=INSIDE_ONLY)
    document = action_log_document(forum, request.reach, reader=request.user)
    name = f"{forum} actions {request.reach.day}"
    return _file(request, document, name=name, form=form, page=reverse("meetings:cluster_actions", args=[forum]))


def _file(request: PortalRequest, document: Document, *, name: str, form: str, page: str) -> HttpResponse:
    """The file; where it cannot be made, the way to the page that says the same and can be printed (F49)."""
    try:
        return file_answer(document, name=name, form=form)
    except NotMade as failure:
        logging.getLogger(__name__).error("No %s of %s: %s", form, page, failure)
        return render(request, "meetings/file_failed.html", {"what": document.title, "page": page}, status=503)
