"""After the draft: corrections and their answers, words put right, agreeing, and notes to what is agreed."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.middleware import PortalRequest
from meetings import rules
from meetings.forms import MinuteForms, changed_by
from meetings.forms.corrections import AmendmentForm, AnswerForm, CorrectionForm, ItemWordsForm
from meetings.models import Audience, Correction, Meeting
from meetings.selectors import entry_of, meeting_for, setting_of, what_audience_sees, with_rows
from meetings.selectors.corrections import correction_for, corrections_of, item_to_correct
from meetings.services import (
    EditedMeanwhile,
    add_amendment,
    agree_meeting,
    answer_correction,
    correct_item,
    correct_meeting,
    propose_correction,
)
from meetings.services.corrections import NOT_CIRCULATED, WHO_SETTLES, AnsweredMeanwhile
from office.forms import Asking
from shared.dates import in_words
from shared.forms import ConfirmForm

BOTH_STAND = "As it was saved, and what you chose, stand below: save again if yours is right."
WHO_AMENDS = "Whoever writes up adds notes, once the minutes are agreed or published."


@require_http_methods(["GET", "POST"])
def correction_new(request: PortalRequest, pk: int) -> HttpResponse:
    """Propose a correction to circulated minutes."""
    meeting = meeting_for(request.reach, pk, may=rules.can_correct, sentence=NOT_CIRCULATED)
    asking, items = _asking(request, "correction_new", meeting), list(meeting.items.all())
    if request.method != "POST":
        return asking.first(CorrectionForm, initial={"nonce": uuid4()}, items=items)
    form = CorrectionForm(request.POST, items=items)
    if not form.is_valid():
        return asking.again(form)
    propose_correction(
        by=request.user,
        meeting=meeting,
        item=form.about(items),
        at=timezone.now(),
        **form.values("text", "nonce"),
    )
    asking.done()
    messages.success(request, "Your correction is with those who write up. The answer stands below the minutes.")
    return redirect("meetings:meeting", pk=meeting.pk)


@require_http_methods(["GET", "POST"])
def correction_answer(request: PortalRequest, pk: int) -> HttpResponse:
    """Say what becomes of a correction."""
    correction = correction_for(request.reach, pk, sentence=WHO_SETTLES)
    meeting = correction.meeting
    asking = _asking(request, "correction_answer", meeting, f":{pk}", correction=correction)
    if request.method != "POST":
        return asking.first(AnswerForm)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    try:
        answered = answer_correction(
            by=request.user, correction=correction, at=timezone.now(), **form.values("state", "answer")
        )
    except AnsweredMeanwhile as meanwhile:
        form.add_error(None, f"{meanwhile.correction.answered_by} has answered this: {meanwhile.correction.answer}")
        return asking.again(form)
    asking.done()
    messages.success(request, f"{answered.proposed_by.full_name} reads your answer below the minutes.")
    return redirect("meetings:meeting", pk=meeting.pk)


@require_http_methods(["GET", "POST"])
def item_correct(request: PortalRequest, pk: int) -> HttpResponse:
    """Put the words of one item of circulated minutes right."""
    item = item_to_correct(request.reach, pk, sentence=WHO_SETTLES)
    meeting = item.meeting
    asking = _asking(request, "item_correct", meeting, f":{pk}", item=item)
    if request.method != "POST":
        words = {name: getattr(item, name) for name in ("title", "discussion", "decision", "decision_reason")}
        return asking.first(ItemWordsForm, initial={**words, "version": meeting.version})
    form = ItemWordsForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    words = form.values("title", "discussion", "decision", "decision_reason")
    try:
        correct_item(by=request.user, item=item, version=form.typed_over(), at=timezone.now(), **words)
    except EditedMeanwhile as meanwhile:
        item.refresh_from_db()
        item.version = meanwhile.meeting.version  # type: ignore[attr-defined]
        return asking.clashed(form, item)
    asking.done()
    proposed = corrections_of(request.reach, meeting).filter(state=Correction.State.OPEN, item=item).first()
    if proposed:  # whoever asked for it waits for an answer: it is the next thing to do
        messages.success(request, f"“{words['title']}” is put right. Answer {proposed.proposed_by} now.")
        return redirect("meetings:correction_answer", pk=proposed.pk)
    messages.success(request, f"“{words['title']}” is put right.")
    return redirect("meetings:meeting", pk=meeting.pk)


@require_http_methods(["GET", "POST"])
def meeting_correct(request: PortalRequest, pk: int) -> HttpResponse:
    """Put right in circulated minutes who was there, how it was held, and when the next meeting is."""
    meeting = meeting_for(request.reach, pk, may=rules.can_settle, sentence=WHO_SETTLES)
    setting = setting_of(meeting.forum, held_on=meeting.held_on, today=request.reach.day)
    if request.method != "POST":
        stored = replace(entry_of(with_rows(meeting)), items=())
        return _facts(request, meeting, MinuteForms(setting, entry=stored, version=meeting.version))
    typed = request.POST.copy()
    typed["held_on"] = meeting.held_on.isoformat()
    if (shown_again := changed_by(typed.get("do", ""), typed, setting)) is not None:
        return _facts(request, meeting, MinuteForms(setting, data=shown_again, is_resumed=True))
    forms = MinuteForms(setting, data=typed)
    if not forms.is_valid():
        return _facts(request, meeting, forms)
    now = timezone.now()
    try:
        correct_meeting(by=request.user, meeting=meeting, entry=forms.entry(), version=forms.version, at=now)
    except EditedMeanwhile as meanwhile:
        forms.version = meanwhile.meeting.version
        forms.refuse(ValidationError(f"{meanwhile.meeting.saved_by} changed the minutes meanwhile. {BOTH_STAND}"))
        return _facts(request, meanwhile.meeting, forms, status=409)
    messages.success(request, "It is put right. The members read it as it is now.")
    return redirect("meetings:meeting", pk=meeting.pk)


def _facts(request: PortalRequest, meeting: Meeting, forms: MinuteForms, *, status: int = 200) -> HttpResponse:
    context = {"meeting": meeting, "forum": meeting.forum, "forms": forms, "problems": forms.problems()}
    if status == 409:
        context["theirs"] = what_audience_sees(meeting, Audience.CLUSTER)
    return render(request, "meetings/meeting_correct.html", context, status=status)


@require_http_methods(["GET", "POST"])
def meeting_agree(request: PortalRequest, pk: int) -> HttpResponse:
    """Say that the members agreed the minutes; after this they don't change."""
    meeting = meeting_for(request.reach, pk, may=rules.can_settle, sentence=WHO_SETTLES)
    form, status = ConfirmForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST" and form.is_valid():
        version = request.POST.get("version", "")
        try:
            seen = int(version) if version.isascii() and version.isdigit() and len(version) < 7 else 0
            agree_meeting(by=request.user, meeting=meeting, at=timezone.now(), version=seen)
        except ValidationError as refused:
            form.add_error(None, refused)
        except EditedMeanwhile as meanwhile:
            meeting, status = meanwhile.meeting, 409
            form.add_error(None, "Somebody changed the minutes after you opened this page. Read them again first.")
        else:
            messages.success(request, f"The minutes of {in_words(meeting.held_on)} are agreed: they don’t change.")
            return redirect("meetings:meeting", pk=meeting.pk)
    waiting = corrections_of(request.reach, meeting).filter(state=Correction.State.OPEN)
    context = {"meeting": meeting, "forum": meeting.forum, "form": form, "waiting": waiting}
    return render(request, "meetings/meeting_agree.html", context, status=status)


@require_http_methods(["GET", "POST"])
def amendment_new(request: PortalRequest, pk: int) -> HttpResponse:
    """Add a dated note to minutes that don't change any more."""
    meeting = meeting_for(request.reach, pk, may=rules.can_amend, sentence=WHO_AMENDS)
    asking, items = _asking(request, "amendment_new", meeting), list(meeting.items.all())
    if request.method != "POST":
        return asking.first(AmendmentForm, initial={"nonce": uuid4()}, items=items)
    form = AmendmentForm(request.POST, items=items)
    if not form.is_valid():
        return asking.again(form)
    add_amendment(
        by=request.user,
        meeting=meeting,
        item=form.about(items),
        at=timezone.now(),
        **form.values("text", "nonce", "is_kept"),
    )
    asking.done()
    messages.success(request, "The note is added, with today’s date.")
    return redirect("meetings:meeting", pk=meeting.pk)


def _asking(request: PortalRequest, name: str, meeting: Meeting, of: str = "", **more: Any) -> Asking:
    context = {"meeting": meeting, "forum": meeting.forum, **more}
    return Asking(request, f"meetings/{name}.html", f"meetings:{name}:{meeting.pk}{of}", context)
