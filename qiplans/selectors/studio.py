"""The priority studio, as far as its reader may see it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from accounts.reach import Reach
from accounts.roles import Right
from clusters.models import Cluster
from meetings.models import Topic
from practices.models import HSCP
from qiplans.models import Candidate, Score
from qiplans.reference.criteria import CRITERIA, NAMES
from qiplans.rules import studio as rules
from shared.doors import open_door

BOX_SHOWN = 8
ORDERS = {"new": "When put forward", "title": "Title", "score": "All points", **NAMES}


@dataclass(frozen=True)
class Mark:
    """What one question says of a topic: its name, the word for the points, and what was asked."""

    name: str
    question: str
    points: int | None
    word: str


def candidates_within(reach: Reach) -> QuerySet[Candidate]:
    """Topics put forward in the clusters whose inside the reader sees, with `total`, the points of their score."""
    found = Candidate.objects.filter(cluster__in=reach.clusters(Right.SEE_INSIDE))
    related = found.select_related("cluster__forum", "score", "hscp", "topic", "put_forward_by", "priority__plan")
    related = related.prefetch_related("put_forward_by__former_names")
    return related.annotate(total=Score.total("score__"))


def candidate_for(reach: Reach, pk: int, *, may: rules.CandidateRule | None = None, sentence: str = "") -> Candidate:
    """A topic put forward inside the reader's cluster (404), if the rule permits (403 with `sentence`)."""
    extra = {"sentence": sentence} if sentence else {}
    return open_door(candidates_within(reach), may=may, reach=reach, pk=pk, **extra)


def candidates_of(reach: Reach, cluster: Cluster, *, show: str = "", order: str = "") -> QuerySet[Candidate]:
    """The topics of a cluster: those still open, or those chosen ("chosen") or set aside ("aside"), in an order.

    By points the most come first, and what is not scored comes last.
    """
    states = {"chosen": Candidate.State.CHOSEN, "aside": Candidate.State.ASIDE}
    found = candidates_within(reach).filter(cluster=cluster, state=states.get(show, Candidate.State.OPEN))
    if order == "title":
        return found.order_by("title", "pk")
    if order == "score":
        return found.order_by("-total", "-put_forward_at", "-pk")
    if order in NAMES:
        return found.order_by(F(f"score__{order}").desc(nulls_last=True), "-put_forward_at", "-pk")
    return found.order_by("-put_forward_at", "-pk")


def topics_to_put_forward(cluster: Cluster) -> list[Topic]:
    """Topics of the cluster's box that go on and that nobody has put forward for the plan, the latest first."""
    going_on = Topic.objects.filter(forum=cluster.forum_id, candidates=None).exclude(
        stage__in=(Topic.Stage.STOPPED, Topic.Stage.ADOPTED, Topic.Stage.ADAPTED)
    )
    return list(going_on.order_by("-proposed_at", "-pk")[:BOX_SHOWN])


def topic_of_box(cluster: Cluster, pk: str) -> Topic | None:
    """A topic of the cluster's box by what stands in an address; None for anything else."""
    if not (pk.isascii() and pk.isdigit() and len(pk) < 16):
        return None
    return Topic.objects.filter(forum=cluster.forum_id, pk=int(pk)).first()


def marks_of(score: Score | None) -> list[Mark]:
    """The questions with what the cluster said to each; not scored where there is no score yet."""
    points: dict[str, Any] = score.points if score else {}
    return [Mark(c.name, c.question, points.get(c.code), c.word(points.get(c.code))) for c in CRITERIA]


def score_of(candidate: Candidate) -> Score | None:
    """The score of a topic; None where there is none."""
    return getattr(candidate, "score", None)


def is_only_where_data_was(candidate: Candidate) -> bool:
    """Whether nothing but its data speaks for a topic yet (PLN-15); False where it is not scored."""
    score = score_of(candidate)
    return score is not None and rules.is_only_where_data_was(score.points)


def asked_by_hscp(hscp: HSCP) -> QuerySet[Candidate]:
    """What an HSCP asked clusters to think about, and their answers; the latest first. Nothing else of the studio."""
    found = Candidate.objects.filter(hscp=hscp).select_related("cluster__forum", "put_forward_by", "answered_by")
    return found.order_by("-put_forward_at", "-pk")


def requests_to_answer(reach: Reach) -> QuerySet[Candidate]:
    """What an HSCP asked and the reader's clusters have yet to answer, for who writes up, by when it is due."""
    waiting = candidates_waiting().filter(cluster__in=reach.clusters(Right.WRITE_UP))
    return waiting.order_by(F("answer_by").asc(nulls_last=True), "pk")


def candidates_waiting() -> QuerySet[Candidate]:
    """What an HSCP asked and nobody has answered."""
    waiting = Candidate.objects.filter(source=Candidate.Source.HSCP, answered_at=None)
    return waiting.select_related("cluster__forum", "hscp")


def answers_to_read(reach: Reach, *, since: datetime) -> QuerySet[Candidate]:
    """What clusters answered since a moment to an HSCP that the reader leads."""
    answered = Candidate.objects.filter(hscp__in=rules.hscps_led(reach), answered_at__gte=since)
    return answered.select_related("cluster__forum", "hscp").order_by("answered_at", "pk")


def clusters_to_ask(hscp: HSCP, reach: Reach) -> QuerySet[Cluster]:
    """Open clusters that the HSCP leads and that the reader oversees, by name."""
    led = Cluster.objects.open_on(reach.day).filter(Q(lead_hscp=hscp), pk__in=reach.clusters(Right.OVERSEE))
    return led.select_related("forum").order_by("forum__name")
