"""What waits for the reader, and what else they can see."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.middleware import PortalRequest
from accounts.roles import Right
from clusters.selectors import clusters_within
from escalations.forms import EscalationFilter
from escalations.selectors import listed_elsewhere, needs_you, with_score
from escalations.tables import EscalationTable
from shared.tables import listed


@require_safe
def escalation_list(request: PortalRequest) -> HttpResponse:
    """What waits for the reader, then everything else they can see."""
    reach, asked = request.reach, EscalationFilter(request.GET)
    waiting = EscalationTable(asked.narrow(with_score(needs_you(reach))), day=reach.day, prefix="waiting-")
    seen = EscalationTable(asked.narrow(with_score(listed_elsewhere(reach))), day=reach.day, prefix="seen-")
    context = {
        "filter": asked,
        "waiting": listed(request, waiting),
        "seen": listed(request, seen),
        "can_raise_in": clusters_within(reach).filter(pk__in=reach.clusters(Right.RAISE)),
    }
    return render(request, "escalations/escalation_list.html", context)
