"""My meetings, over every forum."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.middleware import PortalRequest
from meetings.selectors.mine import meetings_of


@require_safe
def my_meetings(request: PortalRequest) -> HttpResponse:
    """What the reader is asked to, how much of a month it takes, and what was."""
    return render(request, "meetings/my_meetings.html", {"mine": meetings_of(request.reach)})
