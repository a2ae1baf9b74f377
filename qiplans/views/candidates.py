"""One topic of the priority studio: its score, whether it is set aside, and the answer to the HSCP."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.middleware import PortalRequest
from office.forms import Asking, asked_within
from office.services import drop_draft
from qiplans.forms.studio import AnswerForm, AsideForm, CandidateForm, ScoreForm
from qiplans.models import Candidate
from qiplans.reference.criteria import MOST, NAMES
from qiplans.reference.suggested import BY_CODE
from qiplans.rules import studio as rules
from qiplans.selectors import studio as selectors
from qiplans.selectors import votes
from qiplans.selectors.alike import projects_alike
from qiplans.services import ChangedMeanwhile
from qiplans.services import studio as services
from qiplans.views.plans import SENT_BEFORE
from qiplans.views.studio import FIELDS

ONLY_KEEPERS = "Topics are scored, answered and chosen by the Cluster Quality Lead and the cluster’s administrator."
SCORE_STANDS = "The topic is settled: its score stands as it was."
ONLY_OWNERS = "A topic is changed by who put it forward, or by who writes up, while it is open."


@require_safe
def candidate(request: PortalRequest, pk: int) -> HttpResponse:
    """One topic: why, how it was scored, who has done something like it, and what became of it."""
    return _candidate_page(request, selectors.candidate_for(request.reach, pk))


@require_http_methods(["GET", "POST"])
def candidate_change(request: PortalRequest, pk: int) -> HttpResponse:
    """Change what is said of a topic."""
    of = selectors.candidate_for(request.reach, pk, may=rules.can_change_candidate, sentence=ONLY_OWNERS)
    context = {"candidate": of, "clash_title": SENT_BEFORE}
    asking = Asking(request, "qiplans/candidate_change.html", f"qiplans:candidate_change:{pk}", context)
    if request.method != "POST":
        return asking.first(CandidateForm, instance=of, source_fixed=True)
    form = CandidateForm(request.POST, source_fixed=True)
    if not form.is_valid():
        return asking.again(form)
    try:
        services.change_candidate(by=request.user, candidate=of, version=form.typed_over(), **form.values(*FIELDS))
    except ChangedMeanwhile as clash:
        return asking.clashed(form, clash.theirs)
    asking.done()
    messages.success(request, "The topic is saved.")
    return redirect("qiplans:candidate", pk)


@require_http_methods(["GET", "POST"])
def candidate_score(request: PortalRequest, pk: int) -> HttpResponse:
    """Put down the points that the cluster agreed on."""
    of = selectors.candidate_for(request.reach, pk, may=rules.can_keep_candidate, sentence=ONLY_KEEPERS)
    is_open = rules.can_score_candidate(request.reach, of)
    asking = Asking(request, "qiplans/candidate_score.html", f"qiplans:candidate_score:{pk}", {"candidate": of})
    if request.method != "POST" and not is_open:
        messages.error(request, SCORE_STANDS)
        return redirect("qiplans:candidate", pk)
    if request.method != "POST":
        return asking.first(ScoreForm, instance=selectors.score_of(of))
    form = ScoreForm(request.POST)
    if not is_open:
        form.add_error(None, SCORE_STANDS)  # the words stay to be copied
    if not form.is_valid():
        return asking.again(form)
    points = form.values(*NAMES)
    try:
        services.score_candidate(
            by=request.user,
            candidate=of,
            at=timezone.now(),
            points=points,
            version=form.typed_over(),
            note=form.cleaned_data["note"],
        )
    except ChangedMeanwhile as clash:
        return asking.clashed(form, clash.theirs)
    asking.done()
    messages.success(request, "The score is saved.")
    return redirect("qiplans:candidate", pk)


@require_POST
def candidate_aside(request: PortalRequest, pk: int) -> HttpResponse:
    """Not now, with the reason."""
    of = selectors.candidate_for(request.reach, pk, may=rules.can_keep_candidate, sentence=ONLY_KEEPERS)
    form = AsideForm(request.POST)
    if not form.is_valid():
        return _candidate_page(request, of, aside=form)
    words = {"version": form.typed_over(), **form.values("reason")}
    try:
        services.set_aside(by=request.user, candidate=of, at=timezone.now(), **words)
        messages.success(request, "The topic is set aside. It can be put forward again.")
    except services.SettledMeanwhile as settled:  # by the same press a second time, or by somebody else
        if settled.candidate.settled_reason != words["reason"].strip():
            return _settled_first(request, pk, words["reason"])
    except ChangedMeanwhile as clash:
        form.clash_with(clash.theirs)
        return _candidate_page(request, selectors.candidate_for(request.reach, pk), aside=form)
    drop_draft(owner=request.user, key=f"qiplans:candidate_aside:{pk}")
    return redirect("qiplans:candidate", pk)


def _settled_first(request: PortalRequest, pk: int, wrote: str) -> HttpResponse:
    """Somebody was first, so that there is no form any more: say so, and give the words back, once."""
    drop_draft(owner=request.user, key=f"qiplans:candidate_aside:{pk}")
    of = selectors.candidate_for(request.reach, pk)
    messages.error(request, f"Somebody settled it first: {of.get_state_display().lower()}.")
    return _candidate_page(request, of, unsent=[wrote])


@require_POST
def candidate_back(request: PortalRequest, pk: int) -> HttpResponse:
    """Put forward again what was set aside."""
    of = selectors.candidate_for(request.reach, pk, may=rules.can_keep_candidate, sentence=ONLY_KEEPERS)
    try:
        services.bring_back(by=request.user, candidate=of)
        messages.success(request, "The topic is put forward again.")
    except services.SettledMeanwhile:
        messages.error(request, "The topic was chosen: it is a priority of the plan.")
    return redirect("qiplans:candidate", pk)


@require_POST
def candidate_answer(request: PortalRequest, pk: int) -> HttpResponse:
    """Answer the HSCP that asked for it."""
    of = selectors.candidate_for(request.reach, pk, may=rules.can_keep_candidate, sentence=ONLY_KEEPERS)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _candidate_page(request, of, answer=form)
    words = {"version": form.typed_over(), **form.values("answer")}
    try:
        services.answer_request(by=request.user, candidate=of, at=timezone.now(), **words)
        messages.success(request, "The HSCP reads your answer.")
    except ChangedMeanwhile as clash:
        form.clash_with(clash.theirs)
        return _candidate_page(request, selectors.candidate_for(request.reach, pk), answer=form)
    except ValidationError as refused:
        form.add_error(None, refused)
        return _candidate_page(request, of, answer=form)
    drop_draft(owner=request.user, key=f"qiplans:candidate_answer:{pk}")
    return redirect("qiplans:candidate", pk)


def _candidate_page(request: PortalRequest, of: Candidate, **refused: Any) -> HttpResponse:
    """The page, with a form that was refused in the place of its empty one, or `unsent` words."""
    score = selectors.score_of(of)
    can_keep = rules.can_keep_candidate(request.reach, of)
    context = {
        "candidate": of,
        "cluster": of.cluster,
        "score": score,
        "marks": selectors.marks_of(score),
        "most": MOST,
        "only_data": selectors.is_only_where_data_was(of),
        "alike": projects_alike(request.reach, of.title),
        "dots": votes.dots_of(of),
        "suggestion": BY_CODE.get(of.suggestion),
        "can_keep": can_keep,
        "can_score": rules.can_score_candidate(request.reach, of),
        "can_change": rules.can_change_candidate(request.reach, of),
        "has_errors": bool(refused),
        "unsent": refused.get("unsent"),
    }
    if can_keep:
        context |= _forms_within(request, of, refused)
    late = "unsent" in refused or any(getattr(form, "clash", ()) for form in refused.values())
    return render(request, "qiplans/candidate.html", context, status=409 if late else 200)


def _forms_within(request: PortalRequest, of: Candidate, refused: dict[str, Any]) -> dict[str, Any]:
    """The forms that stand on the page of a topic: not now, and the answer to the HSCP."""
    begun = {"aside": (AsideForm, {}), "answer": (AnswerForm, {"answer": of.answer})}
    return {
        name: asked_within(
            request.user,
            f"qiplans:candidate_{name}:{of.pk}",
            form,
            initial={"version": of.version, **initial},
            refused=refused.get(name),
            auto_id=f"id_{name}_%s",
        )
        for name, (form, initial) in begun.items()
    }
