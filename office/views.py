"""Keeping drafts while people type, and blacking out words."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.middleware import PortalRequest
from office.forms import RedactForm, typed_fields
from office.rules import can_redact
from office.selectors import earlier_drafts, places_of, redactions
from office.services import KeepToken, drop_draft, keep_draft, keep_token, read_keep_token, redact_words
from office.tables import RedactionTable
from shared.doors import local_path
from shared.fields import texts_in
from shared.tables import listed

# --- Drafts --------------------------------------------------------------------------------------


@require_POST
def draft_keep(request: PortalRequest) -> HttpResponse:
    """Autosave: keep what stands in a form now. Answers the time, or in words why not."""
    form = _own_form(request, request.POST.get("keep", ""))
    fields = typed_fields(request.POST)
    try:
        draft = keep_draft(owner=request.user, key=form.key, fields=fields, shown_at=form.shown_at)
    except ValidationError as refused:
        return JsonResponse({"problem": " ".join(refused.messages)}, status=422)
    return JsonResponse({"kept_at": f"{timezone.localtime(draft.kept_at):%H:%M:%S}"})


@require_POST
def draft_drop(request: PortalRequest) -> HttpResponse:
    """Throw away what was kept of a form, and go back to it."""
    drop_draft(owner=request.user, key=_own_form(request, request.POST.get("form", "")).key)
    messages.info(request, "What was kept is thrown away.")
    return redirect(local_path(request.POST.get("next", "")) or "/")


@require_safe
def drafts_earlier(request: PortalRequest) -> HttpResponse:
    """Words that came back after newer ones were kept elsewhere: to be copied, or thrown away."""
    drafts = [
        {"kept_at": draft.kept_at, "texts": list(texts_in(list(draft.fields.values()))), "form": token}
        for draft in earlier_drafts(request.user)
        for token in [keep_token(request.user, draft.key)]
    ]
    back = local_path(request.GET.get("next", "")) or "/"
    return render(request, "office/drafts_earlier.html", {"drafts": drafts, "back": back})


def _own_form(request: PortalRequest, signed: str) -> KeepToken:
    token = read_keep_token(signed)
    if token is None or token.person_id != request.user.pk:
        raise PermissionDenied("This form was not made for you. Load the page again.")
    return token


# --- Blacking out --------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def redact(request: PortalRequest) -> HttpResponse:
    """Ask for the words, show how many places hold them, and black them out once that is confirmed."""
    _records_officer_only(request)
    form = RedactForm(request.POST or None)
    if not form.is_valid():
        return render(request, "office/redact.html", {"form": form})
    places = places_of(form.wanted)
    if not (request.POST.get("confirmed") and places.total):
        return render(request, "office/redact_preview.html", {"form": form, "places": places})
    done = redact_words(**form.to_redact, by=request.user)
    messages.success(request, f"Blacked out in {done} place{'' if done == 1 else 's'}.")
    return redirect("office:redact_log")


@require_safe
def redact_log(request: PortalRequest) -> HttpResponse:
    """What was blacked out: who, when, where and why."""
    _records_officer_only(request)
    return render(request, "office/redact_log.html", {"table": listed(request, RedactionTable(redactions()))})


def _records_officer_only(request: PortalRequest) -> None:
    if not can_redact(request.reach):
        raise Http404
