"""Ask the HSCP: ask, read, reply, take back."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.middleware import PortalRequest
from clusters.selectors import cluster_for
from meetings import rules
from meetings.forms import NewAskForm, ReplyForm
from meetings.models import Ask, Audience
from meetings.selectors import Setting, ask_for, days_waited, setting_of
from meetings.services import SettledMeanwhile, ask_hscp, reply_to_ask, withdraw_ask
from office.forms import Asking

WHO_REPLIES = "Only the person asked, or a colleague in the HSCP, replies."


@require_http_methods(["GET", "POST"])
def ask(request: PortalRequest, pk: int) -> HttpResponse:
    """One question: read it, and reply if it is yours to answer."""
    if request.method != "POST":
        return _asking(request, ask_for(request.reach, pk)).first(ReplyForm)
    asked = ask_for(request.reach, pk, may=rules.may_answer, sentence=WHO_REPLIES)
    asking, form = _asking(request, asked), ReplyForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    try:
        reply_to_ask(by=request.user, ask=asked, reply=form.cleaned_data["reply"], at=timezone.now())
    except SettledMeanwhile as meanwhile:
        context = {**_context(request, meanwhile.ask), "form": form, "unsent": form["reply"].value()}
        return render(request, "meetings/ask.html", context, status=409)
    asking.done()
    messages.success(request, f"Your reply is with {asked.asked_by} and the cluster.")
    return redirect("meetings:ask", pk=asked.pk)


def _asking(request: PortalRequest, asked: Ask) -> Asking:
    return Asking(request, "meetings/ask.html", f"meetings:ask:{asked.pk}", _context(request, asked))


def _context(request: PortalRequest, asked: Ask) -> dict[str, Any]:
    return {
        "ask": asked,
        "may_reply": rules.can_reply(request.reach, asked),
        "may_withdraw": rules.can_withdraw(request.reach, asked),
        "may_tag": rules.can_tag(request.reach, asked),
        "may_escalate": rules.can_escalate(request.reach, asked),
        "is_inside": asked.forum_id in rules.forums_seen_from(request.reach, Audience.CLUSTER),
        "days": days_waited(asked, on=request.reach.day),
    }


@require_POST
def ask_withdraw(request: PortalRequest, pk: int) -> HttpResponse:
    """Take a question back."""
    asked = ask_for(request.reach, pk, may=rules.may_withdraw, sentence="Only who asked takes it back.")
    try:
        withdraw_ask(by=request.user, ask=asked, at=timezone.now())
        messages.success(request, "You took the question back. Nobody needs to reply.")
    except SettledMeanwhile as meanwhile:
        messages.error(request, f"This question is already settled: {meanwhile.ask.get_state_display().lower()}.")
    return redirect("meetings:ask", pk=asked.pk)


@require_http_methods(["GET", "POST"])
def ask_new(request: PortalRequest, slug: str) -> HttpResponse:
    """Ask the HSCP outside a meeting."""
    cluster = cluster_for(
        request.reach,
        slug,
        may=lambda reach, c: rules.can_ask(reach, c.forum),
        sentence="Only quality leads and their deputies ask the HSCP.",
    )
    day = request.reach.day
    setting = setting_of(cluster.forum, held_on=day, today=day)
    options: dict[str, Any] = {"setting": setting, "asker": request.user}
    asking = Asking(request, "meetings/ask_new.html", f"meetings:ask_new:{cluster.forum_id}", {"cluster": cluster})
    if request.method != "POST":
        return asking.first(NewAskForm, initial={"nonce": uuid4()}, **options)
    form = NewAskForm(request.POST, **options)
    if not form.is_valid():
        return asking.again(form)
    try:
        sent = _asked(request, setting, form)
    except ValidationError as refused:
        form.add_error("to", refused)
        return asking.again(form)
    asking.done()
    messages.success(request, f"Your question is with {sent.to.full_name}.")
    return redirect("meetings:ask", pk=sent.pk)


def _asked(request: PortalRequest, setting: Setting, form: NewAskForm) -> Ask:
    typed = form.cleaned_data
    return ask_hscp(
        by=request.user,
        forum=setting.forum,
        question=typed["question"],
        to=next(person for person, _ in setting.above if person.pk == typed["to"]),
        reply_by=typed["reply_by"],
        nonce=typed["nonce"],
        at=timezone.now(),
    )
