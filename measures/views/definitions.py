"""What is counted: defined and changed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.middleware import PortalRequest
from measures import selectors, services
from measures.forms import MeasureForm
from office.forms import Asking

ONLY_KEEPERS = "A measure is kept by the Cluster Quality Lead, the cluster’s administrator and the lead of its project."


@require_http_methods(["GET", "POST"])
def measure_change(request: PortalRequest, pk: int) -> HttpResponse:
    """Change the definition of a measure."""
    of = selectors.measure_for(request.reach, pk, may=selectors.may_keep, sentence=ONLY_KEEPERS)
    asking = Asking(request, "measures/measure_change.html", f"measures:measure_change:{pk}", {"measure": of})
    if request.method != "POST":
        return asking.first(MeasureForm, instance=of)
    form = MeasureForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    try:
        services.change_measure(
            by=request.user, measure=of, version=form.typed_over(), **form.values(*MeasureForm.FIELDS)
        )
    except services.ChangedMeanwhile as clash:
        return asking.clashed(form, clash.theirs)
    except services.NameTaken as taken:
        form.name_is_taken(taken.measure)
        return asking.again(form)
    except services.UnitFixed as refused:
        form.stands_fixed(refused.names)
        return asking.again(form)
    asking.done()
    messages.success(request, "The measure is saved.")
    return redirect("measures:measure", pk)
