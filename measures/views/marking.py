"""How a chart is read: its phases, the frozen baseline, its rules, and single figures that people mark."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.middleware import PortalRequest
from measures import selectors, services
from measures.analysis.run_chart import ENOUGH
from measures.forms import BaselineForm, PhaseForm, PhaseTakenBackForm, PointMarkForm
from measures.models import Measure
from office.forms import Asking

ONLY_KEEPERS = (
    "How a chart is read is kept by the Cluster Quality Lead, the cluster’s administrator and the lead of its project."
)


@require_http_methods(["GET", "POST"])
def phase_begin(request: PortalRequest, pk: int) -> HttpResponse:
    """Begin a phase with lines of its own."""
    of = _kept_measure(request, pk)
    chart = selectors.chart_of(of, reach=request.reach)
    if len(chart.rows) < 2:
        messages.info(request, "A phase needs figures before it and after it.")
        return redirect("measures:measure", pk)
    options: dict[str, Any] = {"measure": of, "first": chart.rows[0].day, "last": chart.rows[-1].day}
    context = {"measure": of, "enough": ENOUGH, "fitting": selectors.periods_to_begin(chart)}
    asking = Asking(request, "measures/phase_begin.html", f"measures:phase_begin:{pk}", context)
    if request.method != "POST":
        return asking.first(PhaseForm, **options)
    form = PhaseForm(request.POST, **options)
    if not form.is_valid():
        return asking.again(form)
    try:
        services.begin_phase(by=request.user, measure=of, **form.values("starts_on", "name"))
    except services.PhaseTaken as taken:
        form.add_error("starts_on", f"“{taken.phase.name}” begins with this period. Take that one back first.")
        return asking.again(form)
    asking.done()
    messages.success(request, "The phase is on the chart.")
    return redirect("measures:measure", pk)


@require_http_methods(["GET", "POST"])
def phase_take_back(request: PortalRequest, pk: int, phase: int) -> HttpResponse:
    """Take a phase off the chart; the page says first what that does."""
    of = _kept_measure(request, pk)
    begun = selectors.phase_of(of, phase)
    if begun is None and request.method == "POST":  # the button was pressed twice
        messages.info(request, "That phase is not on the chart.")
        return redirect("measures:measure", pk)
    if begun is None:
        raise Http404
    context = {"measure": of, "phase": begun, "period": selectors.period_name(of, begun.starts_on)}
    asking = Asking(request, "measures/phase_take_back.html", f"measures:phase_take_back:{phase}", context)
    if request.method != "POST":
        return asking.first(PhaseTakenBackForm)
    services.take_back_phase(by=request.user, phase=begun)
    messages.success(request, "The phase is taken off the chart.")
    return redirect("measures:measure", pk)


@require_http_methods(["GET", "POST"])
def baseline_freeze(request: PortalRequest, pk: int) -> HttpResponse:
    """Freeze the baseline, or let all figures set the lines again."""
    of = _kept_measure(request, pk)
    chart = selectors.chart_of(of, reach=request.reach)
    options = {"most": len(chart.rows), "longest": max((phase.periods for phase in chart.reading.phases), default=0)}
    if len(chart.rows) < 2:
        messages.info(request, "A baseline needs two figures or more.")
        return redirect("measures:measure", pk)
    asking = Asking(request, "measures/baseline_freeze.html", f"measures:baseline_freeze:{pk}", {"measure": of})
    if request.method != "POST":
        return asking.first(BaselineForm, instance=of, **options)
    form = BaselineForm(request.POST, **options)
    if not form.is_valid():
        return asking.again(form)
    try:
        services.freeze_baseline(by=request.user, measure=of, version=form.typed_over(), **form.values("baseline"))
    except services.ChangedMeanwhile as clash:
        return asking.clashed(form, clash.theirs)
    asking.done()
    messages.success(request, "The lines of the chart are drawn anew.")
    return redirect("measures:measure", pk)


@require_http_methods(["GET", "POST"])
def point_mark(request: PortalRequest, pk: int, point: int) -> HttpResponse:
    """Leave a figure out with a reason, put it back, or say that it is out of line."""
    of = _kept_measure(request, pk)
    entered = selectors.point_of(of, point)
    if entered is None or entered.value is None:
        raise Http404
    period = selectors.period_name(of, entered.period_on)
    context = {"measure": of, "period": period, "point": entered}
    asking = Asking(request, "measures/point_mark.html", f"measures:point_mark:{point}", context)
    if request.method != "POST":
        return asking.first(PointMarkForm, instance=entered)
    form = PointMarkForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    marks = form.values("excluded_because", "is_astronomical")
    try:
        services.mark_point(by=request.user, point=entered, version=form.typed_over(), **marks)
    except services.ChangedMeanwhile as clash:
        return asking.clashed(form, clash.theirs)
    asking.done()
    messages.success(request, f"The figure for {period} is marked as you said.")
    return redirect("measures:measure", pk)


def _kept_measure(request: PortalRequest, pk: int) -> Measure:
    return selectors.measure_for(request.reach, pk, may=selectors.may_keep, sentence=ONLY_KEEPERS)
