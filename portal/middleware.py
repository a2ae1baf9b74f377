"""What wraps every request: headers, clean input, words that survive a lost session, and reach."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.functional import SimpleLazyObject

from clusters.selectors import reach_of
from portal import keeping
from shared.dates import today

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
    """Takes characters out of the query string that no database can look for (NUL, lone surrogates)."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if any(_unusable(v) for values in request.GET.lists() for v in [values[0], *values[1]]):
            query = request.GET.copy()
            for key in list(query):
                values = [_cleaned(v) for v in query.poplist(key)]
                query.setlist(_cleaned(key), values)
            query._mutable = False
            request.GET = query  # type: ignore[assignment]
        return self.get_response(request)


def _unusable(text: str) -> bool:
    return "\x00" in text or any("\ud800" <= c <= "\udfff" for c in text)


def _cleaned(text: str) -> str:
    return "".join(c for c in text if c != "\x00" and not "\ud800" <= c <= "\udfff")


class KeepTypedWords:
    """A form posted after the session ended is kept and shown again to the same person after sign-in (F14)."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        keeping.give_back(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        if request.method == "POST" and not request.user.is_authenticated:
            return keeping.keep_for_later(request)
        return None


class ReachOnRequest:
    """Puts the reader's reach on the request; it is worked out only when something asks."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = request.user if request.user.is_authenticated else None
        request.reach = SimpleLazyObject(lambda: reach_of(person, on=today()))  # type: ignore[attr-defined,arg-type]
        return self.get_response(request)
