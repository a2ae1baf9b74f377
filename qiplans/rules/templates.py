"""Who writes templates of projects for an HSCP's clusters. Plain Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.reach import Reach
from accounts.roles import Role

if TYPE_CHECKING:
    from qiplans.models import OwnTemplate

WRITERS = frozenset({Role.HSCP_LEAD, Role.ANALYST})


def hscps_written_for(reach: Reach) -> frozenset[int]:
    """Ids of HSCPs for whose clusters the reader may write templates: as HSCP lead or analyst of the HSCP."""
    return frozenset().union(*(h.hscps for h in reach.holdings if h.role in WRITERS))


def can_write_templates(reach: Reach) -> bool:
    return bool(hscps_written_for(reach))


def can_retire(reach: Reach, template: OwnTemplate) -> bool:
    return template.retired_at is None and template.hscp_id in hscps_written_for(reach)
