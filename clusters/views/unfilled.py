"""The roles that nobody holds, with how long."""

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.middleware import PortalRequest
from accounts.roles import Right
from clusters import rules
from clusters.forms.unfilled import UnfilledFilter
from clusters.selectors.origins import hscps_counted
from clusters.selectors.unfilled import HEADINGS, Post, clusters_watched, posts_unfilled
from clusters.tables.unfilled import UnfilledTable
from shared.exports import as_csv, as_excel
from shared.tables import listed


def _found(request: PortalRequest) -> tuple[UnfilledFilter, list[Post]]:
    if not rules.can_watch_posts(request.reach):
        raise Http404
    posts = posts_unfilled(clusters_watched(request.reach), on=request.reach.day)
    form = UnfilledFilter(request.GET, posts)
    return form, form.narrowed(posts)


@require_safe
def unfilled(request: PortalRequest) -> HttpResponse:
    """Posts of CQLs and PQLs that are empty, or will be."""
    form, posts = _found(request)
    context = {
        "form": form,
        "narrowed": any(request.GET.get(name) for name in form.fields),
        "table": listed(request, UnfilledTable(posts)),
        "empty": sum(post.is_empty for post in posts),
        "query": request.GET.urlencode(),
        "sees_origins": bool(hscps_counted(request.reach)),
        "sees_registry": request.reach.has(Right.SEE_REGISTRY),
    }
    return render(request, "clusters/unfilled.html", context)


def _lines(request: PortalRequest) -> list[tuple[object, ...]]:
    _, posts = _found(request)
    return [post.for_export() for post in sorted(posts, key=lambda post: -post.sort_days)]


@require_safe
def unfilled_csv(request: PortalRequest) -> StreamingHttpResponse:
    """The same posts as the list shows with these filters."""
    return as_csv("roles-nobody-holds", HEADINGS, _lines(request))


@require_safe
def unfilled_excel(request: PortalRequest) -> HttpResponse:
    """The same, for Excel."""
    return as_excel("roles-nobody-holds", HEADINGS, _lines(request))
