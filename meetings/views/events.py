"""Significant events: a cluster's list, and the analysis of one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.middleware import PortalRequest
from meetings import rules
from meetings.forms.events import WORDS, EventForm
from meetings.selectors import forum_for
from meetings.selectors.events import event_item_for, events_of
from meetings.services.events import WHO_WRITES, EventChangedMeanwhile, write_event
from office.forms import Asking

INSIDE_ONLY = "Significant events stay with those who take part in the meetings."


@require_safe
def event_list(request: PortalRequest, slug: str) -> HttpResponse:
    """What the forum learned from significant events."""
    forum = forum_for(request.reach, slug, may=rules.can_see_forum_inside, sentence=INSIDE_ONLY)
    page = Paginator(events_of(request.reach, forum), 25).get_page(request.GET.get("page"))
    context = {"forum": forum, "page": page, "may_write": rules.can_write_up_forum(request.reach, forum)}
    return render(request, "meetings/event_list.html", context)


@require_http_methods(["GET", "POST"])
def event(request: PortalRequest, pk: int) -> HttpResponse:
    """Read the analysis of one event; write it, where the reader writes up."""
    item = event_item_for(request.reach, pk)
    there = getattr(item, "significant_event", None)
    may_write = rules.can_write_event(request.reach, item)
    context = {"item": item, "forum": item.meeting.forum, "event": there, "may_write": may_write}
    asking = Asking(request, "meetings/event.html", f"meetings:event:{pk}", context)
    if not may_write:
        if request.method == "POST":
            raise PermissionDenied(WHO_WRITES)
        return render(request, "meetings/event.html", context)
    if request.method != "POST":
        return asking.first(EventForm, instance=there)
    form = EventForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    try:
        write_event(by=request.user, item=item, at=timezone.now(), version=form.typed_over(), **form.values(*WORDS))
    except EventChangedMeanwhile as meanwhile:
        return asking.clashed(form, meanwhile.event)
    asking.done()
    messages.success(request, "The analysis is kept. It stays in the cluster.")
    return redirect("meetings:event_list", item.meeting.forum)
