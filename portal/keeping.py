"""Nothing that a person typed is lost to an expired session or a renewed form token (F14, F15).

A form that carries `keep` (see `office.services.keep_token`) can be kept: for the person whom the token
names, and for nobody else. Anonymous words wait in the visitor's new session until that person signs in.
"""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url

from accounts.models import User
from office.services import keep_draft, read_keep_token
from shared.fields import refuse_patient_numbers, refuse_unwritable, texts_in

WAITING = "kept_words"
BACK = "We kept what you typed. Check it and save it again."


def typed_fields(request: HttpRequest) -> dict[str, Any]:
    """What was posted, without tokens and passwords: a name to its value, or to all of them where it has several."""
    skip = {"csrfmiddlewaretoken", "keep", "password"}
    return {
        name: values[0] if len(values) == 1 else values
        for name, values in request.POST.lists()
        if name not in skip and values
    }


def keep_for_later(request: HttpRequest) -> HttpResponse | None:
    """Hold a signed-out person's words in their new session and ask them to sign in; None without a token."""
    token = read_keep_token(request.POST.get("keep", ""))
    if token is None:
        return None
    fields = typed_fields(request)
    try:
        for text in texts_in(fields):
            refuse_unwritable(text)
            refuse_patient_numbers(text)
    except ValidationError as refused:
        messages.error(request, f"You are signed out, and this could not be kept. {' '.join(refused.messages)}")
    else:
        request.session[WAITING] = {"person": token[0], "key": token[1], "fields": fields}
        messages.info(request, "You were signed out. Sign in: what you typed is kept.")
    return redirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': request.path})}")


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
        keep_draft(owner=request.user, key=token[1], fields=typed_fields(request))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.info(request, f"You signed in again in another window. {BACK}")
    return redirect(request.path)
