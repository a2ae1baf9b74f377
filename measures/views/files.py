"""A chart as a file to take away: PDF and Word."""

import logging

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.middleware import PortalRequest
from measures import selectors
from measures.documents import chart_document
from measures.plugs import circumstances_of
from measures.rules import can_see_inside
from shared.documents import NotMade, file_answer


@require_safe
def measure_file(request: PortalRequest, pk: int, form: str) -> HttpResponse:
    """The chart with its sentences and figures, as far as this reader may read them.

    Where it cannot be made, the way to the page that says the same and can be printed.
    """
    of = selectors.measure_for(request.reach, pk)
    is_inside = can_see_inside(request.reach, of)
    chart = selectors.chart_of(of, with_notes=is_inside, reach=request.reach)
    box = selectors.so_what_box(chart) if is_inside else None
    circumstances = circumstances_of(of.cluster, on=request.reach.day)
    document = chart_document(chart, box, circumstances, reader=request.user, on=request.reach.day)
    try:
        return file_answer(document, name=f"{of.cluster} {of.name} {request.reach.day}", form=form)
    except NotMade as failure:
        page = reverse("measures:measure", args=[pk])
        logging.getLogger(__name__).error("No %s of %s: %s", form, page, failure)
        return render(request, "meetings/file_failed.html", {"what": document.title, "page": page}, status=503)
