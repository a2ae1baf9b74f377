"""Who may say what of a project's charter, and what has to be there before it starts. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from accounts.reach import Reach
from accounts.roles import PERMITS, Place, Right, Role
from qiplans.models import Partner, Project, SupportAsk

if TYPE_CHECKING:
    from practices.models import Practice

SPEAKS_FOR_PRACTICE = (Role.PQL, Role.DEPUTY, Role.PRACTICE_MANAGER)


def can_opt(reach: Reach, project: Project, practice: Practice) -> bool:
    """Say whether one's own practice takes part: its PQL, deputy and practice manager, in an open cluster."""
    inside = reach.clusters(Right.SEE_INSIDE, past=False)
    return practice.pk in reach.practices_held(*SPEAKS_FOR_PRACTICE) and project.priority.plan.cluster_id in inside


def places_answered(reach: Reach) -> tuple[frozenset[int], frozenset[int]]:
    """Ids of the HSCPs and of the localities for which the reader answers. A health board answers for neither."""
    held = [h for h in reach.holdings if Right.ANSWER in PERMITS[h.role]]
    localities = frozenset(h.place_id for h in held if h.place is Place.LOCALITY and h.place_id is not None)
    return frozenset().union(*(h.hscps for h in held if h.place is Place.HSCP)), localities


def answers_support(reach: Reach, ask: SupportAsk) -> bool:
    """Whether the reader decides what is asked of the HSCP: who answers for the cluster's lead HSCP or its locality."""
    hscps, localities = places_answered(reach)
    cluster = ask.project.priority.plan.cluster
    return cluster.lead_hscp_id in hscps or cluster.locality_id in localities


def can_answer_support(reach: Reach, ask: SupportAsk) -> bool:
    """Decide on what was asked of the HSCP, once."""
    return not ask.decision and answers_support(reach, ask)


def purpose_of(project: Project) -> str:
    """Why it is done: its own reason, else the purpose of its priority. Without one it does not start (PLN-18)."""
    return (project.why_now or project.priority.purpose).strip()


def not_engaged(partners: Iterable[Partner]) -> list[str]:
    """Partners whom nobody has engaged yet, by name."""
    return [partner.name for partner in partners if partner.engaged_at is None]


def not_engaged_sentence(names: list[str]) -> str:
    """The warning before a start without them, and what to do."""
    listed = " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return f"Not engaged yet: {listed}. Engage them first, or give the reason for starting without them."
