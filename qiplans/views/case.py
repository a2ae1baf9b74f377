"""The case for a change, for a decision of the HSCP: a page, and the same as PDF and Word."""

import logging

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.middleware import PortalRequest
from qiplans import rules, selectors
from qiplans.documents.case import case_document
from qiplans.selectors.case import case_page
from shared.documents import NotMade, file_answer


@require_safe
def project_case(request: PortalRequest, pk: int) -> HttpResponse:
    """Why now, what the charts show, what was tried, and what is asked: all from the project's own rows."""
    of = selectors.project_for(request.reach, pk)
    context = {
        "case": case_page(request.reach, of),
        "project": of,
        "can_update": rules.can_update_project(request.reach, of),
    }
    return render(request, "qiplans/project_case.html", context)


@require_safe
def project_case_file(request: PortalRequest, pk: int, form: str) -> HttpResponse:
    """The case as a file, as far as this reader may read it; where it cannot be made, the way to the page."""
    of = selectors.project_for(request.reach, pk)
    document = case_document(case_page(request.reach, of), reader=request.user, on=request.reach.day)
    try:
        return file_answer(document, name=f"{of.priority.plan.cluster} case {of.title}"[:120], form=form)
    except NotMade as failure:
        path = reverse("qiplans:project_case", args=[pk])
        logging.getLogger(__name__).error("No %s of %s: %s", form, path, failure)
        return render(request, "meetings/file_failed.html", {"what": document.title, "page": path}, status=503)
