"""Doors and answers about clusters, members and roles."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet

from accounts.models import User
from accounts.reach import Holding, Reach
from accounts.roles import Place, Right, Role
from clusters import rules
from clusters.models import Cluster, ClusterQuerySet, Forum, Membership, RoleAssignment
from practices.models import Practice
from shared.doors import open_door

# --- Reach ---------------------------------------------------------------------------------------


def reach_of(person: User | None, *, on: date) -> Reach:
    """How far the roles of `person` reach on the day `on`. At most two queries; none for nobody."""
    if person is None or not person.is_active or not person.pk:
        return Reach(None, on)
    held = list(RoleAssignment.objects.on(on).filter(person=person))
    places: dict[Place, set[int]] = defaultdict(set)
    for row in held:
        kind, pk = row.place
        if pk is not None:
            places[kind].add(pk)
    ground = _ground(places, on) if places else []
    return Reach(person.pk, on, tuple(_holding(row, ground) for row in held))


# One row a forum and current member practice: everything a place can be matched against.
_COLUMNS = {
    "forum": "pk",
    "cluster": "cluster",
    "practice": "member__practice",
    "practice_locality": "member__practice__locality",
    "practice_hscp": "member__practice__hscp",
    "practice_board": "member__practice__hscp__board",
    "cluster_locality": "cluster__locality",
    "lead_hscp": "cluster__lead_hscp",
    "lead_board": "cluster__lead_hscp__board",
    "forum_locality": "locality",
    "forum_locality_hscp": "locality__hscp",
    "forum_locality_board": "locality__hscp__board",
    "forum_hscp": "hscp",
    "forum_hscp_board": "hscp__board",
    "forum_board": "board",
}
# Which columns make a row belong to a place of each kind.
_MATCHES = {
    Place.PRACTICE: ("practice",),
    Place.CLUSTER: ("cluster",),
    Place.LOCALITY: ("practice_locality", "cluster_locality", "forum_locality"),
    Place.HSCP: ("practice_hscp", "lead_hscp", "forum_hscp", "forum_locality_hscp"),
    Place.BOARD: ("practice_board", "lead_board", "forum_board", "forum_hscp_board", "forum_locality_board"),
}
_HSCP_COLUMNS = {"practice_hscp": "practice_board", "lead_hscp": "lead_board", "forum_hscp": "forum_hscp_board"}

Row = dict[str, int | None]


def _ground(places: dict[Place, set[int]], on: date) -> list[Row]:
    current = Q(cluster__memberships__starts_on__lte=on) & (
        Q(cluster__memberships__ends_on__isnull=True) | Q(cluster__memberships__ends_on__gt=on)
    )
    any_match = Q(
        *((f"{_COLUMNS[column]}__in", ids) for kind, ids in places.items() for column in _MATCHES[kind]),
        _connector=Q.OR,
    )
    rows = (
        Forum.objects.order_by()
        .annotate(member=FilteredRelation("cluster__memberships", condition=current))
        .filter(any_match)
        .values_list(*_COLUMNS.values())
    )
    return [dict(zip(_COLUMNS, row, strict=True)) for row in rows]


def _holding(held: RoleAssignment, ground: list[Row]) -> Holding:
    kind, pk = held.place
    rows = [r for r in ground if pk is not None and any(r[c] == pk for c in _MATCHES.get(kind, ()))]
    return Holding(
        role=Role(held.role),
        place=kind,
        place_id=pk,
        clusters=_ids(rows, "cluster"),
        forums=_ids(rows, "forum"),
        practices=frozenset({pk}) if kind is Place.PRACTICE and pk else _ids(rows, "practice"),
        hscps=_hscps(kind, pk, rows),
    )


def _hscps(kind: Place, pk: int | None, rows: list[Row]) -> frozenset[int]:
    if kind is Place.HSCP and pk:
        return frozenset({pk})
    if kind is Place.BOARD:
        pairs = {(r[hscp], r[board]) for r in rows for hscp, board in _HSCP_COLUMNS.items()}
        return frozenset(hscp for hscp, board in pairs if hscp and board == pk)
    return _ids(rows, "lead_hscp")


def _ids(rows: list[Row], column: str) -> frozenset[int]:
    return frozenset(pk for r in rows if (pk := r[column]) is not None)


# --- Doors ---------------------------------------------------------------------------------------


def clusters_within(reach: Reach) -> ClusterQuerySet:
    """Every open cluster that the reader may open: inside, above, or as keeper of the registry."""
    everything = Cluster.objects.open_on(reach.day).select_related("forum", "lead_hscp", "locality")
    if reach.everywhere(Right.SEE_REGISTRY):
        return everything
    return everything.filter(pk__in=reach.clusters(Right.SEE_INSIDE, Right.OVERSEE))


def cluster_for(reach: Reach, slug: str, *, may: rules.ClusterRule | None = None, sentence: str = "") -> Cluster:
    """The cluster at `slug`, if it is in reach (404) and the rule `may` permits (403 with `sentence`)."""
    extra = {"sentence": sentence} if sentence else {}
    return open_door(clusters_within(reach), may=may, reach=reach, forum__slug=slug, **extra)


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


# --- Answers -------------------------------------------------------------------------------------


def members_of(cluster: Cluster, *, on: date) -> QuerySet[Practice]:
    """The practices of a cluster on a day, by name."""
    return (
        Practice.objects.filter(pk__in=Membership.objects.on(on).filter(cluster=cluster).values("practice"))
        .select_related("hscp", "locality")
        .order_by("name", "code")
    )


def holders_of(role: Role, *, on: date, **place: object) -> QuerySet[RoleAssignment]:
    """Who holds `role` on a day at a place: `holders_of(Role.CQL, on=day, cluster=rowan)`."""
    return RoleAssignment.objects.on(on).filter(role=role, person__is_active=True, **place).select_related("person")


def quality_leads_of(practices: Iterable[Practice], *, on: date) -> dict[int, list[User]]:
    """PQLs by practice id, in one query."""
    leads: dict[int, list[User]] = defaultdict(list)
    for held in holders_of(Role.PQL, on=on, practice__in=practices).order_by("starts_on"):
        if held.practice_id:
            leads[held.practice_id].append(held.person)
    return leads


def people_inside(cluster: Cluster, *, on: date) -> QuerySet[User]:
    """Everybody who holds a role in the cluster or in one of its practices that day."""
    held = RoleAssignment.objects.on(on).filter(
        Q(cluster=cluster) | Q(practice__in=Membership.objects.on(on).filter(cluster=cluster).values("practice"))
    )
    return User.objects.filter(pk__in=held.values("person"), is_active=True).order_by("full_name")
