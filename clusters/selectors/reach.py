"""How far a person's roles reach on a day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.db.models.functions import Coalesce

from accounts.models import User
from accounts.reach import Holding, Reach
from accounts.roles import Place, Role
from clusters.models import Forum, RoleAssignment, holds_on
from clusters.selectors.seated import Row, Sitting, known, of_cluster, seats_in, seats_near


def reach_of(person: User | None, *, on: date, without: RoleAssignment | None = None) -> Reach:
    """How far the roles of `person` reach on the day `on`, leaving out one of them where `without` names it.

    At most two queries; none for nobody.
    """
    if person is None or not person.pk:
        return Reach(None, on)
    return reaches_of([person], on=on, without=without)[person.pk]


def reaches_of(people: Iterable[User], *, on: date, without: RoleAssignment | None = None) -> dict[int, Reach]:
    """The reach of each of these people by id: two queries for any number of them.

    Whoever can no longer sign in reaches nothing.
    """
    able = {person.pk: person.is_active for person in people}
    roles = Q(person__in=[pk for pk, is_active in able.items() if is_active])
    held = _held(roles & ~Q(pk=without.pk) if without else roles, on) if any(able.values()) else []
    return _reaches(able, held, on)


def roles_on(person_id: int, *, on: date) -> list[RoleAssignment]:
    """The roles of one person on a day as `reach_by` takes them, each with its person; one query."""
    return list(_roles(on).filter(person=person_id).select_related("person"))


def reach_by(person: User, roles: Iterable[RoleAssignment], *, on: date) -> Reach:
    """The reach of a person whose `roles_on` that day are known already: one query, none without a role."""
    return _reaches({person.pk: person.is_active}, _grouped(roles) if person.is_active else [], on)[person.pk]


def _reaches(able: Mapping[int, bool], held: list["_Held"], on: date) -> dict[int, Reach]:
    ground = _ground_of(held, on)
    reached: dict[int, list[Holding]] = defaultdict(list)
    seats: dict[int, set[int]] = defaultdict(set)
    addresses = {row["cluster"]: row["slug"] for row in ground if row["cluster"]}
    for one in held:
        reached[one.person_id].append(_holding(one, ground))
        seats[one.person_id] |= seats_in(one.sitting(ground), ground)
    return {
        pk: Reach(pk if is_active else None, on, tuple(reached[pk]), frozenset(seats[pk]), addresses)
        for pk, is_active in able.items()
    }


def cover_of(held: RoleAssignment, *, on: date) -> Holding | None:
    """What one role covers on a day; None when it is not held then."""
    found = _held(Q(pk=held.pk), on)
    return _holding(found[0], _ground_of(found, on)) if found else None


def _ground_of(held: list["_Held"], on: date) -> list["Row"]:
    if not held:
        return []
    places: dict[Place, frozenset[int]] = defaultdict(frozenset)
    for one in held:
        places[one.kind] |= one.ids
    places.pop(Place.EVERYWHERE, None)
    rows = _ground(frozenset(places.items()), frozenset(one.person_id for one in held), on).all()
    return [_as_of(dict(zip(_COLUMNS, row, strict=True)), on) for row in rows]


@dataclass(frozen=True)
class _Held:
    """A role with the ids of its place: its own first, then those that this one acts or answers for."""

    person_id: int
    role: Role
    kind: Place
    own: int | None
    also: frozenset[int]
    board_hscps: frozenset[int]
    home_hscp: int | None
    home_board: int | None

    @property
    def ids(self) -> frozenset[int]:
        return self.also if self.own is None else self.also | {self.own}

    def sitting(self, ground: list[Row]) -> Sitting:
        """The places that the role counts for where seats go by roles."""
        if self.kind is Place.CLUSTER:
            return of_cluster(self.person_id, self.role, [r for r in ground if r["cluster"] == self.own])
        locality = {self.own} if self.kind is Place.LOCALITY else set()
        return Sitting(
            self.person_id,
            self.role,
            localities=known(locality),
            hscps=known({self.home_hscp}),
            boards=known({self.home_board}),
        )


# Putting these two questions together takes longer than their answers, and every page asks them: the questions are
# kept, never what was found. A few hundred are what one process meets in a day.
@lru_cache(maxsize=8)
def _roles(on: date) -> QuerySet[Any]:
    """The roles of a day, a row for each HSCP or practice that comes with the place. Filter it, which asks anew."""
    return (
        RoleAssignment.objects.on(on)
        .annotate(hosting=FilteredRelation("hscp__acts_for", condition=holds_on(on, "hscp__acts_for__")))
        .annotate(
            also=Coalesce("hosting__served", "practice__answers_for"),
            board_hscp=F("board__hscps"),
            home_hscp=Coalesce("locality__hscp", "hscp"),
            home_board=Coalesce("locality__hscp__board", "hscp__board", "board"),
        )
    )


def _held(which: Q, on: date) -> list[_Held]:
    return _grouped(_roles(on).filter(which))


def _grouped(rows: Iterable[Any]) -> list[_Held]:
    """A role each, of rows for each HSCP or practice that comes with its place."""
    roles: dict[int, Any] = {}
    also: dict[int, set[int]] = defaultdict(set)
    hscps: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        roles[row.pk] = row
        also[row.pk] |= {row.also} - {None}
        hscps[row.pk] |= {row.board_hscp} - {None}
    return [
        _Held(
            row.person_id,
            Role(row.role),
            row.place[0],
            row.place[1],
            frozenset(also[pk]),
            frozenset(hscps[pk]),
            row.home_hscp,
            row.home_board,
        )
        for pk, row in roles.items()
    ]


# One row a forum and current member practice: everything a place can be matched against. Of a cluster that closed
# those on its last day count, or where it went on as another the members and the places of that one.
_COLUMNS = {
    "forum": "pk",
    "slug": "slug",
    "cluster": "cluster",
    "closed_on": "cluster__closed_on",
    "heir": "taken__after",
    "heir_practice": "heir_member__practice",
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
    "kind": "kind",
    "sitter": "seat__person",
}
# Which columns make a row belong to a place of each kind.
_MATCHES = {
    Place.PRACTICE: ("practice", "heir_practice"),
    Place.CLUSTER: ("cluster", "heir"),
    Place.LOCALITY: ("practice_locality", "cluster_locality", "forum_locality"),
    Place.HSCP: ("practice_hscp", "lead_hscp", "forum_hscp", "forum_locality_hscp"),
    Place.BOARD: ("practice_board", "lead_board", "forum_board", "forum_hscp_board", "forum_locality_board"),
}


@lru_cache(maxsize=256)
def _ground(places: frozenset[tuple[Place, frozenset[int]]], people: frozenset[int], on: date) -> QuerySet[Forum, Any]:
    """Every forum that a place or a seat of these people leads to. Take `.all()` of it, which asks anew."""
    now_or_last = holds_on(on, "cluster__memberships__") | Q(cluster__memberships__ends_on=F("cluster__closed_on"))
    any_match = Q(
        *((f"{_COLUMNS[column]}__in", ids) for kind, ids in places for column in _MATCHES[kind]),
        _connector=Q.OR,
    ) | seats_near(dict(places), people, on=on)
    return (
        Forum.objects.order_by()
        .annotate(
            member=FilteredRelation("cluster__memberships", condition=now_or_last),
            taken=FilteredRelation("cluster__taken_over_by", condition=Q(cluster__taken_over_by__starts_on__lte=on)),
            heir_member=FilteredRelation(
                "taken__after__memberships", condition=holds_on(on, "taken__after__memberships__")
            ),
            seat=FilteredRelation(
                "named_members", condition=holds_on(on, "named_members__") & Q(named_members__person__in=people)
            ),
        )
        .filter(any_match)
        .values_list(*_COLUMNS.values())
    )


def _as_of(row: Row, on: date) -> Row:
    """With `is_past` for a cluster that has closed. Where it went on as another, who left it for elsewhere is out."""
    row["is_past"] = row["closed_on"] is not None and row["closed_on"] <= on
    if row["is_past"] and row["heir"]:
        row["practice"] = None
    return row


def _holding(held: _Held, ground: list[Row]) -> Holding:
    every = [r for r in ground if any(r[c] in held.ids for c in _MATCHES.get(held.kind, ()))]
    rows, past = [r for r in every if not r["is_past"]], [r for r in every if r["is_past"]]
    return Holding(
        role=held.role,
        place=held.kind,
        place_id=held.own,
        clusters=_ids(rows, "cluster"),
        forums=_ids(rows, "forum"),
        practices=held.ids if held.kind is Place.PRACTICE else _ids(rows, "practice"),
        hscps=_hscps(held, rows),
        past_clusters=_ids(past, "cluster"),
        past_forums=_ids(past, "forum"),
        left_forums=_ids(_left_to(held, past), "forum"),
    )


def _left_to(held: _Held, past: list[Row]) -> list[Row]:
    """Of clusters that went on as no other, those that the HSCP of the role led."""
    return [r for r in past if held.kind is Place.HSCP and r["lead_hscp"] == held.own and not r["heir"]]


def _hscps(held: _Held, rows: list[Row]) -> frozenset[int]:
    if held.kind is Place.HSCP:
        return held.ids
    return held.board_hscps if held.kind is Place.BOARD else _ids(rows, "lead_hscp")


def _ids(rows: list[Row], column: str) -> frozenset[int]:
    return frozenset(pk for r in rows if (pk := r[column]) is not None)
