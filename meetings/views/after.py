"""After a meeting: how it was, and the hours that people gave."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.middleware import PortalRequest
from clusters.models import Forum
from meetings import rules
from meetings.forms.after import HoursForm, PulseForm
from meetings.models import Hours
from meetings.selectors import forum_for, meeting_for
from meetings.selectors.hours import months_of, own_hours, own_hours_for, shared_hours, sharing_by_forum
from meetings.selectors.pulse import has_answered
from meetings.services.hours import note_hours, remove_hours, share_hours
from meetings.services.pulse import give_pulse
from meetings.tables.hours import HoursTable
from office.forms import Asking
from shared.forms import ConfirmForm
from shared.tables import listed

WHO_SAYS = "Those who belong here say how a meeting was, once its minutes are out of draft."
PREPARED = (15, 30, 60, 90, 120)


@require_http_methods(["GET", "POST"])
def meeting_pulse(request: PortalRequest, pk: int) -> HttpResponse:
    """Say in four taps how a meeting was, without a name."""
    meeting = meeting_for(request.reach, pk, may=rules.can_give_pulse, sentence=WHO_SAYS)
    context = {"meeting": meeting, "forum": meeting.forum, "answered": has_answered(request.user, meeting)}
    asking = Asking(request, "meetings/meeting_pulse.html", f"meetings:meeting_pulse:{pk}", context)
    if request.method != "POST":
        return asking.first(PulseForm)
    form = PulseForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    answers = form.values("organised", "friendly", "facilitated", "productive")
    give_pulse(by=request.user, meeting=meeting, at=timezone.now(), **answers)
    asking.done()
    messages.success(request, "Thank you. Your answers are kept without your name, and shown once there are four.")
    return redirect("meetings:meeting", pk=pk)


@require_POST
def meeting_prepared(request: PortalRequest, pk: int) -> HttpResponse:
    """Note in one tap how long somebody prepared for a meeting."""
    meeting = meeting_for(request.reach, pk, may=rules.can_see_inside, sentence="Hours are for those who belong here.")
    typed = request.POST.get("minutes", "")
    if typed not in map(str, PREPARED):
        messages.error(request, "Choose one of the times shown, or note another one under My hours.")
        return redirect("meetings:meeting", pk=pk)
    day = min(meeting.held_on, request.reach.day)
    note_hours(
        by=request.user,
        forum=meeting.forum,
        meeting=meeting,
        kind=Hours.Kind.PREPARATION,
        minutes=int(typed),
        on=day,
        at=timezone.now(),
    )
    messages.success(
        request, f"{typed} minutes of preparing are noted. Only you see your hours, unless you share them."
    )
    return redirect("meetings:meeting", pk=pk)


@require_safe
def hours_list(request: PortalRequest) -> HttpResponse:
    """My hours: by month, by forum, one by one."""
    rows = own_hours(request.user)
    context = {
        "table": listed(request, HoursTable(rows)),
        "months": months_of(request.user, on=request.reach.day),
        "forums": sharing_by_forum(request.user),
        "may_note": bool(rules.forums_inside(request.reach)),
    }
    return render(request, "meetings/hours_list.html", context)


@require_http_methods(["GET", "POST"])
def hours_new(request: PortalRequest) -> HttpResponse:
    """Note time given."""
    forums = list(Forum.objects.filter(pk__in=rules.forums_inside(request.reach)))
    if not forums:
        raise PermissionDenied("Hours are noted for clusters and forums, and you belong to none.")
    asking = Asking(request, "meetings/hours_new.html", "meetings:hours_new", {})
    if request.method != "POST":
        return asking.first(HoursForm, initial={"on": request.reach.day, "nonce": uuid4()}, forums=forums)
    form = HoursForm(request.POST, forums=forums)
    if not form.is_valid():
        return asking.again(form)
    chosen = next(forum for forum in forums if forum.pk == form.cleaned_data["forum"])
    try:
        note_hours(by=request.user, forum=chosen, at=timezone.now(), **form.values("kind", "minutes", "on", "nonce"))
    except ValidationError as refused:
        form.add_error("on" if refused.code == "on" else "minutes", refused)
        return asking.again(form)
    asking.done()
    messages.success(request, "Noted. Only you see your hours, unless you share them.")
    return redirect("meetings:hours_list")


@require_POST
def hours_share(request: PortalRequest, slug: str) -> HttpResponse:
    """Share one's hours in a forum, or no longer."""
    forum = forum_for(
        request.reach, slug, may=rules.can_see_forum_inside, sentence="Hours are for those who belong here."
    )
    is_shared = request.POST.get("share") == "yes"
    share_hours(by=request.user, forum=forum, is_shared=is_shared)
    who = "those who belong to it and its HSCP read your hours there" if is_shared else "only you see your hours there"
    messages.success(request, f"{forum}: {who}.")
    return redirect("meetings:hours_list")


@require_http_methods(["GET", "POST"])
def hours_remove(request: PortalRequest, pk: int) -> HttpResponse:
    """Take back one row of one's own hours."""
    hours = own_hours_for(request.user, pk)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        remove_hours(by=request.user, hours=hours)
        messages.success(request, "Taken back.")
        return redirect("meetings:hours_list")
    return render(request, "meetings/hours_remove.html", {"hours": hours, "form": form})


@require_safe
def hours_shared(request: PortalRequest, slug: str) -> HttpResponse:
    """Hours that people of a forum chose to share."""
    sentence = "Shared hours are for those who belong here and their HSCP."
    forum = forum_for(request.reach, slug, may=rules.can_read_shared_hours, sentence=sentence)
    context = {"forum": forum, "people": shared_hours(request.reach, forum, on=request.reach.day)}
    return render(request, "meetings/hours_shared.html", context)
