"""People declare their interests, and end them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.middleware import PortalRequest
from directory.forms.interests import EndInterestForm, InterestForm
from directory.selectors.interests import own_interest
from directory.services.interests import declare_interest, end_interest
from shared.dates import in_words


@require_http_methods(["GET", "POST"])
def interest_declare(request: PortalRequest) -> HttpResponse:
    """What the reader declares about themselves."""
    form = InterestForm(request.POST or None)
    if form.is_valid():
        try:
            declare_interest(person=request.user, by=request.user, **form.values("kind", "what", "starts_on"))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, "Your declaration stands beside your roles now.")
            return redirect("reporting:account")
    return render(request, "directory/interest_declare.html", {"form": form})


@require_http_methods(["GET", "POST"])
def interest_end(request: PortalRequest, pk: int) -> HttpResponse:
    """Asks for the last day; the declaration stays on record."""
    interest = own_interest(request.user, pk)
    form = EndInterestForm(request.POST or None)
    if form.is_valid():
        last_day = form.cleaned_data["last_day"]
        try:
            end_interest(interest=interest, last_day=last_day, by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"Your declaration ended after {in_words(last_day)}. It is kept.")
            return redirect("reporting:account")
    return render(request, "directory/interest_end.html", {"form": form, "interest": interest})
