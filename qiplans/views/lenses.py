"""Other ways to look at a priority, inside the cluster."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.middleware import PortalRequest
from measures.services import ChangedMeanwhile
from office.forms import Asking
from qiplans import rules
from qiplans.forms.lenses import LensForm, ReadingForm
from qiplans.models import Lens
from qiplans.rules.lenses import can_read_quality
from qiplans.selectors import priority_for
from qiplans.selectors.lenses import looked_at, own_reading
from qiplans.services.lenses import look_at_priority, read_quality
from qiplans.views.plans import ONLY_WRITERS, path_of

ONLY_MEMBERS = "Members of a cluster that is open say what quality means to them."


@require_http_methods(["GET", "POST"])
def priority_lens(request: PortalRequest, pk: int) -> HttpResponse:
    """Class of work, inequalities and wellbeing of a priority."""
    priority = priority_for(request.reach, pk, may=rules.can_write_priority, sentence=ONLY_WRITERS)
    asking = Asking(request, "qiplans/priority_lens.html", f"qiplans:priority_lens:{pk}", {"priority": priority})
    lens = Lens.objects.filter(priority=priority).first() or Lens(priority=priority)
    if request.method != "POST":
        return asking.first(LensForm, instance=lens)
    form = LensForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    given = form.values("work", "inequalities", "wellbeing")
    try:
        look_at_priority(by=request.user, priority=priority, version=form.typed_over(), **given)
    except ChangedMeanwhile as clash:
        return asking.clashed(form, clash.theirs)
    asking.done()
    messages.success(request, "How you look at it is saved. It is read inside the cluster.")
    return redirect(f"{path_of(priority.plan)}#priority-{pk}")


@require_http_methods(["GET", "POST"])
def priority_quality(request: PortalRequest, pk: int) -> HttpResponse:
    """What quality means to the reader in a priority, and what it means to all."""
    priority = priority_for(request.reach, pk, may=can_read_quality, sentence=ONLY_MEMBERS)
    told = {"priority": priority, "readings": looked_at([pk])[pk].readings}
    asking = Asking(request, "qiplans/priority_quality.html", f"qiplans:priority_quality:{pk}", told)
    if request.method != "POST":
        return asking.first(ReadingForm, initial={"meaning": own_reading(pk, request.user.pk)})
    form = ReadingForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    read_quality(by=request.user, priority=priority, meaning=form.cleaned_data["meaning"])
    asking.done()
    messages.success(
        request, "Your answer is counted. Others see the counts, never who said what. You can change it at any time."
    )
    return redirect("qiplans:priority_quality", pk)
