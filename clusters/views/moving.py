"""Practices move to another cluster: asked, shown, confirmed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.middleware import PortalRequest
from clusters import selectors
from clusters.forms.moving import MoveForm, MovesForm, PlannedForm, SeenForm, SourceForm, asking_why
from clusters.rules import Scope
from clusters.selectors.registry import practices_to_move
from clusters.selectors.scopes import practice_in
from clusters.services import withdraw_move
from clusters.services.moves import move_practices, preview_moves
from practices.models import Practice
from shared.dates import in_words


@require_http_methods(["GET", "POST"])
def practice_move(request: PortalRequest, code: str) -> HttpResponse:
    """One practice: first the form, then what the move would do, then the move."""
    scope = selectors.registry_door(request.reach, keep=True)
    practice = practice_in(scope, code)
    form = MoveForm(request.POST or None, scope=scope, initial={"starts_on": request.reach.day})
    day = request.reach.day
    context = {
        "practice": practice,
        "now": selectors.membership_on(practice, on=day),
        "planned_days": selectors.planned_moves(practice, after=day),
    }
    answer = _answered(request, form, [practice], "clusters/practice_move_preview.html", context)
    return answer or render(request, "clusters/practice_move.html", {**context, "form": form})


@require_http_methods(["GET", "POST"])
def practices_move(request: PortalRequest) -> HttpResponse:
    """Several practices of one cluster, or those ticked in the registry's list."""
    scope = selectors.registry_door(request.reach, keep=True)
    source = SourceForm(request.GET or None, scope=scope)
    offered = _offered(request, scope, source)
    if offered is None:
        return render(request, "clusters/practices_move_from.html", {"form": source})
    ticked = request.GET.getlist("practice")
    initial = {"starts_on": request.reach.day, "practices": offered if ticked else ()}
    form = MovesForm(request.POST or None, scope=scope, offered=offered, initial=initial)
    context = {"offered": offered, "source": source.cleaned_data.get("cluster", "") if source.is_bound else ""}
    practices = list(form.cleaned_data["practices"]) if form.is_valid() else []
    answer = _answered(request, form, practices, "clusters/practices_move_preview.html", context)
    return answer or render(request, "clusters/practices_move.html", {**context, "form": form})


def _offered(request: PortalRequest, scope: Scope, source: SourceForm) -> QuerySet[Practice] | None:
    """Those of the cluster in the address, or those that the address or the form names; None when nothing is said."""
    if source.is_valid():
        return practices_to_move(scope, source.cleaned_data["cluster"], on=request.reach.day)
    codes = [*request.GET.getlist("practice"), *request.POST.getlist("practices")]
    if not codes:
        return None
    return practices_to_move(scope, codes=codes, on=request.reach.day)


def _answered(
    request: PortalRequest, form: MoveForm, practices: list[Practice], template: str, context: dict[str, Any]
) -> HttpResponse | None:
    """The preview, or the way on once it is confirmed; None when the form has to be shown with what was refused."""
    if not form.is_valid() or "change" in request.POST:
        return None
    try:
        if "confirmed" in request.POST:
            return _moved(request, form, practices)
    except ValidationError as refused:
        form.add_error(None, refused)
        if set(form.errors) != {"locality_reason"}:
            return None
    try:
        effect = preview_moves(practices=practices, **form.planned())
    except ValidationError as refused:
        form.add_error(None, refused)
        return None
    asked = asking_why(form) if effect.straddling else form
    return render(request, template, {**context, "form": asked, "effect": effect})


def _moved(request: PortalRequest, form: MoveForm, practices: list[Practice]) -> HttpResponse:
    seen = SeenForm(request.POST).leaving()
    leaving = {practice.pk: seen.get(practice.code) for practice in practices}
    facts = form.facts()
    move_practices(practices=practices, leaving=leaving, by=request.user, **facts)
    to, day = facts["to"], in_words(facts["starts_on"])
    who = str(practices[0]) if len(practices) == 1 else f"{len(practices)} practices"
    verb = ("is in" if to else "belongs to") if len(practices) == 1 else ("are in" if to else "belong to")
    messages.success(request, f"{who} {verb} {to or 'no cluster'} from {day}.")
    if not isinstance(form, MovesForm):
        return redirect("reporting:practice", code=practices[0].code)
    return redirect("reporting:cluster", slug=to.forum.slug) if to else redirect(reverse("clusters:registry_practices"))


@require_POST
def practice_move_withdraw(request: PortalRequest, code: str) -> HttpResponse:
    """Takes back a move that is planned for the day `starts_on`."""
    scope = selectors.registry_door(request.reach, keep=True)
    practice = practice_in(scope, code)
    planned = PlannedForm(request.POST)
    try:
        if planned.is_valid():
            day = planned.cleaned_data["starts_on"]
            withdraw_move(practice=practice, starts_on=day, by=request.user)
            messages.success(request, f"What was planned for {practice} on {in_words(day)} is withdrawn.")
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("clusters:practice_move", code=practice.code)
