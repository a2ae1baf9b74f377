"""The data of a cluster, and new measures in it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.middleware import PortalRequest
from clusters.selectors import cluster_for
from measures import rules, selectors, services
from measures.forms import MeasureForm
from office.forms import Asking

ONLY_WRITERS = "Measures are added by the Cluster Quality Lead and the cluster’s administrator."


@require_safe
def data(request: PortalRequest, slug: str) -> HttpResponse:
    """What a cluster measures, and how it stands."""
    page = selectors.data_page(request.reach, slug)
    return render(request, "measures/data.html", {"page": page, "cluster": page.cluster})


@require_http_methods(["GET", "POST"])
def measure_define(request: PortalRequest, slug: str) -> HttpResponse:
    """Add a measure to a cluster, of no project."""
    cluster = cluster_for(request.reach, slug, may=rules.can_define_in, sentence=ONLY_WRITERS)
    asking = Asking(
        request, "measures/measure_define.html", f"measures:measure_define:{cluster.pk}", {"cluster": cluster}
    )
    if request.method != "POST":
        return asking.first(MeasureForm)
    form = MeasureForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    try:
        services.define_measure(by=request.user, cluster=cluster, **form.values(*MeasureForm.FIELDS))
    except services.NameTaken as taken:
        form.name_is_taken(taken.measure)
        return asking.again(form)
    asking.done()
    messages.success(request, "The measure is saved.")
    return redirect("measures:data", cluster.forum.slug)
