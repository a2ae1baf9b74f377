"""A role ends, and what was held through it passes on."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.middleware import PortalRequest
from accounts.roles import Role
from accounts.selectors import waiting_invitation
from clusters import rules, selectors
from clusters.forms.handovers import EndRoleForm, HandOverForm
from clusters.models import Handover, RoleAssignment
from clusters.selectors import handovers as found
from clusters.selectors.scopes import assignment_to_change
from clusters.services import handovers as services
from clusters.tables.handovers import HandoverTable
from shared.dates import in_words
from shared.doors import local_path, open_door
from shared.tables import listed


@require_http_methods(["GET", "POST"])
def role_end(request: PortalRequest, pk: int) -> HttpResponse:
    """What is held through the role, its last day, and who takes over: one step."""
    scope = selectors.registry_door(request.reach, keep=True)
    held = assignment_to_change(request.reach, pk)
    day = request.reach.day
    context = _asked(held, found.leaving_on(held, from_day=day + timedelta(days=1), today=day, by=request.reach))
    form = EndRoleForm(request.POST or None, initial={"last_day": held.last_day or day}, **_choices(context))
    if form.is_valid():
        last_day = form.cleaned_data["last_day"]
        try:
            handover = services.hand_over_role(held=held, last_day=last_day, wishes=form.wishes, by=request.user)
        except ValidationError as refused:
            held.refresh_from_db(fields=["ends_on"])  # what was undone is not shown
            form.refuse(refused)
        else:
            messages.success(request, _ended(held, last_day, handover, on=day))
            return redirect("clusters:role_list")
    context |= {"form": form, "can_stop_sign_in": scope.everything}
    return render(request, "clusters/role_end.html", context)


@require_http_methods(["GET", "POST"])
def role_hand_over(request: PortalRequest, pk: int) -> HttpResponse:
    """Passes on what somebody holds through a role that goes on, or that ended without a handover."""
    held = found.role_to_hand_over(request.reach, pk)
    day = request.reach.day
    leaving = found.leaving_of(held, from_day=day, today=day, by=request.reach)
    context = _asked(held, leaving) | {"keeps": leaving.by_keeper}
    form = HandOverForm(request.POST or None, **_choices(context))
    back = local_path(request.GET.get("next", "")) or "/"
    if form.is_valid():
        try:
            handover = services.hand_over_things(held=held, wishes=form.wishes, by=request.user)
        except ValidationError as refused:
            form.refuse(refused)
        else:
            messages.success(request, _told(handover) or "Nothing was passed on: nobody was named.")
            return redirect(back)
    return render(request, "clusters/role_hand_over.html", {**context, "form": form, "back": back})


def _asked(held: RoleAssignment, leaving: Any) -> dict[str, Any]:
    return {
        "held": held,
        "role": Role(held.role),
        "bundles": found.bundles_held(leaving),
        "people": found.who_may_take_over(leaving, on=leaving.from_day),
        "planned": found.planned_handover(held),
        "holds_another": found.holds_another(held, on=leaving.from_day),
    }


def _choices(context: dict[str, Any]) -> dict[str, Any]:
    return {"bundles": context["bundles"], "people": context["people"]}


def _ended(held: RoleAssignment, last_day: date, handover: Handover | None, *, on: date) -> str:
    """Until when the role was or is held, who takes over, and whether they are being invited."""
    said = f"{held.person} {'held' if last_day < on else 'holds'} this role up to and including {in_words(last_day)}."
    if handover and (successor := handover.successor):
        said += f" {successor} takes over from {in_words(handover.from_day)}."
        if waiting_invitation(successor):
            said += f" An invitation is on its way to {successor.email}."
    return f"{said} {_told(handover)}".strip()


def _told(handover: Handover | None) -> str:
    if handover is None:
        return ""
    if handover.state == Handover.State.PLANNED:
        return f"What they hold passes on from {in_words(handover.from_day)}."
    return f"Passed on: {sum(handover.outcome.values())}."


@require_safe
def handover_list(request: PortalRequest) -> HttpResponse:
    """Handovers planned, carried out and called off."""
    scope = selectors.registry_door(request.reach)
    rows = found.handovers_in(scope)
    table = HandoverTable(rows, exclude=() if rules.can_keep_registry(request.reach) else ("change",))
    return render(request, "clusters/handover_list.html", {"table": listed(request, table)})


@require_POST
def handover_call_off(request: PortalRequest, pk: int) -> HttpResponse:
    """Takes back a handover that waits; the role still ends."""
    scope = selectors.registry_door(request.reach, keep=True)
    handover = open_door(found.handovers_in(scope), pk=pk)
    services.call_off_handover(handover=handover, by=request.user)
    messages.success(request, f"Nothing passes on from {handover.held.person} by itself. The end of the role stands.")
    return redirect("clusters:handover_list")
