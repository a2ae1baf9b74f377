"""The boundary list of an HSCP: what the registry shows by itself, and what people noted."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from accounts.reach import Reach
from clusters import rules
from clusters.models import BoundaryIssue, Membership
from practices.models import HSCP, Practice
from shared.doors import open_door


def boundary_door(reach: Reach, code: str, *, keep: bool = False) -> HSCP:
    """The HSCP with this code for those who read its boundary list; 403 for who reads and may not `keep` it."""
    hscp = HSCP.objects.select_related("board").filter(code=code).first()
    if hscp is None or not rules.can_see_boundaries(reach, hscp):
        raise Http404
    if keep and not rules.can_keep_boundaries(reach, hscp):
        raise PermissionDenied(
            "Your role lets you read this list. A registry administrator or an HSCP lead adds to it."
        )
    return hscp


@dataclass(frozen=True)
class Across:
    """What the registry shows by itself: memberships over a locality's boundary, and over an HSCP's."""

    localities: tuple[Membership, ...]
    hscps: tuple[Membership, ...]


def across_boundaries(hscp: HSCP, *, on: date) -> Across:
    """Of the practices of an HSCP and the clusters that it leads, those that lie apart on a day. One query."""
    rows = (
        Membership.objects.on(on)
        .filter(Q(practice__hscp=hscp) | Q(cluster__lead_hscp=hscp))
        .select_related(
            "practice__hscp", "practice__locality", "cluster__forum", "cluster__lead_hscp", "cluster__locality"
        )
        .order_by("practice__name", "practice__code")
    )
    everybody = list(rows)
    return Across(
        localities=tuple(row for row in everybody if _differs(row)),
        hscps=tuple(row for row in everybody if row.practice.hscp_id != row.cluster.lead_hscp_id),
    )


def _differs(row: Membership) -> bool:
    return rules.differs_in_locality(row.practice.locality_id, row.cluster.locality_id)


def issues_of(hscp: HSCP) -> QuerySet[BoundaryIssue]:
    """Every issue noted about a practice of the HSCP, open ones first, the newest first among them."""
    rows = BoundaryIssue.objects.filter(practice__hscp=hscp).select_related("practice", "noted_by", "settled_by")
    return rows.order_by("-state", "-noted_at", "-pk")


def issues_about(practice: Practice) -> list[BoundaryIssue]:
    """The issues noted about one practice, open ones first."""
    rows = BoundaryIssue.objects.filter(practice=practice).select_related("noted_by", "settled_by")
    return list(rows.order_by("-state", "-noted_at", "-pk"))


def issue_in(hscp: HSCP, pk: int) -> BoundaryIssue:
    """One issue about a practice of the HSCP (404)."""
    return open_door(issues_of(hscp), pk=pk)


def practices_of(hscp: HSCP, *, on: date) -> QuerySet[Practice]:
    """The open practices that an issue can be noted about."""
    return Practice.objects.open_on(on).filter(hscp=hscp)
