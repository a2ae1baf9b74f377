"""Planning: one meeting, moving it, calling it off, and the page of a meeting that is planned."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.middleware import PortalRequest
from meetings import rules
from meetings.forms.planning import CallOffForm, MeetingPlanForm
from meetings.models import Meeting
from meetings.selectors import forum_for, meeting_for
from meetings.selectors.coming import series_of, usual_for
from meetings.selectors.invited import invited_to
from meetings.selectors.plans import plan_of
from meetings.services import EditedMeanwhile
from meetings.services.planning import call_off_meeting, change_meeting, plan_meeting
from office.forms import Asking
from shared.dates import holiday_name, in_words


def planned_page(request: PortalRequest, meeting: Meeting) -> HttpResponse:
    """A meeting that is planned or was called off: when, where, who is asked."""
    context = {
        "meeting": meeting,
        "forum": meeting.forum,
        "asked": invited_to(meeting.forum, on=request.reach.day),
        "agenda": meeting.items.all(),
        "is_inside": rules.can_see_inside(request.reach, meeting),
        "may_plan": rules.can_plan(request.reach, meeting),
        "may_log": rules.can_edit(request.reach, meeting) and meeting.held_on <= request.reach.day,
    }
    return render(request, "meetings/meeting_planned.html", context)


@require_http_methods(["GET", "POST"])
def meeting_plan(request: PortalRequest, slug: str) -> HttpResponse:
    """Plan one meeting of a forum."""
    forum = forum_for(request.reach, slug, may=rules.can_write_up_forum, sentence=rules.WHO_PLANS)
    context = {"forum": forum, "series": series_of(forum)}
    asking = Asking(request, "meetings/meeting_plan.html", f"meetings:meeting_plan:{forum.pk}", context)
    if request.method != "POST":
        return asking.first(MeetingPlanForm, initial={**usual_for(forum), "nonce": uuid4()})
    form = MeetingPlanForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    nonce = form.cleaned_data["nonce"] or uuid4()
    try:
        meeting = plan_meeting(
            by=request.user,
            forum=forum,
            plan=form.plan(),
            nonce=nonce,
            at=timezone.now(),
            **form.values("is_inviting"),
        )
    except ValidationError as refused:
        form.add_error(None, refused)
        return asking.again(form)
    asking.done()
    return _done(request, meeting, f"A meeting is planned for {in_words(meeting.held_on)}.")


@require_http_methods(["GET", "POST"])
def meeting_change(request: PortalRequest, pk: int) -> HttpResponse:
    """Move a planned meeting, or change where it is held."""
    meeting = _planned_for(request, pk)
    asking = _asking(request, "meeting_change", meeting)
    if request.method != "POST":
        return asking.first(MeetingPlanForm, initial={**plan_of(meeting).columns(), "version": meeting.version})
    form = MeetingPlanForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    try:
        changed = change_meeting(
            by=request.user,
            meeting=meeting,
            plan=form.plan(),
            version=form.typed_over(),
            at=timezone.now(),
            **form.values("is_inviting"),
        )
    except EditedMeanwhile as meanwhile:
        return asking.clashed(form, meanwhile.meeting)
    except ValidationError as refused:
        form.add_error(None, refused)
        return asking.again(form)
    asking.done()
    return _done(request, changed, "The meeting is changed.")


@require_http_methods(["GET", "POST"])
def meeting_call_off(request: PortalRequest, pk: int) -> HttpResponse:
    """Call a planned meeting off, with the reason."""
    meeting = _planned_for(request, pk)
    asking = _asking(request, "meeting_call_off", meeting)
    if request.method != "POST":
        return asking.first(CallOffForm, initial={"version": meeting.version})
    form = CallOffForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    version = form.cleaned_data["version"] or 0
    answers = form.values("reason", "is_inviting")
    try:
        call_off_meeting(by=request.user, meeting=meeting, version=version, at=timezone.now(), **answers)
    except EditedMeanwhile as meanwhile:
        return _moved_meanwhile(request, form, meanwhile.meeting)
    except ValidationError as refused:
        form.add_error(None, refused)
        return asking.again(form)
    asking.done()
    messages.success(request, f"The meeting of {in_words(meeting.held_on)} is called off.")
    return redirect("meetings:meeting_list", meeting.forum)


def _moved_meanwhile(request: PortalRequest, form: CallOffForm, now: Meeting) -> HttpResponse:
    """Somebody moved it first: where it stands now, and the reason still in its box."""
    form.show_version(now.version)
    form.add_error(None, f"Somebody changed this meeting: it is on {in_words(now.held_on)} now. Call that one off?")
    page = _asking(request, "meeting_call_off", now).again(form)
    page.status_code = 409
    return page


def _planned_for(request: PortalRequest, pk: int) -> Meeting:
    meeting = meeting_for(request.reach, pk, may=rules.can_write_up, sentence=rules.WHO_PLANS)
    if not rules.can_plan(request.reach, meeting):
        raise PermissionDenied(rules.not_planned(meeting))
    return meeting


def _asking(request: PortalRequest, name: str, meeting: Meeting) -> Asking:
    context: dict[str, Any] = {"meeting": meeting, "forum": meeting.forum}
    return Asking(request, f"meetings/{name}.html", f"meetings:{name}:{meeting.pk}", context)


def _done(request: PortalRequest, meeting: Meeting, said: str) -> HttpResponse:
    messages.success(request, said)
    if holiday := holiday_name(meeting.held_on):
        messages.warning(request, f"{in_words(meeting.held_on)} is a public holiday in Scotland: {holiday}.")
    return redirect("meetings:meeting", pk=meeting.pk)
