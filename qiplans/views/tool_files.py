"""A PDSA cycle and a diagram as files to take away: PDF and Word."""

import logging

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.middleware import PortalRequest
from qiplans.documents.cycle import cycle_document
from qiplans.documents.diagram import diagram_document
from qiplans.rules.tools import can_see_inside_diagram
from qiplans.selectors.diagrams import diagram_for, diagram_seen
from qiplans.selectors.pdsa import cycle_for
from shared.documents import Document, NotMade, file_answer


@require_safe
def cycle_file(request: PortalRequest, pk: int, form: str) -> HttpResponse:
    """One cycle, for those inside the cluster."""
    of = cycle_for(request.reach, pk)
    document = cycle_document(of, reader=request.user, on=request.reach.day)
    return _file(request, document, form=form, page=reverse("qiplans:cycle", args=[pk]))


@require_safe
def diagram_file(request: PortalRequest, pk: int, form: str) -> HttpResponse:
    """A diagram, for whoever may open its page."""
    of = diagram_for(request.reach, pk)
    is_inside = can_see_inside_diagram(request.reach, of)
    document = diagram_document(diagram_seen(of), reader=request.user, on=request.reach.day, is_inside=is_inside)
    return _file(request, document, form=form, page=reverse("qiplans:diagram", args=[pk]))


def _file(request: PortalRequest, document: Document, *, form: str, page: str) -> HttpResponse:
    """The file; where it cannot be made, the way to the page that says the same and can be printed (F49)."""
    try:
        return file_answer(document, name=document.title[:120], form=form)
    except NotMade as failure:
        logging.getLogger(__name__).error("No %s of %s: %s", form, page, failure)
        return render(request, "meetings/file_failed.html", {"what": document.title, "page": page}, status=503)
