"""How the members of a cluster or a forum have agreed to work."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.middleware import PortalRequest
from clusters import rules
from clusters.forms.forums import WaysForm
from clusters.models import Forum
from clusters.selectors import cluster_for
from clusters.selectors.forums import forum_for, ways_of
from clusters.services.ways_of_working import agree_ways_of_working
from office.forms import Asking

INSIDE = "A cluster’s ways of working are for its members."
WHO_WRITES = "The Cluster Quality Lead or the cluster’s administrator writes down what the members agreed."
WHO_DESCRIBES = "Registry administrators and the lead of its HSCP write down what the members agreed."


@require_safe
def cluster_ways(request: PortalRequest, slug: str) -> HttpResponse:
    """What the members of a cluster have agreed, and had agreed before."""
    cluster = cluster_for(request.reach, slug, may=rules.can_see_inside, sentence=INSIDE)
    may_write = rules.can_write_up(request.reach, cluster)
    return _shown(request, cluster.forum, may_write=may_write, is_cluster=True)


@require_safe
def forum_ways(request: PortalRequest, slug: str) -> HttpResponse:
    """The same for a forum that is no cluster."""
    forum = forum_for(request.reach, slug)
    return _shown(request, forum, may_write=rules.can_describe_forum(request.reach, forum), is_cluster=False)


def _shown(request: PortalRequest, forum: Forum, *, may_write: bool, is_cluster: bool) -> HttpResponse:
    ways = ways_of(forum)
    context: dict[str, Any] = {"forum": forum, "may_write": may_write, "is_cluster": is_cluster}
    context |= {"now": ways[0] if ways else None, "earlier": ways[1:], "today": request.reach.day}
    return render(request, "clusters/ways_of_working.html", context)


@require_http_methods(["GET", "POST"])
def cluster_ways_change(request: PortalRequest, slug: str) -> HttpResponse:
    """Write down what the members of a cluster have agreed; what held before is kept."""
    cluster = cluster_for(request.reach, slug, may=rules.can_write_up, sentence=WHO_WRITES)
    return _asked(request, cluster.forum, "clusters:cluster_ways", is_cluster=True)


@require_http_methods(["GET", "POST"])
def forum_ways_change(request: PortalRequest, slug: str) -> HttpResponse:
    """The same for a forum that is no cluster."""
    forum = forum_for(request.reach, slug, may=rules.can_describe_forum, sentence=WHO_DESCRIBES)
    return _asked(request, forum, "clusters:forum_ways", is_cluster=False)


def _asked(request: PortalRequest, forum: Forum, back: str, *, is_cluster: bool) -> HttpResponse:
    context = {"forum": forum, "is_cluster": is_cluster}
    asking = Asking(request, "clusters/ways_change.html", f"clusters:ways_change:{forum.pk}", context)
    if request.method != "POST":
        last = ways_of(forum)
        return asking.first(WaysForm, initial={"text": last[0].text} if last else None)
    form = WaysForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    facts = form.values("text", "agreed_on", "review_on")
    try:
        agree_ways_of_working(forum=forum, by=request.user, at=timezone.now(), **facts)
    except ValidationError as refused:
        form.add_error(None, refused)
        return asking.again(form)
    asking.done()
    messages.success(request, "What you agreed is written down. It stands at the top of every meeting.")
    return redirect(back, slug=forum.slug)
