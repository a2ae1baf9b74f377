"""What waits for whom and how long, and which answers arrived: for home pages, the tracker and cluster pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.utils import timezone

from accounts.models import User
from accounts.reach import Reach
from clusters.models import Cluster, Forum
from escalations.models import Escalation, Step
from escalations.selectors.doors import escalations_within, held
from shared.dates import working_days_between

# The steps that a raiser waits for: an answer, or a question back.
ANSWERS = (Step.Kind.RESOLVED, Step.Kind.DECLINED, Step.Kind.ASKED)


@dataclass(frozen=True)
class Debt:
    """How many wait, and for how many working days the oldest has."""

    count: int
    oldest_working_days: int
    oldest: Escalation | None = None


def needs_you(reach: Reach) -> QuerySet[Escalation]:
    """What the reader has to act on now, oldest first: to answer as a holder or named lead, or to reply to as raiser.

    Holds confidential ones too, so it is for the reader's own pages and never for a page that others share.
    """
    me = reach.person_id
    mine = held(reach) & Q(is_confidential=False) | Q(is_confidential=True, named_lead=me)
    to_answer = Q(state__in=Escalation.WAITING) & mine & ~Q(raised_by=me) & ~Q(about=me)
    to_reply = Q(state__in=(Escalation.State.ASKED, Escalation.State.RESOLVED, Escalation.State.DECLINED), raised_by=me)
    return escalations_within(reach).filter(to_answer | to_reply).order_by("raised_at", "pk")


def waiting_on_us(reach: Reach) -> QuerySet[Escalation]:
    """What waits for a decision on a rung that the reader holds, oldest first; confidential ones left out."""
    return (
        escalations_within(reach)
        .filter(held(reach), state__in=Escalation.WAITING, is_confidential=False)
        .exclude(raised_by=reach.person_id)
        .order_by("raised_at", "pk")
    )


def waiting_for(reach: Reach) -> Debt:
    """What waits for the reader's rungs above the cluster ("Waiting for us 3, oldest 9 working days"). One query.

    Age is counted from the day it was raised. Confidential ones are never in it.
    """
    waiting = list(waiting_on_us(reach).exclude(forum__kind=Forum.Kind.CLUSTER))
    if not waiting:
        return Debt(0, 0)
    return Debt(len(waiting), age_of(waiting[0], on=reach.day), waiting[0])


def waiting_on_forums(reach: Reach, forums: Iterable[int]) -> QuerySet[Escalation]:
    """Of what the reader may see, what waits for a decision on one of `forums` (ids); confidential ones left out."""
    return (
        escalations_within(reach)
        .filter(forum__in=list(forums), state__in=Escalation.WAITING, is_confidential=False)
        .order_by("raised_at", "pk")
    )


def open_counts_by_cluster(reach: Reach, clusters: Iterable[Cluster]) -> dict[int, int]:
    """How many undecided escalations of each cluster the reader may see, by cluster id; 0 for the rest. One query.

    A confidential one is never counted, not even for those who may see it: such a table is exported and passed on.
    """
    ids = [cluster.pk for cluster in clusters]
    found = (
        escalations_within(reach)
        .filter(cluster__in=ids, state__in=Escalation.UNDECIDED, is_confidential=False)
        .order_by()
        .values_list("cluster")
        .annotate(number=Count("pk"))
    )
    return {**dict.fromkeys(ids, 0), **dict(found)}


def answers_since(person: User, moment: datetime) -> QuerySet[Step]:
    """Answers and questions back that arrived after `moment` on what `person` raised, newest first."""
    return (
        Step.objects.filter(escalation__raised_by=person, kind__in=ANSWERS, taken_at__gt=moment)
        .select_related("escalation", "forum", "taken_by")
        .order_by("-pk")
    )


def age_of(escalation: Escalation, *, on: date) -> int:
    """Working days since it was raised."""
    return working_days_between(timezone.localdate(escalation.raised_at), on)


def last_step(escalation: Escalation) -> Step | None:
    """The latest step, whole."""
    steps = Step.objects.filter(escalation=escalation).select_related("taken_by", "to_forum")
    return steps.order_by("-pk").first()


def steps_of(escalation: Escalation) -> QuerySet[Step]:
    """Every step in order, with people and forums."""
    return escalation.steps.select_related("taken_by", "forum", "to_forum").order_by("pk")


def last_step_of(reference: str) -> Step | None:
    """The latest step of the escalation of that reference. Only for somebody who was shown it: it opens no door."""
    steps = Step.objects.filter(escalation__reference=reference).select_related("taken_by", "to_forum")
    return steps.order_by("-pk").first()


def listed_elsewhere(reach: Reach) -> QuerySet[Escalation]:
    """What the reader may see and need not act on: undecided ones first, oldest first in each part."""
    is_over = Case(When(state__in=Escalation.UNDECIDED, then=Value(0)), default=Value(1))
    others = escalations_within(reach).exclude(pk__in=needs_you(reach).order_by().values("pk"))
    return others.order_by(is_over, "raised_at", "pk")


def with_score(rows: QuerySet[Escalation]) -> QuerySet[Escalation]:
    """The rows with their risk as one number, to sort by."""
    return rows.annotate(score=F("likelihood") * F("impact"))
