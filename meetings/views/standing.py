"""What stands on every agenda of a forum."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.middleware import PortalRequest
from meetings import rules
from meetings.forms.agenda import StandingItemForm
from meetings.selectors import forum_for, meeting_for
from meetings.selectors.agenda import STANDING, mark_of, next_planned, standing_item_for, standing_items_of
from meetings.services import standing as services
from meetings.services.agenda import WHO_WRITES
from office.forms import Asking
from shared.forms import ConfirmForm

INSIDE_ONLY = "The agenda is for those who belong here."


@require_safe
def standing_list(request: PortalRequest, slug: str) -> HttpResponse:
    """What stands on every agenda of the forum."""
    forum = forum_for(request.reach, slug, may=rules.can_see_forum_inside, sentence=INSIDE_ONLY)
    items = standing_items_of(forum)
    context = {
        "forum": forum,
        "items": items,
        "minutes": sum(item.minutes_allowed or 0 for item in items),
        "usual": services.TO_BEGIN_WITH,
        "next": next_planned(forum, on=request.reach.day),
        "may_write": rules.can_write_up_forum(request.reach, forum),
    }
    return render(request, "meetings/standing_list.html", context)


@require_POST
def standing_begin(request: PortalRequest, slug: str) -> HttpResponse:
    """Begin with what is usual."""
    forum = forum_for(request.reach, slug, may=rules.can_write_up_forum, sentence=services.WHO_KEEPS)
    services.begin_standing_items(by=request.user, forum=forum, at=timezone.now())
    messages.success(request, "These stand on every agenda that is planned from now on. Change them as you like.")
    return redirect("meetings:standing_list", forum)


@require_http_methods(["GET", "POST"])
def standing_item_new(request: PortalRequest, slug: str) -> HttpResponse:
    """Let an item stand on every agenda."""
    forum = forum_for(request.reach, slug, may=rules.can_write_up_forum, sentence=services.WHO_KEEPS)
    asking = Asking(request, "meetings/standing_item.html", f"meetings:standing_item_new:{forum.pk}", {"forum": forum})
    if request.method != "POST":
        return asking.first(StandingItemForm)
    form = StandingItemForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    try:
        services.add_standing_item(by=request.user, forum=forum, at=timezone.now(), **form.values(*STANDING))
    except ValidationError as refused:
        form.add_error(None, refused)
        return asking.again(form)
    asking.done()
    messages.success(request, "It stands on every agenda that is planned from now on.")
    return redirect("meetings:standing_list", forum)


@require_http_methods(["GET", "POST"])
def standing_item(request: PortalRequest, pk: int) -> HttpResponse:
    """Change one of them."""
    item = standing_item_for(request.reach, pk, sentence=services.WHO_KEEPS)
    context = {"forum": item.forum, "item": item}
    asking = Asking(request, "meetings/standing_item.html", f"meetings:standing_item:{pk}", context)
    if request.method != "POST":
        return asking.first(StandingItemForm, instance=item, initial={"version": mark_of(item)})
    form = StandingItemForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    try:
        services.change_standing_item(
            by=request.user, item=item, version=form.typed_over(), at=timezone.now(), **form.values(*STANDING)
        )
    except services.StandingChangedMeanwhile as meanwhile:
        return asking.clashed(form, meanwhile.item)
    asking.done()
    messages.success(request, "Changed for every agenda that is planned from now on.")
    return redirect("meetings:standing_list", item.forum)


@require_http_methods(["GET", "POST"])
def standing_item_remove(request: PortalRequest, pk: int) -> HttpResponse:
    """Let it stand on no further agenda."""
    item = standing_item_for(request.reach, pk, sentence=services.WHO_KEEPS)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.remove_standing_item(by=request.user, item=item, at=timezone.now())
        messages.success(request, f"“{item.title}” stands on no agenda that is planned from now on.")
        return redirect("meetings:standing_list", item.forum)
    return render(request, "meetings/standing_item_remove.html", {"item": item, "forum": item.forum, "form": form})


@require_POST
def standing_item_place(request: PortalRequest, pk: int) -> HttpResponse:
    """Move one up or down."""
    item = standing_item_for(request.reach, pk, sentence=services.WHO_KEEPS)
    if request.POST.get("do") in ("up", "down"):
        is_up = request.POST["do"] == "up"
        services.move_standing_item(by=request.user, item=item, is_up=is_up, at=timezone.now())
    return redirect("meetings:standing_list", item.forum)


@require_POST
def agenda_standing(request: PortalRequest, pk: int) -> HttpResponse:
    """Put what stands on every agenda onto this one as well."""
    meeting = meeting_for(request.reach, pk, may=rules.can_write_agenda, sentence=WHO_WRITES)
    added = services.standing_items_onto(meeting, by=request.user, at=timezone.now())
    said = "They stand there already." if not added else f"{added} item{'s' if added > 1 else ''} added at the end."
    messages.success(request, said)
    return redirect("meetings:agenda", pk=pk)
