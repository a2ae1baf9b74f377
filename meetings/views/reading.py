"""The cluster's meetings, one meeting, and who may read it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.middleware import PortalRequest
from clusters.selectors import cluster_for
from meetings import rules
from meetings.forms import SharingForm
from meetings.models import Audience, Meeting, ShareLevel
from meetings.selectors import (
    ActionSeen,
    MinutesSeen,
    actions_for_owners,
    meeting_for,
    meetings_of_forum,
    open_asks_of,
    previews_of,
    what_reader_sees,
)
from meetings.services import EditedMeanwhile, change_sharing, publish_meeting
from meetings.tables import MeetingTable
from shared.dates import in_words
from shared.tables import listed

State = Meeting.State
Panel = tuple[Audience, bool, MinutesSeen, list[ActionSeen]]
WHO_SHARES = "Those who write up publish minutes; later only the Cluster Quality Lead changes who may read them."
CHANGED_MEANWHILE = "Somebody changed this after you opened it. Here it is as it stands now: read it, and choose again."


@require_safe
def meeting_list(request: PortalRequest, slug: str) -> HttpResponse:
    """The meetings of a cluster: from inside all of them, from above those that were shared."""
    cluster = cluster_for(
        request.reach,
        slug,
        may=rules.can_read_meetings,
        sentence="Minutes are for the cluster and those it shares with.",
    )
    forum = cluster.forum
    context = {
        "cluster": cluster,
        "table": listed(request, MeetingTable(meetings_of_forum(request.reach, forum))),
        "is_inside": forum.pk in rules.forums_seen_from(request.reach, Audience.CLUSTER),
        "may_log": rules.can_write_up_forum(request.reach, forum),
    }
    return render(request, "meetings/meeting_list.html", context)


@require_safe
def meeting(request: PortalRequest, pk: int) -> HttpResponse:
    """One meeting, as far as this reader may read it."""
    held = meeting_for(request.reach, pk)
    context = {
        "meeting": held,
        "cluster": held.forum.cluster,
        "seen": what_reader_sees(held, request.reach),
        "open_asks": open_asks_of(request.reach, held),
        "may_edit": rules.can_edit(request.reach, held),
        "may_share": rules.can_open_sharing(request.reach, held),
    }
    return render(request, "meetings/meeting.html", context)


@require_http_methods(["GET", "POST"])
def meeting_share(request: PortalRequest, pk: int) -> HttpResponse:
    """Preview what each reader will see; publish, or change later who may read."""
    held = meeting_for(request.reach, pk, may=rules.can_open_sharing, sentence=WHO_SHARES)
    if request.method != "POST":
        return _preview(request, held, _sharing(request, held))
    form = _sharing(request, held, request.POST)
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
    items, levels = list(held.items.all()), [v for v in ShareLevel.values if rules.can_share_at(request.reach, held, v)]
    kept = [str(item.pk) for item in items if item.is_kept_in_cluster]
    stored = {"share_level": held.share_level, "kept": kept, "version": held.version}
    return SharingForm(data, items=items, levels=levels, initial=stored)


def _shown_again(request: PortalRequest, held: Meeting) -> HttpResponse:
    """Somebody was quicker: everything as it is now, to be read and chosen again."""
    form = _sharing(request, held)
    form.cleaned_data = {}
    form.add_error(None, CHANGED_MEANWHILE)
    return _preview(request, held, form, status=409)


def _shared(request: PortalRequest, held: Meeting, form: SharingForm) -> HttpResponse:
    level, day = form.cleaned_data["share_level"], in_words(held.held_on)
    save = change_sharing if held.state == State.PUBLISHED else publish_meeting
    save(
        by=request.user,
        meeting=held,
        share_level=level,
        kept_items=form.kept_now,
        version=form.version_seen,
        at=timezone.now(),
    )
    if held.state == State.PUBLISHED:
        messages.success(request, f"The minutes of {day} are now for: {ShareLevel(level).label}.")
    else:
        above = {"CLUSTER": "", "HSCP": " and the HSCP", "BOARD": ", the HSCP and the health board"}[level]
        messages.success(request, f"Meeting of {day} is published to the cluster{above}.")
    return redirect("meetings:meeting", pk=held.pk)


def _panels(held: Meeting, level: str, seen: dict[Audience, MinutesSeen]) -> list[Panel]:
    """For each audience: whether the minutes open to it, as what, and the actions that only their owners see."""
    opens = rules.OPENS_TO[level]
    own = actions_for_owners(held, {audience: minutes for audience, minutes in seen.items() if audience in opens})
    return [(audience, audience in opens, seen[audience], own[audience]) for audience in seen]


def _preview(request: PortalRequest, held: Meeting, form: SharingForm, status: int = 200) -> HttpResponse:
    level = form["share_level"].value() if form["share_level"].value() in ShareLevel.values else held.share_level
    kept = form.kept_now
    seen = previews_of(held, kept_items=kept)
    context = {
        "meeting": held,
        "cluster": held.forum.cluster,
        "form": form,
        "previews": _panels(held, level, seen),
        "always_kept": {item.pk for item in form.items if item.kind in rules.ALWAYS_KEPT},
        "kept": kept,
        "asks": [ask for item in seen[Audience.CLUSTER].items for ask in item.asks],
        "may_edit": rules.can_edit(request.reach, held),
        "may_lead": rules.can_lead(request.reach, held),
    }
    return render(request, "meetings/meeting_share.html", context, status=status)
