"""A measure is ended: nobody is asked for more figures. And begun again."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.middleware import PortalRequest
from measures import rules, selectors, services
from measures.models import Measure

ONLY_LEADS = "The Cluster Quality Lead ends a measure and begins it again."
ENDED = "The measure is ended: nobody is asked for more figures, and its chart stays."
BEGUN = "The measure is begun again: its figures are asked for from now on."


@require_http_methods(["GET", "POST"])
def measure_end(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask for no more figures; the page says first what that does."""
    return _confirmed(request, pk, "measures/measure_end.html", services.end_measure, ENDED)


@require_http_methods(["GET", "POST"])
def measure_begin_again(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask for figures again; the page says first from when."""
    return _confirmed(request, pk, "measures/measure_begin_again.html", services.begin_measure_again, BEGUN)


def _confirmed(request: PortalRequest, pk: int, template: str, save: Callable[..., Measure], said: str) -> HttpResponse:
    of = selectors.measure_for(request.reach, pk, may=rules.can_end_measure, sentence=ONLY_LEADS)
    if request.method != "POST":
        return render(request, template, {"measure": of})
    save(by=request.user, measure=of, on=request.reach.day)
    messages.success(request, said)
    return redirect("measures:measure", pk)
