"""Ask the HSCP: ask, read, reply, take back."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.middleware import PortalRequest
from clusters.models import Cluster
from clusters.selectors import cluster_for
from meetings import rules
from meetings.forms import NewAskForm, ReplyForm
from meetings.models import Ask
from meetings.selectors import answerers_of, ask_for, days_waited, setting_of
from meetings.services import SettledMeanwhile, ask_hscp, reply_to_ask, withdraw_ask


@require_http_methods(["GET", "POST"])
def ask(request: PortalRequest, pk: int) -> HttpResponse:
    """One question: read it, and reply if it is yours to answer."""
    asked = ask_for(request.reach, pk)
    form = ReplyForm(request.POST or None)
    if request.method == "POST":
        ask_for(request.reach, pk, may=rules.may_answer, sentence="Only the person asked, or a colleague, replies.")
        if form.is_valid():
            return _replied(request, asked, form)
    return _shown(request, asked, form)


def _replied(request: PortalRequest, asked: Ask, form: ReplyForm) -> HttpResponse:
    try:
        reply_to_ask(by=request.user, ask=asked, reply=form.cleaned_data["reply"], at=timezone.now())
    except SettledMeanwhile as meanwhile:
        return _shown(request, meanwhile.ask, form, status=409)
    messages.success(request, f"Your reply is with {asked.asked_by} and the cluster.")
    return redirect("meetings:ask", pk=asked.pk)


def _shown(request: PortalRequest, asked: Ask, form: ReplyForm, status: int = 200) -> HttpResponse:
    may_reply = rules.can_reply(request.reach, asked)
    context = {
        "ask": asked,
        "form": form,
        "may_reply": may_reply,
        "unsent": form["reply"].value() if status == 409 else "",
        "may_withdraw": rules.can_withdraw(request.reach, asked),
        "may_escalate": rules.can_escalate(request.reach, asked),
        "is_inside": asked.forum_id in rules.forums_seen_from(request.reach, rules.Audience.CLUSTER),
        "days": days_waited(asked, on=request.reach.day),
    }
    return render(request, "meetings/ask.html", context, status=status)


@require_POST
def ask_withdraw(request: PortalRequest, pk: int) -> HttpResponse:
    """Take a question back."""
    asked = ask_for(request.reach, pk)
    ask_for(
        request.reach,
        pk,
        may=lambda reach, a: a.asked_by_id == reach.person_id,
        sentence="Only who asked takes it back.",
    )
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
    setting = setting_of(cluster, held_on=day, today=day)
    form = NewAskForm(request.POST or None, setting=setting, asker=request.user.pk, initial={"nonce": uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            return _asked(request, cluster, form)
        except ValidationError as refused:
            form.add_error("to", refused)
    return render(request, "meetings/ask_new.html", {"cluster": cluster, "form": form})


def _asked(request: PortalRequest, cluster: Cluster, form: NewAskForm) -> HttpResponse:
    typed, day = form.cleaned_data, request.reach.day
    to = next(person for person, _ in answerers_of(cluster, on=day) if person.pk == typed["to"])
    sent = ask_hscp(
        by=request.user,
        forum=cluster.forum,
        question=typed["question"],
        to=to,
        reply_by=typed["reply_by"],
        nonce=typed["nonce"],
        at=timezone.now(),
    )
    messages.success(request, f"Your question is with {to.full_name}.")
    return redirect("meetings:ask", pk=sent.pk)
