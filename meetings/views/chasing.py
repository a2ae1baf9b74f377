"""What is late or due soon in every forum that somebody writes up, and a reminder of one or of all."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.middleware import PortalRequest
from meetings import rules
from meetings.selectors import action_for
from meetings.selectors.chasing import late_and_not_nudged, to_chase
from meetings.services import ClosedMeanwhile, action_steps
from meetings.services.chasing import nudge_late
from meetings.services.meanwhile import Pen
from meetings.tables.chasing import ChaseTable
from shared.tables import listed

WHO = "Who writes up for the cluster reminds others of their actions."


def _writers_only(request: PortalRequest) -> None:
    if not rules.can_chase(request.reach):
        raise Http404


@require_safe
def chase(request: PortalRequest) -> HttpResponse:
    """Late and soon, in every forum that I write up."""
    _writers_only(request)
    table = listed(request, ChaseTable(to_chase(request.reach), reach=request.reach))
    late = late_and_not_nudged(request.reach).count()
    return render(request, "meetings/chase.html", {"table": table, "late": late})


@require_POST
def chase_one(request: PortalRequest, pk: int) -> HttpResponse:
    """Remind of one, and stay in the list."""
    found = action_for(request.reach, pk, may=rules.can_nudge, sentence=WHO)
    try:
        action_steps.nudge(Pen(request.user, timezone.now(), found.version), found)
        messages.success(request, f"A reminder is on its way to {found.holder}.")
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    except ClosedMeanwhile:
        messages.info(request, "It is closed: nobody was reminded.")
    return redirect("meetings:chase")


@require_http_methods(["GET", "POST"])
def chase_all(request: PortalRequest) -> HttpResponse:
    """Show who would be reminded of what, and do so once that is confirmed."""
    _writers_only(request)
    if request.method != "POST":
        return render(request, "meetings/chase_all.html", {"actions": list(late_and_not_nudged(request.reach))})
    done = nudge_late(by=request.user, at=timezone.now())
    messages.success(request, f"Reminders of {done.reminded} late action{'' if done.reminded == 1 else 's'} are sent.")
    for action in done.unreachable:
        messages.error(request, f"Nobody who holds “{action.what}” can be written to. Hand it over.")
    return redirect("meetings:chase")
