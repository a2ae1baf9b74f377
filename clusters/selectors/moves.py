"""What a move of practices, a merger or a closing would do, before it is done."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Subquery

from clusters import rules
from clusters.models import Cluster, Membership, RoleAssignment
from clusters.plugs.moves import Touched
from clusters.selectors.members import people_inside
from clusters.selectors.move_changes import PracticeMove, changes_of, roles_at, touched_by
from clusters.selectors.move_sights import Members, Row, Sight, sights_of
from clusters.selectors.sizes import size_band
from clusters.selectors.summaries import latest_list_size
from practices.models import Practice


@dataclass(frozen=True)
class Size:
    """A cluster's size before and after, and what is worth knowing of it then."""

    cluster: Cluster
    practices_before: int
    practices_after: int
    patients_before: int
    patients_after: int
    notes: tuple[str, ...]


@dataclass(frozen=True)
class RoleEffect:
    """A role held at a cluster that closes, and whether it goes on at the one that takes it over."""

    held: RoleAssignment
    goes_on: bool


@dataclass(frozen=True)
class MovesEffect:
    """All that the preview says. `newcomers` counts the people who come to read what a closing cluster logged."""

    starts_on: date
    moves: tuple[PracticeMove, ...]
    sizes: tuple[Size, ...]
    sight: tuple[Sight, ...]
    touched: tuple[tuple[Cluster, tuple[Touched, ...]], ...]
    roles: tuple[RoleEffect, ...] = ()
    closing: tuple[Cluster, ...] = ()
    into: Cluster | None = None
    newcomers: int = 0

    @property
    def seen(self) -> str:
        """Which practices were shown, each with where it was, for the confirmation: "90000:rowan 90001:"."""
        return " ".join(f"{m.practice.code}:{m.leaving.forum.slug if m.leaving else ''}" for m in self.moves)

    @property
    def straddling(self) -> list[PracticeMove]:
        """Moves into a cluster of another locality: each needs a written reason."""
        return [move for move in self.moves if move.differs]


def moves_effect(
    moves: Sequence[PracticeMove],
    *,
    on: date,
    closing: Sequence[Cluster] = (),
    into: Cluster | None = None,
    roles_go_on: bool = False,
) -> MovesEffect:
    """What these moves on a day would do; with `closing` clusters that end with them, merged `into` one or not."""
    clusters = {c.pk: c for move in moves for c in (move.leaving, move.joining) if c}
    clusters |= {c.pk: c for c in (*closing, into) if c}
    before = _members(clusters.values(), on)
    after = _moved(before, moves, _figures([move.practice for move in moves], on))
    changes = changes_of(moves, on, closing, into, roles_go_on=roles_go_on)
    ended = {c.pk for c in closing}
    return MovesEffect(
        starts_on=on,
        moves=tuple(moves),
        sizes=tuple(_size(c, before[c.pk], after[c.pk]) for c in clusters.values() if c.pk not in ended),
        sight=tuple(sights_of(clusters, before, after, on, ended)),
        touched=tuple((change.cluster, touched) for change in changes if (touched := touched_by(change))),
        roles=tuple(RoleEffect(held, roles_go_on) for held in roles_at(closing, on=on)),
        closing=tuple(closing),
        into=into,
        newcomers=people_inside(into, on=on).count() if into and closing else 0,
    )


# --- Members before and after ----------------------------------------------------------------------


def _members(clusters: Iterable[Cluster], on: date) -> Members:
    """By cluster and practice what counts of each member on a day."""
    found: Members = defaultdict(dict)
    rows = Membership.objects.on(on).filter(cluster__in=list(clusters)).order_by()
    figures = rows.annotate(patients=Subquery(latest_list_size("practice", on=on).values("patients")))
    names = ("practice__hscp", "practice__hscp__board", "practice__locality")
    for cluster, practice, hscp, board, locality, patients in figures.values_list(
        "cluster", "practice", *names, "patients"
    ):
        found[cluster][practice] = {"hscp": hscp, "board": board, "locality": locality, "patients": patients}
    return found


def _figures(practices: list[Practice], on: date) -> dict[int, Row]:
    """The same of the practices that move."""
    rows = Practice.objects.filter(pk__in=[p.pk for p in practices]).order_by()
    sized = rows.annotate(patients=Subquery(latest_list_size("pk", on=on).values("patients")))
    names = ("pk", "hscp", "hscp__board", "locality")
    return {
        pk: {"hscp": hscp, "board": board, "locality": locality, "patients": patients}
        for pk, hscp, board, locality, patients in sized.values_list(*names, F("patients"))
    }


def _moved(before: Members, moves: Sequence[PracticeMove], figures: dict[int, Row]) -> Members:
    after: Members = defaultdict(dict, {pk: dict(rows) for pk, rows in before.items()})
    for move in moves:
        if move.leaving:
            after[move.leaving.pk].pop(move.practice.pk, None)
        if move.joining:
            after[move.joining.pk][move.practice.pk] = figures[move.practice.pk]
    return after


def _size(cluster: Cluster, before: dict[int, Row], after: dict[int, Row]) -> Size:
    patients = sum(row["patients"] or 0 for row in after.values())
    unknown = sum(row["patients"] is None for row in after.values())
    notes = rules.size_notes(practices=len(after), patients=patients, unknown=unknown, band=size_band())
    return Size(
        cluster=cluster,
        practices_before=len(before),
        practices_after=len(after),
        patients_before=sum(row["patients"] or 0 for row in before.values()),
        patients_after=patients,
        notes=tuple(notes),
    )
