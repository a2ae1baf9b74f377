"""Actions: mine, a cluster's, closing one, adding one."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.middleware import PortalRequest
from accounts.roles import Right
from clusters.rules import can_see_inside, can_write_up
from clusters.selectors import cluster_for
from meetings import rules
from meetings.forms import CloseForm, NewActionForm
from meetings.models import Action
from meetings.selectors import (
    action_for,
    actions_of,
    actions_of_forum,
    answers_to,
    asks_sent,
    asks_to,
    setting_of,
)
from meetings.services import ClosedMeanwhile, add_action, close_action
from meetings.tables import ActionTable, AskTable
from office.forms import Asking
from shared.dates import in_words
from shared.tables import listed

INSIDE_ONLY = "Only members of the cluster see its actions."


@require_safe
def action_list(request: PortalRequest) -> HttpResponse:
    """My actions in every forum, what I owe an answer to, and what I wait for."""
    done = request.GET.get("show") == "done"
    mine = actions_of(request.reach)
    rows = mine.exclude(state=Action.State.OPEN) if done else mine.filter(state=Action.State.OPEN)
    table = ActionTable(rows, reach=request.reach, order_by="-due_on" if done else "due_on", exclude=("owner",))
    context = {
        "table": listed(request, table),
        "is_done": done,
        "is_empty": not rows.exists(),
        "to_answer": AskTable(asks_to(request.reach), reach=request.reach, exclude=("to",)),
        "sent": AskTable(asks_sent(request.reach), reach=request.reach, exclude=("forum",)),
        "answers": answers_to(request.reach)[:5],
        "answers_for_hscp": request.reach.has(Right.ANSWER),
        "owed": len(asks_sent(request.reach)),
    }
    return render(request, "meetings/action_list.html", context)


@require_safe
def cluster_actions(request: PortalRequest, slug: str) -> HttpResponse:
    """Every action of one cluster."""
    cluster = cluster_for(request.reach, slug, may=can_see_inside, sentence=INSIDE_ONLY)
    done = request.GET.get("show") == "done"
    every = actions_of_forum(cluster.forum)
    rows = every.exclude(state=Action.State.OPEN) if done else every.filter(state=Action.State.OPEN)
    table = ActionTable(rows, reach=request.reach, order_by="-due_on" if done else "due_on", exclude=("forum",))
    context = {
        "cluster": cluster,
        "table": listed(request, table),
        "is_done": done,
        "is_empty": not rows.exists(),
        "may_add": can_write_up(request.reach, cluster),
    }
    return render(request, "meetings/cluster_actions.html", context)


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
        close_action(by=request.user, action=action, at=timezone.now(), evidence=form.cleaned_data["evidence"])
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
    cluster = cluster_for(
        request.reach,
        slug,
        may=can_write_up,
        sentence="Only the Cluster Quality Lead or the administrator adds actions.",
    )
    forum, day = cluster.forum, request.reach.day
    setting = setting_of(cluster, held_on=day, today=day)
    asking = Asking(request, "meetings/action_new.html", f"meetings:action_new:{forum.pk}", {"cluster": cluster})
    if request.method != "POST":
        return asking.first(NewActionForm, initial={"nonce": uuid4()}, setting=setting)
    form = NewActionForm(request.POST, setting=setting)
    if not form.is_valid():
        return asking.again(form)
    nonce = form.cleaned_data["nonce"]
    action = add_action(by=request.user, forum=forum, entry=form.new_entry(), nonce=nonce, at=timezone.now())
    asking.done()
    messages.success(request, f"An action for {action.holder} is added, by {in_words(action.due_on)}.")
    return redirect("meetings:cluster_actions", slug=forum.slug)
