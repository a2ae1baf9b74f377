"""What waits for whom and how long, and the steps taken so far."""

from datetime import date

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.utils import timezone

from accounts.models import User
from accounts.reach import Reach
from escalations.models import Escalation, Step
from escalations.selectors.doors import escalations_within, held, spoken_for
from shared.dates import working_days_between


def needs_you(reach: Reach) -> QuerySet[Escalation]:
    """What the reader has to act on now, oldest first: to answer as a holder or named lead, or to reply to as raiser.

    Holds confidential ones too, so it is for the reader's own pages and never for a page that others share.
    """
    me = reach.person_id
    mine = held(reach) & Q(is_confidential=False) | Q(is_confidential=True, named_lead=me)
    to_answer = Q(state__in=Escalation.WAITING) & mine & ~Q(raised_by=me) & ~spoken_for(me) & ~Q(about=me)
    answered = (Escalation.State.ASKED, Escalation.State.RESOLVED, Escalation.State.DECLINED)
    to_reply = Q(state__in=answered) & spoken_for(me)
    return escalations_within(reach).filter(to_answer | to_reply).order_by("raised_at", "pk")


def age_of(escalation: Escalation, *, on: date) -> int:
    """Working days since it was raised."""
    return working_days_between(timezone.localdate(escalation.raised_at), on)


def last_step(escalation: Escalation) -> Step | None:
    """The latest step, whole."""
    steps = Step.objects.filter(escalation=escalation).select_related("taken_by", "to_forum")
    return steps.order_by("-pk").first()


def steps_of(escalation: Escalation) -> QuerySet[Step]:
    """Every step in order, with people and forums."""
    steps = escalation.steps.select_related("taken_by", "forum", "to_forum")
    return steps.prefetch_related("taken_by__former_names").order_by("pk")


def has_taken(person: User, *, reference: str, kind: Step.Kind, reasons: str, after: int) -> bool:
    """Whether `person` took just this step since the step `after`: then a form arrived twice."""
    steps = Step.objects.filter(escalation__reference=reference, pk__gt=after, taken_by=person, kind=kind)
    return steps.filter(reasons=reasons).exists()


def listed_elsewhere(reach: Reach) -> QuerySet[Escalation]:
    """What the reader may see and need not act on: undecided ones first, oldest first in each part."""
    is_over = Case(When(state__in=Escalation.UNDECIDED, then=Value(0)), default=Value(1))
    others = escalations_within(reach).exclude(pk__in=needs_you(reach).order_by().values("pk"))
    return others.order_by(is_over, "raised_at", "pk")


def with_score(rows: QuerySet[Escalation]) -> QuerySet[Escalation]:
    """The rows with their risk as one number, to sort by."""
    return rows.annotate(score=F("likelihood") * F("impact"))
