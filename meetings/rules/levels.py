"""How far up minutes may be read, in the words of the forum that they are of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meetings.models import Audience, ShareLevel
from meetings.rules.minutes import OPENS_TO

if TYPE_CHECKING:
    from clusters.models import Forum

# Of a forum that is no cluster; one of a whole health board has no HSCP between its members and the board.
MEMBERS_LEVELS: dict[str, str] = {
    ShareLevel.CLUSTER: "Members only",
    ShareLevel.HSCP: "Members and HSCP",
    ShareLevel.BOARD: "Members, HSCP and health board",
}
BOARD_LEVELS: dict[str, str] = {ShareLevel.CLUSTER: "Members only", ShareLevel.BOARD: "Members and health board"}


def is_cluster(forum: Forum) -> bool:
    return forum.kind == forum.Kind.CLUSTER


def levels_of(forum: Forum) -> dict[str, str]:
    """The levels at which minutes of this forum can be shared, each in its words, lowest first."""
    if is_cluster(forum):
        return {level.value: str(level.label) for level in ShareLevel}
    return BOARD_LEVELS if forum.board_id else MEMBERS_LEVELS


def level_in_words(forum: Forum, level: str) -> str:
    return levels_of(forum).get(level, MEMBERS_LEVELS[level])


def readers_in_words(forum: Forum, level: str, *, is_for_clusters: bool) -> str:
    """Who may read minutes of this forum that are published so."""
    words = level_in_words(forum, level)
    return f"{words}; the clusters around it" if is_for_clusters else words


def audiences_of(forum: Forum) -> tuple[Audience, ...]:
    """As whom minutes of this forum can be read at all."""
    if is_cluster(forum):
        return Audience.CLUSTER, Audience.HSCP, Audience.BOARD
    above = (Audience.BOARD,) if forum.board_id else (Audience.HSCP, Audience.BOARD)
    return Audience.CLUSTER, *above, Audience.AROUND


def audience_in_words(forum: Forum, audience: Audience) -> str:
    if audience is Audience.CLUSTER and not is_cluster(forum):
        return "The members"
    return str(audience.label)


def opens_to(level: str, *, is_for_clusters: bool) -> frozenset[Audience]:
    """To whom published minutes of that level are open; the clusters around a forum are chosen on their own."""
    return OPENS_TO[level] | ({Audience.AROUND} if is_for_clusters else set())


def who_shares(forum: Forum) -> str:
    """Who alone may share minutes of this forum beyond it, as a sentence."""
    if is_cluster(forum):
        return "Only the Cluster Quality Lead shares above the cluster."
    return "Only members who lead a cluster or answer for the HSCP or health board share beyond the members."
