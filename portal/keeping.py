"""Nothing that a person typed is lost to an expired session or a renewed form token (F14, F15).

A form that carries `keep` (see `office.services.keep_token`) can be kept: for the person whom the token
names, and for nobody else. Anonymous words wait in the visitor's new session until that person signs in.
"""

from datetime import datetime
from typing import Any, cast
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import User
from office.forms import typed_fields
from office.selectors import WAITING
from office.services import (
    KeepToken,
    keep_beside,
    keep_draft,
    read_keep_token,
    refuse_blacked_out,
    refuse_unkeepable,
)
from portal.refusals import show_typed
from shared.doors import local_path

BACK = "We kept what you typed. Check it and save it again."
EARLIER = "You typed newer words into the same form elsewhere. Both are kept: the older ones are here."
MOST_WAITING = 5  # open forms of one visitor; the oldest goes first


def keep_for_later(request: HttpRequest) -> HttpResponse | None:
    """Hold a signed-out person's words in their new session and ask them to sign in; None without a token."""
    token = read_keep_token(request.POST.get("keep", ""))
    if token is None:
        return None
    fields = typed_fields(request.POST)
    try:
        refuse_unkeepable(fields)
        refuse_blacked_out(*token)
    except ValidationError as refused:
        return _not_kept(request, f"You are signed out. {' '.join(refused.messages)}")
    _let_wait(request, token, fields)
    messages.info(request, "You were signed out. Sign in: what you typed is kept.")
    return sign_in_first(request)


def _let_wait(request: HttpRequest, token: KeepToken, fields: dict[str, Any]) -> None:
    waiting = request.session.get(WAITING, {})
    slot = f"{token.person_id}:{token.key}"
    waiting.pop(slot, None)
    at = timezone.now().isoformat()
    waiting[slot] = {"person": token.person_id, "key": token.key, "fields": fields, "at": at}
    request.session[WAITING] = dict(list(waiting.items())[-MOST_WAITING:])


def _not_kept(request: HttpRequest, problem: str) -> HttpResponse:
    """What may not be stored goes back to the screen in the answer itself."""
    if is_autosave(request):
        return JsonResponse({"problem": problem}, status=422)
    return show_typed(request, problem)


def is_autosave(request: HttpRequest) -> bool:
    """Whether a script sent this to keep a draft, and reads the answer."""
    return request.path == reverse("office:draft_keep")


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, and from there to the page with the form: the posted path may not be one to read."""
    return redirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': _page_of_form(request)})}")


def _page_of_form(request: HttpRequest) -> str:
    """Where the form says that it leads, else the page that it was sent from, else the path it was sent to."""
    if path := local_path(request.POST.get("next", "")):
        return path
    sent_from = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(sent_from, allowed_hosts={request.get_host()}):
        page = urlsplit(sent_from)
        return local_path(f"{page.path}?{page.query}" if page.query else page.path) or "/"
    return request.get_full_path() if "keep" in request.POST and not is_autosave(request) else "/"


def give_back(request: HttpRequest) -> HttpResponse | None:
    """After sign-in, turn waiting words of the same person into drafts; forget those of anybody else.

    Answers only when newer words were kept meanwhile: then a reader is shown where the older ones are.
    """
    if WAITING not in request.session or not isinstance(request.user, User):
        return None
    own = [one for one in request.session.pop(WAITING).values() if one["person"] == request.user.pk]
    beside = [
        keep_beside(
            owner=request.user, key=one["key"], fields=one["fields"], typed_at=datetime.fromisoformat(one["at"])
        )
        for one in own
    ]
    if own:
        messages.info(request, EARLIER if any(beside) else BACK)
    if any(beside) and request.method == "GET":
        return redirect(f"{reverse('office:drafts_earlier')}?{urlencode({'next': request.get_full_path()})}")
    return None


def keep_now(request: HttpRequest) -> HttpResponse | None:
    """Keep the words of a signed-in person whose form token was renewed elsewhere, and show the form again."""
    token = read_keep_token(request.POST.get("keep", ""))
    if token is None or not isinstance(request.user, User) or token.person_id != request.user.pk:
        return None
    refusal = _keep(request, token)
    if refusal is not None:
        return refusal
    if is_autosave(request):
        return JsonResponse({"kept_at": f"{timezone.localtime():%H:%M:%S}"})
    messages.info(request, f"You signed in again in another window. {BACK}")
    return redirect(request.get_full_path())


def second_step_first(request: HttpRequest) -> HttpResponse:
    """To the set-up of the second step; words of a form are kept for afterwards."""
    token = read_keep_token(request.POST.get("keep", ""))
    if token is not None and token.person_id == request.user.pk:
        refusal = _keep(request, token)
        if refusal is not None:
            return refusal
    return redirect("mfa_activate_totp")


def _keep(request: HttpRequest, token: KeepToken) -> HttpResponse | None:
    """Make a draft of what the token's owner posted; None when that is done, else what to answer."""
    owner, fields = cast(User, request.user), typed_fields(request.POST)
    try:
        keep_draft(owner=owner, key=token.key, fields=fields, shown_at=token.shown_at)
    except ValidationError as refused:
        return _not_kept(request, " ".join(refused.messages))
    return None
