"""PDSA cycles of a project: plan, do, study and act, next; and what patients and carers said."""

from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.middleware import PortalRequest
from office.forms import Asking
from qiplans import selectors
from qiplans.forms.feedback import FEEDBACK_WORDS, FeedbackForm
from qiplans.forms.pdsa import CyclePlanForm, CycleReportForm, CycleStudyForm
from qiplans.models import Cycle, Project
from qiplans.rules import OVER
from qiplans.rules import tools as rules
from qiplans.selectors import pdsa as cycles
from qiplans.services import ChangedMeanwhile
from qiplans.services import pdsa as services

QUESTIONS_FIXED = (
    "The cycle was done: its questions and predictions stay as they were. Cancel, and plan a next cycle for new ones."
)


@require_http_methods(["GET", "POST"])
def cycle_add(request: PortalRequest, pk: int) -> HttpResponse:
    """Plan a cycle: the first of a change idea (`?idea=`), or the next after another (`?after=`)."""
    project = _tools_of(request, pk)
    before = cycles.cycle_after(project, request.GET.get("after", ""))
    idea = request.GET.get("idea", "")
    started = cycles.carried_over(before) if before else cycles.begun_from(project, idea)
    context = {"project": project, "before": before}
    # Words kept for one idea are not taken up for another.
    about = before.pk if before else idea and sha256(idea.encode(errors="replace")).hexdigest()[:8]
    asking = Asking(request, "qiplans/cycle_add.html", f"qiplans:cycle_add:{pk}:{about or None}", context)
    options: dict[str, Any] = {"project": project, "is_new": True}
    if request.method != "POST":
        return asking.first(CyclePlanForm, initial=started, **options)
    form = CyclePlanForm(request.POST, **options)
    if not form.is_valid():
        return asking.again(form)
    tested = cycles.tested_by(project, *form.idea())
    planned = services.plan_cycle(
        by=request.user,
        project=project,
        questions=form.questions(),
        nonce=form.cleaned_data["nonce"],
        **tested,
        **form.plan(),
    )
    asking.done()
    messages.success(request, f"Cycle {planned.number} is planned. Write down what you see when it is done.")
    return redirect("qiplans:cycle", planned.pk)


@require_safe
def cycle(request: PortalRequest, pk: int) -> HttpResponse:
    """One cycle, all four parts."""
    of = cycles.cycle_for(request.reach, pk)
    context = {
        "cycle": of,
        "project": of.ramp.project,
        "is_over": of.ramp.project.state in OVER,
        "can_keep": rules.can_keep_cycle(request.reach, of),
        "can_follow": _can_follow(request, of),
    }
    return render(request, "qiplans/cycle.html", context)


@require_http_methods(["GET", "POST"])
def cycle_plan(request: PortalRequest, pk: int) -> HttpResponse:
    """Change the plan of a cycle."""
    of = _kept_cycle(request, pk)
    asking = _asking(request, "cycle_plan", of)
    options: dict[str, Any] = {"project": of.ramp.project, "is_new": False}
    if request.method != "POST":
        return asking.first(CyclePlanForm, instance=of, initial=cycles.as_planned(of), **options)
    form = CyclePlanForm(request.POST, instance=cycles.cycle_for(request.reach, pk), **options)
    if not form.is_valid():
        return asking.again(form)
    try:
        asked = form.questions()
        services.change_cycle_plan(by=request.user, cycle=of, version=form.typed_over(), questions=asked, **form.plan())
    except services.QuestionsFixed:
        form.add_error("question_1", QUESTIONS_FIXED)
        return asking.again(form)
    except ChangedMeanwhile as clash:
        return asking.clashed(form, cycles.with_questions(clash.theirs))
    return _kept(request, asking, of, "The plan is saved.")


@require_http_methods(["GET", "POST"])
def cycle_do(request: PortalRequest, pk: int) -> HttpResponse:
    """Do: write down what was seen."""
    of = _kept_cycle(request, pk)
    asking = _asking(request, "cycle_do", of)
    if request.method != "POST":
        return asking.first(CycleReportForm, instance=of, initial={"was_as_planned": of.was_as_planned})
    form = CycleReportForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    words = form.values("observations", "was_as_planned", "surprises")
    try:
        services.report_cycle(by=request.user, cycle=of, version=form.typed_over(), **words)
    except ChangedMeanwhile as clash:
        return asking.clashed(form, clash.theirs)
    return _kept(request, asking, of, "What you saw is saved. Now lay it beside what you predicted.")


@require_http_methods(["GET", "POST"])
def cycle_study(request: PortalRequest, pk: int) -> HttpResponse:
    """Study and act: the results beside the predictions, and what is decided."""
    of = _kept_cycle(request, pk)
    if of.done_at is None:
        messages.error(request, "Write down what you saw first. Then lay it beside what you predicted.")
        return redirect("qiplans:cycle_do", pk)
    asking = _asking(request, "cycle_study", of)
    options: dict[str, Any] = {"cycle": of}
    if request.method != "POST":
        started = {"decision": of.decision, "has_improved": of.has_improved}
        return asking.first(CycleStudyForm, instance=of, initial=started, **options)
    form = CycleStudyForm(request.POST, **options)
    if not form.is_valid():
        return asking.again(form)
    words = form.values("decision", "learning", "has_improved", "next_step")
    try:
        services.study_cycle(by=request.user, cycle=of, version=form.typed_over(), answers=form.answers(), **words)
    except ChangedMeanwhile as clash:
        return asking.clashed(form, cycles.with_questions(clash.theirs))
    return _kept(request, asking, of, "The result is saved. Plan the next cycle while it is fresh.")


@require_http_methods(["GET", "POST"])
def feedback_add(request: PortalRequest, pk: int) -> HttpResponse:
    """A theme in what patients or carers said."""
    project = _tools_of(request, pk)
    asking = Asking(request, "qiplans/feedback_add.html", f"qiplans:feedback_add:{pk}", {"project": project})
    if request.method != "POST":
        return asking.first(FeedbackForm)
    form = FeedbackForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    services.add_feedback(by=request.user, project=project, **form.values(*FEEDBACK_WORDS, "nonce"))
    asking.done()
    messages.success(request, "The theme stands on the project page.")
    return redirect(f"{reverse('qiplans:project', args=[pk])}#feedback")


@require_http_methods(["GET", "POST"])
def feedback_change(request: PortalRequest, pk: int) -> HttpResponse:
    """Change a theme, or say what was changed because of it."""
    said = cycles.feedback_for(request.reach, pk, may=rules.can_keep_feedback, sentence=rules.WHO_USES_TOOLS)
    context = {"project": said.project}
    asking = Asking(request, "qiplans/feedback_change.html", f"qiplans:feedback_change:{pk}", context)
    if request.method != "POST":
        return asking.first(FeedbackForm, instance=said)
    form = FeedbackForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    try:
        words = form.values(*FEEDBACK_WORDS)
        services.change_feedback(by=request.user, feedback=said, version=form.typed_over(), **words)
    except ChangedMeanwhile as clash:
        return asking.clashed(form, clash.theirs)
    asking.done()
    messages.success(request, "The theme is saved.")
    return redirect(f"{reverse('qiplans:project', args=[said.project_id])}#feedback")


def _tools_of(request: PortalRequest, pk: int) -> Project:
    return selectors.project_for(request.reach, pk, may=rules.can_use_tools, sentence=rules.WHO_USES_TOOLS)


def _kept_cycle(request: PortalRequest, pk: int) -> Cycle:
    return cycles.cycle_for(request.reach, pk, may=rules.can_keep_cycle, sentence=rules.WHO_USES_TOOLS)


def _can_follow(request: PortalRequest, of: Cycle) -> bool:
    """Plan the next one, once this one is studied."""
    return of.studied_at is not None and rules.can_use_tools(request.reach, of.ramp.project)


def _asking(request: PortalRequest, name: str, of: Cycle) -> Asking:
    context = {"cycle": of, "project": of.ramp.project}
    return Asking(request, f"qiplans/{name}.html", f"qiplans:{name}:{of.pk}", context)


def _kept(request: PortalRequest, asking: Asking, of: Cycle, said: str) -> HttpResponse:
    asking.done()
    messages.success(request, said)
    return redirect("qiplans:cycle", of.pk)
