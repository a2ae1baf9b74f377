"""Clusters begin and are renamed; localities are named and filled."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.middleware import PortalRequest
from clusters import rules, selectors, services
from clusters.forms.places import ClusterForm, LocalityForm, NewClusterForm, NewLocalityForm
from clusters.selectors.scopes import locality_in, open_cluster_in


@require_http_methods(["GET", "POST"])
def cluster_new(request: PortalRequest) -> HttpResponse:
    """A cluster begins, without practices yet."""
    scope = selectors.registry_door(request.reach, keep=True)
    form = NewClusterForm(request.POST or None, scope=scope)
    if form.is_valid():
        try:
            cluster = services.create_cluster(by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"{cluster} is a cluster now. Move practices into it next.")
            return redirect("clusters:cluster_about", slug=cluster.forum.slug)
    return render(request, "clusters/cluster_new.html", {"form": form})


@require_http_methods(["GET", "POST"])
def cluster_rename(request: PortalRequest, slug: str) -> HttpResponse:
    """Gives a cluster another name, and says what it is for; the old address leads on."""
    scope = selectors.registry_door(request.reach, keep=True)
    selectors.cluster_for(request.reach, slug)  # a former address leads on
    cluster = open_cluster_in(scope, slug, on=request.reach.day)
    was = cluster.forum.name
    form = ClusterForm(request.POST or None, cluster=cluster)
    if form.is_valid():
        name, facts = form.cleaned_data["name"], form.facts()
        try:
            services.change_cluster(cluster=cluster, name=name, facts=facts, until=request.reach.day, by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _told(was, cluster.forum.name))
            return redirect("reporting:cluster", slug=cluster.forum.slug)
    return render(request, "clusters/cluster_rename.html", {"form": form, "cluster": cluster, "was": was})


def _told(was: str, name: str) -> str:
    if was == name:
        return f"{name} is as you set it."
    return f"{was} is called {name} from today. The old address leads to the new one."


@require_http_methods(["GET", "POST"])
def locality_list(request: PortalRequest) -> HttpResponse:
    """The localities of every HSCP, and a form for another one."""
    scope = selectors.registry_door(request.reach, keep=request.method == "POST")
    form = NewLocalityForm(request.POST or None, scope=rules.registry_kept(request.reach))
    if form.is_valid():
        try:
            locality = services.create_locality(by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"{locality} is a locality of {locality.hscp}. Choose now what lies in it.")
            return redirect("clusters:locality", pk=locality.pk)
    context = {
        "form": form,
        "localities": selectors.localities_listed(scope, on=request.reach.day),
        "can_keep": rules.can_keep_registry(request.reach),
    }
    return render(request, "clusters/locality_list.html", context)


@require_http_methods(["GET", "POST"])
def locality(request: PortalRequest, pk: int) -> HttpResponse:
    """The name of a locality, and which clusters and practices lie in it."""
    scope = selectors.registry_door(request.reach, keep=True)
    place = locality_in(scope, pk)
    form = LocalityForm(request.POST or None, locality=place)
    if form.is_valid():
        try:
            services.change_locality(locality=place, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"{place} is as you set it.")
            return redirect("clusters:locality_list")
    return render(request, "clusters/locality.html", {"form": form, "locality": place})
