"""Clusters merge or close: asked, shown, confirmed; what is planned can be withdrawn."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.middleware import PortalRequest
from clusters import selectors
from clusters.forms.ending import CloseForm, EndForm, MergeForm
from clusters.forms.moving import SeenForm, asking_why
from clusters.models import Cluster
from clusters.selectors.moves import MovesEffect
from clusters.selectors.scopes import cluster_in, open_cluster_in
from clusters.services.ending import (
    close_cluster,
    merge_clusters,
    preview_closing,
    preview_merger,
    withdraw_ending,
)
from clusters.services.ending_checks import members_at_end
from shared.dates import in_words


@require_http_methods(["GET", "POST"])
def cluster_merge(request: PortalRequest, slug: str) -> HttpResponse:
    """A cluster, and others with it, goes on as another from a day."""
    scope = selectors.registry_door(request.reach, keep=True)
    cluster = open_cluster_in(scope, slug, on=request.reach.day)
    form = MergeForm(request.POST or None, scope=scope, cluster=cluster, initial={"on": request.reach.day})
    return _ended(request, cluster, form, merge_clusters, preview_merger, "clusters/cluster_merge")


@require_http_methods(["GET", "POST"])
def cluster_close(request: PortalRequest, slug: str) -> HttpResponse:
    """A cluster ends on a day, and each of its practices goes to another or to none."""
    scope = selectors.registry_door(request.reach, keep=True)
    cluster = open_cluster_in(scope, slug, on=request.reach.day)
    practices = [row.practice for row in members_at_end(cluster, request.reach.day)]
    form = CloseForm(
        request.POST or None, scope=scope, cluster=cluster, practices=practices, initial={"on": request.reach.day}
    )
    return _ended(request, cluster, form, close_cluster, preview_closing, "clusters/cluster_close")


def _ended(
    request: PortalRequest,
    cluster: Cluster,
    form: Any,
    end: Callable[..., None],
    preview: Callable[..., MovesEffect],
    name: str,
) -> HttpResponse:
    """First the form, then what it would do, then the end."""
    context = {"cluster": cluster, "form": form}
    if not form.is_valid() or "change" in request.POST:
        return render(request, f"{name}.html", context)
    try:
        facts = form.facts()  # once: a field that is refused later is gone from the form's answers
        if "confirmed" in request.POST:
            end(**facts, seen=SeenForm(request.POST).codes(), by=request.user)
            return _told(request, cluster, form)
    except ValidationError as refused:
        form.add_error(None, refused)
        if set(form.errors) != {"locality_reason"}:
            return render(request, f"{name}.html", context)
    try:
        effect = preview(**facts)
    except ValidationError as refused:
        form.add_error(None, refused)
        return render(request, f"{name}.html", context)
    context |= {"effect": effect, "form": asking_why(form) if effect.straddling else form}
    return render(request, f"{name}_preview.html", context)


def _told(request: PortalRequest, cluster: Cluster, form: EndForm) -> HttpResponse:
    day, into = in_words(form.cleaned_data["on"]), form.cleaned_data.get("into")
    said = f"{cluster} goes on as {into} from {day}." if into else f"{cluster} is closed from {day}."
    messages.success(request, f"{said} What was logged in it stays.")
    return redirect("reporting:cluster", slug=cluster.forum.slug)


@require_POST
def cluster_ending_withdraw(request: PortalRequest, slug: str) -> HttpResponse:
    """Takes back a merger or closing that is planned for a day to come."""
    scope = selectors.registry_door(request.reach, keep=True)
    cluster = cluster_in(scope, slug)
    try:
        withdraw_ending(cluster=cluster, by=request.user)
        messages.success(request, f"{cluster} goes on. Its practices stay, and roles held at it go on.")
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("reporting:cluster", slug=cluster.forum.slug)
