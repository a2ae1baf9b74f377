"""The measures of a project."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.middleware import PortalRequest
from measures.forms import MeasureForm
from measures.services import NameTaken
from office.forms import Asking
from qiplans import rules, selectors, services

ONLY_KEEPERS = "Figures are kept by the Cluster Quality Lead, the cluster’s administrator and the project’s own lead."


@require_http_methods(["GET", "POST"])
def measure_add(request: PortalRequest, pk: int) -> HttpResponse:
    """Say how a project is measured."""
    project = selectors.project_for(request.reach, pk, may=rules.can_update_project, sentence=ONLY_KEEPERS)
    asking = Asking(request, "qiplans/measure_add.html", f"qiplans:measure_add:{pk}", {"project": project})
    if request.method != "POST":
        return asking.first(MeasureForm)
    form = MeasureForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    try:
        services.measure_project(by=request.user, project=project, **form.values(*MeasureForm.FIELDS))
    except NameTaken as taken:
        form.name_is_taken(taken.measure)
        return asking.again(form)
    asking.done()
    messages.success(request, "The measure is saved. Add its figures: older ones count too.")
    return redirect("qiplans:project", pk)
