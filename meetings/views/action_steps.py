"""One action: its page, and what happens to it, one step a form."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.middleware import PortalRequest
from accounts.reach import Reach
from meetings import rules
from meetings.forms import steps as forms
from meetings.models import Action
from meetings.selectors import ActionEntry, OwnerEntry, action_for, forum_for, setting_of
from meetings.selectors.owners import people_of, returns_of
from meetings.services import ClosedMeanwhile, action_steps, add_action, close_action
from meetings.services.action_steps import WHO_KEEPS, WHO_TELLS
from meetings.services.meanwhile import ChangedMeanwhile, Pen
from meetings.views.step_pages import SHOWN, STEPS, StepPage
from office.forms import Asking
from practices.models import Practice
from shared.dates import in_words

CHANGED = "Somebody changed this action after you opened it. It is shown above as it is now: choose again."
CLOSED = "This action was closed after you opened it. What you typed is not saved."


@require_safe
def action(request: PortalRequest, pk: int) -> HttpResponse:
    """One action, what happened to it, and what can be done with it."""
    return _action_page(request, action_for(request.reach, pk))


def _action_page(request: PortalRequest, found: Action, **refused: Any) -> HttpResponse:
    """The page of one action; `refused` are the form and the practice of an answer that could not be taken."""
    reach = request.reach
    context = {
        **refused,
        "action": found,
        "steps": found.steps.select_related("by").prefetch_related("by__former_names"),
        "people": people_of(found, on=reach.day) if found.owner is None else [],
        "returns": _returns(reach, found) if found.is_for_every_practice else [],
        "may_close": rules.can_close(reach, found),
        "may_reopen": rules.can_reopen(reach, found),
        "may_nudge": rules.can_nudge(reach, found) and found.state == Action.State.OPEN,
        "may_judge": rules.can_judge(reach, found),
        "may_raise": rules.can_raise_late(reach, found),
        "may_read_minutes": found.forum_id in rules.forums_inside(reach),
        "is_late": found.state == Action.State.OPEN and found.due_on < reach.day,
    }
    return render(request, "meetings/action.html", context)


def _returns(reach: Reach, found: Action) -> list[tuple[Any, ...]]:
    is_open = found.state == Action.State.OPEN
    answers = returns_of(found, on=reach.day)
    return [(p, told, is_open and rules.can_tell_return(reach, found, p.pk)) for p, told in answers]


@require_http_methods(["GET", "POST"])
def action_step(request: PortalRequest, pk: int, step: str) -> HttpResponse:
    """One step, chosen from `STEPS`."""
    page = STEPS.get(step)
    if page is None:
        raise Http404
    found = action_for(request.reach, pk, may=page.door, sentence=WHO_KEEPS)
    if request.method != "POST" and not page.may(request.reach, found):
        messages.info(request, f"It is {found.get_state_display().lower()}: see below what can be done with it now.")
        return redirect("meetings:action", pk=pk)
    setting = setting_of(found.forum, held_on=request.reach.day, today=request.reach.day)
    context = {"action": found, "page": page}
    asking = Asking(request, "meetings/action_step.html", f"meetings:action_step:{pk}:{step}", context)
    if request.method != "POST":
        said = {name: getattr(found, name) for name in ("version", *SHOWN)}
        return asking.first(page.form, initial=said, action=found, setting=setting)
    form = page.form(request.POST, action=found, setting=setting)
    if not form.is_valid():
        return asking.again(form)
    try:
        page.save(Pen(request.user, timezone.now(), form.version_seen), found, **form.answers())
    except ValidationError as refused:
        form.add_error(None, refused)
        return asking.again(form)
    except (ChangedMeanwhile, ClosedMeanwhile) as meanwhile:
        return _meanwhile(request, page, form, meanwhile)
    asking.done()
    messages.success(request, page.done)
    return redirect("meetings:action", pk=pk)


def _meanwhile(
    request: PortalRequest, page: StepPage, form: forms.StepForm, meanwhile: ChangedMeanwhile | ClosedMeanwhile
) -> HttpResponse:
    """Somebody was quicker: the action as it is now, and what was typed still there."""
    data = request.POST.copy()
    data["version"] = str(meanwhile.action.version)
    form.data = data
    form.add_error(None, CLOSED if isinstance(meanwhile, ClosedMeanwhile) else CHANGED)
    context = {"action": meanwhile.action, "page": page, "form": form}
    return render(request, "meetings/action_step.html", context, status=409)


@require_POST
def action_done(request: PortalRequest, pk: int) -> HttpResponse:
    """Done, in one tap; how can be said afterwards. What is owed an answer, or asked of every practice, needs more."""
    found = action_for(request.reach, pk, may=rules.may_keep, sentence=WHO_KEEPS)
    if found.kind != Action.Kind.AGREED or found.is_for_every_practice:
        return redirect("meetings:action_close", pk=pk)
    try:
        close_action(by=request.user, action=found, at=timezone.now())
        messages.success(request, f"Done: {found.what}. If it helps others, say below how, and what was learned.")
    except ClosedMeanwhile as meanwhile:
        messages.info(request, f"{meanwhile.action.closed_by} closed it before.")
    return redirect("meetings:action", pk=pk)


@require_POST
def action_go_on(request: PortalRequest, pk: int) -> HttpResponse:
    """It waits no longer."""
    found = action_for(request.reach, pk, may=rules.may_keep, sentence=WHO_KEEPS)
    try:
        action_steps.go_on(Pen(request.user, timezone.now(), found.version), found)
        messages.success(request, "It waits no longer.")
    except (ChangedMeanwhile, ClosedMeanwhile):
        messages.info(request, "Somebody changed it just now: it is shown below as it is.")
    return redirect("meetings:action", pk=pk)


@require_POST
def action_nudge(request: PortalRequest, pk: int) -> HttpResponse:
    """Remind whoever holds it, by letter."""
    sentence = "Who writes up for the cluster reminds others of their actions."
    found = action_for(request.reach, pk, may=rules.can_nudge, sentence=sentence)
    try:
        action_steps.nudge(Pen(request.user, timezone.now(), found.version), found)
        messages.success(request, "A reminder is on its way.")
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    except ClosedMeanwhile:
        messages.info(request, "It is closed: nobody was reminded.")
    return redirect("meetings:action", pk=pk)


@require_POST
def action_return(request: PortalRequest, pk: int, code: str) -> HttpResponse:
    """Say whether one practice has done what every practice was asked for."""
    practice = get_object_or_404(Practice, code=code)
    found = action_for(
        request.reach, pk, may=lambda reach, seen: rules.can_tell_return(reach, seen, practice.pk), sentence=WHO_TELLS
    )
    form = forms.ReturnForm(request.POST, auto_id=f"%s-{code}")
    if not form.is_valid():
        return _action_page(request, found, form=form, refused=practice)
    try:
        action_steps.tell_return(
            Pen(request.user, timezone.now(), found.version),
            found,
            practice=practice,
            is_done=form.cleaned_data["is_done"] == "yes",
            note=form.cleaned_data["text"],
        )
    except ClosedMeanwhile:
        form.add_error("text", "Somebody closed this action meanwhile: what you wrote here is not noted.")
        return _action_page(request, found, form=form, refused=practice)
    return redirect("meetings:action", pk=pk)


@require_http_methods(["GET", "POST"])
def action_issue(request: PortalRequest, slug: str) -> HttpResponse:
    """Request information from a cluster, or mandate an action, in the name of a body of the HSCP."""
    sentence = "Only those who answer for the HSCP request or mandate an action."
    forum = forum_for(request.reach, slug, may=rules.can_issue, sentence=sentence)
    day = request.reach.day
    setting = setting_of(forum, held_on=day, today=day)
    asking = Asking(request, "meetings/action_issue.html", f"meetings:action_issue:{forum.pk}", {"forum": forum})
    if request.method != "POST":
        return asking.first(forms.IssueForm, initial={"nonce": uuid4()}, setting=setting)
    form = forms.IssueForm(request.POST, setting=setting)
    if not form.is_valid():
        return asking.again(form)
    who = OwnerEntry.from_key(form.cleaned_data["owner"])
    made = add_action(
        by=request.user,
        forum=forum,
        entry=ActionEntry.by(form.cleaned_data["what"], form.cleaned_data["due_on"], who),
        at=timezone.now(),
        **form.values("nonce", "kind", "grounds", "issuer"),
    )
    asking.done()
    messages.success(request, f"It is with {made.holder} and the cluster, by {in_words(made.due_on)}.")
    return redirect("meetings:action", pk=made.pk)
