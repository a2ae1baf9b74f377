"""How far a person's roles reach on a day."""

from collections import defaultdict
from datetime import date

from django.db.models import FilteredRelation, Q

from accounts.models import User
from accounts.reach import Holding, Reach
from accounts.roles import Place, Role
from clusters.models import Forum, RoleAssignment


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
