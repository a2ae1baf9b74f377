"""One press counts an escalation as intrinsic or extrinsic."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.middleware import PortalRequest
from escalations import rules
from escalations.forms.tagging import TagForm
from escalations.selectors import escalation_for
from escalations.services.tagging import tag_escalation


@require_POST
def escalation_tag(request: PortalRequest, reference: str) -> HttpResponse:
    """Mark it; the page shows the word."""
    shown = escalation_for(request.reach, reference, may=rules.can_tag, sentence=rules.WHO_TAGS)
    form = TagForm(request.POST)
    if form.is_valid():
        chosen = form.cleaned_data["orientation"]
        now = tag_escalation(by=request.user, escalation=shown, orientation=chosen, on=request.reach.day)
        messages.success(request, f"Counted as {now.counts_as}.")
    else:
        messages.error(request, "Choose intrinsic or extrinsic.")
    return redirect("escalations:escalation", reference)
