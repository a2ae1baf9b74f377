"""Actions: closing one, adding one."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.middleware import PortalRequest
from meetings import rules
from meetings.forms import CloseForm, NewActionForm
from meetings.models import Action
from meetings.selectors import action_for, forum_for, setting_of
from meetings.services import ClosedMeanwhile, add_action, close_action
from office.forms import Asking
from shared.dates import in_words


@require_http_methods(["GET", "POST"])
def action_close(request: PortalRequest, pk: int) -> HttpResponse:
    """Close an action with one line of evidence."""
    action = action_for(
        request.reach, pk, may=rules.may_keep, sentence="Only whoever holds an action, or who writes up, closes it."
    )
    asking = Asking(request, "meetings/action_close.html", f"meetings:action_close:{pk}", {"action": action})
    if request.method != "POST":
        return asking.first(CloseForm)
    form = CloseForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    try:
        close_action(by=request.user, action=action, at=timezone.now(), **form.values("evidence", "learning"))
    except ClosedMeanwhile as meanwhile:
        return _closed_before(request, meanwhile.action, form)
    asking.done()
    messages.success(request, f"The action due {in_words(action.due_on)} is done.")
    return redirect("meetings:action_list")


def _closed_before(request: PortalRequest, action: Action, form: CloseForm) -> HttpResponse:
    """Somebody was quicker: say who, and leave what was typed on the screen."""
    return render(request, "meetings/action_close.html", {"action": action, "form": form, "is_late": True}, status=409)


@require_http_methods(["GET", "POST"])
def action_new(request: PortalRequest, slug: str) -> HttpResponse:
    """Add one action outside a meeting."""
    forum = forum_for(
        request.reach,
        slug,
        may=rules.can_write_up_forum,
        sentence="Only the Cluster Quality Lead or the administrator adds actions.",
    )
    day = request.reach.day
    setting = setting_of(forum, held_on=day, today=day)
    asking = Asking(request, "meetings/action_new.html", f"meetings:action_new:{forum.pk}", {"forum": forum})
    if request.method != "POST":
        return asking.first(NewActionForm, initial={"nonce": uuid4()}, setting=setting)
    form = NewActionForm(request.POST, setting=setting)
    if not form.is_valid():
        return asking.again(form)
    nonce = form.cleaned_data["nonce"]
    action = add_action(by=request.user, forum=forum, entry=form.new_entry(), nonce=nonce, at=timezone.now())
    asking.done()
    messages.success(request, f"An action for {action.holder} is added, by {in_words(action.due_on)}.")
    return redirect("meetings:cluster_actions", forum)
