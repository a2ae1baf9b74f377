"""Who is who, as far as the reader reaches."""

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.reach import Reach
from accounts.roles import Right
from clusters.models import Cluster, Membership, RoleAssignment
from clusters.rules import registry_seen
from clusters.selectors.hostings import with_hosts
from clusters.selectors.scopes import assignments_in
from practices.models import HSCP, Practice

# What is said of every other address, whether or not somebody has it: nobody learns who has an account.
NOBODY_SEEN = "Nobody whom you can see in the portal has this e-mail address."
READERS = (Right.SEE_INSIDE, Right.OVERSEE, Right.SEE_REGISTRY)


def hscps_around(reach: Reach) -> QuerySet[HSCP]:
    """The HSCPs that the reader works in or above: of their roles, their clusters and the practices of those."""
    if reach.everywhere(Right.SEE_REGISTRY):
        return HSCP.objects.select_related("board")
    clusters = reach.clusters(*READERS)
    members = Membership.objects.on(reach.day).filter(cluster__in=clusters)
    return HSCP.objects.select_related("board").filter(
        Q(pk__in=reach.hscps(*READERS))
        | Q(pk__in=Cluster.objects.filter(pk__in=clusters).order_by().values("lead_hscp"))
        | Q(pk__in=members.order_by().values("practice__hscp"))
        | Q(pk__in=Practice.objects.filter(pk__in=reach.practices(*READERS)).order_by().values("hscp"))
    )


def people_within(reach: Reach) -> QuerySet[RoleAssignment]:
    """Roles held today by people who can sign in: in the reader's clusters and their practices, and at the
    localities, HSCPs (those that act for them too) and health boards above those. Who looks after the registry finds
    everybody.
    """
    held = (
        RoleAssignment.objects.on(reach.day)
        .filter(person__is_active=True)
        .select_related("person", "practice", "cluster__forum", "locality__hscp", "hscp", "board")
    )
    if reach.everywhere(Right.SEE_REGISTRY):
        return held
    clusters = reach.clusters(*READERS)
    members = Membership.objects.on(reach.day).filter(cluster__in=clusters)
    hscps = hscps_around(reach).select_related(None).order_by()
    return held.filter(
        Q(cluster__in=clusters)
        | Q(practice__in=members.values("practice"))
        | Q(hscp__in=with_hosts(hscps.order_by().values("pk"), on=reach.day))
        | Q(practice__in=reach.practices(*READERS))
        | Q(locality__hscp__in=hscps.values("pk"))
        | Q(board__in=hscps.values("board"))
    )


def people_known_to(reach: Reach) -> QuerySet[User]:
    """Whom the reader may be told of when they type an e-mail address: people within reach, and whoever ever held or
    will hold a role in the part of the registry that they look at. Who looks at all of it is told of everybody.
    """
    if reach.everywhere(Right.SEE_REGISTRY):
        return User.objects.all()
    listed = assignments_in(registry_seen(reach), RoleAssignment.objects.order_by())
    within = people_within(reach).order_by()
    return User.objects.filter(Q(pk__in=within.values("person")) | Q(pk__in=listed.values("person")))


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


def people_of(held: QuerySet[RoleAssignment]) -> QuerySet[User]:
    """The people behind the roles, each once, by name."""
    return User.objects.filter(pk__in=held.order_by().values("person"))
