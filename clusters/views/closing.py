"""What a practice that is missing from the list means."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.middleware import PortalRequest
from clusters import selectors, services
from clusters.forms.closing import CLOSED, DecideForm
from practices.models import Practice
from shared.dates import in_words


@require_http_methods(["GET", "POST"])
def practice_decide(request: PortalRequest, code: str) -> HttpResponse:
    """Keeps or closes a practice; a list alone never closes one."""
    selectors.registry_door(request.reach, keep=True)
    practice = selectors.practice_for(request.reach, code)
    form = DecideForm(request.POST or None)
    if form.is_valid():
        try:
            messages.success(request, _decided(request, practice, form))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            return redirect("reporting:practice", code=practice.code)
    now = selectors.membership_on(practice, on=request.reach.day)
    return render(request, "clusters/practice_decide.html", {"practice": practice, "form": form, "now": now})


def _decided(request: PortalRequest, practice: Practice, form: DecideForm) -> str:
    if form.cleaned_data["decision"] != CLOSED:
        services.keep_practice(practice=practice, by=request.user)
        return f"{practice} stays as it is."
    day, reason = form.cleaned_data["closed_on"], form.cleaned_data["reason"]
    services.close_practice(practice=practice, closed_on=day, reason=reason, by=request.user)
    return f"{practice} is closed from {in_words(day)}. Its history stays."
