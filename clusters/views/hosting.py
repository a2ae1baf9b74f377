"""One HSCP acts for another: listed, begun, ended, taken back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.middleware import PortalRequest
from clusters import rules, selectors
from clusters.forms.hosting import BeginHostingForm, EndHostingForm
from clusters.selectors.hostings import hosting_for, hostings_in
from clusters.services import hosting as services
from clusters.tables.hosting import HostingTable
from shared.dates import in_words
from shared.forms import ConfirmForm
from shared.tables import listed


@require_safe
def hosting_list(request: PortalRequest) -> HttpResponse:
    """Which HSCP acts, acted or will act for which."""
    scope = selectors.registry_door(request.reach)
    can_keep = rules.can_keep_whole_registry(request.reach)
    table = HostingTable(hostings_in(scope), day=request.reach.day, exclude=() if can_keep else ("change",))
    return render(request, "clusters/hosting_list.html", {"table": listed(request, table), "can_keep": can_keep})


@require_http_methods(["GET", "POST"])
def hosting_begin(request: PortalRequest) -> HttpResponse:
    """Asks which HSCP acts for which, in what and from when."""
    selectors.registry_door(request.reach, keep=True, whole=True)
    form = BeginHostingForm(request.POST or None, initial={"starts_on": request.reach.day})
    if form.is_valid():
        try:
            begun = services.begin_hosting(by=request.user, **form.facts())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(
                request, f"{begun.host} acts for {begun.served} from {in_words(begun.starts_on)}: {begun.service}."
            )
            return redirect("clusters:hosting_list")
    return render(request, "clusters/hosting_begin.html", {"form": form})


@require_http_methods(["GET", "POST"])
def hosting_end(request: PortalRequest, pk: int) -> HttpResponse:
    """Asks for the last day and ends it after that."""
    selectors.registry_door(request.reach, keep=True, whole=True)
    hosting = hosting_for(pk)
    form = EndHostingForm(request.POST or None, initial={"last_day": request.reach.day})
    if form.is_valid():
        last_day = form.cleaned_data["last_day"]
        try:
            services.end_hosting(hosting=hosting, last_day=last_day, by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(
                request, f"{hosting.host} acts for {hosting.served} up to and including {in_words(last_day)}."
            )
            return redirect("clusters:hosting_list")
    return render(request, "clusters/hosting_end.html", {"form": form, "hosting": hosting})


@require_http_methods(["GET", "POST"])
def hosting_withdraw(request: PortalRequest, pk: int) -> HttpResponse:
    """Asks once more, and takes back what has not begun."""
    selectors.registry_door(request.reach, keep=True, whole=True)
    hosting = hosting_for(pk)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.withdraw_hosting(hosting=hosting, by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"{hosting.host} will not act for {hosting.served}: that is taken back.")
            return redirect("clusters:hosting_list")
    return render(request, "clusters/hosting_withdraw.html", {"form": form, "hosting": hosting})
