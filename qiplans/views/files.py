"""A project as a file to take away: PDF and Word."""

import logging

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.middleware import PortalRequest
from qiplans import selectors
from qiplans.documents.project import project_document
from qiplans.selectors.charters import charter_page
from qiplans.selectors.strategy import emergencies_of
from shared.documents import NotMade, file_answer


@require_safe
def project_file(request: PortalRequest, pk: int, form: str) -> HttpResponse:
    """The project on one page, as far as this reader may read it.

    Where it cannot be made, the way to the page that says the same and can be printed.
    """
    of = selectors.project_for(request.reach, pk)
    page = selectors.project_page(request.reach, of)
    more = charter_page(request.reach, of, page.charts) if page.is_inside else None
    emergencies = emergencies_of(of.priority.plan.cluster, on=request.reach.day)
    document = project_document(page, more, emergencies, reader=request.user, on=request.reach.day)
    try:
        return file_answer(document, name=f"{of.priority.plan.cluster} {of.title} {request.reach.day}", form=form)
    except NotMade as failure:
        path = reverse("qiplans:project", args=[pk])
        logging.getLogger(__name__).error("No %s of %s: %s", form, path, failure)
        return render(request, "meetings/file_failed.html", {"what": document.title, "page": path}, status=503)
