"""What rides on a request, and the compulsory second step."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.models import User
from accounts.reach import Reach


class PortalRequest(HttpRequest):
    """A request as views meet it: `user` signed in, `reach` filled by `portal.middleware.ReachOnRequest`."""

    user: User  # type: ignore[assignment]
    reach: Reach


class SecondStep:
    """allauth has no switch for a compulsory second step: until it is set up, only its own pages open.

    Single sign-on sessions have had theirs at the identity provider.
    """

    OPEN = ("/accounts/", "/static/", "/health")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            settings.SECOND_STEP_REQUIRED
            and request.user.is_authenticated
            and not request.path.startswith(self.OPEN)
            and not self._has_second_step(request)
        ):
            return redirect("mfa_activate_totp")
        return self.get_response(request)

    def _has_second_step(self, request: HttpRequest) -> bool:
        methods = request.session.get("account_authentication_methods", [])
        return any(m.get("method") == "socialaccount" for m in methods) or is_mfa_enabled(request.user)
