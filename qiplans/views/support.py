"""Support asked of the HSCP and its answer, and a person's word on progress."""

from decimal import Decimal

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.middleware import PortalRequest
from office.forms import Asking
from qiplans import selectors
from qiplans.forms.charters import AnswerSupportForm, ProgressForm, SupportForm
from qiplans.rules.charters import answers_support, can_answer_support
from qiplans.selectors.charters import charter_page, support_for
from qiplans.services.support import AlreadyDecided, answer_support, ask_support, confirm_progress
from qiplans.views.projects import kept_project


@require_http_methods(["GET", "POST"])
def support_ask(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask the HSCP for what the project needs."""
    of = kept_project(request, pk)
    asking = Asking(request, "qiplans/support_ask.html", f"qiplans:support_ask:{pk}", {"project": of})
    if request.method != "POST":
        return asking.first(SupportForm)
    form = SupportForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    ask_support(by=request.user, project=of, **form.values("what", "reply_by", "nonce"))
    asking.done()
    messages.success(request, "The HSCP has it on its list. The answer comes back to this page and to your home page.")
    return redirect(f"{reverse('qiplans:project', args=[pk])}#support")


@require_http_methods(["GET", "POST"])
def support(request: PortalRequest, pk: int) -> HttpResponse:
    """What was asked and the answer to it; those who answer for the HSCP decide here."""
    ask = support_for(request.reach, pk)
    may_answer = can_answer_support(request.reach, ask)
    may_open = bool(selectors.opened_among(request.reach, [ask.project_id]))
    context = {"ask": ask, "project": ask.project, "may_answer": may_answer, "may_open": may_open}
    asking = Asking(request, "qiplans/support.html", f"qiplans:support:{pk}", context)
    if request.method != "POST":
        return asking.first(AnswerSupportForm) if may_answer else render(request, "qiplans/support.html", context)
    if not answers_support(request.reach, ask):
        raise PermissionDenied("It is decided by those who answer for the cluster’s HSCP.")
    form = AnswerSupportForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    try:
        answer_support(by=request.user, ask=ask, **form.values("decision", "reasons"))
        messages.success(request, f"{ask.asked_by} is told, with your reasons.")
    except AlreadyDecided as first:
        wrote = form.cleaned_data["reasons"]
        messages.error(request, f"It is decided already, by {first.ask.decided_by}. You had written: “{wrote}”")
    asking.done()
    return redirect("qiplans:support", pk)


@require_http_methods(["GET", "POST"])
def progress_confirm(request: PortalRequest, pk: int) -> HttpResponse:
    """Confirm the progress that the portal proposes, or say otherwise."""
    of = kept_project(request, pk)
    page = charter_page(request.reach, of, selectors.project_page(request.reach, of).charts)
    context = {"project": of, "more": page}
    asking = Asking(request, "qiplans/progress_confirm.html", f"qiplans:progress_confirm:{pk}", context)
    if request.method != "POST":
        return asking.first(ProgressForm, initial={"score": str(page.proposed.score)})
    form = ProgressForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    score = Decimal(form.cleaned_data["score"])
    said = form.values("note", "nonce")
    confirm_progress(by=request.user, project=of, score=score, proposed=page.proposed.score, **said)
    asking.done()
    messages.success(request, "Your word on the progress is on the project’s page, with today’s date.")
    return redirect(f"{reverse('qiplans:project', args=[pk])}#progress")
