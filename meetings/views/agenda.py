"""The agenda of a planned meeting: read it, put it together, take in what fills itself."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.middleware import PortalRequest
from meetings import rules
from meetings.forms.agenda import AgendaItemForm
from meetings.models import Meeting
from meetings.selectors import forum_for, meeting_for
from meetings.selectors.agenda import ON_AGENDA, agenda_item_for, agenda_of, mark_of, next_planned, proposers_of
from meetings.services import agenda as services
from office.forms import Asking
from shared.forms import ConfirmForm

INSIDE_ONLY = "The agenda is for those who belong here."
PLACES = ("up", "down", "park", "unpark")


@require_safe
def agenda_next(request: PortalRequest, slug: str) -> HttpResponse:
    """To the agenda of the forum's next meeting; a page that says what to do where none is planned."""
    forum = forum_for(request.reach, slug, may=rules.can_see_forum_inside, sentence=INSIDE_ONLY)
    meeting = next_planned(forum, on=request.reach.day)
    if meeting:
        return redirect("meetings:agenda", pk=meeting.pk)
    context = {"forum": forum, "may_write": rules.can_write_up_forum(request.reach, forum)}
    return render(request, "meetings/agenda_next.html", context)


@require_safe
def agenda(request: PortalRequest, pk: int) -> HttpResponse:
    """The agenda of one meeting; once its minutes are begun these say what was talked about."""
    meeting = meeting_for(request.reach, pk, may=rules.can_read_agenda, sentence=INSIDE_ONLY)
    if meeting.state != Meeting.State.PLANNED:
        return redirect("meetings:meeting", pk=pk)
    context = {
        "meeting": meeting,
        "forum": meeting.forum,
        "agenda": agenda_of(meeting, request.reach),
        "may_write": rules.can_write_agenda(request.reach, meeting),
        "is_inside": rules.can_see_inside(request.reach, meeting),
        "may_log": meeting.held_on <= request.reach.day,
        "day": request.reach.day,
    }
    return render(request, "meetings/agenda.html", context)


@require_http_methods(["GET", "POST"])
def agenda_item_new(request: PortalRequest, pk: int) -> HttpResponse:
    """Put an item onto the agenda."""
    meeting = meeting_for(request.reach, pk, may=rules.can_write_agenda, sentence=services.WHO_WRITES)
    people = proposers_of(meeting.forum, on=request.reach.day)
    asking = _asking(request, meeting, f"agenda_item_new:{pk}")
    if request.method != "POST":
        return asking.first(AgendaItemForm, initial={"nonce": uuid4()}, people=people)
    form = AgendaItemForm(request.POST, people=people)
    if not form.is_valid():
        return asking.again(form)
    nonce = form.cleaned_data["nonce"] or uuid4()
    try:
        item = services.add_agenda_item(
            by=request.user, meeting=meeting, nonce=nonce, at=timezone.now(), **form.values(*ON_AGENDA)
        )
    except ValidationError as refused:
        form.add_error(None, refused)
        return asking.again(form)
    asking.done()
    messages.success(request, f"“{item.title}” is on the agenda.")
    return _back(meeting.pk, f"item-{item.pk}")


@require_http_methods(["GET", "POST"])
def agenda_item(request: PortalRequest, pk: int) -> HttpResponse:
    """Change an item of the agenda."""
    item = agenda_item_for(request.reach, pk, sentence=services.WHO_WRITES)
    people = proposers_of(item.meeting.forum, on=request.reach.day)
    asking = _asking(request, item.meeting, f"agenda_item:{pk}", item=item)
    if request.method != "POST":
        return asking.first(AgendaItemForm, instance=item, initial={"version": mark_of(item)}, people=people)
    form = AgendaItemForm(request.POST, instance=item, people=people)
    if not form.is_valid():
        return asking.again(form)
    try:
        services.change_agenda_item(
            by=request.user, item=item, version=form.typed_over(), at=timezone.now(), **form.values(*ON_AGENDA)
        )
    except services.ItemChangedMeanwhile as meanwhile:
        return asking.clashed(form, meanwhile.item)
    asking.done()
    messages.success(request, "The agenda is changed.")
    return _back(item.meeting_id, f"item-{pk}")


@require_http_methods(["GET", "POST"])
def agenda_item_remove(request: PortalRequest, pk: int) -> HttpResponse:
    """Take an item off the agenda."""
    item = agenda_item_for(request.reach, pk, sentence=services.WHO_WRITES)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.remove_agenda_item(by=request.user, item=item, at=timezone.now())
        messages.success(request, f"“{item.title}” is off the agenda.")
        return _back(item.meeting_id)
    context = {"item": item, "meeting": item.meeting, "forum": item.meeting.forum, "form": form}
    return render(request, "meetings/agenda_item_remove.html", context)


@require_POST
def agenda_item_place(request: PortalRequest, pk: int) -> HttpResponse:
    """Move an item up or down, park it, or take it up again."""
    item = agenda_item_for(request.reach, pk, sentence=services.WHO_WRITES)
    do, at = request.POST.get("do", ""), timezone.now()
    if do in ("up", "down"):
        services.move_agenda_item(by=request.user, item=item, is_up=do == "up", at=at)
    elif do in PLACES:
        services.park_agenda_item(by=request.user, item=item, is_parked=do == "park", at=at)
    return _back(item.meeting_id, f"item-{pk}")


@require_POST
def agenda_suggestion(request: PortalRequest, pk: int) -> HttpResponse:
    """Take a suggestion in, leave it out this time, or put it back."""
    meeting = meeting_for(request.reach, pk, may=rules.can_write_agenda, sentence=services.WHO_WRITES)
    wanted: dict[str, Any] = {"by": request.user, "meeting": meeting, "at": timezone.now()}
    do, wanted["key"] = request.POST.get("do", ""), request.POST.get("key", "")
    try:
        if do == "take":
            item = services.take_in(**wanted)
            messages.success(request, f"“{item.title}” is on the agenda.")
            return _back(pk, f"item-{item.pk}")
        if do == "leave_out":
            services.leave_out(**wanted)
        elif do == "put_back":
            services.put_back(**wanted)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    return _back(pk, "suggested")


def _asking(request: PortalRequest, meeting: Meeting, key: str, **more: Any) -> Asking:
    context = {"meeting": meeting, "forum": meeting.forum, **more}
    return Asking(request, "meetings/agenda_item.html", f"meetings:{key}", context)


def _back(pk: int, anchor: str = "") -> HttpResponse:
    path = reverse("meetings:agenda", args=[pk])
    return redirect(f"{path}#{anchor}" if anchor else path)
