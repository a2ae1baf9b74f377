"""What an HSCP asks its clusters to think about, and what they answered."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.middleware import PortalRequest
from clusters.selectors.forums import hscp_for
from office.forms import Asking
from qiplans.forms.studio import AskForTopicForm
from qiplans.rules import studio as rules
from qiplans.selectors import studio as selectors
from qiplans.services import studio as services

PER_PAGE = 20
ONLY_LEADS = "The HSCP lead asks clusters to think about a topic, and reads their answers."


@require_safe
def asked_topics(request: PortalRequest, code: str) -> HttpResponse:
    """Everything that was asked, and the answers."""
    hscp = hscp_for(request.reach, code, may=rules.can_ask_for_topics, sentence=ONLY_LEADS)
    page = Paginator(selectors.asked_by_hscp(hscp), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "qiplans/asked_topics.html", {"hscp": hscp, "page": page})


@require_http_methods(["GET", "POST"])
def asked_topic_add(request: PortalRequest, code: str) -> HttpResponse:
    """Ask clusters to think about a topic."""
    hscp = hscp_for(request.reach, code, may=rules.can_ask_for_topics, sentence=ONLY_LEADS)
    options: dict[str, Any] = {"clusters": selectors.clusters_to_ask(hscp, request.reach)}
    asking = Asking(request, "qiplans/asked_topic_add.html", f"qiplans:asked_topic_add:{hscp.pk}", {"hscp": hscp})
    if request.method != "POST":
        return asking.first(AskForTopicForm, **options)
    form = AskForTopicForm(request.POST, **options)
    if not form.is_valid():
        return asking.again(form)
    words = form.values("title", "why", "evidence", "answer_by", "nonce")
    try:
        asked = services.ask_for_topic(by=request.user, hscp=hscp, clusters=form.chosen, at=timezone.now(), **words)
    except ValidationError as refused:
        form.add_error("clusters", refused)
        return asking.again(form)
    asking.done()
    messages.success(request, f"{len(asked)} cluster{'s' if len(asked) != 1 else ''} will answer you.")
    return redirect("qiplans:asked_topics", code)
