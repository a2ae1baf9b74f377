"""May this reach black out words? Plain Python."""

from accounts.reach import Reach
from accounts.roles import Right


def can_redact(reach: Reach) -> bool:
    """The records officer, everywhere."""
    return reach.everywhere(Right.REDACT)
