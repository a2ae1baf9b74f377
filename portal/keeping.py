"""Nothing that a person typed is lost to an expired session or a renewed form token (F14, F15).

A form that carries `keep` (see `office.services.keep_token`) can be kept: for the person whom the token
names, and for nobody else. Anonymous words wait in the visitor's new session until that person signs in.
"""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from office.forms import typed_fields
from office.selectors import WAITING
from office.services import keep_draft, read_keep_token
from portal.refusals import number_refused, show_typed
from shared.fields import refuse_patient_numbers, refuse_unwritable, texts_in

BACK = "We kept what you typed. Check it and save it again."


def keep_for_later(request: HttpRequest) -> HttpResponse | None:
    """Hold a signed-out person's words in their new session and ask them to sign in; None without a token."""
    token = read_keep_token(request.POST.get("keep", ""))
    if token is None:
        return None
    fields = typed_fields(request.POST)
    try:
        for text in texts_in(fields):
            refuse_unwritable(text)
            refuse_patient_numbers(text)
    except ValidationError as refused:
        return _not_kept(request, refused)
    request.session[WAITING] = {"person": token[0], "key": token[1], "fields": fields}
    messages.info(request, "You were signed out. Sign in: what you typed is kept.")
    return _to_sign_in(request)


def _not_kept(request: HttpRequest, refused: ValidationError) -> HttpResponse:
    """A number must not wait in the session: what was typed goes back to the screen in the answer itself."""
    problem = f"You are signed out. {' '.join(refused.messages)}"
    if _is_autosave(request):
        return JsonResponse({"problem": problem}, status=422)
    return show_typed(request, problem)


def _is_autosave(request: HttpRequest) -> bool:
    return request.path == reverse("office:draft_keep")


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    back = "/" if _is_autosave(request) else request.get_full_path()
    return redirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': back})}")


def give_back(request: HttpRequest) -> None:
    """After sign-in, turn waiting words into a draft, if the same person came back; else forget them."""
    if not request.user.is_authenticated or WAITING not in request.session:
        return
    waiting = request.session.pop(WAITING)
    if waiting["person"] == request.user.pk:
        keep_draft(owner=request.user, key=waiting["key"], fields=waiting["fields"])
        messages.info(request, BACK)


def keep_now(request: HttpRequest) -> HttpResponse | None:
    """Keep the words of a signed-in person whose form token was renewed elsewhere, and show the form again."""
    token = read_keep_token(request.POST.get("keep", ""))
    if token is None or not isinstance(request.user, User) or token[0] != request.user.pk:
        return None
    try:
        draft = keep_draft(owner=request.user, key=token[1], fields=typed_fields(request.POST))
    except ValidationError as refused:
        return number_refused(request, refused)
    if _is_autosave(request):
        return JsonResponse({"kept_at": f"{timezone.localtime(draft.kept_at):%H:%M:%S}"})
    messages.info(request, f"You signed in again in another window. {BACK}")
    return redirect(request.get_full_path())
