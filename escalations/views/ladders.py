"""The registry's pages about ladders: who decides above the clusters of an HSCP, and where other matters go."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.middleware import PortalRequest
from clusters.rules import can_keep_registry
from clusters.selectors import registry_door
from clusters.selectors.scopes import hscp_in
from escalations.forms import BaseLadder, ContactsForm, ladder_forms
from escalations.selectors import (
    contacts_mark,
    forums_for_rungs,
    ladder_mark,
    ladder_summaries,
    ladder_views,
    safety_contacts_of,
)
from escalations.services import SetSince, set_ladder, set_safety_contacts
from office.forms import Asking
from office.models import Draft
from office.selectors import draft_of
from office.services import drop_draft, keep_token
from practices.models import HSCP


@require_safe
def ladder_list(request: PortalRequest) -> HttpResponse:
    """The ladders of all HSCPs."""
    scope = registry_door(request.reach)
    context = {
        "summaries": ladder_summaries(scope, on=request.reach.day),
        "can_keep": can_keep_registry(request.reach),
    }
    return render(request, "escalations/ladder_list.html", context)


@require_http_methods(["GET", "POST"])
def ladder(request: PortalRequest, code: str) -> HttpResponse:
    """The rungs of one HSCP: shown, and set anew."""
    hscp = hscp_in(registry_door(request.reach, keep=True), code)
    key = f"escalations:ladder:{hscp.pk}"
    draft = draft_of(request.user, key) if request.method == "GET" else None
    rungs = _rungs(request, hscp, draft)
    mark, status = _mark(request, hscp, draft), 200
    if request.method == "POST" and rungs.is_valid():
        try:
            set_ladder(hscp=hscp, by=request.user, rungs=rungs.entries(), seen=mark)
        except SetSince as since:
            rungs.refuse(since)
            mark, status = ladder_mark(hscp), 409
        except ValidationError as refused:
            rungs.refuse(refused)
        else:
            drop_draft(owner=request.user, key=key)
            messages.success(request, f"The ladder of {hscp} is set.")
            return redirect("escalations:ladder", hscp.code)
    context = {"hscp": hscp, "rungs": rungs, "seen": mark, "draft": draft, "keep": keep_token(request.user, key)}
    context["views"] = ladder_views(hscp, on=request.reach.day)
    return render(request, "escalations/ladder.html", context, status=status)


def _rungs(request: PortalRequest, hscp: HSCP, draft: Draft | None) -> BaseLadder:
    forums = forums_for_rungs(hscp)
    if draft:
        return BaseLadder.resumed(draft.fields, hscp=hscp, forums=forums)
    return ladder_forms(hscp, request.POST or None, forums=forums)


def _mark(request: PortalRequest, hscp: HSCP, draft: Draft | None) -> str:
    """The ladder that is typed over: of a page posted or kept the one it was shown with."""
    if request.method == "POST":
        return str(request.POST.get("seen", ""))
    return str(draft.fields.get("seen", "")) if draft else ladder_mark(hscp)


@require_http_methods(["GET", "POST"])
def safety_contacts(request: PortalRequest, code: str) -> HttpResponse:
    """Where other matters go in one HSCP, and its two leads for confidential ones."""
    hscp = hscp_in(registry_door(request.reach, keep=True), code)
    asking = Asking(request, "escalations/safety_contacts.html", f"escalations:contacts:{hscp.pk}", {"hscp": hscp})
    options: dict[str, Any] = {"contacts": safety_contacts_of(hscp), "on": request.reach.day}
    if request.method != "POST":
        return asking.first(ContactsForm, **options)
    form = ContactsForm(request.POST, **options)
    if not form.is_valid():
        return asking.again(form)
    try:
        set_safety_contacts(hscp=hscp, by=request.user, **form.entry())
    except ValidationError as refused:
        form.add_error(None, refused)
        if isinstance(refused, SetSince):
            form.take_up_mark(contacts_mark(hscp))
        return asking.again(form)
    asking.done()
    messages.success(request, f"The contacts of {hscp} are set. The form for escalations shows them now.")
    return redirect("escalations:ladder_list")
