"""The measure of a project and its figures."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.middleware import PortalRequest
from measures import selectors as figures
from measures import services as measures
from measures.forms import MeasureForm, PointChangeForm, PointForm
from measures.models import Measure
from office.forms import Asking
from qiplans import rules, selectors, services
from qiplans.models import Project

ONLY_KEEPERS = "Figures are kept by the Cluster Quality Lead, the cluster’s administrator and the project’s own lead."
MEASURE_FIELDS = ("name", "definition", "unit", "direction", "frequency", "goal")


@require_http_methods(["GET", "POST"])
def measure(request: PortalRequest, pk: int) -> HttpResponse:
    """Define the measure of a project, or change its definition."""
    project = _kept_project(request, pk)
    asking = Asking(request, "qiplans/measure.html", f"qiplans:measure:{pk}", {"project": project})
    if request.method != "POST":
        return asking.first(MeasureForm, instance=project.measure)
    form = MeasureForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    try:
        _save_measure(request, project, form)
    except measures.ChangedMeanwhile as clash:
        return asking.clashed(form, clash.theirs)
    except measures.UnitFixed:
        form.add_error("unit", "There are figures in the old unit and frequency. Set both back to what they were.")
        return asking.again(form)
    asking.done()
    messages.success(request, "The measure is saved.")
    return redirect("qiplans:project", pk)


@require_http_methods(["GET", "POST"])
def point_add(request: PortalRequest, pk: int) -> HttpResponse:
    """Enter the figure of a period."""
    project, of = _measured(request, pk)
    asking = Asking(request, "qiplans/point_add.html", f"qiplans:point_add:{pk}", {"project": project, "measure": of})
    if request.method != "POST":
        return asking.first(
            PointForm, initial={"period_on": figures.next_period(of, today=request.reach.day)}, measure=of
        )
    form = PointForm(request.POST, measure=of)
    if not form.is_valid():
        return asking.again(form)
    try:
        point = measures.enter_point(by=request.user, measure=of, **form.values("period_on", "value", "note"))
    except measures.PeriodTaken as taken:
        form.add_error("period_on", figures.taken_sentence(of, taken.point))
        return asking.again(form)
    asking.done()
    messages.success(request, f"The figure for {figures.period_name(of, point.period_on)} is on the chart.")
    return redirect("qiplans:project", pk)


@require_http_methods(["GET", "POST"])
def point_change(request: PortalRequest, pk: int, point: int) -> HttpResponse:
    """Correct a figure or its note."""
    project, of = _measured(request, pk)
    entered = figures.point_of(of, point)
    if entered is None:
        raise Http404
    context = {"project": project, "measure": of, "period": figures.period_name(of, entered.period_on)}
    asking = Asking(request, "qiplans/point_change.html", f"qiplans:point_change:{point}", context)
    if request.method != "POST":
        return asking.first(PointChangeForm, instance=entered, initial=figures.as_typed(entered), measure=of)
    form = PointChangeForm(request.POST, measure=of)
    if not form.is_valid():
        return asking.again(form)
    try:
        measures.change_point(by=request.user, point=entered, version=form.typed_over(), **form.values("value", "note"))
    except measures.ChangedMeanwhile as clash:
        return asking.clashed(form, clash.theirs)
    asking.done()
    messages.success(request, f"The figure for {context['period']} is saved.")
    return redirect("qiplans:project", pk)


def _save_measure(request: PortalRequest, project: Project, form: MeasureForm) -> None:
    definition = form.values(*MEASURE_FIELDS)
    if project.measure is None:
        services.measure_project(by=request.user, project=project, **definition)
    else:
        measures.change_measure(by=request.user, measure=project.measure, version=form.typed_over(), **definition)


def _kept_project(request: PortalRequest, pk: int) -> Project:
    return selectors.project_for(request.reach, pk, may=rules.can_update_project, sentence=ONLY_KEEPERS)


def _measured(request: PortalRequest, pk: int) -> tuple[Project, Measure]:
    project = _kept_project(request, pk)
    if project.measure is None:
        raise Http404
    return project, project.measure
