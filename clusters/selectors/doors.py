"""What a reader may open: the doors that every other app uses."""

from collections.abc import Callable
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from accounts.reach import Reach
from accounts.roles import Right
from clusters import rules
from clusters.models import Cluster, ClusterQuerySet, FormerName, Membership
from practices.models import Practice, Succession
from shared.dates import in_words
from shared.doors import NOT_ALLOWED, Moved, open_door

READERS = (Right.SEE_INSIDE, Right.OVERSEE, Right.SEE_REGISTRY)


def clusters_within(reach: Reach) -> ClusterQuerySet:
    """Every open cluster that the reader may open: inside, above, or as keeper of the registry."""
    return clusters_readable(reach).open_on(reach.day)


def clusters_readable(reach: Reach) -> ClusterQuerySet:
    """The same with those that have closed: what was logged there stays readable."""
    everything = Cluster.objects.select_related("forum", "lead_hscp", "locality")
    if reach.everywhere(Right.SEE_REGISTRY):
        return everything
    return everything.filter(pk__in=reach.clusters(*READERS))


def clusters_closed(reach: Reach) -> ClusterQuerySet:
    """Of those the ones that have closed."""
    return clusters_readable(reach).filter(closed_on__lte=reach.day)


def cluster_for(reach: Reach, slug: str, *, may: rules.ClusterRule | None = None, sentence: str = "") -> Cluster:
    """The cluster at `slug`, open or closed, if it is in reach (404) and the rule `may` permits (403 with `sentence`).

    Raises `shared.doors.Moved`, a 404 that knows the new address, when `slug` is a former name of a cluster in reach;
    the middleware turns it into a redirect. For anybody out of reach it stays a plain 404.
    """
    within = clusters_readable(reach)
    try:
        cluster = open_door(within, forum__slug=slug)
    except Http404:
        renamed = FormerName.objects.filter(slug=slug, forum__cluster__in=within.order_by()).select_related("forum")
        if former := renamed.first():
            raise Moved(was=slug, now=former.forum.slug) from None
        raise
    if may is not None and not may(reach, cluster):
        raise PermissionDenied(_closed(cluster, reach.day) or sentence or NOT_ALLOWED)
    return cluster


def _closed(cluster: Cluster, day: date) -> str:
    if cluster.closed_on is None or cluster.closed_on > day:
        return ""
    return f"{cluster} closed on {in_words(cluster.closed_on)}: what was logged stays, and nothing new is added."


def registry_door(reach: Reach, *, keep: bool = False, whole: bool = False) -> rules.Scope:
    """Open the registry to those who look after it, or a part of it, and give that part.

    404 for everybody else; 403 for who may look but not `keep`, and for who keeps a part where it takes the `whole`.
    """
    if not rules.can_see_registry(reach):
        raise Http404
    if keep and not rules.can_keep_registry(reach):
        raise PermissionDenied("Your role lets you look at the registry. A registry administrator can change it.")
    scope = rules.registry_kept(reach) if keep else rules.registry_seen(reach)
    if whole and not scope.everything:
        raise PermissionDenied("You look after a part of the registry. Who looks after all of it can do this.")
    return scope


def practices_within(reach: Reach) -> QuerySet[Practice]:
    """Every practice that the reader may open, and those that have closed and went on in one of them."""
    everything = Practice.objects.select_related("hscp__board", "locality")
    if reach.everywhere(Right.SEE_REGISTRY):
        return everything
    inside = reach.clusters(*READERS)
    own = (
        Q(pk__in=reach.practices(*READERS))
        | Q(hscp__in=reach.hscps(Right.SEE_REGISTRY))
        | Exists(Membership.objects.on(reach.day).filter(practice=OuterRef("pk"), cluster__in=inside))
    )
    after = Practice.objects.filter(own).order_by()
    went_on = Exists(Succession.objects.filter(before=OuterRef("pk"), after__in=after))
    closed = Q(closed_on__lte=reach.day)
    return everything.filter(own | closed & (Q(answered_by__in=after) | went_on))


def practice_for(
    reach: Reach, code: str, *, may: Callable[[Reach, Practice], bool] | None = None, sentence: str = ""
) -> Practice:
    """The practice with this code, if it is in reach (404) and the rule `may` permits (403 with `sentence`)."""
    extra = {"sentence": sentence} if sentence else {}
    return open_door(practices_within(reach), may=may, reach=reach, code=code, **extra)
