"""The analysts of a cluster, what is asked of them, and their queue."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.middleware import PortalRequest
from accounts.roles import Role
from clusters.selectors import cluster_for
from office.forms import Asking, asked_within
from office.services import drop_draft
from qiplans.forms.requests import REQUEST_FIELDS, AskAnalystForm, CardForm, JudgeForm, ReplyForm, StepForm
from qiplans.models import AnalystCard, AnalystRequest
from qiplans.rules import requests as rules
from qiplans.selectors.requests import analysts_of, card_of, measures_to_deliver, queue_of, request_for, requests_within
from qiplans.services import ChangedMeanwhile
from qiplans.services.requests import MovedOn, ask_analyst, judge_request, reply_to_analyst, take_step, write_card
from qiplans.tables import QueueTable, RequestTable
from shared.tables import listed

ONLY_INSIDE = "What a cluster asks its analyst is read by the cluster and the analyst."
ONLY_ASKERS = "The analyst is asked by the cluster’s quality leads, deputies and administrator."
ONLY_ANALYSTS = "This is for analysts."
NOT_NOW = "This step is for somebody else, or it is taken already."
FORMS: dict[str, Any] = {"step": StepForm, "reply": ReplyForm, "judge": JudgeForm}


@require_safe
def analysts(request: PortalRequest, slug: str) -> HttpResponse:
    """Who the analysts are, what they can do, and what was asked."""
    cluster = cluster_for(request.reach, slug, may=rules.can_read_requests, sentence=ONLY_INSIDE)
    found = requests_within(request.reach).filter(cluster=cluster)
    context = {
        "cluster": cluster,
        "page": analysts_of(cluster, on=request.reach.day),
        "table": listed(request, RequestTable(found)),
        "may_ask": rules.can_request(request.reach, cluster),
    }
    return render(request, "qiplans/analysts.html", context)


@require_http_methods(["GET", "POST"])
def analyst_ask(request: PortalRequest, slug: str) -> HttpResponse:
    """Ask the analyst a question."""
    cluster = cluster_for(request.reach, slug, may=rules.can_request, sentence=ONLY_ASKERS)
    asking = Asking(request, "qiplans/analyst_ask.html", f"qiplans:analyst_ask:{cluster.pk}", {"cluster": cluster})
    if request.method != "POST":
        return asking.first(AskAnalystForm)
    form = AskAnalystForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    asked = ask_analyst(by=request.user, cluster=cluster, **form.values(*REQUEST_FIELDS, "nonce"))
    asking.done()
    messages.success(request, "The analyst has your question. Each step is shown here and on your home page.")
    return redirect("qiplans:analyst_request", asked.pk)


@require_safe
def analyst_queue(request: PortalRequest) -> HttpResponse:
    """All that an analyst was asked, in every cluster."""
    if Role.ANALYST not in request.reach.roles():
        raise PermissionDenied(ONLY_ANALYSTS)
    card = card_of(request.user)
    table = listed(request, QueueTable(queue_of(request.reach)))
    return render(request, "qiplans/analyst_queue.html", {"table": table, "card": card})


@require_http_methods(["GET", "POST"])
def analyst_card(request: PortalRequest) -> HttpResponse:
    """What an analyst says that they can do."""
    if Role.ANALYST not in request.reach.roles():
        raise PermissionDenied(ONLY_ANALYSTS)
    card = card_of(request.user) or AnalystCard(person=request.user)
    asking = Asking(request, "qiplans/analyst_card.html", f"qiplans:analyst_card:{request.user.pk}", {})
    if request.method != "POST":
        return asking.first(CardForm, instance=card)
    form = CardForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    try:
        write_card(by=request.user, version=form.typed_over(), **form.values("can_do"))
    except ChangedMeanwhile as clash:
        return asking.clashed(form, clash.theirs)
    asking.done()
    messages.success(request, "Your clusters read this on your card.")
    return redirect("qiplans:analyst_queue")


@require_safe
def analyst_request(request: PortalRequest, pk: int) -> HttpResponse:
    """One request with its steps, and the form for whoever is next."""
    return _page(request, request_for(request.reach, pk))


@require_POST
def analyst_step(request: PortalRequest, pk: int) -> HttpResponse:
    """The analyst's step."""
    asked = _allowed(request, pk, rules.is_analyst_of)
    form = StepForm(request.POST, request=asked, measures=measures_to_deliver(request.reach, asked))
    if not form.is_valid():
        return _page(request, asked, step=form)
    try:
        take_step(by=request.user, request=asked, **form.values("to_state", "words", "link", "measure", "read"))
    except MovedOn as moved:
        form.read_now(moved.request)
        return _too_late(request, pk, moved, step=form)
    return _done(request, pk, "step", f"{asked.asked_by} is told.")


@require_POST
def analyst_reply(request: PortalRequest, pk: int) -> HttpResponse:
    """The cluster's answer to what the analyst asked back."""
    asked = _allowed(request, pk, rules.speaks_for_askers)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _page(request, asked, reply=form)
    try:
        reply_to_analyst(by=request.user, request=asked, **form.values("words"))
    except MovedOn as moved:
        return _too_late(request, pk, moved, reply=form)
    return _done(request, pk, "reply", "The analyst has your answer.")


@require_POST
def analyst_useful(request: PortalRequest, pk: int) -> HttpResponse:
    """Whether what came back was useful."""
    asked = _allowed(request, pk, rules.speaks_for_askers)
    form = JudgeForm(request.POST)
    if not form.is_valid():
        return _page(request, asked, judge=form)
    try:
        judge_request(by=request.user, request=asked, **form.values("useful", "note"))
    except MovedOn as moved:
        return _too_late(request, pk, moved, judge=form)
    return _done(request, pk, "judge", "Thank you: the analyst reads it.")


def _allowed(request: PortalRequest, pk: int, may: Any) -> AnalystRequest:
    asked = request_for(request.reach, pk)
    if not may(request.reach, asked):
        raise PermissionDenied(NOT_NOW)
    return asked


def _done(request: PortalRequest, pk: int, form: str, said: str) -> HttpResponse:
    drop_draft(owner=request.user, key=_key(form, pk))
    messages.success(request, said)
    return redirect("qiplans:analyst_request", pk)


def _too_late(request: PortalRequest, pk: int, moved: MovedOn, **late: Any) -> HttpResponse:
    """Somebody was first: show what they wrote, and leave what was typed on the form, or beside it where it is gone."""
    messages.error(request, f"Somebody was first: the request is “{moved.request.get_state_display()}” now.")
    return _page(request, request_for(request.reach, pk), status=409, **late)


def _page(request: PortalRequest, asked: AnalystRequest, *, status: int = 200, **refused: Any) -> HttpResponse:
    """The page, with a form that was refused in the place of its empty one."""
    reach = request.reach
    open_now = {
        "step": rules.can_analyse(reach, asked),
        "reply": rules.can_reply(reach, asked),
        "judge": rules.can_judge(reach, asked),
    }
    context: dict[str, Any] = {
        "asked": asked,
        "steps": asked.steps.select_related("taken_by"),
        **{name: _asked(request, asked, name, refused.get(name)) for name, is_open in open_now.items() if is_open},
        "unsent": [words for name, form in refused.items() if not open_now[name] for words in _typed(form)],
        "has_errors": bool(refused),
    }
    return render(request, "qiplans/analyst_request.html", context, status=status)


def _asked(request: PortalRequest, asked: AnalystRequest, name: str, refused: Any) -> dict[str, Any]:
    """One of the forms of the page, as it starts, as it was kept, or as it was refused."""
    options: dict[str, Any] = {"auto_id": f"id_{name}_%s", "refused": refused}
    if name == "step":
        options |= {"request": asked, "measures": measures_to_deliver(request.reach, asked)}
        options["initial"] = {"read": asked.steps.count()}
    return asked_within(request.user, _key(name, asked.pk), FORMS[name], **options)


def _typed(form: Any) -> list[str]:
    """All that was typed into a form, whether or not it was in order."""
    names = (name for name in ("words", "note", "link") if name in form.fields)
    return [words for name in names if (words := str(form[name].value() or "").strip())]


def _key(form: str, pk: int) -> str:
    return f"qiplans:analyst_{form}:{pk}"
