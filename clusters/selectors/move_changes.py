"""What upper floors are asked about a move, a merger or a closing, and what they say."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from clusters import rules
from clusters.models import Cluster, RoleAssignment
from clusters.plugs.moves import Change, Touched
from clusters.selectors.members import people_inside
from practices.models import Practice
from shared.plugs import plugged


@dataclass(frozen=True)
class PracticeMove:
    """One practice that moves. `until` is the first day without it in the cluster it joins, where an end is known.

    `differs`: it lies in another locality than the cluster it joins.
    """

    practice: Practice
    leaving: Cluster | None
    joining: Cluster | None
    until: date | None = None

    @property
    def differs(self) -> bool:
        own = self.practice.locality_id
        return self.joining is not None and rules.differs_in_locality(own, self.joining.locality_id)


def touched_by(change: Change) -> tuple[Touched, ...]:
    """What upper floors say of a change, without what it does not touch."""
    return tuple(one for function in plugged("MOVE_EFFECTS") for one in function(change) if one.count)


def roles_at(clusters: Iterable[Cluster], *, on: date) -> list[RoleAssignment]:
    """Roles held at these clusters on a day or from a later one."""
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    held = RoleAssignment.objects.standing().filter(lasting, cluster__in=list(clusters))
    return list(held.select_related("person", "cluster__forum").order_by("person__full_name", "pk"))


def changes_of(
    moves: Sequence[PracticeMove],
    on: date,
    closing: Sequence[Cluster],
    into: Cluster | None,
    *,
    roles_go_on: bool,
) -> list[Change]:
    """What moves, and the end of clusters `closing` (into `into` where they merge), change on a day: for each cluster
    that practices leave and each they join, who comes to see what, and who no longer does.
    """
    ended = {c.pk for c in closing}
    groups: dict[tuple[int, int], list[PracticeMove]] = defaultdict(list)
    for move in moves:
        if move.leaving:
            groups[move.leaving.pk, 0 if move.leaving.pk in ended else move.joining.pk if move.joining else 0].append(
                move
            )
    people = _people_by_practice([move.practice for move in moves], on)
    inside = frozenset(people_inside(into, on=on).values_list("pk", flat=True)) if into else frozenset()
    kept = frozenset(held.person_id for held in roles_at(closing, on=on)) if roles_go_on else frozenset()
    found = [_change(group, on, people, ended, into, inside | kept) for group in groups.values()]
    empty = [c for c in closing if c.pk not in {change.cluster.pk for change in found}]
    return found + [Change(c, on, (), closes=True, goes_on_as=into, staying=inside | kept) for c in empty]


def _change(
    group: list[PracticeMove],
    on: date,
    people: dict[int, set[int]],
    ended: set[int],
    into: Cluster | None,
    inside: frozenset[int],
) -> Change:
    cluster = group[0].leaving
    assert cluster is not None  # noqa: S101  (groups are made of moves that leave one)
    theirs = frozenset().union(*(people[move.practice.pk] for move in group))
    closes = cluster.pk in ended
    return Change(
        cluster=cluster,
        on=on,
        practices=tuple(move.practice for move in group),
        joining=into if closes else group[0].joining,
        closes=closes,
        goes_on_as=into if closes else None,
        people=theirs,
        staying=inside | theirs if closes else frozenset(),
    )


def _people_by_practice(practices: list[Practice], on: date) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    held = RoleAssignment.objects.on(on).filter(practice__in=practices, person__is_active=True)
    for practice, person in held.values_list("practice", "person"):
        found[practice or 0].add(person)
    return found
