"""The pages for what went wrong, in the same look as the rest."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts import audit
from accounts.models import User
from portal import keeping


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form token that no longer fits. Words of a form that can be kept come back with a new token (F15)."""
    signed_in = request.user.is_authenticated
    kept = keeping.keep_now(request) if signed_in else keeping.keep_for_later(request)
    return kept or render(request, "errors/csrf.html", status=403)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Says why not. The trail names who was refused at which page."""
    match = request.resolver_match
    if match is not None and isinstance(request.user, User):
        audit.record("access.refused", request.user, by=request.user, detail={"page": match.view_name})
    return render(request, "errors/403.html", {"sentence": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without a request context: whatever failed must not fail again here."""
    from django.template.loader import render_to_string

    return HttpResponse(render_to_string("errors/500.html"), status=500)
