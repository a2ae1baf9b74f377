"""Who may raise, read and move an escalation, and which moves there are. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from accounts.reach import Reach
from accounts.roles import PERMITS, Place, Right, Role
from clusters.models import Forum
from escalations.models import Escalation, Step

if TYPE_CHECKING:
    from clusters.models import Cluster

State, Kind = Escalation.State, Step.Kind
UNDECIDED = frozenset(Escalation.UNDECIDED)
WAITING = frozenset(Escalation.WAITING)
ANSWERED = frozenset({State.RESOLVED, State.DECLINED})

LEADING = frozenset(role for role, rights in PERMITS.items() if Right.LEAD in rights)
ANSWERING = frozenset(role for role, rights in PERMITS.items() if Right.ANSWER in rights)

WHO_TAGS = "The person who raised it, or the Cluster Quality Lead, says what it counts as; never a confidential matter."
WHO_CHOOSES_READERS = "The person who raised it chooses who else may read; a confidential matter has no other readers."


@dataclass(frozen=True)
class Move:
    """One thing that can happen to an escalation: by whom, from which states, to which."""

    verb: str
    kind: Step.Kind
    label: str
    by_raiser: bool
    starts: frozenset[Escalation.State]
    ends: Escalation.State
    needs_words: bool = True


MOVES = {
    move.verb: move
    for move in (
        Move(
            "acknowledge", Kind.ACKNOWLEDGED, "Acknowledge", False, frozenset({State.OPEN}), State.ACKNOWLEDGED, False
        ),
        Move("resolve", Kind.RESOLVED, "Decide here", False, UNDECIDED, State.RESOLVED),
        Move("refer_up", Kind.PASSED_UP, "Pass it up", False, UNDECIDED, State.OPEN),
        Move("ask_information", Kind.ASKED, "Ask for information", False, WAITING, State.ASKED),
        Move("decline", Kind.DECLINED, "Decline", False, UNDECIDED, State.DECLINED),
        Move(
            "give_information",
            Kind.REPLIED,
            "Give the information",
            True,
            frozenset({State.ASKED}),
            State.ACKNOWLEDGED,
        ),
        Move("accept_answer", Kind.CLOSED, "Accept the answer and close", True, ANSWERED, State.CLOSED, False),
        Move("ask_review", Kind.REOPENED, "I disagree: ask for a review", True, ANSWERED, State.OPEN),
        Move("hand_over", Kind.HANDED_OVER, "Give it to the other lead", True, UNDECIDED, State.OPEN, False),
        Move("withdraw", Kind.WITHDRAWN, "Withdraw it", True, UNDECIDED, State.WITHDRAWN),
    )
}


def can_raise(reach: Reach, cluster: Cluster) -> bool:
    """CQLs, PQLs and deputies escalate in their own cluster."""
    return cluster.pk in reach.clusters(Right.RAISE)


def can_skip_cluster(reach: Reach, cluster: Cluster) -> bool:
    """A PQL of the cluster may go past it; nobody else has reason to."""
    return any(h.role is Role.PQL and cluster.pk in h.clusters for h in reach.holdings)


def boards_held(reach: Reach) -> frozenset[int]:
    """Boards at which the reader answers."""
    return frozenset(
        h.place_id for h in reach.holdings if h.role in ANSWERING and h.place is Place.BOARD and h.place_id
    )


def forums_held(reach: Reach) -> frozenset[int]:
    """Forums above the cluster that the reader answers for, a board's own excepted.

    A board lead reaches every forum of the board but holds only the rungs that serve the board itself:
    a matter goes up one rung at a time and is not seen above the rung that it is on.
    """
    return frozenset().union(*(h.forums for h in reach.holdings if h.role in ANSWERING and h.place is not Place.BOARD))


def clusters_held(reach: Reach) -> frozenset[int]:
    """Forums of clusters whose rung the reader holds: as CQL of it, or of the cluster as which it went on.

    What still waits on the rung of a cluster that closed and went on as no other waits for the HSCP that led it.
    """
    left = (h.left_forums for h in reach.holdings if h.role in ANSWERING)
    return reach.forums(Right.LEAD, past=True).union(*left)


def holds_forum(reach: Reach, forum: Forum) -> bool:
    """Whether the reader is a holder of the rung `forum`: of a cluster its CQLs, above it those who answer for it."""
    if forum.kind == Forum.Kind.CLUSTER:
        return forum.pk in clusters_held(reach)
    return forum.pk in forums_held(reach) or forum.board_id in boards_held(reach)


def is_raiser(reach: Reach, escalation: Escalation) -> bool:
    """Whether the reader raised it, or speaks for the raiser since a handover."""
    return reach.person_id is not None and escalation.speaker_id == reach.person_id


def holds(reach: Reach, escalation: Escalation) -> bool:
    """Whether the reader acts on it now. Nobody acts on what they raised or on what is about them."""
    if reach.person_id is None or reach.person_id in (
        escalation.raised_by_id,
        escalation.speaker_id,
        escalation.about_id,
    ):
        return False
    if escalation.is_confidential:
        return escalation.named_lead_id == reach.person_id
    return holds_forum(reach, escalation.forum)


def can_choose_readers(reach: Reach, escalation: Escalation) -> bool:
    """The raiser lets others read; a confidential matter has no further readers."""
    return is_raiser(reach, escalation) and not escalation.is_confidential


def is_side_of(reach: Reach, escalation: Escalation, move: Move) -> bool:
    """Whether `move` is the reader's kind of move at all, whatever the state: the raiser's, or a holder's."""
    return is_raiser(reach, escalation) if move.by_raiser else holds(reach, escalation)


def can_move(
    reach: Reach, escalation: Escalation, move: Move, *, is_last: bool = False, lead_left: bool = False
) -> bool:
    """Whether `move` is open to the reader now.

    `is_last`: there is no rung above that somebody could act on. `lead_left`: the named lead answers no more.
    """
    if escalation.state not in move.starts or not is_side_of(reach, escalation, move):
        return False
    if move.kind == Kind.HANDED_OVER:
        return escalation.is_confidential and lead_left
    if move.kind == Kind.PASSED_UP:
        return not (is_last or escalation.is_confidential)
    return move.kind != Kind.DECLINED or can_decline(reach, escalation)


def can_decline(reach: Reach, escalation: Escalation) -> bool:
    """A cluster settles by agreement or passes on; its CQLs never decline, whatever else they hold."""
    if escalation.is_confidential:
        return True
    at_cluster = escalation.forum.kind == Forum.Kind.CLUSTER
    return not at_cluster and escalation.cluster_id not in reach.clusters(Right.LEAD)


def moves_open(reach: Reach, escalation: Escalation, *, is_last: bool, lead_left: bool = False) -> list[Move]:
    """The moves that the reader may make now, in the order of the page."""
    return [m for m in MOVES.values() if can_move(reach, escalation, m, is_last=is_last, lead_left=lead_left)]


def can_tag(reach: Reach, escalation: Escalation) -> bool:
    """Count it as intrinsic or extrinsic: who raised it and who leads its cluster; never a confidential one."""
    leads = escalation.cluster_id in reach.clusters(Right.LEAD)
    return not escalation.is_confidential and (is_raiser(reach, escalation) or leads)
