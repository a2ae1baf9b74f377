"""The priority studio of a cluster: its list of topics, the suggested list, and putting a topic forward."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.middleware import PortalRequest
from clusters.models import Cluster
from clusters.selectors import cluster_for
from office.forms import Asking
from qiplans.forms.studio import CandidateForm
from qiplans.models import Candidate
from qiplans.reference.criteria import MOST
from qiplans.reference.suggested import BY_CODE, SUGGESTED
from qiplans.rules import studio as rules
from qiplans.rules.votes import can_open_round
from qiplans.selectors import studio as selectors
from qiplans.selectors import votes
from qiplans.services import studio as services

PER_PAGE, ROUNDS_SHOWN = 20, 6
MEMBERS_ONLY = "What might become a priority is talked about inside the cluster. You read what was chosen in its plan."
INSIDE_ONLY = "Topics are put forward by members of the cluster while it is open."
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
