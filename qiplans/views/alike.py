"""Has anyone done this?"""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.middleware import PortalRequest
from accounts.roles import Right
from qiplans.selectors.alike import projects_alike


@require_safe
def alike(request: PortalRequest) -> HttpResponse:
    """Projects of every cluster that the reader may see, by words of a title."""
    if not (request.reach.has(Right.SEE_INSIDE) or request.reach.has(Right.OVERSEE)):
        raise Http404
    text = request.GET.get("q", "").replace("\0", "")[:100].strip()
    context = {"text": text, "alike": projects_alike(request.reach, text)}
    return render(request, "qiplans/alike.html", context)
