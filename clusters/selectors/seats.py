"""Who sits in a forum on a day: derived from roles where the kind of forum says it, and those named for it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from accounts.roles import Role
from clusters.models import Forum, ForumMember, Membership, RoleAssignment

Kind = Forum.Kind
# Whose roles make them members of a forum of each kind, within the place that it serves (the national guidance).
BY_ROLE: dict[str, tuple[Role, ...]] = {
    Kind.LEAD_MANAGER: (Role.CQL, Role.LOCALITY_MANAGER),
    Kind.TRIPARTITE: (Role.CQL, Role.CLINICAL_LEAD, Role.HSCP_LEAD, Role.BOARD_LEAD),
    Kind.LOCALITY_QUALITY: (Role.CQL, Role.CLINICAL_LEAD, Role.LOCALITY_MANAGER),
    Kind.LOCALITY_MANAGEMENT: (Role.LOCALITY_MANAGER, Role.CLINICAL_LEAD),
    Kind.HSCP_GOVERNANCE: (Role.HSCP_LEAD, Role.CLINICAL_LEAD),
    Kind.BOARD_COMMITTEE: (Role.BOARD_LEAD,),
    Kind.LEADS_NETWORK: (Role.CQL,),
}


@dataclass(frozen=True)
class Seat:
    """One member: who, as what, where from. `named` holds the row of somebody named for it; None when derived.
    `person` is None for a name without a sign-in.

    `has_left`: somebody named who holds no role any more, so that the seat waits to be ended or given to another.
    """

    who: str
    part: str
    whence: str
    person: User | None = None
    named: ForumMember | None = None
    has_left: bool = False


@dataclass(frozen=True)
class _Held:
    """A role with the places that it counts for: those of a CQL reach as far as the practices of the cluster."""

    row: RoleAssignment
    localities: frozenset[int]
    hscps: frozenset[int]
    boards: frozenset[int]


def seats_of(forum: Forum, *, on: date) -> list[Seat]:
    """The members of one forum."""
    return seats_by_forum([forum], on=on)[forum.pk]


def seats_by_forum(forums: Iterable[Forum], *, on: date) -> dict[int, list[Seat]]:
    """The members of several forums, by forum id: those by role first. Three queries, however many forums."""
    wanted = list(forums)
    held = _held(wanted, on) if any(f.kind in BY_ROLE for f in wanted) else []
    named = _named(wanted, on) if wanted else {}
    return {forum.pk: [*_by_role(forum, held), *named.get(forum.pk, [])] for forum in wanted}


def _held(forums: list[Forum], on: date) -> list[_Held]:
    roles = {role for forum in forums for role in BY_ROLE.get(forum.kind, ())}
    rows = (
        RoleAssignment.objects.on(on)
        .filter(_near(forums, on), role__in=roles, person__is_active=True)
        .select_related("person", "cluster__forum", "cluster__lead_hscp", "locality__hscp", "hscp", "board")
        .order_by("person__full_name", "pk")
    )
    found = list(rows)
    across = _across([row.cluster_id for row in found if row.cluster_id], on)
    return [_placed(row, across.get(row.cluster_id or 0, set())) for row in found]


def _near(forums: list[Forum], on: date) -> Q:
    """Roles held at the places that the forums serve, or in them."""
    localities = {f.locality_id for f in forums if f.locality_id}
    hscps = {f.hscp_id for f in forums if f.hscp_id} | {f.locality.hscp_id for f in forums if f.locality}
    boards = {f.board_id for f in forums if f.board_id}
    inside = Q(hscp__in=hscps) | Q(hscp__board__in=boards)
    members = Membership.objects.on(on).filter(
        Q(practice__locality__in=localities) | Q(practice__hscp__in=hscps) | Q(practice__hscp__board__in=boards)
    )
    return (
        Q(locality__hscp__in=hscps)
        | Q(locality__hscp__board__in=boards)
        | inside
        | Q(board__in=boards)
        | Q(cluster__lead_hscp__in=hscps)
        | Q(cluster__lead_hscp__board__in=boards)
        | Q(cluster__in=members.order_by().values("cluster"))
    )


def _across(clusters: list[int], on: date) -> dict[int, set[tuple[int | None, int, int]]]:
    """By cluster, the locality, HSCP and board of every practice that belongs to it."""
    places: dict[int, set[tuple[int | None, int, int]]] = defaultdict(set)
    rows = Membership.objects.on(on).filter(cluster__in=clusters).order_by()
    for cluster, *place in rows.values_list(
        "cluster", "practice__locality", "practice__hscp", "practice__hscp__board"
    ).distinct():
        places[cluster].add((place[0], place[1], place[2]))
    return places


def _placed(row: RoleAssignment, across: set[tuple[int | None, int, int]]) -> _Held:
    localities = {row.locality_id, *(place[0] for place in across)}
    hscps, boards = {row.hscp_id, *(p[1] for p in across)}, {row.board_id, *(p[2] for p in across)}
    if row.cluster:
        localities.add(row.cluster.locality_id)
        hscps.add(row.cluster.lead_hscp_id)
        boards.add(row.cluster.lead_hscp.board_id)
    if row.locality:
        hscps.add(row.locality.hscp_id)
        boards.add(row.locality.hscp.board_id)
    if row.hscp:
        boards.add(row.hscp.board_id)
    return _Held(row, _ids(localities), _ids(hscps), _ids(boards))


def _ids(found: set[int | None]) -> frozenset[int]:
    return frozenset(pk for pk in found if pk)


def _by_role(forum: Forum, held: list[_Held]) -> list[Seat]:
    roles = BY_ROLE.get(forum.kind, ())
    rows = [one.row for one in held if one.row.role in roles and _counts(one, forum)]
    rows.sort(key=lambda row: roles.index(Role(row.role)))
    return [Seat(row.person.full_name, Role(row.role).label, str(row.where or ""), row.person) for row in rows]


def _counts(held: _Held, forum: Forum) -> bool:
    """Whether a role counts for the place that the forum serves."""
    if forum.locality_id:
        return forum.locality_id in held.localities
    if forum.hscp_id:
        return forum.hscp_id in held.hscps
    return forum.board_id in held.boards


def _named(forums: list[Forum], on: date) -> dict[int, list[Seat]]:
    seats: dict[int, list[Seat]] = defaultdict(list)
    held = RoleAssignment.objects.on(on).filter(person=OuterRef("person"), person__is_active=True)
    rows = ForumMember.objects.on(on).filter(forum__in=forums).select_related("person").annotate(has_role=Exists(held))
    for row in rows:
        has_left = row.person_id is not None and not row.has_role
        seats[row.forum_id].append(Seat(row.who, row.part, row.body, row.person, row, has_left))
    return seats
