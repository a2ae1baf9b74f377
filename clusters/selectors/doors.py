"""What a reader may open: the doors that every other app uses."""

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from accounts.reach import Reach
from accounts.roles import Right
from clusters import rules
from clusters.models import Cluster, ClusterQuerySet, FormerName, Membership
from practices.models import Practice
from shared.doors import Moved, open_door


def clusters_within(reach: Reach) -> ClusterQuerySet:
    """Every open cluster that the reader may open: inside, above, or as keeper of the registry."""
    everything = Cluster.objects.open_on(reach.day).select_related("forum", "lead_hscp", "locality")
    if reach.everywhere(Right.SEE_REGISTRY):
        return everything
    return everything.filter(pk__in=reach.clusters(Right.SEE_INSIDE, Right.OVERSEE))


def cluster_for(reach: Reach, slug: str, *, may: rules.ClusterRule | None = None, sentence: str = "") -> Cluster:
    """The cluster at `slug`, if it is in reach (404) and the rule `may` permits (403 with `sentence`).

    Raises `shared.doors.Moved`, a 404 that knows the new address, when `slug` is a former name of a cluster in reach;
    the middleware turns it into a redirect. For anybody out of reach it stays a plain 404.
    """
    extra = {"sentence": sentence} if sentence else {}
    within = clusters_within(reach)
    try:
        return open_door(within, may=may, reach=reach, forum__slug=slug, **extra)
    except Http404:
        renamed = FormerName.objects.filter(slug=slug, forum__cluster__in=within.order_by()).select_related("forum")
        if former := renamed.first():
            raise Moved(was=slug, now=former.forum.slug) from None
        raise


def registry_door(reach: Reach, *, keep: bool = False) -> None:
    """Open the registry to those who look after it: 404 for everybody else, 403 for who may look but not `keep`."""
    if not rules.can_see_registry(reach):
        raise Http404
    if keep and not rules.can_keep_registry(reach):
        raise PermissionDenied("Your role lets you look at the registry. A registry administrator can change it.")


def practices_within(reach: Reach) -> QuerySet[Practice]:
    """Every practice that the reader may open."""
    everything = Practice.objects.select_related("hscp__board", "locality")
    if reach.everywhere(Right.SEE_REGISTRY):
        return everything
    inside = reach.clusters(Right.SEE_INSIDE, Right.OVERSEE)
    return everything.filter(
        Q(pk__in=reach.practices(Right.SEE_INSIDE, Right.OVERSEE))
        | Exists(Membership.objects.on(reach.day).filter(practice=OuterRef("pk"), cluster__in=inside))
    )


def practice_for(reach: Reach, code: str) -> Practice:
    """The practice with this code, if it is in reach (404)."""
    return open_door(practices_within(reach), reach=reach, code=code)
