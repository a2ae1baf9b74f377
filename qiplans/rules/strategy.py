"""Who keeps the lines of a strategic plan, and who declares an emergency. Plain Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.reach import Reach
from accounts.roles import Right
from qiplans.models import Emergency, StrategicLine
from qiplans.rules.studio import hscps_led

if TYPE_CHECKING:
    from clusters.models import Cluster
    from practices.models import HSCP


def can_keep_lines(reach: Reach, hscp: HSCP) -> bool:
    """Add, rename and retire lines: the HSCP's lead."""
    return hscp.pk in hscps_led(reach)


def can_keep_line(reach: Reach, line: StrategicLine) -> bool:
    return line.hscp_id in hscps_led(reach)


def can_read_lines(reach: Reach, hscp: HSCP) -> bool:
    """Read the lines: whoever is inside or above clusters. The registry's keepers have no need to."""
    return reach.has(Right.SEE_INSIDE) or reach.has(Right.OVERSEE)


def can_declare(reach: Reach, cluster: Cluster) -> bool:
    """Declare an emergency of a cluster: who leads it."""
    return cluster.pk in reach.clusters(Right.LEAD)


def can_declare_for(reach: Reach, hscp: HSCP) -> bool:
    """Declare one for every cluster of an HSCP: its lead."""
    return hscp.pk in hscps_led(reach)


def can_end(reach: Reach, emergency: Emergency) -> bool:
    """End it: who may declare it."""
    if emergency.cluster_id is not None:
        return emergency.cluster_id in reach.clusters(Right.LEAD)
    return emergency.hscp_id in hscps_led(reach)
