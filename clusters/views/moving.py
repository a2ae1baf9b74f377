"""A practice moves to another cluster: asked, shown, confirmed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.middleware import PortalRequest
from clusters import selectors, services
from clusters.forms.moving import MoveForm, PlannedForm, SeenForm
from clusters.models import Cluster
from practices.models import Practice
from shared.dates import in_words


@require_http_methods(["GET", "POST"])
def practice_move(request: PortalRequest, code: str) -> HttpResponse:
    """First the form, then what the move would do, then the move."""
    selectors.registry_door(request.reach, keep=True)
    practice = selectors.practice_for(request.reach, code)
    form = MoveForm(request.POST or None, initial={"starts_on": request.reach.day})
    if not form.is_valid() or "change" in request.POST:
        return _asked(request, practice, form)
    try:
        if "confirmed" in request.POST:
            return _moved(request, practice, form)
        return _shown(request, practice, form)
    except ValidationError as refused:
        form.add_error(None, refused)
        return _asked(request, practice, form)


def _asked(request: PortalRequest, practice: Practice, form: MoveForm) -> HttpResponse:
    day = request.reach.day
    context = {
        "practice": practice,
        "form": form,
        "now": selectors.membership_on(practice, on=day),
        "planned_days": selectors.planned_moves(practice, after=day),
    }
    return render(request, "clusters/practice_move.html", context)


def _shown(request: PortalRequest, practice: Practice, form: MoveForm) -> HttpResponse:
    effect = services.preview_move(practice=practice, **form.facts())
    return render(
        request, "clusters/practice_move_preview.html", {"practice": practice, "form": form, "effect": effect}
    )


def _moved(request: PortalRequest, practice: Practice, form: MoveForm) -> HttpResponse:
    seen = SeenForm(request.POST)
    seen.is_valid()
    facts = form.facts()
    leaving = seen.cleaned_data.get("leaving")
    services.move_practice(practice=practice, leaving=leaving, by=request.user, **facts)
    messages.success(request, _told(practice, facts["to"], leaving, in_words(facts["starts_on"])))
    return redirect("reporting:practice", code=practice.code)


def _told(practice: Practice, to: Cluster | None, leaving: Cluster | None, day: str) -> str:
    if to is None:
        return f"{practice} belongs to no cluster from {day}."
    before = f" Before that it was in {leaving}." if leaving else ""
    return f"{practice} is in {to} from {day}.{before}"


@require_POST
def practice_move_withdraw(request: PortalRequest, code: str) -> HttpResponse:
    """Takes back a move that is planned for the day `starts_on`."""
    selectors.registry_door(request.reach, keep=True)
    practice = selectors.practice_for(request.reach, code)
    planned = PlannedForm(request.POST)
    try:
        if planned.is_valid():
            day = planned.cleaned_data["starts_on"]
            services.withdraw_move(practice=practice, starts_on=day, by=request.user)
            messages.success(request, f"What was planned for {practice} on {in_words(day)} is withdrawn.")
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("clusters:practice_move", code=practice.code)
