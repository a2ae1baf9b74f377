"""The forum whose meetings, actions and agendas a page is about: a cluster or any other."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404

from accounts.reach import Reach
from clusters.models import FormerName, Forum
from clusters.selectors.doors import clusters_readable
from clusters.selectors.forums import SERVED, forums_within
from shared.dates import in_words
from shared.doors import NOT_ALLOWED, Moved, open_door


def forum_for(
    reach: Reach, slug: str, *, may: Callable[[Reach, Forum], bool] | None = None, sentence: str = ""
) -> Forum:
    """The forum at `slug`, open or closed, if it is in reach (404) and the rule `may` permits (403 with `sentence`).

    A cluster comes with its `cluster`; other forums have none: `getattr(forum, "cluster", None)`.
    Raises `shared.doors.Moved` for a former name, as `cluster_for` does.
    """
    clusters = clusters_readable(reach).order_by().values("forum")
    within = Forum.objects.filter(Q(pk__in=clusters) | Q(pk__in=forums_within(reach).order_by().values("pk")))
    related = within.select_related(*SERVED, "cluster__lead_hscp", "cluster__locality")
    try:
        forum = open_door(related, slug=slug)
    except Http404:
        renamed = FormerName.objects.filter(slug=slug, forum__in=within.order_by().values("pk"))
        if former := renamed.select_related("forum").first():
            raise Moved(was=slug, now=former.forum.slug) from None
        raise
    if may is not None and not may(reach, forum):
        raise PermissionDenied(_closed(forum, reach) or sentence or NOT_ALLOWED)
    return forum


def _closed(forum: Forum, reach: Reach) -> str:
    cluster = getattr(forum, "cluster", None)
    closed_on = cluster.closed_on if cluster else forum.closed_on
    if closed_on is None or closed_on > reach.day:
        return ""
    return f"{forum} closed on {in_words(closed_on)}: what was logged stays, and nothing new is added."
