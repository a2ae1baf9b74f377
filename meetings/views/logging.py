"""The one-screen minute: a new meeting, and a draft taken up again."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.middleware import PortalRequest
from clusters.models import Forum
from clusters.selectors.forums import ways_on
from meetings import rules
from meetings.forms import MinuteForms, changed_by, held_on_of, marks_of, put_together, resolved
from meetings.models import Audience, Meeting
from meetings.parsing import propose
from meetings.selectors import (
    asker_for,
    entry_of,
    forum_for,
    logged_with,
    meeting_for,
    setting_of,
    what_audience_sees,
    with_rows,
)
from meetings.selectors.coming import next_after, waiting_to_be_logged
from meetings.services import EditedMeanwhile, not_written, save_minute
from office.selectors import draft_of
from office.services import drop_draft, keep_token
from shared.dates import in_words
from shared.forms import as_posted

WHO_LOGS = "Only whoever leads or supports it logs meetings: of a cluster its Quality Lead and its administrator."


@dataclass
class Screen:
    """One showing of the log: whose it is, and what it works on."""

    request: PortalRequest
    forum: Forum
    meeting: Meeting | None = None

    @property
    def key(self) -> str:
        return f"meeting:{self.meeting.pk}" if self.meeting else f"meeting:new:{self.forum.pk}"

    @property
    def path(self) -> str:
        if self.meeting:
            return reverse("meetings:meeting_edit", args=[self.meeting.pk])
        return reverse("meetings:meeting_log", args=[self.forum])

    def forms(self, data: Any = None, **kwargs: Any) -> MinuteForms:
        stored = self.meeting.held_on if self.meeting else self.request.reach.day
        today = self.request.reach.day
        held_on = held_on_of(data, stored)
        setting = setting_of(self.forum, held_on=held_on, today=today)
        asker = asker_for(self.request.user, self.request.reach, self.forum)
        # What was typed before somebody planned a meeting is shown and kept as it was typed.
        is_typed = data is not None and bool(data.get("next_on"))
        following = None if is_typed else next_after(held_on, self.forum, apart_from=self.meeting)
        return MinuteForms(setting, data=data, asker=asker, meeting=self.meeting, next_meeting=following, **kwargs)

    def show(self, forms: MinuteForms, *, status: int = 200, **more: Any) -> HttpResponse:
        context = {
            "screen": self,
            "forum": self.forum,
            "meeting": self.meeting,
            "forms": forms,
            "problems": forms.problems(),
            "keep": keep_token(self.request.user, self.key),
            "planned": [] if self.meeting else waiting_to_be_logged(self.forum, on=self.request.reach.day),
            "ways": ways_on(self.forum, on=self.request.reach.day),
            **more,
        }
        return render(self.request, "meetings/meeting_log.html", context, status=status)


@require_http_methods(["GET", "POST"])
def meeting_log(request: PortalRequest, slug: str) -> HttpResponse:
    """Log a meeting of this forum."""
    screen = Screen(request, forum_for(request.reach, slug, may=rules.can_write_up_forum, sentence=WHO_LOGS))
    return _saved(screen) if request.method == "POST" else _opened(screen)


@require_http_methods(["GET", "POST"])
def meeting_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Go on with a draft."""
    meeting = meeting_for(request.reach, pk, may=rules.can_write_up, sentence=WHO_LOGS)
    screen = Screen(request, meeting.forum, meeting)
    if request.method == "POST":
        # Somebody published while this was being typed: the words stay on the screen, where they can be copied.
        return _saved(screen) if rules.can_edit(request.reach, meeting) else _too_late(screen)
    if not rules.can_edit(request.reach, meeting):
        raise PermissionDenied(not_written(meeting))
    return _opened(screen)


def _opened(screen: Screen) -> HttpResponse:
    draft = draft_of(screen.request.user, screen.key)
    if draft:
        forms = screen.forms(as_posted(draft.fields), is_resumed=True)
        saved = None if screen.meeting else logged_with(forms.nonce, by=screen.request.user, forum=screen.forum)
        if saved is None:
            return screen.show(forms, draft=draft)
        return screen.show(screen.forms(), already=saved)
    meeting = screen.meeting
    if meeting is None:
        return screen.show(screen.forms())
    return screen.show(screen.forms(entry=entry_of(with_rows(meeting)), version=meeting.version))


def _saved(screen: Screen) -> HttpResponse:
    request, button = screen.request, screen.request.POST.get("do", "preview")
    forms = screen.forms(resolved(request.POST), is_complete=button != "later")
    if (shown_again := changed_by(button, request.POST, forms.setting)) is not None:
        return screen.show(screen.forms(shown_again, is_resumed=True))
    try:
        return _kept(screen, forms, button)
    except EditedMeanwhile as conflict:
        return _beside(screen, forms, conflict.meeting, button)


def _kept(screen: Screen, forms: MinuteForms, button: str) -> HttpResponse:
    """Save what was typed and go on; or say what is wrong with it. Raises EditedMeanwhile as `save_minute` does."""
    request, now = screen.request, timezone.now()
    if not forms.is_valid():
        return screen.show(forms)
    try:
        meeting = save_minute(
            by=request.user,
            forum=screen.forum,
            entry=forms.entry(),
            nonce=forms.nonce,
            meeting=screen.meeting,
            version=forms.version,
            at=now,
            reach=request.reach,
        )
    except ValidationError as refused:
        forms.refuse(refused)
        return screen.show(forms)
    drop_draft(owner=request.user, key=screen.key)
    if meeting.saved_at != now and meeting.version != forms.version:  # this very form came before
        messages.info(request, f"Already saved at {timezone.localtime(meeting.saved_at):%H:%M}.")
    return _next(request, meeting, button)


def _next(request: PortalRequest, meeting: Meeting, button: str) -> HttpResponse:
    if button != "later" and rules.can_open_sharing(request.reach, meeting):
        return redirect("meetings:meeting_share", pk=meeting.pk)
    if meeting.state == Meeting.State.DRAFT:
        messages.success(request, f"The draft of {in_words(meeting.held_on)} is kept. Only those who write up see it.")
    return redirect("meetings:meeting", pk=meeting.pk)


def _beside(screen: Screen, forms: MinuteForms, saved: Meeting, button: str) -> HttpResponse:
    """What somebody else saved and what this person typed, put together. What both changed waits for a choice."""
    there = Screen(screen.request, screen.forum, saved)
    if not rules.can_edit(screen.request.reach, saved):
        return _too_late(there, forms)
    stored = entry_of(with_rows(saved))
    both = put_together(forms.entry().settled(), stored, forms.seen)
    carried = {"nonce": str(forms.nonce), "version": str(saved.version), "marks": marks_of(stored)}
    data = as_posted({**both, **carried})
    again = there.forms(data, is_complete=button != "later")
    if forms.seen and not again.clashes:
        try:
            answer = _kept(there, again, button)
        except EditedMeanwhile:
            pass  # somebody was quicker once more: the page below shows how it stood before them, and is asked again
        else:
            if answer.status_code == 302:
                drop_draft(owner=screen.request.user, key=screen.key)
                messages.info(screen.request, f"{saved.saved_by} saved these minutes too. What you both wrote is kept.")
            return answer
    theirs = what_audience_sees(saved, Audience.CLUSTER)
    return there.show(there.forms(data, is_resumed=True), status=409, saved=saved, theirs=theirs)


def _too_late(screen: Screen, forms: MinuteForms | None = None) -> HttpResponse:
    forms = forms or screen.forms(screen.request.POST, is_resumed=True)
    seen = what_audience_sees(screen.meeting, Audience.CLUSTER) if screen.meeting else None
    return screen.show(forms, status=403, saved=screen.meeting, theirs=seen, is_too_late=True)


@require_POST
def action_proposal(request: PortalRequest, slug: str) -> JsonResponse:
    """Who and when an action typed as a sentence seems to mean. Keeps nothing; sent as POST to stay out of logs."""
    forum = forum_for(request.reach, slug, may=rules.can_write_up_forum, sentence=WHO_LOGS)
    day = held_on_of(request.POST, request.reach.day)
    setting = setting_of(forum, held_on=day, today=request.reach.day)
    read = propose(request.POST.get("sentence", "")[:300], candidates=setting.candidates, on=day)
    return JsonResponse(
        {
            "owner": read.owner.key if read.owner else "",
            "owner_name": read.owner.label if read.owner else "",
            "due_on": read.due_on.isoformat() if read.due_on else "",
            "due_in_words": in_words(read.due_on) if read.due_on else "",
        }
    )
