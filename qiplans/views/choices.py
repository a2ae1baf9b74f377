"""Choosing a topic at a meeting, and where people see it differently."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.middleware import PortalRequest
from meetings.selectors.decisions import decisions_taken, meetings_to_decide_at
from office.forms import Asking
from qiplans.forms.choices import ChooseForm, DisagreementForm, OutcomeForm
from qiplans.models import Candidate
from qiplans.rules import can_fill_plan, plan_year_of
from qiplans.rules import studio as rules
from qiplans.selectors import plan_within
from qiplans.selectors import studio as selectors
from qiplans.selectors.disagreements import disagreement_for
from qiplans.services import ChangedMeanwhile
from qiplans.services import choices as services
from qiplans.services.studio import SettledMeanwhile
from qiplans.views.candidates import ONLY_KEEPERS
from qiplans.views.plans import ONLY_WRITERS, path_of

FIELDS = ("reason", "purpose", "orientation", "how_decided", "dissent")


@require_http_methods(["GET", "POST"])
def candidate_choose(request: PortalRequest, pk: int) -> HttpResponse:
    """Put down that a meeting chose a topic: a decision in its minutes, a priority in the plan."""
    of = selectors.candidate_for(request.reach, pk, may=rules.can_keep_candidate, sentence=ONLY_KEEPERS)
    if of.state != Candidate.State.OPEN and not _is_written(request, of):
        messages.error(request, f"The topic is settled already: {of.get_state_display().lower()}.")
        return redirect("qiplans:candidate", pk)
    forum, day = of.cluster.forum, request.reach.day
    meetings, decisions = list(meetings_to_decide_at(forum, on=day)), list(decisions_taken(forum, on=day))
    now = plan_year_of(day)
    years = [(str(year), f"{year}/{(year + 1) % 100:02}") for year in (now, now + 1)]
    context = {
        "candidate": of,
        "has_meetings": bool(meetings or decisions),
        "only_data": selectors.is_only_where_data_was(of),
    }
    options: dict[str, Any] = {
        "meetings": meetings,
        "decisions": decisions,
        "years": years,
        "is_asked": of.source == Candidate.Source.HSCP,
    }
    asking = Asking(request, "qiplans/candidate_choose.html", f"qiplans:candidate_choose:{pk}", context)
    if request.method != "POST":
        return asking.first(ChooseForm, initial={"purpose": of.why, "year": str(now), "version": of.version}, **options)
    form = ChooseForm(request.POST, **options)
    if not form.is_valid():
        return asking.again(form)
    try:
        year = int(form.cleaned_data["year"])
        chosen = services.choose_candidate(
            by=request.user,
            candidate=of,
            year=year,
            at=timezone.now(),
            version=form.typed_over(),
            **form.decided(),
            **form.values(*FIELDS),
        )
    except ChangedMeanwhile as clash:
        return asking.clashed(form, clash.theirs)
    except (SettledMeanwhile, PermissionDenied, ValidationError) as refused:
        form.add_error(None, _said(refused))
        return asking.again(form)
    asking.done()
    messages.success(request, "The topic is a priority of the plan, and the decision stands in the minutes.")
    return redirect(path_of(chosen.plan))


def _is_written(request: PortalRequest, of: Candidate) -> bool:
    """Whether somebody sends words that are not what settled it: they are not thrown away."""
    said = request.POST.get("reason", "").strip()
    return request.method == "POST" and said not in ("", of.settled_reason)


def _said(refused: Exception) -> str:
    if isinstance(refused, ValidationError):
        return str(refused.messages[0])
    return str(refused) if isinstance(refused, PermissionDenied) else "Somebody settled this topic first."


@require_http_methods(["GET", "POST"])
def disagreement_add(request: PortalRequest, pk: int) -> HttpResponse:
    """Keep where people see it differently."""
    of = plan_within(request.reach, pk, may=can_fill_plan, sentence=ONLY_WRITERS)
    asking = Asking(request, "qiplans/disagreement_add.html", f"qiplans:disagreement_add:{pk}", {"plan": of})
    if request.method != "POST":
        return asking.first(DisagreementForm)
    form = DisagreementForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    words = form.values("about", "positions", "decider", "route", "outcome", "nonce")
    services.record_disagreement(by=request.user, plan=of, at=timezone.now(), **words)
    asking.done()
    messages.success(request, "It is kept beside the plan. Nobody above the cluster reads it.")
    return redirect(path_of(of))


@require_http_methods(["GET", "POST"])
def disagreement_settle(request: PortalRequest, pk: int) -> HttpResponse:
    """Say what came of it."""
    of = disagreement_for(request.reach, pk, sentence=ONLY_WRITERS)
    context = {"disagreement": of, "plan": of.plan}
    asking = Asking(request, "qiplans/disagreement_settle.html", f"qiplans:disagreement_settle:{pk}", context)
    if request.method != "POST":
        return asking.first(OutcomeForm, initial={"outcome": of.outcome, "version": of.version})
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    words = {"version": form.typed_over(), **form.values("outcome")}
    try:
        services.settle_disagreement(by=request.user, disagreement=of, at=timezone.now(), **words)
    except ChangedMeanwhile as clash:
        return asking.clashed(form, clash.theirs)
    asking.done()
    messages.success(request, "What came of it stands beside the plan.")
    return redirect(path_of(of.plan))
