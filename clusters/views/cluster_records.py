"""About one cluster: what the registry knows of it, and what its leads note."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.middleware import PortalRequest
from clusters import rules, services
from clusters.forms.cluster_records import DescribeForm, DevelopmentForm, FreedTimeForm
from clusters.forms.forums import ClusterTermsForm
from clusters.models import Cluster
from clusters.selectors import cluster_for
from clusters.selectors.records import record_of
from clusters.selectors.sizes import size_band
from clusters.services.forums import DescribedMeanwhile, describe_forum
from clusters.services.records import note_development, note_freed_time
from office.forms import Asking

WHO_DESCRIBES = "Its Cluster Quality Leads and registry administrators say what a cluster is for and when it meets."
WHO_SUPPORTS = "The leads of its HSCP and registry administrators note stage and support."
WHO_FREES = "Its Cluster Quality Leads and the leads of its HSCP note how much time was freed."


@require_safe
def cluster_about(request: PortalRequest, slug: str) -> HttpResponse:
    """The record of a cluster, for everybody who may open its page."""
    cluster = cluster_for(request.reach, slug)
    day = request.reach.day
    is_open = cluster.closed_on is None or cluster.closed_on > day
    context = {
        "cluster": cluster,
        "record": record_of(cluster, on=day),
        "band": size_band(),
        "is_open": is_open,
        "is_review_due": is_open and cluster.forum.is_review_due(day),
        "can_keep": rules.can_keep_cluster(request.reach, cluster),
        "can_describe": is_open and rules.can_describe(request.reach, cluster),
        "can_set_support": is_open and rules.can_set_support(request.reach, cluster),
        "can_note_freed_time": rules.can_note_freed_time(request.reach, cluster),
    }
    return render(request, "clusters/cluster_about.html", context)


@require_http_methods(["GET", "POST"])
def cluster_describe(request: PortalRequest, slug: str) -> HttpResponse:
    """What the cluster is for and when it meets."""
    cluster = cluster_for(request.reach, slug, may=_if_open(request, rules.can_describe), sentence=WHO_DESCRIBES)
    asking = _asking(request, cluster, "cluster_describe")
    if request.method != "POST":
        initial = {
            "mission": cluster.mission,
            "meets_every_weeks": cluster.forum.meets_every_weeks,
            "meets_when": cluster.meets_when,
        }
        return asking.first(DescribeForm, initial=initial)
    form = DescribeForm(request.POST)
    return _noted(asking, form, cluster, services.describe_cluster, f"{cluster} is described as you set it.")


@require_http_methods(["GET", "POST"])
def cluster_terms(request: PortalRequest, slug: str) -> HttpResponse:
    """What the cluster answers for, how it works, and its terms of reference (STR-28)."""
    cluster = cluster_for(request.reach, slug, may=_if_open(request, rules.can_describe), sentence=WHO_DESCRIBES)
    asking, forum = _asking(request, cluster, "cluster_terms"), cluster.forum
    if request.method != "POST":
        return asking.first(ClusterTermsForm, instance=forum)
    form = ClusterTermsForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    described, day = form.described(), request.reach.day
    try:
        describe_forum(forum=forum, by=request.user, until=day, version=form.typed_over(), **described)
    except DescribedMeanwhile as meanwhile:
        return asking.clashed(form, meanwhile.theirs)
    asking.done()
    messages.success(request, f"The terms of {cluster} are as you set them.")
    return redirect("clusters:cluster_about", slug=forum.slug)


@require_http_methods(["GET", "POST"])
def cluster_support(request: PortalRequest, slug: str) -> HttpResponse:
    """Where the cluster stands, and how much support it gets."""
    cluster = cluster_for(request.reach, slug, may=_if_open(request, rules.can_set_support), sentence=WHO_SUPPORTS)
    asking = _asking(request, cluster, "cluster_support")
    if request.method != "POST":
        latest = cluster.developments.first()
        initial = {"stage": latest.stage, "support": latest.support} if latest else {}
        return asking.first(DevelopmentForm, initial=initial)
    form = DevelopmentForm(request.POST)
    return _noted(asking, form, cluster, note_development, f"Stage and support of {cluster} are noted.")


@require_http_methods(["GET", "POST"])
def cluster_freed_time(request: PortalRequest, slug: str) -> HttpResponse:
    """Time freed for the expert medical generalist role in one year."""
    cluster = cluster_for(request.reach, slug, may=rules.can_note_freed_time, sentence=WHO_FREES)
    asking = _asking(request, cluster, "cluster_freed_time")
    options: dict[str, Any] = {"cluster": cluster, "on": request.reach.day}
    if request.method != "POST":
        return asking.first(FreedTimeForm, **options)
    form = FreedTimeForm(request.POST, **options)
    return _noted(asking, form, cluster, note_freed_time, f"Time freed in {cluster} is noted.")


def _if_open(request: PortalRequest, rule: rules.ClusterRule) -> rules.ClusterRule:
    day = request.reach.day
    return lambda reach, cluster: rule(reach, cluster) and (cluster.closed_on is None or cluster.closed_on > day)


def _asking(request: PortalRequest, cluster: Cluster, name: str) -> Asking:
    return Asking(request, f"clusters/{name}.html", f"clusters:{name}:{cluster.pk}", {"cluster": cluster})


def _noted(asking: Asking, form: Any, cluster: Cluster, note: Any, told: str) -> HttpResponse:
    if not form.is_valid():
        return asking.again(form)
    facts = form.values(*(name for name in form.fields if name != form.QUESTION))
    try:
        note(cluster=cluster, by=asking.request.user, **facts)
    except ValidationError as refused:
        form.add_error(None, refused)
        return asking.again(form)
    asking.done()
    messages.success(asking.request, told)
    return redirect("clusters:cluster_about", slug=cluster.forum.slug)
