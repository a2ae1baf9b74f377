"""A measure: its chart, what it says, and the figures behind it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.middleware import PortalRequest
from measures import selectors
from measures.plugs import circumstances_of
from measures.rules import can_end_measure, can_see_inside


@require_safe
def measure(request: PortalRequest, pk: int) -> HttpResponse:
    """The page of one measure."""
    of = selectors.measure_for(request.reach, pk)
    is_inside = can_see_inside(request.reach, of)
    chart = selectors.chart_of(of, with_notes=is_inside, reach=request.reach)
    context: dict[str, Any] = {
        "measure": of,
        "chart": chart,
        "circumstances": circumstances_of(of.cluster, on=request.reach.day),
        "can_keep": selectors.may_keep(request.reach, of),
        "can_bring": selectors.may_upload(request.reach, of),
        "can_end": can_end_measure(request.reach, of),
        "box": selectors.so_what_box(chart) if is_inside else None,
        "lines": selectors.lines_of(of, request.reach) if of.is_by_practice else None,
    }
    context["small"] = selectors.small_multiples(context["lines"]) if context["lines"] else []
    return render(request, "measures/measure.html", context)
