"""One escalation: where it is, who can see it, its steps, and the next one."""

from datetime import timedelta
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
from escalations.forms import ReaderForm, StepForm, WithdrawForm
from escalations.models import Escalation
from escalations.selectors import (
    escalation_for,
    escalations_within,
    has_lead_left,
    has_taken,
    last_step,
    people_found,
    route_from,
    seen_by,
    steps_of,
    stops_of,
)
from escalations.services import add_viewer, remove_viewer, take_step
from office.forms import Asking
from office.selectors import draft_of
from office.services import drop_draft, keep_token

SALT = "escalations.seen"
# An older page is shown anew before a step from it is taken.
SEEN_FOR = timedelta(days=1)
OLD_PAGE = "This page is more than a day old. Read what has happened since, then send again."


@require_http_methods(["GET", "POST"])
def escalation(request: PortalRequest, reference: str) -> HttpResponse:
    """One escalation: read, and moved on by whose turn it is."""
    try:
        shown = escalation_for(request.reach, reference)
    except Http404:
        return _too_late(request, reference)
    asked = _asked(request, shown)
    if request.method == "POST" and asked["sent"].is_valid() and _taken(request, shown, asked["sent"]):
        drop_draft(owner=request.user, key=_key(reference))
        if escalations_within(request.reach).filter(pk=shown.pk).exists():
            return redirect("escalations:escalation", reference)
        return redirect("escalations:escalation_list")
    return render(request, "escalations/escalation.html", {**_page(request, shown), **asked})


def _key(reference: str) -> str:
    return f"escalations:step:{reference}"


def _asked(request: PortalRequest, shown: Escalation) -> dict[str, Any]:
    """What the reader can do now: the two forms, one of them with what was posted or kept, and the single buttons."""
    draft = draft_of(request.user, _key(shown.reference)) if request.method == "GET" else None
    typed = draft.fields if draft else request.POST.dict()
    leaves = typed.get("move") == "withdraw"
    next_up = route_from(shown, on=request.reach.day).rung
    lead_left = has_lead_left(shown, on=request.reach.day)
    is_last = shown.is_confidential or next_up is None
    moves = rules.moves_open(request.reach, shown, is_last=is_last, lead_left=lead_left)
    options = {
        "moves": moves,
        "at_cluster": shown.forum_id == shown.cluster.forum_id and not shown.is_confidential,
        "next_up": next_up.forum.name if next_up else "",
    }
    form = _form(StepForm, request, None if leaves else draft, options, posted=not leaves)
    withdrawing = _form(WithdrawForm, request, draft if leaves else None, {}, posted=leaves)
    verbs = {move.verb for move in moves}
    is_offered = "withdraw" in verbs if leaves else bool(form.choices)
    return {
        "form": form,
        "withdrawing": withdrawing,
        "sent": withdrawing if leaves else form,
        "unsent": "" if is_offered else typed.get("reasons", ""),
        "has_choices": bool(form.choices),
        "open": verbs,
        "lead_left": lead_left,
        "draft": draft,
        "keep": keep_token(request.user, _key(shown.reference)),
    }


def _form(kind: Any, request: PortalRequest, draft: Any, options: dict[str, Any], *, posted: bool) -> Any:
    if draft:
        return kind.resumed(draft.fields, **options)
    return kind(request.POST if posted and request.method == "POST" else None, **options)


def _taken(request: PortalRequest, shown: Escalation, form: Any) -> bool:
    verb, reasons = form.cleaned_data["move"], form.cleaned_data["reasons"]
    move = rules.MOVES[verb]
    seen = _read_mark(request.POST.get("seen", ""), request.user, shown.reference)
    try:
        if seen is None and rules.is_side_of(request.reach, shown, move):
            raise ValidationError(OLD_PAGE)
        take_step(verb, escalation=shown, by=request.user, reasons=reasons, seen=seen)
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    messages.success(request, f"{shown.reference}: {move.kind.label.lower()}. {StepForm.follows(verb, shown)}")
    return True


def _page(request: PortalRequest, shown: Escalation) -> dict[str, Any]:
    latest = last_step(shown)
    return {
        "escalation": shown,
        "stops": stops_of(shown),
        "readers": seen_by(shown, on=request.reach.day),
        "steps": steps_of(shown),
        "is_raiser": rules.is_raiser(request.reach, shown),
        "may_tag": rules.can_tag(request.reach, shown),
        "can_choose_readers": rules.can_choose_readers(request.reach, shown),
        "days_late": max((request.reach.day - shown.due_on).days, 0) if shown.state in rules.WAITING else 0,
        "seen": signing.dumps([request.user.pk, shown.reference, latest.pk if latest else 0], salt=SALT),
    }


def _read_mark(token: str, person: User, reference: str) -> int | None:
    """The step that this person had read, from the token of their page; None without a fresh token of ours."""
    try:
        person_id, shown, step = signing.loads(token, salt=SALT, max_age=SEEN_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return int(step) if (person_id, shown) == (person.pk, reference) else None


def _too_late(request: PortalRequest, reference: str) -> HttpResponse:
    """Out of reach is 404, except for an answer to a page that this person was shown: it moved on meanwhile.

    Then they get their words back and learn nothing of what they may no longer see. When it was their own press
    that moved it on, the second press is a success too.
    """
    mark = _read_mark(request.POST.get("seen", ""), request.user, reference)
    if mark is None:
        raise Http404
    move, reasons = rules.MOVES.get(request.POST.get("move", "")), request.POST.get("reasons", "").strip()
    if move and has_taken(request.user, reference=reference, kind=move.kind, reasons=reasons, after=mark):
        messages.success(request, f"{reference}: {move.kind.label.lower()}.")
        return redirect("escalations:escalation_list")
    drop_draft(owner=request.user, key=_key(reference))
    return render(request, "escalations/too_late.html", {"reference": reference, "reasons": reasons}, status=409)


@require_http_methods(["GET", "POST"])
def escalation_readers(request: PortalRequest, reference: str) -> HttpResponse:
    """Who else may read one escalation: added and removed by the raiser."""
    shown = escalation_for(request.reach, reference)
    if not rules.can_choose_readers(request.reach, shown):
        raise PermissionDenied(rules.WHO_CHOOSES_READERS)
    context = {"escalation": shown, "readers": seen_by(shown, on=request.reach.day)}
    asking = Asking(request, "escalations/escalation_readers.html", f"escalations:readers:{reference}", context)
    if request.method != "POST":
        return asking.first(ReaderForm)
    form = ReaderForm(request.POST)
    if not (_removed(request, shown) or _added(request, shown, form)):
        return asking.again(form)
    asking.done()
    return redirect("escalations:escalation_readers", reference)


def _removed(request: PortalRequest, shown: Escalation) -> bool:
    for viewer in shown.viewers.select_related("person"):
        if request.POST.get("remove") == str(viewer.person_id):
            remove_viewer(escalation=shown, by=request.user, person=viewer.person)
            messages.success(request, f"{viewer.person} can no longer read {shown.reference} as somebody you added.")
            return True
    return False


def _added(request: PortalRequest, shown: Escalation, form: ReaderForm) -> bool:
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
