"""Other ways to look at a priority, inside the cluster."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.middleware import PortalRequest
from office.forms import Asking
from qiplans import rules
from qiplans.forms.lenses import LensForm, ReadingForm
from qiplans.models import Priority
from qiplans.rules.lenses import can_read_quality
from qiplans.selectors import priority_for
from qiplans.selectors.lenses import has_read_quality, lens_of, looked_at
from qiplans.services import ChangedMeanwhile
from qiplans.services.lenses import look_at_priority, read_quality
from qiplans.views.plans import ONLY_WRITERS, path_of

ONLY_MEMBERS = "Members of a cluster that is open say what quality means to them."
COUNTED = "Your answer is counted. Others see the counts, never who said what."
ANSWERED = "You have answered. Nothing says which answer was yours, so it can’t be changed."


@require_http_methods(["GET", "POST"])
def priority_lens(request: PortalRequest, pk: int) -> HttpResponse:
    """Class of work, inequalities and wellbeing of a priority."""
    priority = priority_for(request.reach, pk, may=rules.can_write_priority, sentence=ONLY_WRITERS)
    asking = Asking(request, "qiplans/priority_lens.html", f"qiplans:priority_lens:{pk}", {"priority": priority})
    if request.method != "POST":
        return asking.first(LensForm, instance=lens_of(priority))
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
    """What quality means to the reader in a priority, asked once, and what it means to all.

    Nothing is kept while somebody chooses: a draft would stand under their name.
    """
    priority = priority_for(request.reach, pk, may=can_read_quality, sentence=ONLY_MEMBERS)
    if request.method != "POST":
        return _quality_page(request, priority, None)
    form = ReadingForm(request.POST)
    if not form.is_valid():
        return _quality_page(request, priority, form)
    if read_quality(by=request.user, priority=priority, meaning=form.cleaned_data["meaning"]):
        messages.success(request, COUNTED)
    else:
        messages.info(request, ANSWERED)
    return redirect("qiplans:priority_quality", pk)


def _quality_page(request: PortalRequest, priority: Priority, refused: ReadingForm | None) -> HttpResponse:
    context = {
        "priority": priority,
        "readings": looked_at([priority.pk])[priority.pk].readings,
        "form": None if has_read_quality(priority.pk, request.user.pk) else refused or ReadingForm(),
        "answered": ANSWERED,
    }
    return render(request, "qiplans/priority_quality.html", context)
