"""The figures of a whole cluster, one a period."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.middleware import PortalRequest
from measures import rules, selectors, services
from measures.forms import PointChangeForm, PointForm
from measures.models import Measure
from office.forms import Asking

ONLY_KEEPERS = (
    "Figures are kept by the Cluster Quality Lead, the cluster’s administrator and the lead of the measure’s project."
)


@require_http_methods(["GET", "POST"])
def point_add(request: PortalRequest, pk: int) -> HttpResponse:
    """Enter the figure of a period."""
    of = _kept_measure(request, pk)
    if of.is_by_practice:  # its practices' figures are added up
        return redirect("measures:data", of.cluster.forum.slug)
    asking = Asking(request, "measures/point_add.html", f"measures:point_add:{pk}", {"measure": of})
    if request.method != "POST":
        if of.ended_on:
            raise PermissionDenied(rules.ENDED)
        return asking.first(
            PointForm, initial={"period_on": selectors.next_period(of, today=request.reach.day)}, measure=of
        )
    form = PointForm(request.POST, measure=of, others=selectors.figures_of(of))
    if not form.is_valid():
        return asking.again(form)
    try:
        point = services.enter_point(by=request.user, measure=of, **form.values("period_on", "value", "note"))
    except services.MeasureEnded:
        form.add_error(None, rules.ENDED)  # what was typed stays to be copied
        return asking.again(form)
    except services.PeriodTaken as taken:
        form.add_error("period_on", selectors.taken_sentence(of, taken.point))
        return asking.again(form)
    asking.done()
    messages.success(request, f"The figure for {selectors.period_name(of, point.period_on)} is on the chart.")
    return redirect("measures:measure", pk)


@require_http_methods(["GET", "POST"])
def point_change(request: PortalRequest, pk: int, point: int) -> HttpResponse:
    """Correct a figure or its note."""
    of = _kept_measure(request, pk)
    entered = selectors.point_of(of, point)
    if entered is None:
        raise Http404
    context = {"measure": of, "period": selectors.period_name(of, entered.period_on)}
    asking = Asking(request, "measures/point_change.html", f"measures:point_change:{point}", context)
    if request.method != "POST":
        return asking.first(PointChangeForm, instance=entered, initial=selectors.as_typed(entered), measure=of)
    others = selectors.figures_of(of)
    form = PointChangeForm(request.POST, measure=of, others=others, period_on=entered.period_on)
    if not form.is_valid():
        return asking.again(form)
    try:
        services.change_point(by=request.user, point=entered, version=form.typed_over(), **form.values("value", "note"))
    except services.ChangedMeanwhile as clash:
        return asking.clashed(form, clash.theirs)
    asking.done()
    messages.success(request, f"The figure for {context['period']} is saved.")
    return redirect("measures:measure", pk)


def _kept_measure(request: PortalRequest, pk: int) -> Measure:
    return selectors.measure_for(request.reach, pk, may=selectors.may_keep, sentence=ONLY_KEEPERS)
