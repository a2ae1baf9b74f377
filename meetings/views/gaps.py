"""The action plan of a locality: the list, adding to it, and what was decided."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.middleware import PortalRequest
from meetings import rules
from meetings.forms.gaps import DecisionForm, GapForm
from meetings.selectors import setting_of
from meetings.selectors.gaps import gap_for, gaps_of, locality_forum_for
from meetings.services.gaps import WHO_ADDS, WHO_DECIDES, add_gap, decide_gap
from meetings.services.meanwhile import ChangedMeanwhile, Pen
from office.forms import Asking

WHO_READS = "Members of the group read its plan."
CHANGED = "Somebody changed this after you opened it. What was decided now stands above: save again to put yours there."


@require_safe
def plan_of_action(request: PortalRequest, slug: str) -> HttpResponse:
    """Gaps, actions, owners, what is needed, and what was decided."""
    forum = locality_forum_for(request.reach, slug, may=rules.can_see_plan_of_action, sentence=WHO_READS)
    gaps = [(gap, rules.can_decide_gap(request.reach, gap)) for gap in gaps_of(forum)]
    context = {"forum": forum, "gaps": gaps, "may_add": rules.can_add_gap(request.reach, forum)}
    return render(request, "meetings/plan_of_action.html", context)


@require_http_methods(["GET", "POST"])
def gap_add(request: PortalRequest, slug: str) -> HttpResponse:
    """Add a gap and the action that closes it."""
    forum = locality_forum_for(request.reach, slug, may=rules.can_add_gap, sentence=WHO_ADDS)
    day = request.reach.day
    setting = setting_of(forum, held_on=day, today=day)
    asking = Asking(request, "meetings/gap_add.html", f"meetings:gap_add:{forum.pk}", {"forum": forum})
    if request.method != "POST":
        return asking.first(GapForm, initial={"nonce": uuid4()}, setting=setting)
    form = GapForm(request.POST, setting=setting)
    if not form.is_valid():
        return asking.again(form)
    typed = form.cleaned_data
    add_gap(
        by=request.user,
        forum=forum,
        entry=form.new_entry(),
        what=typed["gap"],
        resource_needed=typed["resource_needed"],
        at=timezone.now(),
        nonce=typed["nonce"],
    )
    asking.done()
    messages.success(request, "It is in the plan.")
    return redirect("meetings:plan_of_action", forum)


@require_http_methods(["GET", "POST"])
def gap_decide(request: PortalRequest, pk: int) -> HttpResponse:
    """Say what was decided on the resource that a gap needs."""
    gap = gap_for(request.reach, pk, may=rules.can_decide_gap, sentence=WHO_DECIDES)
    asking = Asking(request, "meetings/gap_decide.html", f"meetings:gap_decide:{pk}", {"gap": gap})
    if request.method != "POST":
        return asking.first(DecisionForm, initial={"decision": gap.resource_decision, "version": gap.action.version})
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    try:
        pen = Pen(request.user, timezone.now(), form.cleaned_data["version"] or 0)
        decide_gap(pen, gap, decision=form.cleaned_data["decision"])
    except ChangedMeanwhile as meanwhile:
        form.data = request.POST | {"version": str(meanwhile.action.version)}
        form.add_error(None, CHANGED)
        gap.refresh_from_db()
        return render(request, "meetings/gap_decide.html", {"gap": gap, "form": form}, status=409)
    asking.done()
    messages.success(request, "What was decided stands in the plan, with your name.")
    return redirect("meetings:plan_of_action", gap.action.forum)
