"""May this reach keep the directory, or see who accepted what? Plain Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.reach import Reach
from accounts.roles import Right
from clusters.rules import Scope, scope_of

if TYPE_CHECKING:
    from directory.models import RoleTerms


def directory_kept(reach: Reach) -> Scope:
    """The HSCPs for which the reader names support areas and publishes terms of roles: its leads and its registry
    administrators. One rule for door and button.
    """
    return scope_of(reach, Right.KEEP_DIRECTORY)


def sees_acceptance(kept: Scope, terms: RoleTerms) -> bool:
    """Whether who keeps these HSCPs sees who accepted the terms: of national ones, their own people."""
    return kept.everything or (bool(kept.hscps) if terms.hscp_id is None else kept.covers(terms.hscp_id))
