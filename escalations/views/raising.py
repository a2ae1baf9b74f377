"""Raising an escalation."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.middleware import PortalRequest
from clusters.models import Cluster
from clusters.selectors import cluster_for
from escalations import rules
from escalations.forms import RaiseForm
from escalations.models import Escalation
from escalations.selectors import ask_of, hscp_leads_in_words, late_action_of, safety_contacts_of
from escalations.services import SentAlready, raise_escalation
from meetings.models import Action, Ask
from office.selectors import draft_of
from office.services import drop_draft, keep_token

SENTENCE = "Quality leads of the cluster and their deputies raise escalations. Ask one of them to raise it."


@require_http_methods(["GET", "POST"])
def escalation_raise(request: PortalRequest, slug: str) -> HttpResponse:
    """Ask what the matter is, say what this is not for, and raise it."""
    cluster = cluster_for(request.reach, slug, may=rules.can_raise, sentence=SENTENCE)
    ask, action = _ask(request, cluster), _action(request, cluster)
    key = f"escalation:{cluster.pk}:{ask.pk if ask else ''}" + (f":action:{action.pk}" if action else "")
    draft = draft_of(request.user, key) if request.method == "GET" else None
    form = _form(request, cluster, draft.fields if draft else None, ask=ask, action=action)
    if request.method == "POST" and form.is_valid() and (raised := _raised(request, cluster, form)):
        drop_draft(owner=request.user, key=key)
        messages.success(request, f"{raised.reference} is sent. Below: who has it, who can see it, and by when.")
        return redirect("escalations:escalation", raised.reference)
    context = {
        "cluster": cluster,
        "form": form,
        "ask": ask,
        "action": action,
        "draft": draft,
        "keep": keep_token(request.user, key),
        "contacts": safety_contacts_of(cluster.lead_hscp),
        "whom_to_ask": hscp_leads_in_words(cluster, on=request.reach.day),
    }
    status = 409 if form.was_sent_already else 200
    return render(request, "escalations/escalation_raise.html", context, status=status)


def _ask(request: PortalRequest, cluster: Cluster) -> Ask | None:
    pk = request.GET.get("ask", "")
    ask = ask_of(cluster, asked_by=request.user, pk=pk) if pk else None
    if pk and ask is None:
        raise Http404
    return ask


def _action(request: PortalRequest, cluster: Cluster) -> Action | None:
    pk = request.GET.get("action", "")
    action = late_action_of(cluster, reach=request.reach, pk=pk) if pk else None
    if pk and action is None:
        raise Http404
    return action


def _form(request: PortalRequest, cluster: Cluster, kept: dict[str, str] | None, **about: Any) -> RaiseForm:
    if request.method == "POST":
        return RaiseForm(request.POST, cluster=cluster, reach=request.reach, **about)
    if kept:
        return RaiseForm.resumed(kept, cluster=cluster, reach=request.reach, **about)
    return RaiseForm(cluster=cluster, reach=request.reach, **about)


def _raised(request: PortalRequest, cluster: Cluster, form: RaiseForm) -> Escalation | None:
    try:
        return raise_escalation(by=request.user, cluster=cluster, entry=form.entry(), nonce=form.cleaned_data["nonce"])
    except ValidationError as refused:
        form.add_error(None, refused)
        if isinstance(refused, SentAlready):
            form.start_again()
        return None
