"""One practice: details, list sizes over time, the clusters it belonged to, who does what there, what was changed.

What came before it is told with it, each line with the practice whose it was.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from accounts.models import User
from accounts.reach import Reach
from accounts.roles import Role
from clusters.models import BoundaryIssue, RoleAssignment
from clusters.rules import (
    can_keep_boundaries,
    can_keep_practice,
    can_keep_practice_record,
    can_say_what_happened,
    can_see_boundaries,
)
from clusters.selectors import MembershipSpan, keepers_of, practices_within, role_history
from clusters.selectors.boundaries import issues_about
from clusters.selectors.doors import clusters_readable
from clusters.selectors.histories import history_of_practices
from measures.selectors.practice_page import may_see_figures
from practices.models import ListSize, Practice
from practices.selectors import Lineage, PracticeRecord, lineage_of, record_of
from reporting.selectors.audit import Event
from reporting.selectors.changes import changes_to_practice


@dataclass(frozen=True)
class SizeRow:
    """One list size, and the difference from the one before it of the same practice, under whichever code."""

    size: ListSize
    change: int | None


@dataclass(frozen=True)
class Stay:
    """The practice's time in one cluster, with its last day (the stored end is the day after); planned: not begun."""

    span: MembershipSpan
    last_on: date | None
    is_planned: bool


@dataclass(frozen=True)
class PracticePage:
    """What the page shows. `reachable` holds the clusters, `open_to` the practices that the reader may open; the
    others are named only.

    `boundaries` are shown to those who read the boundary list of its HSCP.
    """

    practice: Practice
    lineage: Lineage
    record: PracticeRecord
    sizes: tuple[SizeRow, ...]
    memberships: tuple[Stay, ...]
    roles: tuple[RoleAssignment, ...]
    planned_roles: tuple[RoleAssignment, ...]
    past_roles: tuple[RoleAssignment, ...]
    has_quality_lead: bool
    events: tuple[Event, ...]
    reachable: frozenset[int]
    open_to: frozenset[int]
    may_move: bool
    may_decide: bool
    may_keep_record: bool
    may_see_figures: bool
    administrators: tuple[User, ...]
    boundaries: tuple[BoundaryIssue, ...]
    may_note_boundary: bool

    @property
    def has_predecessors(self) -> bool:
        return bool(self.lineage.origins)


def practice_page(practice: Practice, reach: Reach) -> PracticePage:
    """The page of `practice`, found by its door."""
    lineage = lineage_of(practice)
    spans = _spans(lineage)
    ever = list(role_history(practice__in=[practice, *lineage.predecessors]))
    roles = [r for r in ever if r.practice_id == practice.pk and _holds_on(r, reach)]
    within = clusters_readable(reach).filter(pk__in={span.cluster.pk for span in spans}).order_by()
    named = practices_within(reach).filter(pk__in=lineage.others).order_by()
    return PracticePage(
        practice=practice,
        lineage=lineage,
        record=record_of(lineage.same, on=reach.day),
        sizes=tuple(_sizes(lineage)),
        memberships=tuple(_stay(span, reach.day) for span in spans),
        roles=tuple(roles),
        planned_roles=tuple(r for r in ever if r.practice_id == practice.pk and r.starts_on > reach.day),
        past_roles=tuple(r for r in ever if r.ends_on and r.ends_on <= reach.day),
        has_quality_lead=any(r.role == Role.PQL for r in roles),
        events=tuple(changes_to_practice(practice, reach)),
        reachable=frozenset(within.values_list("pk", flat=True)),
        open_to=frozenset(named.values_list("pk", flat=True)),
        may_move=can_keep_practice(reach, practice) and not practice.closed_on,
        may_decide=can_say_what_happened(reach, practice),
        may_keep_record=can_keep_practice_record(reach, practice),
        may_see_figures=may_see_figures(reach, practice),
        administrators=tuple(keepers_of(practice.hscp, on=reach.day)),
        boundaries=tuple(issues_about(practice)) if can_see_boundaries(reach, practice.hscp) else (),
        may_note_boundary=can_keep_boundaries(reach, practice.hscp) and not practice.closed_on,
    )


def _holds_on(row: RoleAssignment, reach: Reach) -> bool:
    begun = row.starts_on <= reach.day
    return begun and (row.ends_on is None or row.ends_on > reach.day) and row.person.is_active


def _spans(lineage: Lineage) -> list[MembershipSpan]:
    """Its own and those of what came before it, each up to the day on which that one was left."""
    spans = history_of_practices([lineage.practice, *lineage.predecessors])
    until = lineage.until
    return [s for s in spans if s.practice == lineage.practice or s.starts_on < until[s.practice.pk]]


def _stay(span: MembershipSpan, day: date) -> Stay:
    return Stay(span, span.ends_on - timedelta(days=1) if span.ends_on else None, span.starts_on > day)


def _sizes(lineage: Lineage) -> list[SizeRow]:
    """Newest first. A code that went on under another is one series with it; other predecessors have their own."""
    same, until = {practice.pk for practice in lineage.same}, lineage.until
    found = ListSize.objects.filter(practice__in=[lineage.practice, *lineage.predecessors]).select_related("practice")
    latest: dict[int, int] = {}
    rows = []
    for size in found.order_by("counted_on", "practice__code"):
        if size.practice != lineage.practice and size.counted_on >= until[size.practice_id]:
            continue
        series = lineage.practice.pk if size.practice_id in same else size.practice_id
        change = size.patients - latest[series] if series in latest else None
        latest[series] = size.patients
        rows.append(SizeRow(size, change))
    return rows[::-1]
