"""The priority studio of a cluster: topics put forward, the suggested list, scores."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.middleware import PortalRequest
from clusters.models import Cluster
from clusters.selectors import cluster_for
from office.forms import Asking, asked_within
from office.services import drop_draft
from qiplans.forms.studio import AnswerForm, AsideForm, CandidateForm, ScoreForm
from qiplans.models import Candidate
from qiplans.reference.criteria import MOST, NAMES
from qiplans.reference.suggested import BY_CODE, SUGGESTED
from qiplans.rules import studio as rules
from qiplans.rules.votes import can_open_round
from qiplans.selectors import studio as selectors
from qiplans.selectors import votes
from qiplans.selectors.alike import projects_alike
from qiplans.services import ChangedMeanwhile
from qiplans.services import studio as services
from qiplans.views.plans import SENT_BEFORE

PER_PAGE, ROUNDS_SHOWN = 20, 6
MEMBERS_ONLY = "What might become a priority is talked about inside the cluster. You read what was chosen in its plan."
INSIDE_ONLY = "Topics are put forward by members of the cluster while it is open."
ONLY_KEEPERS = "Topics are scored, answered and chosen by the Cluster Quality Lead and the cluster’s administrator."
SCORE_STANDS = "The topic is settled: its score stands as it was."
ONLY_OWNERS = "A topic is changed by who put it forward, or by who writes up, while it is open."
ADD_TO_IT = "Your words are still here: take what is missing to theirs, on the list of topics."
SHOWN = {"": "Open", "chosen": "Chosen", "aside": "Not now"}
FIELDS = ("title", "why", "evidence", "dataset", "link")


@require_safe
def studio(request: PortalRequest, slug: str) -> HttpResponse:
    """The topics of a cluster, in the order that the reader asks for."""
    cluster = cluster_for(request.reach, slug, may=rules.can_read_studio, sentence=MEMBERS_ONLY)
    show, order = request.GET.get("show", ""), request.GET.get("sort", "")
    show, order = show if show in SHOWN else "", order if order in selectors.ORDERS else "new"
    found = selectors.candidates_of(request.reach, cluster, show=show, order=order)
    context = {
        "cluster": cluster,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "show": show,
        "shown": SHOWN.items(),
        "order": order,
        "orders": selectors.ORDERS.items(),
        "most": MOST,
        "box": selectors.topics_to_put_forward(cluster),
        "can_put_forward": rules.can_put_forward(request.reach, cluster),
        "rounds": votes.rounds_within(request.reach).filter(cluster=cluster)[:ROUNDS_SHOWN],
        "can_open_round": can_open_round(request.reach, cluster) and not votes.open_round_of(cluster),
    }
    return render(request, "qiplans/studio.html", context)


@require_safe
def suggested_list(request: PortalRequest, slug: str) -> HttpResponse:
    """Topics worth looking at, each with its source, its reason and its data set."""
    cluster = cluster_for(request.reach, slug, may=rules.can_read_studio, sentence=MEMBERS_ONLY)
    taken = set(cluster.candidates.exclude(suggestion="").values_list("suggestion", flat=True))
    context = {
        "cluster": cluster,
        "suggested": SUGGESTED,
        "taken": taken,
        "can_put_forward": rules.can_put_forward(request.reach, cluster),
    }
    return render(request, "qiplans/suggested_list.html", context)


@require_http_methods(["GET", "POST"])
def candidate_add(request: PortalRequest, slug: str) -> HttpResponse:
    """Put a topic forward: one's own, one of the box (`?topic=`), of the list (`?list=`), or a chart (`?chart=`)."""
    cluster = cluster_for(request.reach, slug, may=rules.can_put_forward, sentence=INSIDE_ONLY)
    start, origin = _begun(request, cluster)
    options: dict[str, Any] = {"source_fixed": bool(origin)}
    key = f"qiplans:candidate_add:{cluster.pk}:{'-'.join(str(v) for v in origin.values())}"
    asking = Asking(request, "qiplans/candidate_add.html", key, {"cluster": cluster, "origin": origin})
    if request.method != "POST":
        return asking.first(CandidateForm, initial=start, **options)
    form = CandidateForm(request.POST, **options)
    if not form.is_valid():
        return asking.again(form)
    words = form.values(*FIELDS) | {"source": form.cleaned_data.get("source", Candidate.Source.MEMBER)} | origin
    nonce = form.cleaned_data["nonce"] or form.fields["nonce"].initial()
    try:
        added = services.put_forward(by=request.user, cluster=cluster, nonce=nonce, at=timezone.now(), **words)
    except services.PutForwardAlready as first:
        form.add_error(None, f"{first.candidate.put_forward_by} put it forward already. {ADD_TO_IT}")
        return asking.again(form)
    asking.done()
    messages.success(request, "The topic is put forward. The cluster scores it and chooses together.")
    return redirect("qiplans:candidate", added.pk)


def _begun(request: PortalRequest, cluster: Cluster) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the form starts with, and where the topic comes from, as the address says."""
    if topic := selectors.topic_of_box(cluster, request.GET.get("topic", "")):
        return {"title": topic.title, "why": topic.why}, {"source": Candidate.Source.TOPIC, "topic": topic}
    if one := BY_CODE.get(request.GET.get("list", "")):
        start = {"title": one.title, "why": one.reason, "evidence": one.evidence, "dataset": one.dataset}
        return start, {"source": Candidate.Source.LIST, "suggestion": one.code}
    chart = request.GET.get("chart", "")[:500]
    return ({"link": chart, "source": Candidate.Source.DATA} if chart else {"source": Candidate.Source.MEMBER}), {}


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
    """Somebody was first, so that there is no form any more: say so, and give the words back."""
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
