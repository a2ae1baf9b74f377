"""How far a practice lets its figures be seen."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.middleware import PortalRequest
from measures import selectors, services
from measures.forms import ConsentForm


@require_http_methods(["GET", "POST"])
def consent(request: PortalRequest, code: str, slug: str) -> HttpResponse:
    """What the practice says today, and what it said before."""
    page = selectors.consent_page(request.reach, code, slug)
    form = ConsentForm(request.POST if request.method == "POST" else None, initial=page.now)
    if request.method == "POST" and form.is_valid():
        services.say_consent(
            by=request.user,
            practice=page.practice,
            cluster=page.cluster,
            on=request.reach.day,
            at=timezone.now(),
            **form.values("inside", "above"),
        )
        messages.success(request, "How your figures are shown is saved.")
        return redirect("measures:consent", code, slug)
    context = {"page": page, "form": form, "practice": page.practice, "cluster": page.cluster}
    return render(request, "measures/consent.html", context)
