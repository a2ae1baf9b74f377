"""What wraps every request: headers, clean input, words that survive a lost session, and reach."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from accounts.reach import Reach
from clusters.selectors import reach_by, reach_of
from portal import endings, keeping
from portal.refusals import number_refused
from shared.dates import today
from shared.doors import Moved
from shared.fields import without_patient_numbers

Next = Callable[[HttpRequest], HttpResponse]


class ResponseHeaders:
    """Adds what Django does not set by itself; private pages are never stored by browser or proxy."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith("/static/"):
            response.setdefault("Cache-Control", "no-store, private")
        return response


class CleanInput:
    """Takes out of the query string what no database can look for (NUL, lone surrogates), and patient numbers.

    A patient's number in an address (a search) must not reach a log or a page's links.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        typed = [(key, value) for key, values in request.GET.lists() for value in values]
        cleaned = [(_cleaned(key), _cleaned(value)) for key, value in typed]
        if cleaned != typed:
            self._ask_for(request, cleaned)
        return self.get_response(request)

    def _ask_for(self, request: HttpRequest, pairs: list[tuple[str, str]]) -> None:
        query = QueryDict(mutable=True)
        for key, value in pairs:
            query.appendlist(key, value)
        request.META["QUERY_STRING"] = query.urlencode()
        query._mutable = False
        request.GET = query  # type: ignore[assignment]


def _cleaned(text: str) -> str:
    writable = "".join(c for c in text if c != "\x00" and not "\ud800" <= c <= "\udfff")
    return without_patient_numbers(writable)


class KeepTypedWords:
    """A form posted after the session ended is kept and shown again to the same person after sign-in (F14)."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return keeping.give_back(request) or self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        if request.method != "POST" or request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        stopped = endings.sign_in_stopped(request)
        return stopped or keeping.keep_for_later(request) or keeping.sign_in_first(request)


class SecondStep:
    """allauth has no switch for a compulsory second step: until it is set up, only these pages open.

    Single sign-on sessions have had theirs at the identity provider.
    """

    OPEN = frozenset(
        "mfa_activate_totp account_logout account_reauthenticate mfa_reauthenticate "
        "health robots privacy accessibility".split()
    )

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        is_open = match is not None and match.view_name in self.OPEN
        if not settings.SECOND_STEP_REQUIRED or is_open or not request.user.is_authenticated:
            return None
        return None if self._has_second_step(request) else keeping.second_step_first(request)

    def _has_second_step(self, request: HttpRequest) -> bool:
        methods = request.session.get("account_authentication_methods", [])
        return any(m.get("method") == "socialaccount" for m in methods) or is_mfa_enabled(request.user)


class PatientNumbersRefused:
    """A patient's number that reached a column unseen becomes a page that says so, never an error report."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return number_refused(request, exception)


class FormerAddresses:
    """Sends a reader who may open a renamed thing on to its new address, the rest of the path unchanged."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        match = request.resolver_match
        if not isinstance(exception, Moved) or match is None:
            return None
        kwargs = {name: exception.now if value == exception.was else value for name, value in match.kwargs.items()}
        path = reverse(match.view_name, kwargs=kwargs)
        query = request.META.get("QUERY_STRING", "")
        # 307 carries a posted form along; not permanent, because a cluster may take its old name back.
        return HttpResponseRedirect(f"{path}?{query}" if query else path, preserve_request=True)


class ReachOnRequest:
    """Puts the reader's reach on the request; it is worked out only when something asks."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = request.user if request.user.is_authenticated else None
        request.reach = SimpleLazyObject(lambda: _reach(person))  # type: ignore[attr-defined,arg-type]
        return self.get_response(request)


def _reach(person: Any) -> Reach:
    """By the roles that came with the person of the session; they are asked for where midnight or another way in lies
    between.
    """
    day, roles = getattr(person, "roles_on", (None, ()))
    return reach_by(person, roles, on=day) if day == today() else reach_of(person, on=today())
