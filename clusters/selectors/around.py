"""Which forums lie around clusters: those that serve a place in which a cluster, or a practice of it, lies."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from accounts.reach import Reach
from accounts.roles import Right
from clusters.models import Cluster, Forum, Membership


def around_clusters(clusters: Iterable[int], *, on: date) -> Q:
    """A filter on forums: that they serve a locality, HSCP or health board in which one of the clusters lies."""
    ids = list(clusters)
    own = Cluster.objects.filter(pk__in=ids).order_by()
    members = Membership.objects.on(on).filter(cluster__in=ids).order_by()
    return ~Q(kind=Forum.Kind.CLUSTER) & (
        Q(locality__in=own.values("locality"))
        | Q(locality__in=members.values("practice__locality"))
        | Q(hscp__in=own.values("lead_hscp"))
        | Q(hscp__in=members.values("practice__hscp"))
        | Q(board__in=own.values("lead_hscp__board"))
        | Q(board__in=members.values("practice__hscp__board"))
    )


def forums_around(reach: Reach) -> Q:
    """A filter on forums: those around the clusters inside of which the reader is; none for others."""
    inside = reach.clusters(Right.SEE_INSIDE)
    return around_clusters(inside, on=reach.day) if inside else Q(pk__in=())


def clusters_around(forum: Forum, *, on: date) -> Q:
    """A filter on clusters: those that lie, or have a practice, in the place of a forum; none for a cluster."""
    if forum.kind == Forum.Kind.CLUSTER:
        return Q(pk__in=())
    members = Membership.objects.on(on).order_by()
    if forum.locality_id:
        near = members.filter(practice__locality=forum.locality_id)
        return Q(locality=forum.locality_id) | Q(pk__in=near.values("cluster"))
    if forum.hscp_id:
        return Q(lead_hscp=forum.hscp_id) | Q(pk__in=members.filter(practice__hscp=forum.hscp_id).values("cluster"))
    near = members.filter(practice__hscp__board=forum.board_id)
    return Q(lead_hscp__board=forum.board_id) | Q(pk__in=near.values("cluster"))
