"""Votes on topics: opened, cast on phones at the meeting, watched, closed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.middleware import PortalRequest
from clusters.selectors import cluster_for
from office.forms import Asking
from qiplans.forms.votes import ANONYMOUS, DotsForm, RoundForm
from qiplans.models import Round
from qiplans.rules import votes as rules
from qiplans.selectors import votes as selectors
from qiplans.services import votes as services
from qiplans.views.candidates import ONLY_KEEPERS

ONLY_INSIDE = "Members of the cluster vote, while it is open."
ONE_AT_A_TIME = "The cluster votes already. Close that vote before you open another."
CLOSED = "The vote is closed for good."


@require_http_methods(["GET", "POST"])
def round_open(request: PortalRequest, slug: str) -> HttpResponse:
    """Let the cluster vote on some of its open topics."""
    cluster = cluster_for(request.reach, slug, may=rules.can_open_round, sentence=ONLY_KEEPERS)
    options: dict[str, Any] = {"topics": selectors.topics_to_vote_on(cluster)}
    asking = Asking(request, "qiplans/round_open.html", f"qiplans:round_open:{cluster.pk}", {"cluster": cluster})
    if request.method != "POST":
        if now_open := selectors.open_round_of(cluster):
            messages.info(request, ONE_AT_A_TIME)
            return redirect("qiplans:round", now_open.pk)
        return asking.first(RoundForm, **options)
    form = RoundForm(request.POST, **options)
    if not form.is_valid():
        return asking.again(form)
    held = {"is_anonymous": form.cleaned_data["how"] == ANONYMOUS, **form.values("title", "dots", "nonce")}
    try:
        new = services.open_round(by=request.user, cluster=cluster, candidates=form.chosen, at=timezone.now(), **held)
    except services.AnotherIsOpen as another:
        messages.error(request, ONE_AT_A_TIME)
        return redirect("qiplans:round", another.round.pk)
    asking.done()
    messages.success(request, "The vote is open. Everybody in the cluster can place their dots on this page.")
    return redirect("qiplans:round", new.pk)


@require_safe
def round_page(request: PortalRequest, pk: int) -> HttpResponse:
    """One vote: lay dots, and see how it stands."""
    return _page(request, selectors.round_for(request.reach, pk))


@require_safe
def round_tally(request: PortalRequest, pk: int) -> HttpResponse:
    """How it stands, alone: the page asks for it every few seconds while the vote is open. Whoever opens it by its
    address is led to the page.
    """
    of = selectors.round_for(request.reach, pk)
    if "HX-Request" not in request.headers:
        return redirect("qiplans:round", pk)
    return render(request, "qiplans/parts/tally.html", {"tally": selectors.tally_of(of, request.reach)})


@require_POST
def round_vote(request: PortalRequest, pk: int) -> HttpResponse:
    """Lay dots."""
    of = selectors.round_for(request.reach, pk, may=rules.may_vote, sentence=ONLY_INSIDE)
    form = DotsForm(request.POST, of=of, laid={})
    if not form.is_valid():
        return _page(request, of, form)
    try:
        services.cast_vote(by=request.user, of=of, dots=form.dots_by_option())
        messages.success(request, "Your dots are counted.")
    except services.RoundClosed:
        messages.error(request, CLOSED)
    except services.VotedAlready:
        messages.error(request, "You have voted. Nothing says which dots were yours, so none can be taken back.")
    except ValidationError as refused:
        form.add_error(None, refused)
        return _page(request, of, form)
    return redirect("qiplans:round", pk)


@require_http_methods(["GET", "POST"])
def round_close(request: PortalRequest, pk: int) -> HttpResponse:
    """Close a vote for good, once that is confirmed."""
    of = selectors.round_for(request.reach, pk, may=rules.may_close, sentence=ONLY_KEEPERS)
    if request.method == "POST":
        services.close_round(by=request.user, of=of, at=timezone.now())
        messages.success(request, CLOSED)
        return redirect("qiplans:round", pk)
    return render(request, "qiplans/round_close.html", {"round": of, "tally": selectors.tally_of(of, request.reach)})


def _page(request: PortalRequest, of: Round, form: DotsForm | None = None) -> HttpResponse:
    voted = selectors.has_voted(of, request.reach)
    can_vote = of.is_open and rules.may_vote(request.reach, of) and not (voted and of.is_anonymous)
    context = {
        "round": of,
        "tally": selectors.tally_of(of, request.reach),
        "voted": voted,
        "can_close": of.is_open and rules.may_close(request.reach, of),
        "form": (form or DotsForm(of=of, laid=selectors.own_dots(of, request.reach))) if can_vote else None,
        "has_errors": form is not None,
    }
    return render(request, "qiplans/round.html", context)
