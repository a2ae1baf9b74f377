"""What somebody who writes up has to chase: late, or due within a week, and held by others (ACT-03)."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from accounts.reach import Reach
from meetings import rules
from meetings.models import Action, ActionStep

SOON = timedelta(days=7)


def to_chase(reach: Reach) -> QuerySet[Action]:
    """Open actions of every forum that the reader writes up, the latest first; each with `nudged_at`, when somebody
    last reminded of it, and `is_nudged` if that was today. The reader's own are not among them.
    """
    nudges = ActionStep.objects.filter(action=OuterRef("pk"), kind=ActionStep.Kind.NUDGED).order_by("-at")
    there = Action.objects.live().filter(forum__in=rules.forums_written_up(reach), state=Action.State.OPEN)
    others = there.filter(due_on__lte=reach.day + SOON).filter(Q(owner=None) | ~Q(owner=reach.person_id))
    return (
        others.select_related("forum", "owner", "owner_practice")
        .annotate(
            nudged_at=Subquery(nudges.values("at")[:1]),
            is_nudged=Exists(nudges.filter(at__date=reach.day).order_by()),
        )
        .order_by("due_on", "pk")
    )


def late_and_not_nudged(reach: Reach) -> QuerySet[Action]:
    """Those that are late and of which nobody reminded today."""
    return to_chase(reach).filter(Q(is_nudged=False), due_on__lt=reach.day)
