"""What each reader will see of minutes, before and after they leave the draft."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.middleware import PortalRequest
from meetings import rules
from meetings.forms import SharingForm
from meetings.models import Audience, Meeting, ShareLevel
from meetings.selectors import ActionSeen, MinutesSeen, actions_for_owners, meeting_for, previews_of
from meetings.services import EditedMeanwhile, change_sharing, circulate_meeting, publish_meeting
from shared.dates import in_words

State = Meeting.State
Panel = tuple[str, Audience, bool, MinutesSeen, list[ActionSeen]]
WHO_SHARES = "Those who write up publish minutes; later only the Cluster Quality Lead changes who may read them."
TO_CORRECT = timedelta(days=7)
CHANGED_MEANWHILE = "Somebody changed this after you opened it. Here it is as it stands now: read it, and choose again."


@require_http_methods(["GET", "POST"])
def meeting_share(request: PortalRequest, pk: int) -> HttpResponse:
    """Preview what each reader will see; publish, or change later who may read."""
    held = meeting_for(request.reach, pk, may=rules.can_open_sharing, sentence=WHO_SHARES)
    if request.method != "POST":
        return _preview(request, held, _sharing(request, held))
    form = _sharing(request, held, request.POST)
    form.is_circulating = request.POST.get("do") == "circulate"
    if form.is_valid() and request.POST.get("do") != "preview":
        try:
            return _shared(request, held, form)
        except EditedMeanwhile as meanwhile:
            return _shown_again(request, meanwhile.meeting)
        except ValidationError as refused:
            form.add_error(None, refused)
    return _preview(request, held, form)


def _sharing(request: PortalRequest, held: Meeting, data: Any = None) -> SharingForm:
    """The form with what was posted, or with what is stored."""
    items, every = list(held.items.all()), rules.levels_of(held.forum)
    levels = {level: words for level, words in every.items() if rules.can_share_at(request.reach, held, level)}
    asks_clusters = not rules.is_cluster(held.forum) and rules.can_lead(request.reach, held)
    stored = {
        "share_level": held.share_level,
        "is_for_clusters": held.is_for_clusters,
        "kept": [str(item.pk) for item in items if item.is_kept_in_cluster],
        "version": held.version,
        "until": _to_correct_until(held, request.reach.day),
    }
    return SharingForm(data, items=items, levels=levels, asks_clusters=asks_clusters, initial=stored)


def _to_correct_until(held: Meeting, today: date) -> date:
    """The day that is proposed: the next meeting, where minutes are agreed; else in a week."""
    return held.next_on if held.next_on and held.next_on > today else today + TO_CORRECT


def _shown_again(request: PortalRequest, held: Meeting) -> HttpResponse:
    """Somebody was quicker: everything as it is now, to be read and chosen again."""
    form = _sharing(request, held)
    form.cleaned_data = {}
    form.add_error(None, CHANGED_MEANWHILE)
    return _preview(request, held, form, status=409)


def _shared(request: PortalRequest, held: Meeting, form: SharingForm) -> HttpResponse:
    level, day = form.cleaned_data["share_level"], in_words(held.held_on)
    if form.is_circulating:
        until = form.cleaned_data["until"]
        circulate_meeting(
            by=request.user,
            meeting=held,
            at=timezone.now(),
            version=form.version_seen,
            until=until,
            kept_items=form.kept_now,
        )
        messages.success(request, f"The minutes of {day} are with the members until {in_words(until)}.")
        return redirect("meetings:meeting", pk=held.pk)
    chosen = {
        "share_level": level,
        "is_for_clusters": form.for_clusters_now,
        "kept_items": form.kept_now,
        "version": form.version_seen,
        "at": timezone.now(),
    }
    readers = rules.readers_in_words(held.forum, level, is_for_clusters=form.for_clusters_now)
    if held.state == State.PUBLISHED:
        change_sharing(by=request.user, meeting=held, **chosen)
        messages.success(request, f"The minutes of {day} are now for: {readers}.")
    else:
        publish_meeting(by=request.user, meeting=held, is_mailed=form.cleaned_data["is_mailed"], **chosen)
        above = {"CLUSTER": "", "HSCP": " and the HSCP", "BOARD": ", the HSCP and the health board"}[level]
        to = (
            f"published to the cluster{above}"
            if rules.is_cluster(held.forum)
            else f"published. Who reads it: {readers}"
        )
        messages.success(request, f"Meeting of {day} is {to}.")
    return redirect("meetings:meeting", pk=held.pk)


def _panels(held: Meeting, opens: Collection[Audience], seen: dict[Audience, MinutesSeen]) -> list[Panel]:
    """For each audience: in words, whether the minutes open to it, as what, and what only owners of actions see."""
    own = actions_for_owners(held, {audience: minutes for audience, minutes in seen.items() if audience in opens})
    return [
        (rules.audience_in_words(held.forum, audience), audience, audience in opens, minutes, own[audience])
        for audience, minutes in seen.items()
    ]


def _preview(request: PortalRequest, held: Meeting, form: SharingForm, status: int = 200) -> HttpResponse:
    level = form["share_level"].value() if form["share_level"].value() in ShareLevel.values else held.share_level
    kept = form.kept_now
    seen = previews_of(held, kept_items=kept)
    context = {
        "meeting": held,
        "forum": held.forum,
        "form": form,
        "previews": _panels(held, rules.opens_to(level, is_for_clusters=form.for_clusters_now), seen),
        "always_kept": {item.pk for item in form.items if item.kind in rules.ALWAYS_KEPT},
        "kept": kept,
        "asks": [ask for item in seen[Audience.CLUSTER].items for ask in item.asks],
        "to_check": [a for item in seen[Audience.CLUSTER].items for a in item.actions] if not held.published_at else [],
        "may_edit": rules.can_edit(request.reach, held),
        "who_shares": "" if rules.can_lead(request.reach, held) else rules.who_shares(held.forum),
        "may_circulate": rules.can_move(held, State.CIRCULATED),
    }
    return render(request, "meetings/meeting_share.html", context, status=status)
