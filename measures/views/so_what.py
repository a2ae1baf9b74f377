"""What a chart means, and what follows."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.middleware import PortalRequest
from measures import selectors, services
from measures.forms import SoWhatForm
from office.forms import Asking

ONLY_KEEPERS = (
    "Put down by the Cluster Quality Lead, the cluster’s administrator and the lead of the measure’s project."
)


@require_http_methods(["GET", "POST"])
def so_what_say(request: PortalRequest, pk: int) -> HttpResponse:
    """Put down what a chart means, with the action that follows."""
    of = selectors.measure_for(request.reach, pk, may=selectors.may_keep, sentence=ONLY_KEEPERS)
    chart = selectors.chart_of(of, reach=request.reach)
    context = {"measure": of, "chart": chart}
    if chart.latest is None:
        messages.info(request, "There are no figures to talk about yet.")
        return redirect("measures:measure", pk)
    asking = Asking(request, "measures/so_what_say.html", f"measures:so_what_say:{pk}", context)
    options: dict[str, Any] = {"cluster": of.cluster, "on": request.reach.day, "days": [row.day for row in chart.rows]}
    if request.method != "POST":
        return asking.first(SoWhatForm, initial={"reaches_to": chart.latest.day}, **options)
    form = SoWhatForm(request.POST, **options)
    if not form.is_valid():
        return asking.again(form)
    path = reverse("measures:measure", args=[pk])
    services.say_so_what(
        by=request.user,
        measure=of,
        action=form.action,
        origin_path=path,
        **form.values("meaning", "reaches_to", "nonce"),
    )
    asking.done()
    messages.success(request, "What the chart means is put down.")
    return redirect("measures:measure", pk)
