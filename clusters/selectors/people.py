"""Who is who, as far as the reader reaches."""

from django.db.models import Q, QuerySet

from accounts.reach import Reach
from accounts.roles import Right
from clusters.models import Cluster, Membership, RoleAssignment
from practices.models import HSCP


def people_within(reach: Reach) -> QuerySet[RoleAssignment]:
    """Roles held today by people who can sign in: in the reader's clusters and their practices, and at the
    localities, HSCPs and health boards above those. Who looks after the registry finds everybody.
    """
    held = (
        RoleAssignment.objects.on(reach.day)
        .filter(person__is_active=True)
        .select_related("person", "practice", "cluster__forum", "locality__hscp", "hscp", "board")
    )
    if reach.everywhere(Right.SEE_REGISTRY):
        return held
    rights = (Right.SEE_INSIDE, Right.OVERSEE)
    clusters = reach.clusters(*rights)
    members = Membership.objects.on(reach.day).filter(cluster__in=clusters)
    hscps = HSCP.objects.filter(
        Q(pk__in=reach.hscps(*rights))
        | Q(pk__in=Cluster.objects.filter(pk__in=clusters).values("lead_hscp"))
        | Q(pk__in=members.values("practice__hscp"))
    )
    return held.filter(
        Q(cluster__in=clusters)
        | Q(practice__in=members.values("practice"))
        | Q(practice__in=reach.practices(*rights))
        | Q(locality__hscp__in=hscps)
        | Q(hscp__in=hscps)
        | Q(board__in=hscps.values("board"))
    )


def people_matching(held: QuerySet[RoleAssignment], text: str) -> QuerySet[RoleAssignment]:
    """Those with `text` in the person's name or e-mail address, or in the name or code of the place."""
    columns = (
        "person__full_name",
        "person__email",
        "practice__name",
        "practice__code",
        "cluster__forum__name",
        "locality__name",
        "hscp__name",
        "board__name",
    )
    return held.filter(Q(*((f"{column}__icontains", text) for column in columns), _connector=Q.OR))
