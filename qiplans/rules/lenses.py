"""Who says what quality means in a priority. Plain Python."""

from accounts.reach import Reach
from accounts.roles import Right
from qiplans.models import Priority

SHOWN_FROM = 4  # as with the pulse of a meeting: fewer answers could be told apart. Also the step they are shown in


def can_read_quality(reach: Reach, priority: Priority) -> bool:
    """Everybody inside the open cluster."""
    return priority.plan.cluster_id in reach.clusters(Right.SEE_INSIDE, past=False)
