"""How people came to their roles: said by each for themselves, seen by others in counts alone."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.middleware import PortalRequest
from clusters.forms.origins import OriginForm
from clusters.selectors import origins as selectors
from clusters.services.origins import say_how


@require_http_methods(["GET", "POST"])
def role_origin(request: PortalRequest, pk: int) -> HttpResponse:
    """Asks the holder of a role, and nobody else, how they came to it."""
    held = selectors.own_role(request.user, pk)
    form = OriginForm(request.POST or None, initial={"how": selectors.own_answer(held)})
    if form.is_valid():
        say_how(held=held, how=form.cleaned_data["how"], by=request.user)
        messages.success(request, "Saved. Nobody sees your answer but you; others see counts of five or more.")
        return redirect("reporting:account")
    return render(request, "clusters/role_origin.html", {"form": form, "held": held})


@require_safe
def role_origins(request: PortalRequest) -> HttpResponse:
    """Counts of five or more, HSCP by HSCP."""
    hscps = selectors.hscps_counted(request.reach)
    if not hscps:
        raise Http404
    context = {
        "answers": list(selectors.HEADINGS.values()),
        "lines": selectors.counts_in(hscps, on=request.reach.day),
        "as_of": selectors.counts_as_of(request.reach.day),
    }
    return render(request, "clusters/role_origins.html", context)
