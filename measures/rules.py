"""What a figure must be to make sense, how long back figures are taken, and who keeps them. Plain Python."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from accounts.reach import Reach
from accounts.roles import Right, Role
from measures.analysis.shares import value_of
from measures.models import Consent, Measure

if TYPE_CHECKING:
    from clusters.models import Cluster
    from practices.models import HSCP, Practice

Unit, Kind = Measure.Unit, Measure.ChartKind
YEARS_BACK = 10
CAREFUL: list[str] = list(Consent.Level)  # how far figures may be seen, the most careful first
LARGEST = Decimal(10) ** 9
ENDED = "The measure is ended and takes no more figures. The Cluster Quality Lead can begin it again."
TOO_LARGE = "This figure is too large. Check the number of noughts."
# Who speaks for a practice: enters its figures, sees them, and says who else may.
PRACTICE_PEOPLE = (Role.PQL, Role.DEPUTY, Role.PRACTICE_MANAGER)


def figure_trouble(value: Decimal, unit: str) -> str:
    """Why a figure can't be one of its unit, in words; empty when it can. Zero is a figure like any other."""
    if value < 0:
        return "A figure here can’t be below zero."
    if unit == Unit.PERCENT and value > 100:
        return "Per cent goes from 0 to 100. If this is a count, change the unit of the measure."
    if unit == Unit.COUNT and value != value.to_integral_value():
        return "A count is a whole number."
    if value > LARGEST:
        return TOO_LARGE
    return ""


def counted_trouble(numerator: Decimal | None, denominator: Decimal | None, unit: str) -> dict[str, str]:
    """By box, why what was counted can't be; empty when it can.

    `denominator` is None for a plain count, `numerator` for one that is too small to show.
    """
    troubles = {}
    for name, counted in (("numerator", numerator), ("denominator", denominator)):
        if counted is not None and (trouble := figure_trouble(counted, Unit.COUNT)):
            troubles[name] = trouble
    if unit == Unit.COUNT or troubles or numerator is None:
        return troubles
    if not denominator:
        return {"denominator": "Say out of how many. If there was nobody to count, say that there is no figure."}
    if unit == Unit.PERCENT and numerator > denominator:
        return {"numerator": f"More are counted ({numerator:,.0f}) than there are ({denominator:,.0f})."}
    value = value_of(numerator, denominator, unit)
    return {"numerator": TOO_LARGE} if value is not None and value > LARGEST else {}


def charts_for(unit: str, *, is_by_practice: bool) -> list[str]:
    """Which charts fit. Those of proportions and rates need what was counted and out of how many in every period,
    which only figures of practices bring.
    """
    fit = [Kind.RUN, Kind.XMR]
    if is_by_practice:
        fit += [kind for kind, of in ((Kind.P, Unit.PERCENT), (Kind.U, Unit.RATE)) if unit == of]
    return [str(kind) for kind in fit]


def goal_trouble(goal: Decimal, unit: str) -> str:
    """Why a goal can't be reached in its unit; empty when it can."""
    if unit == Unit.PERCENT and not 0 <= goal <= 100:
        return "A goal in per cent lies between 0 and 100."
    return "A goal here can’t be below zero." if goal < 0 else ""


def period_trouble(day: date, *, today: date) -> str:
    """Why a period can't be taken; empty when it can."""
    if day > today:
        return "This period has not begun yet."
    if day.year < today.year - YEARS_BACK:
        return f"Figures are kept for {YEARS_BACK} years back. Check the year."
    return ""


def can_keep_measure(reach: Reach, measure: Measure) -> bool:
    """Change its definition and its figures: those who write up the cluster's work."""
    return measure.cluster_id in reach.clusters(Right.WRITE_UP)


def can_end_measure(reach: Reach, measure: Measure) -> bool:
    """Ask for no more of its figures, or again: the Cluster Quality Lead."""
    return measure.cluster_id in reach.clusters(Right.LEAD)


def can_set_house_ruleset(reach: Reach, hscp: HSCP) -> bool:
    """Say by which rules new run charts of an HSCP's clusters are read: its lead."""
    return any(hscp.pk in holding.hscps for holding in reach.holdings if holding.role is Role.HSCP_LEAD)


def can_see_inside(reach: Reach, measure: Measure) -> bool:
    """Read what the cluster keeps to itself: notes, and how practices stand."""
    return measure.cluster_id in reach.clusters(Right.SEE_INSIDE)


def can_define_in(reach: Reach, cluster: Cluster) -> bool:
    """Add measures to a cluster's own: those who write up its work."""
    return cluster.pk in reach.clusters(Right.WRITE_UP)


def can_define_somewhere(reach: Reach, measure: Measure | None = None) -> bool:
    """Take up a definition of the library in a cluster of theirs."""
    return bool(reach.clusters(Right.WRITE_UP))


def can_read_data(reach: Reach, cluster: Cluster) -> bool:
    """See which measures a cluster has: its members, and those above it (the selector decides what they see)."""
    return cluster.pk in reach.clusters(Right.SEE_INSIDE, Right.OVERSEE)


def can_see_within(reach: Reach, cluster: Cluster) -> bool:
    """See whose figures are still to come, and how practices share theirs."""
    return cluster.pk in reach.clusters(Right.SEE_INSIDE)


def speaks_for(reach: Reach, practice: Practice) -> bool:
    """Enter a practice's figures, see all of them, and say who else may: its lead, their deputy, its manager."""
    return practice.pk in reach.practices_held(*PRACTICE_PEOPLE)


def can_enter(reach: Reach, measure: Measure, practice: Practice) -> bool:
    """Enter a figure of a practice: who speaks for it, and who writes up the cluster, while the cluster is open."""
    is_open = measure.cluster_id in reach.clusters(Right.SEE_INSIDE, past=False)
    return is_open and (speaks_for(reach, practice) or can_keep_measure(reach, measure))


def can_see_entry(reach: Reach, practice: Practice, *, is_from_practice: bool) -> bool:
    """Read and correct a figure as it was entered: what a practice gave itself is its own."""
    return speaks_for(reach, practice) or not is_from_practice
