"""The one-screen minute: a new meeting, and a draft taken up again."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.middleware import PortalRequest
from clusters.models import Cluster
from clusters.rules import can_write_up
from clusters.selectors import cluster_for
from meetings import rules
from meetings.forms import MinuteForms, changed_by, held_on_of
from meetings.models import Audience, Meeting
from meetings.parsing import propose
from meetings.selectors import asker_for, entry_of, is_logged, meeting_for, setting_of, what_audience_sees
from meetings.services import EditedMeanwhile, save_minute
from office.selectors import draft_of
from office.services import drop_draft, keep_token
from shared.dates import in_words
from shared.forms import as_posted

WHO_LOGS = "Only the Cluster Quality Lead or the cluster’s administrator logs meetings."
FINISHED = "These minutes are published and don’t change."


@dataclass
class Screen:
    """One showing of the log: whose it is, and what it works on."""

    request: PortalRequest
    cluster: Cluster
    meeting: Meeting | None = None

    @property
    def key(self) -> str:
        return f"meeting:{self.meeting.pk}" if self.meeting else f"meeting:new:{self.cluster.forum_id}"

    @property
    def path(self) -> str:
        if self.meeting:
            return reverse("meetings:meeting_edit", args=[self.meeting.pk])
        return reverse("meetings:meeting_log", args=[self.cluster.forum.slug])

    def forms(self, data: Any = None, **kwargs: Any) -> MinuteForms:
        stored = self.meeting.held_on if self.meeting else self.request.reach.day
        today = self.request.reach.day
        setting = setting_of(self.cluster, held_on=held_on_of(data, stored), today=today)
        asker = asker_for(self.request.user, self.request.reach, self.cluster.forum)
        return MinuteForms(setting, data=data, asker=asker, **kwargs)

    def show(self, forms: MinuteForms, *, status: int = 200, **more: Any) -> HttpResponse:
        context = {
            "screen": self,
            "cluster": self.cluster,
            "meeting": self.meeting,
            "forms": forms,
            "problems": forms.problems(),
            "keep": keep_token(self.request.user, self.key),
            **more,
        }
        return render(self.request, "meetings/meeting_log.html", context, status=status)


@require_http_methods(["GET", "POST"])
def meeting_log(request: PortalRequest, slug: str) -> HttpResponse:
    """Log a meeting of this cluster."""
    cluster = cluster_for(request.reach, slug, may=can_write_up, sentence=WHO_LOGS)
    screen = Screen(request, cluster)
    return _saved(screen) if request.method == "POST" else _opened(screen)


@require_http_methods(["GET", "POST"])
def meeting_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Go on with a draft."""
    if request.method == "POST":
        meeting = meeting_for(request.reach, pk, may=rules.can_write_up, sentence=WHO_LOGS)
        screen = Screen(request, meeting.forum.cluster, meeting)
        # Somebody published while this was being typed: the words stay on the screen, where they can be copied.
        return _saved(screen) if rules.can_edit(request.reach, meeting) else _too_late(screen)
    meeting = meeting_for(request.reach, pk, may=rules.can_write_up, sentence=WHO_LOGS)
    meeting_for(request.reach, pk, may=rules.can_edit, sentence=FINISHED)
    return _opened(Screen(request, meeting.forum.cluster, meeting))


def _opened(screen: Screen) -> HttpResponse:
    draft = draft_of(screen.request.user, screen.key)
    if draft:
        forms = screen.forms(as_posted(draft.fields), is_resumed=True)
        if screen.meeting or not is_logged(forms.nonce, by=screen.request.user, forum=screen.cluster.forum):
            return screen.show(forms, draft=draft)
    meeting = screen.meeting
    if meeting is None:
        return screen.show(screen.forms())
    return screen.show(screen.forms(entry=entry_of(meeting), version=meeting.version))


def _saved(screen: Screen) -> HttpResponse:
    request, button = screen.request, screen.request.POST.get("do", "preview")
    forms = screen.forms(request.POST, is_complete=button != "later")
    if (shown_again := changed_by(button, request.POST, forms.setting)) is not None:
        return screen.show(screen.forms(shown_again, is_resumed=True))
    if not forms.is_valid():
        return screen.show(forms)
    try:
        meeting = save_minute(
            by=request.user,
            forum=screen.cluster.forum,
            entry=forms.entry(),
            nonce=forms.nonce,
            meeting=screen.meeting,
            version=forms.version,
            at=timezone.now(),
        )
    except EditedMeanwhile as conflict:
        return _beside(screen, forms, conflict.meeting)
    except ValidationError as refused:
        forms.refuse(refused)
        return screen.show(forms)
    drop_draft(owner=request.user, key=screen.key)
    return _next(request, meeting, button)


def _next(request: PortalRequest, meeting: Meeting, button: str) -> HttpResponse:
    if button != "later" and rules.can_open_sharing(request.reach, meeting):
        return redirect("meetings:meeting_share", pk=meeting.pk)
    if meeting.state == Meeting.State.DRAFT:
        messages.success(request, f"The draft of {in_words(meeting.held_on)} is kept. Only those who write up see it.")
    return redirect("meetings:meeting", pk=meeting.pk)


def _beside(screen: Screen, forms: MinuteForms, saved: Meeting) -> HttpResponse:
    """What somebody else saved, beside what this person typed. Saving again puts the latter in its place."""
    if saved.state != Meeting.State.DRAFT:
        return _too_late(Screen(screen.request, screen.cluster, saved), forms)
    forms.version = saved.version
    theirs = what_audience_sees(saved, Audience.CLUSTER)
    return Screen(screen.request, screen.cluster, saved).show(forms, status=409, saved=saved, theirs=theirs)


def _too_late(screen: Screen, forms: MinuteForms | None = None) -> HttpResponse:
    forms = forms or screen.forms(screen.request.POST, is_resumed=True)
    seen = what_audience_sees(screen.meeting, Audience.CLUSTER) if screen.meeting else None
    return screen.show(forms, status=403, saved=screen.meeting, theirs=seen, is_too_late=True)


@require_POST
def action_proposal(request: PortalRequest, slug: str) -> JsonResponse:
    """Who and when an action typed as a sentence seems to mean. Keeps nothing; sent as POST to stay out of logs."""
    cluster = cluster_for(request.reach, slug, may=can_write_up, sentence=WHO_LOGS)
    day = held_on_of(request.POST, request.reach.day)
    setting = setting_of(cluster, held_on=day, today=request.reach.day)
    read = propose(request.POST.get("sentence", "")[:300], candidates=setting.candidates, on=day)
    return JsonResponse(
        {
            "owner": read.owner.key if read.owner else "",
            "owner_name": read.owner.label if read.owner else "",
            "due_on": read.due_on.isoformat() if read.due_on else "",
            "due_in_words": in_words(read.due_on) if read.due_on else "",
        }
    )
