"""Keeping drafts while people type, letters, and blacking out words."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.middleware import PortalRequest
from office.filters import LetterFilter
from office.forms import Asking, RedactForm, RemindersForm, TryAgainForm, typed_fields
from office.rules import can_keep_letters, can_redact
from office.selectors import (
    counted_by_state,
    earlier_drafts,
    last_reminders,
    letter_for,
    letters,
    places_of,
    redactions,
    rhythm_of,
)
from office.services import KeepToken, drop_draft, keep_draft, keep_token, read_keep_token, redact_words
from office.services.letters import try_again
from office.services.reminders import choose_rhythm
from office.tables import LetterTable, RedactionTable
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


# --- Letters -------------------------------------------------------------------------------------


@require_safe
def letter_list(request: PortalRequest) -> HttpResponse:
    """Which letters wait, were sent, or were refused, and what the mail server said."""
    _keepers_of_letters_only(request)
    found = LetterFilter(request.GET, queryset=letters(), request=request)
    context = {
        "filter": found,
        "narrowed": found.is_narrowed,
        "counts": counted_by_state(found.qs),
        "reminders": last_reminders(),
        "table": listed(request, LetterTable(found.qs, now=timezone.now())),
    }
    return render(request, "office/letter_list.html", context)


@require_http_methods(["GET", "POST"])
def letter_again(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask once more, and send a letter again that was refused or given up."""
    _keepers_of_letters_only(request)
    letter = letter_for(pk)
    form = TryAgainForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            try_again(letter=letter, by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"The letter to {letter.to} is on its way again.")
            return redirect("office:letter_list")
    return render(request, "office/letter_again.html", {"form": form, "letter": letter})


def _keepers_of_letters_only(request: PortalRequest) -> None:
    if not can_keep_letters(request.reach):
        raise Http404


# --- Reminders -----------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def reminders(request: PortalRequest) -> HttpResponse:
    """How often I am reminded by e-mail: every day on which something is due, on Mondays, or never."""
    asking = Asking(request, "office/reminders.html", "office:reminders", {})
    if request.method != "POST":
        return asking.first(RemindersForm, initial={"rhythm": rhythm_of(request.user)})
    form = RemindersForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    choice = choose_rhythm(rhythm=form.cleaned_data["rhythm"], by=request.user, at=timezone.now())
    asking.done()
    messages.success(request, f"Reminders by e-mail: {choice.in_words}.")
    return redirect("reporting:account")


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
