"""Accepting an invitation: nothing that is opened or pressed without typing changes anything (S18)."""

from allauth.core import ratelimit
from allauth.socialaccount.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms import InvitationForm
from accounts.selectors import open_invitation
from accounts.services import invitations

INVITATION = "invitation"  # in a visitor's session: the hash of the token that they came with
QUARTER_OF_AN_HOUR = "900"


@login_not_required
@require_safe
def invitation_open(request: HttpRequest, token: str) -> HttpResponse:
    """Take the token out of the address, so that it stands in no Referer, title or history, and go on."""
    request.session[INVITATION] = invitations.hash_of(token)
    return redirect("accounts:invitation")


@login_not_required
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest) -> HttpResponse:
    """Ask for the address and a password; once both fit, the invitation is used and leads to signing in."""
    token_hash = request.session.get(INVITATION, "")
    if request.user.is_authenticated:
        return render(request, "accounts/invitation_signed_in.html")
    if open_invitation(token_hash, now=timezone.now()) is None:
        return render(request, "accounts/invitation_closed.html")
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if form.is_bound and not ratelimit.consume(request, action="invitation", key=token_hash):
        return _wait(request)
    if form.is_valid():
        try:
            return _accepted(request, form, token_hash)
        except invitations.NoLongerOpen:
            return render(request, "accounts/invitation_closed.html")
        except ValidationError as refused:
            invitations.note_refusal(token_hash=token_hash)
            form.add_error(None, refused)
    return render(request, "accounts/invitation.html", {"form": form, "provider": _provider(request)})


def _accepted(request: HttpRequest, form: InvitationForm, token_hash: str) -> HttpResponse:
    """Nobody is signed in here: the ways in stay those of the sign-in page, second step and all (S15)."""
    email, provider = form.cleaned_data["email"], _provider(request)
    if form.is_single_sign_on and provider:
        invitations.prove_address(token_hash=token_hash, email=email)
        request.session[invitations.PROVEN] = {"invitation": token_hash, "at": timezone.now().isoformat()}
        return render(request, "accounts/invitation_connect.html", {"provider": provider})
    invitations.accept_with_password(token_hash=token_hash, email=email, password=form.cleaned_data["password1"])
    request.session.flush()
    messages.success(request, "Your password is set. Sign in with it now.")
    return redirect("account_login")


def _provider(request: HttpRequest) -> object | None:
    """The single sign-on of this site; None where there is none."""
    return next(iter(get_adapter().list_providers(request)), None)


def _wait(request: HttpRequest) -> HttpResponse:
    response = render(request, "accounts/invitation_wait.html", status=429)
    response.headers["Retry-After"] = QUARTER_OF_AN_HOUR
    return response
