"""One escalation: where it is, who can see it, its steps, and the next one."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.middleware import PortalRequest
from accounts.models import User
from escalations import rules
from escalations.forms import ReaderForm, StepForm
from escalations.models import Escalation
from escalations.selectors import (
    escalation_for,
    last_step,
    last_step_of,
    people_found,
    route_from,
    seen_by,
    steps_of,
    stops_of,
)
from escalations.services import add_viewer, remove_viewer, take_step
from escalations.services.answering import what_happened

SALT = "escalations.seen"


@require_http_methods(["GET", "POST"])
def escalation(request: PortalRequest, reference: str) -> HttpResponse:
    try:
        shown = escalation_for(request.reach, reference)
    except Http404:
        return _too_late(request, reference)
    next_up = route_from(shown, on=request.reach.day).rung
    moves = rules.moves_open(request.reach, shown, is_last=shown.is_confidential or next_up is None)
    form = StepForm(
        request.POST if request.method == "POST" else None,
        moves=moves,
        at_cluster=shown.forum_id == shown.cluster.forum_id and not shown.is_confidential,
        next_up=next_up.forum.name if next_up else "",
    )
    if request.method == "POST" and form.is_valid() and _taken(request, shown, form):
        return redirect("escalations:escalation", shown.reference)
    return render(request, "escalations/escalation.html", _page(request, shown, moves, form))


def _taken(request: PortalRequest, shown: Escalation, form: StepForm) -> bool:
    verb, reasons = form.cleaned_data["move"], form.cleaned_data["reasons"]
    seen = _read_mark(request.POST.get("seen", ""), request.user, shown.reference)
    try:
        moved = take_step(verb, escalation=shown, by=request.user, reasons=reasons, seen=seen)
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    messages.success(request, f"{moved.reference}: {rules.MOVES[verb].kind.label.lower()}. {form.follows(verb, shown)}")
    return True


def _page(request: PortalRequest, shown: Escalation, moves: list[rules.Move], form: StepForm) -> dict[str, Any]:
    latest = last_step(shown)
    readers = seen_by(shown, on=request.reach.day)
    return {
        "escalation": shown,
        "stops": stops_of(shown),
        "readers": readers,
        "steps": steps_of(shown),
        "form": form,
        "can_acknowledge": any(m.verb == "acknowledge" for m in moves),
        "can_withdraw": any(m.verb == "withdraw" for m in moves),
        "has_choices": bool(form.choices),
        "is_raiser": rules.is_raiser(request.reach, shown),
        "can_choose_readers": rules.can_choose_readers(request.reach, shown),
        "days_late": max((request.reach.day - shown.due_on).days, 0) if shown.state in rules.WAITING else 0,
        "seen": signing.dumps([request.user.pk, shown.reference, latest.pk if latest else 0], salt=SALT),
    }


def _read_mark(token: str, person: User, reference: str) -> int | None:
    """The step that this person had read, from the token of their page; None without a token of ours."""
    try:
        person_id, shown, step = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return int(step) if (person_id, shown) == (person.pk, reference) else None


def _too_late(request: PortalRequest, reference: str) -> HttpResponse:
    """Out of reach is 404, except for an answer to a page that this person was shown: it moved on meanwhile."""
    mark = _read_mark(request.POST.get("seen", ""), request.user, reference)
    step = last_step_of(reference) if mark is not None else None
    if step is None:
        raise Http404
    messages.error(request, f"{reference}: {what_happened(step)} You cannot see it any more.")
    return redirect("escalations:escalation_list")


@require_http_methods(["GET", "POST"])
def escalation_readers(request: PortalRequest, reference: str) -> HttpResponse:
    shown = escalation_for(request.reach, reference)
    if not rules.can_choose_readers(request.reach, shown):
        raise PermissionDenied("Only the person who raised it chooses who else may read, and only if it is open.")
    form = ReaderForm(request.POST or None)
    if request.method == "POST" and _readers_changed(request, shown, form):
        return redirect("escalations:escalation_readers", shown.reference)
    context = {"escalation": shown, "form": form, "readers": seen_by(shown, on=request.reach.day)}
    return render(request, "escalations/escalation_readers.html", context)


def _readers_changed(request: PortalRequest, shown: Escalation, form: ReaderForm) -> bool:
    for viewer in shown.viewers.select_related("person"):
        if request.POST.get("remove") == str(viewer.person_id):
            remove_viewer(escalation=shown, by=request.user, person=viewer.person)
            messages.success(request, f"{viewer.person} can no longer read {shown.reference} as somebody you added.")
            return True
    if not form.is_valid():
        return False
    try:
        person = form.one_of(people_found(shown.cluster, form.cleaned_data["who"], on=request.reach.day))
        add_viewer(escalation=shown, by=request.user, person=person)
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    messages.success(request, f"{person} can now read {shown.reference}.")
    return True
