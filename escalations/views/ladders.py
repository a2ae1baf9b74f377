"""The registry's pages about ladders: who decides above the clusters of an HSCP, and where other matters go."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.middleware import PortalRequest
from clusters.rules import can_keep_registry
from clusters.selectors import registry_door
from escalations.forms import BaseLadder, ContactsForm, ladder_forms
from escalations.selectors import forums_for_rungs, ladder_summaries, ladder_views, safety_contacts_of
from escalations.services import set_ladder, set_safety_contacts
from practices.models import HSCP


@require_safe
def ladder_list(request: PortalRequest) -> HttpResponse:
    registry_door(request.reach)
    context = {
        "summaries": ladder_summaries(on=request.reach.day),
        "can_keep": can_keep_registry(request.reach),
    }
    return render(request, "escalations/ladder_list.html", context)


@require_http_methods(["GET", "POST"])
def ladder(request: PortalRequest, code: str) -> HttpResponse:
    registry_door(request.reach, keep=True)
    hscp = get_object_or_404(HSCP.objects.select_related("board"), code=code)
    rungs = ladder_forms(hscp, request.POST or None, forums=forums_for_rungs(hscp))
    if request.method == "POST" and rungs.is_valid() and _set(request, hscp, rungs):
        messages.success(request, f"The ladder of {hscp} is set.")
        return redirect("escalations:ladder", hscp.code)
    context = {"hscp": hscp, "rungs": rungs, "views": ladder_views(hscp, on=request.reach.day)}
    return render(request, "escalations/ladder.html", context)


def _set(request: PortalRequest, hscp: HSCP, rungs: BaseLadder) -> bool:
    try:
        set_ladder(hscp=hscp, by=request.user, rungs=rungs.entries())
    except ValidationError as refused:
        rungs.refuse(refused)
        return False
    return True


@require_http_methods(["GET", "POST"])
def safety_contacts(request: PortalRequest, code: str) -> HttpResponse:
    registry_door(request.reach, keep=True)
    hscp = get_object_or_404(HSCP.objects.select_related("board"), code=code)
    form = ContactsForm(request.POST or None, contacts=safety_contacts_of(hscp), on=request.reach.day)
    if request.method == "POST" and form.is_valid():
        try:
            set_safety_contacts(hscp=hscp, by=request.user, **form.entry())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"The contacts of {hscp} are set. The form for escalations shows them now.")
            return redirect("escalations:ladder_list")
    return render(request, "escalations/safety_contacts.html", {"hscp": hscp, "form": form})
