"""The pages for what went wrong, in the same look as the rest."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from accounts import audit
from accounts.models import User
from portal import endings, keeping

TOO_MUCH = "This is more than one form can hold. Make it shorter; until then only this screen has it."


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """More than a form may hold gets a page that says what to do (F17); what no page of ours sends gets a plain one.

    Nothing posted is read here: reading is what was refused.
    """
    if not isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return HttpResponse(render_to_string("errors/400.html"), status=400)
    if keeping.is_autosave(request):
        return JsonResponse({"problem": TOO_MUCH}, status=413)
    return render(request, "errors/too_much.html", status=413)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form token that no longer fits. Words of a form that can be kept come back with a new token (F15)."""
    signed_in = request.user.is_authenticated
    kept = keeping.keep_now(request) if signed_in else keeping.keep_for_later(request)
    return kept or render(request, "errors/csrf.html", status=403)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Says why not. The trail names who was refused at which page."""
    if answer := endings.not_saved(request, also=str(exception)):
        return answer
    match = request.resolver_match
    if match is not None and isinstance(request.user, User):
        audit.record("access.refused", request.user, by=request.user, detail={"page": match.view_name})
    return render(request, "errors/403.html", {"sentence": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same for what is not there and for what is not the reader's; a role that ended lately is named."""
    answer = endings.not_saved(request)
    return answer or render(request, "errors/404.html", {"ended": endings.ended(request)}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without a request context: whatever failed must not fail again here."""
    return HttpResponse(render_to_string("errors/500.html"), status=500)
