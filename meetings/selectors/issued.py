"""What was requested of clusters, or mandated, in the name of the HSCP, and what came back (ACT-08 to 10)."""

from django.db.models import Case, IntegerField, QuerySet, Value, When

from accounts.reach import Reach
from meetings import rules
from meetings.models import Action

WAITS_FOR_ANSWER = When(state=Action.State.DONE, verdict="", then=Value(0))
IS_OPEN = When(state=Action.State.OPEN, then=Value(1))


def replies_to_answer(reach: Reach) -> QuerySet[Action]:
    """Of what was requested or mandated what came back and waits for the verdict of the reader, the oldest first."""
    forums = rules.forums_issued_to(reach)
    if not forums:
        return Action.objects.none()
    done = Action.objects.live().filter(forum__in=forums, state=Action.State.DONE, verdict="")
    return done.exclude(kind=Action.Kind.AGREED).select_related("forum").order_by("closed_at", "pk")


def issued_by_hscp(reach: Reach) -> QuerySet[Action]:
    """Requests and mandates to clusters for which the reader answers: replies that nobody has judged first, then what
    is open by its date, then the rest.
    """
    issued = Action.objects.live().filter(forum__in=rules.forums_issued_to(reach)).exclude(kind=Action.Kind.AGREED)
    turn = Case(WAITS_FOR_ANSWER, IS_OPEN, default=Value(2), output_field=IntegerField())
    return (
        issued.select_related("forum", "owner", "owner_practice").annotate(turn=turn).order_by("turn", "due_on", "pk")
    )
