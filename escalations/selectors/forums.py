"""What the escalation ladders say of one forum."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from clusters.models import Forum
from clusters.plugs.forum_closing import ReasonToStay
from escalations.models import Escalation, Rung
from escalations.reference import USUAL_DAYS
from escalations.selectors.ladders import USUAL_KINDS
from practices.models import HSCP


@dataclass(frozen=True)
class Standing:
    """A forum as a rung of the ladder of one HSCP. `is_usual`: of the national route, as the HSCP has set none."""

    hscp: HSCP
    position: int
    days: int
    is_usual: bool = False


def standings_of(forum: Forum) -> list[Standing]:
    """The ladders on which the forum stands: pinned, or as the forum of its kind that serves the clusters there.

    Two queries, however many HSCPs lie under it.
    """
    under = Q(board=forum.board_id) if forum.board_id else Q(pk=forum.hscp_served)
    hscps = list(HSCP.objects.filter(under | Q(rungs__forum=forum)).distinct().order_by("name"))
    ladders: dict[int, list[Rung]] = defaultdict(list)
    for rung in Rung.objects.filter(hscp__in=hscps).order_by("position"):
        ladders[rung.hscp_id].append(rung)
    return [s for hscp in hscps if (s := _standing(forum, hscp, ladders[hscp.pk]))]


def standings_in(hscp: HSCP, forums: Iterable[Forum]) -> dict[int, Standing]:
    """How each of `forums` stands on the ladder of one HSCP, by forum id; those that do not are left out. One query."""
    ladder = list(Rung.objects.filter(hscp=hscp).order_by("position"))
    return {forum.pk: standing for forum in forums if (standing := _standing(forum, hscp, ladder))}


def _standing(forum: Forum, hscp: HSCP, ladder: list[Rung]) -> Standing | None:
    if not ladder and forum.kind in USUAL_KINDS:
        return Standing(hscp, USUAL_KINDS.index(Forum.Kind(forum.kind)) + 1, USUAL_DAYS, is_usual=True)
    for rung in ladder:
        if rung.forum_id == forum.pk or (rung.forum_id is None and rung.kind == forum.kind):
            return Standing(hscp, rung.position, rung.decide_within_days)
    return None


def needs_forum(forum: Forum) -> list[ReasonToStay]:
    """Why the ladders need a forum that somebody wants to close: plugged into `FORUM_CLOSINGS`."""
    reasons = []
    if Escalation.objects.filter(forum=forum, state__in=Escalation.UNDECIDED, is_confidential=False).exists():
        reasons.append("An escalation waits there for a decision. It must be decided or passed up first.")
    pinned = Rung.objects.filter(forum=forum).select_related("hscp")
    reasons += [f"It stands on the escalation ladder of {rung.hscp}. Put another group there first." for rung in pinned]
    return [ReasonToStay(reason) for reason in reasons]
