"""Who opens, closes and casts votes on topics. Plain Python."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from accounts.reach import Reach
from accounts.roles import Right
from qiplans.models import Round

if TYPE_CHECKING:
    from clusters.models import Cluster

FEWEST = 3  # voters of an anonymous round whose dots are shown: the dots of fewer would tell who laid them


def can_open_round(reach: Reach, cluster: Cluster) -> bool:
    """Open a vote: who writes up."""
    return cluster.pk in reach.clusters(Right.WRITE_UP)


def may_close(reach: Reach, of: Round) -> bool:
    """Close a vote: who writes up."""
    return of.cluster_id in reach.clusters(Right.WRITE_UP)


def may_vote(reach: Reach, of: Round) -> bool:
    """Vote: everybody inside the open cluster."""
    return of.cluster_id in reach.clusters(Right.SEE_INSIDE, past=False)


def shows_dots(of: Round, voters: int) -> bool:
    """Whether the tally shows dots: of an anonymous round once it is closed, else two looks would tell of a vote.

    And never when one person or two have voted in it: those dots would be theirs to read.
    """
    return not of.is_anonymous or not (of.is_open or has_too_few(of, voters))


def has_too_few(of: Round, voters: int) -> bool:
    """Whether the dots would tell what each voter did. One that nobody has voted in has none to tell of."""
    return of.is_anonymous and 0 < voters < FEWEST


RoundRule = Callable[[Reach, Round], bool]
