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
from meetings.selectors import asks_in, meeting_for, meetings_of_forum, what_audience_sees, what_reader_sees
from meetings.services import change_sharing, publish_meeting
from meetings.tables import MeetingTable
from shared.dates import in_words
from shared.tables import listed

State = Meeting.State


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
        "may_edit": rules.can_edit(request.reach, held),
        "may_share": rules.can_open_sharing(request.reach, held),
    }
    return render(request, "meetings/meeting.html", context)


@require_http_methods(["GET", "POST"])
def meeting_share(request: PortalRequest, pk: int) -> HttpResponse:
    """Preview what each reader will see; publish, or change later who may read."""
    held = meeting_for(request.reach, pk, may=rules.can_write_up, sentence="Only those who write up publish minutes.")
    meeting_for(
        request.reach,
        pk,
        may=rules.can_open_sharing,
        sentence="Only the Cluster Quality Lead changes who may read them.",
    )
    form = SharingForm(request.POST or None, meeting=held, levels=_levels(request, held), initial=_sharing_of(held))
    if request.method == "POST" and form.is_valid() and request.POST.get("do") != "preview":
        try:
            return _shared(request, held, form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
    return _preview(request, held, form)


def _levels(request: PortalRequest, held: Meeting) -> list[str]:
    return [level for level in ShareLevel.values if rules.can_share_at(request.reach, held, level)]


def _sharing_of(held: Meeting) -> dict[str, Any]:
    kept = [str(i.pk) for i in held.items.all() if i.is_kept_in_cluster]
    return {"share_level": held.share_level, "kept": kept, "version": held.version}


def _shared(request: PortalRequest, held: Meeting, chosen: dict[str, Any]) -> HttpResponse:
    level, kept, now = chosen["share_level"], {int(pk) for pk in chosen["kept"]}, timezone.now()
    day = in_words(held.held_on)
    if held.state == State.PUBLISHED:
        change_sharing(by=request.user, meeting=held, share_level=level, kept_items=kept, at=now)
        messages.success(request, f"The minutes of {day} are now for: {ShareLevel(level).label}.")
    else:
        publish_meeting(
            by=request.user, meeting=held, share_level=level, kept_items=kept, version=chosen["version"], at=now
        )
        above = {"CLUSTER": "", "HSCP": " and the HSCP", "BOARD": ", the HSCP and the health board"}[level]
        messages.success(request, f"Meeting of {day} is published to the cluster{above}.")
    return redirect("meetings:meeting", pk=held.pk)


def _preview(request: PortalRequest, held: Meeting, form: SharingForm) -> HttpResponse:
    level = form["share_level"].value() if form["share_level"].value() in ShareLevel.values else held.share_level
    opens, kept = rules.OPENS_TO[level], form.kept_now
    context = {
        "meeting": held,
        "cluster": held.forum.cluster,
        "form": form,
        "previews": [(a, a in opens, what_audience_sees(held, a, kept_items=kept)) for a in (*Audience,)],
        "always_kept": {i.pk for i in form.items if i.kind in rules.ALWAYS_KEPT},
        "kept": kept,
        "asks": asks_in(held),
        "may_edit": rules.can_edit(request.reach, held),
        "may_lead": rules.can_lead(request.reach, held),
    }
    return render(request, "meetings/meeting_share.html", context)
