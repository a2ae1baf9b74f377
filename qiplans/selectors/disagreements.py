"""Where people see a plan differently: read inside the cluster alone."""

from accounts.reach import Reach
from accounts.roles import Right
from qiplans.models import Disagreement
from qiplans.rules import can_fill_plan
from shared.doors import open_door


def disagreement_for(reach: Reach, pk: int, *, sentence: str) -> Disagreement:
    """One of a plan whose inside the reader sees (404), if they write the plan (403)."""
    within = Disagreement.objects.filter(plan__cluster__in=reach.clusters(Right.SEE_INSIDE))
    related = within.select_related("plan__cluster__forum")
    return open_door(related, may=lambda r, d: can_fill_plan(r, d.plan), reach=reach, pk=pk, sentence=sentence)
